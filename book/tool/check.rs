//! What the compiler says at some point of a chapter.
//!
//! ```text
//! {{#check}}                                      it compiles, and nothing is said
//! {{#check warning: struct `Request` is never}}   it compiles, and this is in a warning
//! {{#check error: cannot find type `Request`}}    it does not compile, and this is why
//! ```
//!
//! The page says so, and a test runs `cargo check` on what the reader has by then.

use anyhow::{Result, ensure};

use crate::html::escape;

/// What `cargo check` says.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    Clean,
    Warning(String),
    Error(String),
}

impl Check {
    /// Reads a line of a chapter: `None` if it is none of ours.
    ///
    /// # Errors
    /// If it begins like one and doesn't go on like one.
    pub fn parse(line: &str) -> Option<Result<Check>> {
        let inner = line.trim().strip_prefix("{{#check")?.strip_suffix("}}")?.trim();
        let (kind, words) = inner.split_once(": ").unwrap_or((inner, ""));
        Some(Check::new(kind, words))
    }

    fn new(kind: &str, words: &str) -> Result<Check> {
        ensure!(
            matches!((kind, words), ("", "") | ("warning" | "error", _))
                && kind.is_empty() == words.is_empty(),
            "the form is {{{{#check}}}}, {{{{#check warning: …}}}} or {{{{#check error: …}}}}"
        );
        Ok(match kind {
            "warning" => Check::Warning(words.into()),
            "error" => Check::Error(words.into()),
            _ => Check::Clean,
        })
    }

    /// The check as `p.check`, which says the same in its attributes.
    pub fn to_html(&self) -> String {
        let (kind, words) = match self {
            Check::Clean => ("clean", ""),
            Check::Warning(words) => ("warning", words.as_str()),
            Check::Error(words) => ("error", words.as_str()),
        };
        let words = escape(words);
        let says = match self {
            Check::Clean => "it compiles, without a warning.".to_string(),
            Check::Warning(_) => {
                format!("it compiles, with a warning: <q>{}</q>", ticks(&words))
            }
            Check::Error(_) => {
                format!("it does not compile yet: <q>{}</q>", ticks(&words))
            }
        };
        format!(
            "<p class=\"check\" data-check=\"{kind}\" data-words=\"{words}\">\
             <code>cargo check</code>: {says}</p>\n"
        )
    }
}

/// Writes what stands between backticks as code.
fn ticks(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => part.to_string(),
            _ => format!("<code>{part}</code>"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_says_what_the_compiler_says() {
        let parse = |line| Check::parse(line).unwrap();
        assert_eq!(parse("{{#check}}").unwrap(), Check::Clean);
        let warning = parse("{{#check warning: `a` is never read}}").unwrap();
        assert_eq!(warning, Check::Warning("`a` is never read".into()));
        assert!(warning.to_html().contains("<q><code>a</code> is never read</q>"));
        assert!(parse("{{#check perhaps}}").is_err());
        assert!(parse("{{#check error}}").is_err());
        assert!(Check::parse("{{#diff a}}").is_none());
    }
}
