//! What a chapter wants to show of the difference, as it says so in a directive.
//!
//! ```text
//! {{#diff src/main.rs}}                                    all that is still unshown in the file
//! {{#diff src/main.rs: fn main}}                           one item, with its comments and attributes
//! {{#diff src/main.rs: mod request, use}}                  several items
//! {{#diff src/request.rs: impl Request > fn parse}}        an item in an item
//! {{#diff src/main.rs: fn handle / "let (status"}}         the run of changes that has this text
//! {{#diff src/main.rs: fn handle / "let mut" .. "read"}}   from the first such line to the next such line
//! {{#diff src/main.rs: fn handle / .. "read"}}             from its first line; `"read" ..` to its last
//! ```
//!
//! A line that is the text, but for white space around it, comes before lines that only
//! have it: `"}"` is a line with nothing but a brace, if there is one. A range begins with
//! the blank lines before it, as an item does.

use anyhow::{Context, Result, bail, ensure};

/// Changed lines of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    pub file: String,
    /// None: all that is left of the file.
    pub selectors: Vec<Selector>,
}

/// Some of the changed lines of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// The names of the item and of those around it, outermost first.
    pub path: Vec<String>,
    pub pick: Pick,
}

/// Which of an item's changed lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    All,
    /// The run of changed lines that has this text.
    Run(String),
    /// From the first changed line with one text to the next one with the other.
    Range(Option<String>, Option<String>),
}

impl Selection {
    /// Reads what stands after `{{#diff` in a directive.
    ///
    /// # Errors
    /// If it has another form.
    pub fn parse(text: &str) -> Result<Selection> {
        Selection::parse_parts(text).context(
            "the form is {{#diff FILE}} or {{#diff FILE: ITEM > ITEM / \"from\" .. \"to\", …}}",
        )
    }

    fn parse_parts(text: &str) -> Result<Selection> {
        let (file, selectors) = match text.split_once(": ") {
            Some((file, selectors)) => (file, split(selectors, ",")?),
            None => (text, Vec::new()),
        };
        let file = file.trim();
        ensure!(!file.is_empty(), "the name of the file is missing");
        let selectors =
            selectors.into_iter().map(Selector::parse).collect::<Result<_>>()?;
        Ok(Selection { file: file.into(), selectors })
    }
}

impl Selector {
    fn parse(text: &str) -> Result<Selector> {
        let parts = split(text, " / ")?;
        let path =
            split(parts[0], " > ")?.into_iter().map(|name| name.trim().to_string());
        let path: Vec<String> = path.collect();
        ensure!(!path.iter().any(String::is_empty), "the name of an item is missing");
        let pick = match parts[1..] {
            [] => Pick::All,
            [pick] => Pick::parse(pick)?,
            _ => bail!("one `/` is enough in `{text}`"),
        };
        Ok(Selector { path, pick })
    }
}

impl Pick {
    fn parse(text: &str) -> Result<Pick> {
        match split(text, "..")?[..] {
            [run] => Ok(Pick::Run(quoted(run)?.context("a text in quotes is missing")?)),
            [from, to] => Ok(Pick::Range(quoted(from)?, quoted(to)?)),
            _ => bail!("one `..` is enough in `{}`", text.trim()),
        }
    }
}

/// The text between quotes; `None` if there is nothing at all.
fn quoted(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.filter(|inner| !inner.is_empty());
    let inner = inner.with_context(|| format!("`{text}` should be a text in quotes"))?;
    Ok(Some(inner.replace("\\\"", "\"")))
}

/// Splits at a separator that stands outside of quotes and brackets.
fn split<'a>(text: &'a str, separator: &str) -> Result<Vec<&'a str>> {
    let (mut parts, mut start, mut depth, mut in_quotes) = (Vec::new(), 0, 0, false);
    let mut before = ' ';
    for (index, char) in text.char_indices() {
        match char {
            '"' if before != '\\' => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '<' | '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            // Not the one between the names of two items, nor that of `->`.
            '>' if !matches!(before, ' ' | '-') => depth -= 1,
            _ => {}
        }
        before = char;
        if !in_quotes
            && depth == 0
            && index >= start
            && text[index..].starts_with(separator)
        {
            parts.push(&text[start..index]);
            start = index + separator.len();
        }
    }
    ensure!(!in_quotes, "a quote is left open in `{}`", text.trim());
    parts.push(&text[start..]);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Selection {
        Selection::parse(text).unwrap()
    }

    fn selector(path: &[&str], pick: Pick) -> Selector {
        Selector { path: path.iter().map(|name| name.to_string()).collect(), pick }
    }

    #[test]
    fn a_file_alone() {
        let expected = Selection { file: "src/main.rs".into(), selectors: vec![] };
        assert_eq!(parse("src/main.rs"), expected);
    }

    #[test]
    fn items_in_items_and_several_of_them() {
        let selection = parse("a.rs: impl From<(A, B)> for C > fn from, use, //!");
        let expected = [
            selector(&["impl From<(A, B)> for C", "fn from"], Pick::All),
            selector(&["use"], Pick::All),
            selector(&["//!"], Pick::All),
        ];
        assert_eq!(selection.selectors, expected);
    }

    #[test]
    fn runs_and_ranges() {
        let text = |text: &str| Some(text.to_string());
        let pick = |line| parse(line).selectors[0].pick.clone();
        assert_eq!(pick(r#"a: fn f / "a, b .. c""#), Pick::Run("a, b .. c".into()));
        assert_eq!(pick(r#"a: fn f / "say \"x\"""#), Pick::Run("say \"x\"".into()));
        assert_eq!(pick(r#"a: f / "(" .. ")""#), Pick::Range(text("("), text(")")));
        assert_eq!(pick(r#"a: f / .. "b""#), Pick::Range(None, text("b")));
        assert_eq!(pick(r#"a: f / "\r\n" .."#), Pick::Range(text("\\r\\n"), None));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (selection, words) in [
            ("", "the name of the file is missing"),
            ("a: fn f / text", "`text` should be a text in quotes"),
            ("a: fn f / \"text", "a quote is left open"),
            ("a: fn f > ", "the name of an item is missing"),
        ] {
            let message = format!("{:#}", Selection::parse(selection).unwrap_err());
            assert!(message.contains(words), "{message}");
        }
    }
}
