//! What the compiler says at some point of a chapter.
//!
//! ```text
//! {{#check}}                                      it compiles, and nothing is said
//! {{#check warning: struct `Request` is never}}   it compiles with this one warning
//! {{#check warning: one thing | another}}         … with these two
//! {{#check unused: 9}}                            … with nine, of what is not used yet
//! {{#check error: cannot find type `Request`}}    it does not compile, and this is the first error
//! ```
//!
//! The page says so, and a test runs `cargo check` on what the reader has by then.

use anyhow::{Context, Result, bail, ensure};

use crate::render::html::escape;

/// What `cargo check` says.
#[derive(Clone, Debug, PartialEq)]
pub enum Diagnostics {
    Clean,
    /// A part of each warning; there are no others.
    Warnings(Vec<String>),
    /// So many warnings, each of something that is not used. A list would be a long one,
    /// and tell nothing.
    Unused(usize),
    /// A part of the first error.
    Error(String),
}

impl Diagnostics {
    /// Reads what stands after `{{#check` in a directive.
    ///
    /// # Errors
    /// If it has another form.
    pub fn parse(text: &str) -> Result<Diagnostics> {
        if text.is_empty() {
            return Ok(Diagnostics::Clean);
        }
        let (kind, words) = text.split_once(": ").unwrap_or((text, ""));
        ensure!(!words.is_empty(), "what does the compiler say?");
        match kind {
            "warning" => Ok(Diagnostics::Warnings(
                words.split(" | ").map(|w| w.trim().to_string()).collect(),
            )),
            "unused" => {
                Ok(Diagnostics::Unused(words.parse().context("how many warnings?")?))
            }
            "error" => Ok(Diagnostics::Error(words.into())),
            _ => bail!(
                "the form is {{{{#check}}}}, or with warning: …, unused: 9, or error: …"
            ),
        }
    }

    /// The check as `p.check`, with a `q` for each thing that the compiler says.
    pub fn to_html(&self) -> String {
        let (kind, says, words) = match self {
            Diagnostics::Clean => {
                ("clean", "it compiles, without a warning.".into(), &[][..])
            }
            Diagnostics::Warnings(all) if all.len() == 1 => {
                ("warning", "it compiles, with a warning: ".into(), &all[..])
            }
            Diagnostics::Warnings(all) => (
                "warning",
                format!("it compiles, with {} warnings: ", all.len()),
                &all[..],
            ),
            Diagnostics::Unused(count) => (
                "unused",
                format!(
                    "it compiles, with {count} warnings, all of what is not used yet."
                ),
                &[][..],
            ),
            Diagnostics::Error(words) => {
                ("error", "it does not compile yet: ".into(), std::slice::from_ref(words))
            }
        };
        let quotes: Vec<String> = words
            .iter()
            .map(|words| format!("<q>{}</q>", ticks(&escape(words))))
            .collect();
        format!(
            "<p class=\"check\" data-check=\"{kind}\"><code>cargo check</code>: {says}{}</p>\n",
            quotes.join(", ")
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
        let parse = Diagnostics::parse;
        assert_eq!(parse("").unwrap(), Diagnostics::Clean);
        let warning = parse("warning: `a` is never read").unwrap();
        assert_eq!(warning, Diagnostics::Warnings(vec!["`a` is never read".into()]));
        assert!(warning.to_html().contains("<q><code>a</code> is never read</q>"));
        let two = parse("warning: one | two").unwrap().to_html();
        assert!(two.contains("2 warnings: <q>one</q>, <q>two</q>"), "{two}");
        assert!(parse("perhaps").is_err());
        assert!(parse("error").is_err());
    }
}
