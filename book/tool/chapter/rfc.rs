//! Links to the standards.

/// Makes links of `RFC 9112` and `RFC 9112, section 2.1`, outside of code and HTML.
pub fn link(line: &str) -> String {
    if line.starts_with('<') {
        return line.into();
    }
    let parts = line.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => link_text(part),
        _ => part.into(),
    });
    parts.collect::<Vec<String>>().join("`")
}

fn link_text(text: &str) -> String {
    let Some((before, after)) = text.split_once("RFC ") else { return text.into() };
    let (number, rest) = split_number(after);
    if number.is_empty() {
        return format!("{before}RFC {}", link_text(after));
    }
    let url = format!("https://www.rfc-editor.org/rfc/rfc{number}");
    let section = rest.strip_prefix(", section ").map(split_number);
    match section.filter(|(section, _)| !section.is_empty()) {
        Some((section, rest)) => format!(
            "{before}[RFC {number}, section {section}]({url}#section-{section}){}",
            link_text(rest)
        ),
        None => format!("{before}[RFC {number}]({url}){}", link_text(rest)),
    }
}

/// Cuts behind a number like `2.1`; a full stop at its end is not of it.
fn split_number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    (number, &text[number.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_linked_and_code_is_not() {
        let url = "https://www.rfc-editor.org/rfc/rfc9112";
        assert_eq!(
            link("See RFC 9112, section 2.1."),
            format!("See [RFC 9112, section 2.1]({url}#section-2.1).")
        );
        assert_eq!(
            link("(RFC 9112) or `RFC 9112`"),
            format!("([RFC 9112]({url})) or `RFC 9112`")
        );
        assert_eq!(link("an RFC says"), "an RFC says");
    }
}
