//! Numbers of chapters, which nobody writes by hand: a link without a text to the chapter of
//! a step, `[](17-keep-alive.md#in-order)`, gets its number.

use anyhow::{Context, Result};

use crate::steps::Steps;

/// What a link begins with that has no text.
const EMPTY: &str = "[](";

/// Gives a line's links to chapters their numbers, if they have no text.
///
/// # Errors
/// If such a link leads to no step's chapter.
pub fn fill(line: &str, steps: &Steps) -> Result<String> {
    let mut parts = line.split(EMPTY);
    let mut filled = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (slug, _) = part.split_once(".md").unwrap_or((part, ""));
        let step = steps.iter().find(|step| step.slug == slug);
        let step =
            step.with_context(|| format!("`{EMPTY}{slug}` is no step's chapter"))?;
        filled += &format!("[{}]({part}", step.number);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use suite::root;

    use super::*;

    #[test]
    fn a_link_without_a_text_has_the_number_of_its_chapter() {
        let steps = Steps::load(&root::find().unwrap()).unwrap();
        let fill = |line| fill(line, &steps);
        let line = "- a: [](02-parser.md#b), [c](d.md), [](10-headers.md)";
        let expected = "- a: [2](02-parser.md#b), [c](d.md), [10](10-headers.md)";
        assert_eq!(fill(line).unwrap(), expected);
        let error = fill("[](running.md)").unwrap_err().to_string();
        assert_eq!(error, "`[](running` is no step's chapter");
    }
}
