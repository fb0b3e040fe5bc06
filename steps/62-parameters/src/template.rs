//! Templates of paths, with names for what may differ: `/users/{id}` (RFC 6570).

/// Whether a path is one of those. A parameter stands for a whole segment, and not for
/// nothing.
pub fn fits(template: &str, path: &str) -> bool {
    if !template.contains('{') {
        return template == path;
    }
    let is_alike = |(part, segment): (&str, &str)| {
        part == segment || parameter(part).is_some() && !segment.is_empty()
    };
    template.split('/').count() == path.split('/').count()
        && template.split('/').zip(path.split('/')).all(is_alike)
}

/// What stands in the path for a parameter of the template.
pub fn value<'a>(template: &str, path: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = template.split('/').zip(path.split('/'));
    pairs.find(|(part, _)| parameter(part) == Some(name)).map(|(_, segment)| segment)
}

/// Which of its segments are parameters. Of two templates that fit a path, the lesser one
/// says more: the first segment in which they differ is a name there.
pub fn shape(template: &str) -> impl Iterator<Item = bool> {
    template.split('/').map(|part| parameter(part).is_some())
}

/// The name of a parameter: `id`, if the part is `{id}`.
fn parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}
