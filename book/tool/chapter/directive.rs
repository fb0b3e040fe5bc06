//! The lines of a chapter that ask for something, each alone on its line.
//!
//! ```text
//! {{#diff src/main.rs: fn main}}      a part of the difference (`selection`)
//! {{#check warning: unused import}}   what the compiler says by now (`cargo_check`)
//! {{#request}}                        a browser's request, byte by byte (`request_panel`)
//! {{#compare}}                        the data to compare any two steps (`compare_page`)
//! {{#profile}}                        where the instructions go, before and now (`measured`)
//! {{#profile before}}                 … in the step before
//! {{#costs}}                          what a request costs, in all servers (`measured`)
//! {{#ideas}}                          what each step has cost, in lines and since (`measured`)
//! ```
//!
//! `{{#measured step-32 instructions}}` is no line of its own: it stands in the prose.

use anyhow::{Context, Result, bail};

use crate::chapter::cargo_check::Diagnostics;
use crate::chapter::selection::Selection;

/// What a chapter asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Directive {
    Diff(Selection),
    Check(Diagnostics),
    Request,
    Compare,
    Profile { with_now: bool },
    Costs,
    Ideas,
}

impl Directive {
    /// Reads a line of a chapter: `None` if it is none of ours. `{{#include …}}` is mdBook's,
    /// and a figure stands in the prose.
    ///
    /// # Errors
    /// If it begins like a directive and doesn't go on like one.
    pub fn parse(line: &str) -> Result<Option<Directive>> {
        let Some(inner) = line.trim().strip_prefix("{{#") else { return Ok(None) };
        if inner.starts_with("include ") || inner.starts_with("measured ") {
            return Ok(None);
        }
        let inner = inner.strip_suffix("}}").context("`}}` is missing at the end")?;
        let (name, words) = inner.split_once(' ').unwrap_or((inner, ""));
        Ok(Some(match (name, words.trim()) {
            ("diff", words) => Directive::Diff(Selection::parse(words)?),
            ("check", words) => Directive::Check(Diagnostics::parse(words)?),
            ("request", "") => Directive::Request,
            ("compare", "") => Directive::Compare,
            ("profile", "") => Directive::Profile { with_now: true },
            ("profile", "before") => Directive::Profile { with_now: false },
            ("costs", "") => Directive::Costs,
            ("ideas", "") => Directive::Ideas,
            _ => bail!("an unknown directive"),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_alone_on_its_line() {
        let parse = |line| Directive::parse(line).unwrap();
        assert_eq!(parse("{{#check}}"), Some(Directive::Check(Diagnostics::Clean)));
        assert_eq!(parse("  {{#request}} "), Some(Directive::Request));
        assert_eq!(parse("{{#compare}}"), Some(Directive::Compare));
        let before = Some(Directive::Profile { with_now: false });
        assert_eq!(parse("{{#profile before}}"), before);
        for none in [
            "{{#include a.svg}}",
            "{{#measured hyper cost}} of it",
            "write `{{#diff a}}`",
            "",
            "{{title}}",
        ] {
            assert_eq!(parse(none), None);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, words) in [
            ("{{#diff src/main.rs", "`}}` is missing at the end"),
            ("{{#diff}}", "the name of the file is missing"),
            ("{{#compare 3}}", "an unknown directive"),
            ("{{#differ}}", "an unknown directive"),
        ] {
            let message = format!("{:#}", Directive::parse(line).unwrap_err());
            assert!(message.contains(words), "{message}");
        }
    }
}
