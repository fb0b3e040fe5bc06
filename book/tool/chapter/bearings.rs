//! Where one is: the line on top of a step's chapter. It has the minutes that a workshop
//! takes for it, the lines to type, and what one sees at its end.
//!
//! None of that is written for this line. The minutes stand in the chapter's part for the
//! workshop, `**25 minutes**`, the lines are those of its diffs, and what one sees is in the
//! table of the README.

use std::collections::BTreeMap;

use crate::chapter::ledger::{Figure, Ledger};
use crate::diff::change::Change;

/// The part of a chapter that is for the workshop.
const WORKSHOP: &str = "<summary>For the workshop</summary>";

/// What one sees at the end of each step, by its slug: the last column of the README's table.
pub struct Outcomes(BTreeMap<String, String>);

impl Outcomes {
    /// Reads the README.
    pub fn read(readme: &str) -> Outcomes {
        Outcomes(readme.lines().filter_map(outcome).collect())
    }

    /// As Markdown; none if nothing can be seen.
    pub fn of(&self, slug: &str) -> Option<&str> {
        self.0.get(slug).map(String::as_str)
    }
}

/// A row `| [02 parser](steps/02-parser) | one idea | what you see |`.
fn outcome(row: &str) -> Option<(String, String)> {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [step, _, outcome] = cells[..] else { return None };
    let (_, slug) = step.split_once("](steps/")?;
    (!outcome.is_empty()).then(|| (slug.trim_end_matches(')').into(), outcome.into()))
}

/// The minutes that a workshop takes for a chapter.
pub fn minutes(chapter: &str) -> Option<u32> {
    let (_, workshop) = chapter.split_once(WORKSHOP)?;
    let (before, _) = workshop.split_once(" minutes**")?;
    before.rsplit("**").next()?.parse().ok()
}

/// The line, as Markdown; empty if there is nothing to say.
pub fn line(chapter: &str, change: &Change, outcome: Option<&str>) -> String {
    let mut parts: Vec<String> = minutes(chapter)
        .map(|it| format!("{it} minutes in a workshop"))
        .into_iter()
        .collect();
    parts.extend(Work::of(change).in_words());
    parts.extend(outcome.map(|it| format!("at the end: {it}")));
    match parts.is_empty() {
        true => String::new(),
        false => format!("<div class=\"bearings\">\n\n{}\n\n</div>\n", parts.join(" · ")),
    }
}

/// What a chapter asks of who types along.
#[derive(Default)]
struct Work {
    lines: usize,
    /// Lines of tests, which one rather copies.
    tests: usize,
    moves: usize,
}

impl Work {
    fn of(change: &Change) -> Work {
        let mut work = Work::default();
        for figure in Ledger::new(change).show_rest() {
            match figure {
                Figure::Move(_) => work.moves += 1,
                Figure::Diff(it) if it.file.path.ends_with("tests.rs") => {
                    work.tests += it.added;
                }
                Figure::Diff(it) => work.lines += it.added,
            }
        }
        work
    }

    fn in_words(&self) -> Option<String> {
        let words = [
            (self.lines, "line to type", "lines to type"),
            (self.tests, "line of tests to copy", "lines of tests to copy"),
            (self.moves, "item to move", "items to move"),
        ];
        let words = words.into_iter().filter(|(count, ..)| *count > 0);
        let words: Vec<String> = words
            .map(|(count, one, many)| {
                format!("{count} {}", if count == 1 { one } else { many })
            })
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::steps::Files;
    use crate::steps::source::Source;

    const README: &str = "| step | one idea | what you see |\n|---|---|---|\n\
        | [02 parser](steps/02-parser) | text | `curl`, and more |\n\
        | [34 in-place](steps/34-in-place) | a response | |\n";

    const CHAPTER: &str = "# A\n\n**9 minutes** is a long time.\n\n\
        <details><summary>For the workshop</summary>\n\n**25 minutes**: 5 to type.\n";

    fn change(files: &[(&str, &str)]) -> Change {
        let files: Files = files
            .iter()
            .map(|(path, text)| (path.to_string(), Arc::new(Source::new(path, text))))
            .collect();
        Change::between(&Files::new(), &files)
    }

    #[test]
    fn what_one_sees_is_told_by_the_readme() {
        let outcomes = Outcomes::read(README);
        assert_eq!(outcomes.of("02-parser"), Some("`curl`, and more"));
        assert_eq!(outcomes.of("34-in-place"), None);
        assert_eq!(outcomes.of("step"), None);
    }

    #[test]
    fn the_line_has_what_is_known() {
        let change = change(&[("a.rs", "fn a() {\n}\n"), ("a/tests.rs", "fn b() {}\n")]);
        assert_eq!(
            line(CHAPTER, &change, Some("`curl`")),
            "<div class=\"bearings\">\n\n25 minutes in a workshop · 2 lines to type, 1 line of \
             tests to copy · at the end: `curl`\n\n</div>\n"
        );
        assert_eq!(line("# A\n", &self::change(&[]), None), "");
    }
}
