//! Keeps count of what a chapter has shown, so that every changed line is shown
//! exactly once.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

use crate::chapter::selection::{Pick, Selection, Selector};
use crate::diff::align::Row;
use crate::diff::change::{Change, FileChange};
use crate::diff::fragment::{Fragment, Kind, State};
use crate::diff::moves::Move;
use crate::steps::source::Source;

/// How far a chapter has come in telling a change.
pub struct Ledger<'a> {
    change: &'a Change,
    /// For every row of every file: the chapter's line whose directive showed it.
    shown: Vec<Vec<Option<usize>>>,
}

/// What a selection becomes.
#[derive(Clone, Debug)]
pub enum Figure<'a> {
    Diff(Fragment<'a>),
    Move(Moved<'a>),
}

/// An item that moves.
#[derive(Clone, Debug)]
pub struct Moved<'a> {
    pub item: &'a Move,
    pub from: &'a FileChange,
    pub to: &'a FileChange,
    /// The number of its first line, blank ones included, in the reader's file.
    pub number: usize,
}

impl<'a> Figure<'a> {
    /// The file that it is about.
    pub fn file(&self) -> &'a FileChange {
        match self {
            Figure::Diff(fragment) => fragment.file,
            Figure::Move(moved) => moved.to,
        }
    }
}

impl<'a> Ledger<'a> {
    /// Of a change of which nothing is shown yet.
    pub fn new(change: &'a Change) -> Ledger<'a> {
        let shown = change.files.iter().map(|file| vec![None; file.rows.len()]).collect();
        Ledger { change, shown }
    }

    /// Claims the rows that a directive selects, and draws them against the file as the
    /// reader has it at that point.
    ///
    /// # Errors
    /// If there is no such file or item, more than one, or nothing left to show.
    pub fn show(
        &mut self,
        selection: &Selection,
        line: usize,
    ) -> Result<Vec<Figure<'a>>> {
        let index = self.file_index(&selection.file)?;
        let mut wanted = Vec::new();
        if selection.selectors.is_empty() {
            wanted = self.unshown(index, |_| true);
            ensure!(!wanted.is_empty(), "{}", self.nothing_left(index, |_| true));
        }
        for selector in &selection.selectors {
            let rows = self.select(index, selector)?;
            // Two selectors may overlap.
            wanted.extend(
                rows.into_iter().filter(|row| !wanted.contains(row)).collect::<Vec<_>>(),
            );
        }
        Ok(self.claim(index, &wanted, line))
    }

    /// Claims and draws all that is left, file by file.
    pub fn show_rest(&mut self) -> Vec<Figure<'a>> {
        let mut figures = Vec::new();
        for index in 0..self.change.files.len() {
            let rest = self.unshown(index, |_| true);
            figures.extend(self.claim(index, &rest, 0));
        }
        figures
    }

    /// What is left when the chapter ends, file by file, as a message that offers the
    /// directives to paste.
    ///
    /// # Errors
    /// If anything is left.
    pub fn finish(&self) -> Result<()> {
        let mut message = String::new();
        for (index, file) in self.change.files.iter().enumerate() {
            let left = self.unshown(index, |_| true);
            let mut item = None;
            for row in left {
                let path = file.path_of(file.rows[row]).join(" > ");
                if item.as_ref() != Some(&path) {
                    let colon = if path.is_empty() { "" } else { ": " };
                    let _ =
                        writeln!(message, "  {{{{#diff {}{colon}{path}}}}}", file.path);
                    item = Some(path);
                }
                let _ = writeln!(message, "    {}", file.describe(file.rows[row]));
            }
        }
        ensure!(
            message.is_empty(),
            "the chapter ends, and these changed lines of its step are not shown; \
             add the directives, or take the lines out of the step:\n{message}"
        );
        Ok(())
    }

    fn file_index(&self, path: &str) -> Result<usize> {
        let found = self.change.files.iter().position(|file| file.path == path);
        found.with_context(|| {
            let paths: Vec<&str> =
                self.change.files.iter().map(|f| f.path.as_str()).collect();
            format!("there is no file `{path}`; there are {}", paths.join(", "))
        })
    }

    /// The rows of a file that are changed and not yet shown.
    fn unshown(&self, file: usize, within: impl Fn(Row) -> bool) -> Vec<usize> {
        let rows = self.change.files[file].rows.iter().enumerate();
        rows.filter(|&(index, &row)| {
            row.is_changed() && within(row) && self.shown[file][index].is_none()
        })
        .map(|(index, _)| index)
        .collect()
    }

    fn select(&self, index: usize, selector: &Selector) -> Result<Vec<usize>> {
        let file = &self.change.files[index];
        let region = Region::find(file, &selector.path)?;
        let rows = self.unshown(index, |row| region.contains(row));
        ensure!(
            !rows.is_empty(),
            "{}",
            self.nothing_left(index, |row| region.contains(row))
        );
        match &selector.pick {
            Pick::All => Ok(rows),
            Pick::Run(text) => pick_run(file, &rows, text),
            Pick::Range(from, to) => {
                let start = match from {
                    Some(text) => first_match(file, &rows, text)?,
                    None => 0,
                };
                let end = match to {
                    Some(text) => start + first_match(file, &rows[start..], text)?,
                    None => rows.len() - 1,
                };
                Ok(rows[with_blanks(file, &rows, start)..=end].to_vec())
            }
        }
    }

    /// Why a directive finds nothing: was there a change at all?
    fn nothing_left(&self, file: usize, within: impl Fn(Row) -> bool) -> String {
        let rows = self.change.files[file].rows.iter().zip(&self.shown[file]);
        let mut lines: Vec<usize> = rows
            .filter(|(row, _)| within(**row))
            .filter_map(|(_, shown)| *shown)
            .collect();
        lines.dedup();
        match lines.last() {
            Some(line) => {
                format!("nothing is left to show; line {line} has shown the last of it")
            }
            None => "nothing has changed here since the step before".into(),
        }
    }

    fn claim(&mut self, file: usize, wanted: &[usize], line: usize) -> Vec<Figure<'a>> {
        let mut figures = Vec::new();
        let mut rows = Vec::new();
        let mut is_wanted = vec![false; self.shown[file].len()];
        for &row in wanted {
            match self.change.move_of(file, self.change.files[file].rows[row]) {
                None => {
                    rows.push(row);
                    is_wanted[row] = true;
                }
                Some(index) if self.shown[file][row].is_none() => {
                    figures.push(self.claim_move(index, line));
                }
                Some(_) => {}
            }
        }
        if !rows.is_empty() {
            figures.push(Figure::Diff(self.draw(file, |row| is_wanted[row])));
        }
        for row in rows {
            self.shown[file][row] = Some(line);
        }
        figures
    }

    fn claim_move(&mut self, index: usize, line: usize) -> Figure<'a> {
        let change = self.change;
        let is_moved = |file: usize, row: usize| {
            change.move_of(file, change.files[file].rows[row]) == Some(index)
        };
        let item = &change.moves[index];
        let (from, to) = (item.from.file, item.to.file);
        let arrives = self.draw(to, |row| is_moved(to, row));
        for file in [from, to] {
            for (row, shown) in self.shown[file].iter_mut().enumerate() {
                if is_moved(file, row) {
                    *shown = Some(line);
                }
            }
        }
        let first = arrives.lines.iter().find(|line| line.kind == Kind::Added);
        let number = first.map_or(1, |line| line.number);
        Figure::Move(Moved {
            item,
            from: &change.files[from],
            to: &change.files[to],
            number,
        })
    }

    /// Draws rows against the file as the reader has it.
    fn draw(&self, index: usize, is_changed: impl Fn(usize) -> bool) -> Fragment<'a> {
        let file = &self.change.files[index];
        Fragment::draw(file, |row| {
            let shown = self.shown[index][row].is_some();
            match file.rows[row] {
                _ if is_changed(row) => State::Changed,
                Row::Same { .. } => State::Context,
                Row::Old(_) if !shown => State::Context,
                Row::New(_) if shown => State::Context,
                _ => State::Absent,
            }
        })
    }
}

/// The run of neighbouring rows that has a text.
fn pick_run(file: &FileChange, rows: &[usize], text: &str) -> Result<Vec<usize>> {
    let matching = matches(file, rows, text)?;
    let mut runs = rows.chunk_by(|a, b| a + 1 == *b).filter(|run| {
        run.iter().any(|row| matching.iter().any(|&position| rows[position] == *row))
    });
    let run = runs.next().unwrap_or_default();
    if let Some(other) = runs.next() {
        let line = file.describe(file.rows[other[0]]);
        bail!("{text:?} is in more than one run of changes; one begins at {line}");
    }
    Ok(run.to_vec())
}

fn first_match(file: &FileChange, rows: &[usize], text: &str) -> Result<usize> {
    Ok(matches(file, rows, text)?[0])
}

/// The positions of the rows that are this text, but for white space around it; if there
/// are none, of those that have it.
///
/// # Errors
/// If there is no such row; the message lists all rows.
fn matches(file: &FileChange, rows: &[usize], text: &str) -> Result<Vec<usize>> {
    let positions = |is_match: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let line = |position: &usize| file.line(file.rows[rows[*position]]);
        (0..rows.len()).filter(|position| is_match(line(position))).collect()
    };
    let mut found = positions(&|line| line.trim() == text);
    if found.is_empty() {
        found = positions(&|line| line.contains(text));
    }
    let list =
        || rows.iter().map(|&row| format!("\n    {}", file.describe(file.rows[row])));
    ensure!(
        !found.is_empty(),
        "no changed line that is still to be shown has the text {text:?}{}",
        list().collect::<String>()
    );
    Ok(found)
}

/// A range has the blank lines before it, as an item has.
fn with_blanks(file: &FileChange, rows: &[usize], mut start: usize) -> usize {
    let is_blank = |row: usize| file.line(file.rows[row]).trim().is_empty();
    while start > 0 && rows[start - 1] + 1 == rows[start] && is_blank(rows[start - 1]) {
        start -= 1;
    }
    start
}

/// The lines of an item, before and after.
struct Region {
    old: Option<Range<usize>>,
    new: Option<Range<usize>>,
}

impl Region {
    fn find(file: &FileChange, path: &[String]) -> Result<Region> {
        let name = path.join(" > ");
        let one = |source: &Source| {
            let mut found = source.find(path);
            match found.len() {
                0 | 1 => Ok(found.pop()),
                several => {
                    bail!("`{name}` is ambiguous: {} has {several} of it", file.path)
                }
            }
        };
        let region = Region { old: one(&file.old)?, new: one(&file.new)? };
        if region.old.is_none() && region.new.is_none() {
            let mut names = file.new.paths();
            names.extend(
                file.old.paths().into_iter().filter(|n| !file.new.paths().contains(n)),
            );
            bail!("{} has no `{name}`; it has {}", file.path, names.join(", "));
        }
        Ok(region)
    }

    fn contains(&self, row: Row) -> bool {
        let is_in = |range: &Option<Range<usize>>, line: Option<usize>| {
            range.as_ref().zip(line).is_some_and(|(range, line)| range.contains(&line))
        };
        is_in(&self.old, row.old_line()) || is_in(&self.new, row.new_line())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::steps::Files;

    const OLD: &str = "use a;\n\nfn main() {\n    one();\n    two();\n}\n";
    const NEW: &str = "use a;\nuse b;\n\nfn main() {\n    1();\n    two();\n    3();\n}\n\n\
                       fn end() {\n    1();\n}\n";

    fn change(old: &str, new: &str) -> Change {
        let files = |text: &str| {
            let source = Source::new("a.rs", text);
            Files::from([("a.rs".to_string(), Arc::new(source))])
        };
        Change::between(&files(old), &files(new))
    }

    fn show(ledger: &mut Ledger, selection: &str) -> Result<String> {
        let figures = ledger.show(&Selection::parse(selection)?, 7)?;
        let figures = figures.into_iter().map(|figure| match figure {
            Figure::Move(moved) => format!("> {}\n", moved.item.name),
            Figure::Diff(fragment) => {
                let lines = fragment.lines.iter().map(|line| match &line.kind {
                    Kind::Gap(label) => format!("⋮ {label}\n"),
                    Kind::Context => format!(" {}\n", line.text),
                    Kind::Added => format!("+{}\n", line.text),
                    Kind::Removed => format!("-{}\n", line.text),
                });
                lines.collect()
            }
        });
        Ok(figures.collect())
    }

    #[test]
    fn a_fragment_is_drawn_against_the_file_as_the_reader_has_it() {
        let change = change(OLD, NEW);
        let mut ledger = Ledger::new(&change);
        let first = show(&mut ledger, r#"a.rs: fn main / "3()""#).unwrap();
        assert_eq!(first, " fn main() {\n     one();\n     two();\n+    3();\n }\n");
        let second = show(&mut ledger, r#"a.rs: fn main"#).unwrap();
        assert_eq!(
            second,
            " use a;\n\n fn main() {\n-    one();\n+    1();\n     two();\n     3();\n }\n"
                .replace("\n\n", "\n \n")
        );
        show(&mut ledger, "a.rs: use, fn end").unwrap();
        ledger.finish().unwrap();
    }

    #[test]
    fn what_is_not_shown_is_an_error_with_the_directive_to_paste() {
        let change = change(OLD, NEW);
        let mut ledger = Ledger::new(&change);
        show(&mut ledger, "a.rs: fn main, fn end").unwrap();
        let message = ledger.finish().unwrap_err().to_string();
        assert!(
            message.contains("  {{#diff a.rs: use}}\n    + 2: use b;\n"),
            "{message}"
        );
    }

    #[test]
    fn nothing_is_shown_twice() {
        let change = change(OLD, NEW);
        let mut ledger = Ledger::new(&change);
        show(&mut ledger, "a.rs: fn main").unwrap();
        let message = show(&mut ledger, "a.rs: fn main").unwrap_err().to_string();
        assert!(message.contains("line 7 has shown the last of it"), "{message}");
        show(&mut ledger, "a.rs").unwrap();
        let message = show(&mut ledger, "a.rs").unwrap_err().to_string();
        assert!(message.contains("nothing is left to show"), "{message}");
    }

    #[test]
    fn unknown_and_ambiguous_names_are_errors_that_list_the_names() {
        let change = change(OLD, &format!("{NEW}impl A {{}}\nimpl A {{}}\n"));
        let mut ledger = Ledger::new(&change);
        let mut message =
            |directive| format!("{:#}", show(&mut ledger, directive).unwrap_err());
        assert_eq!(message("b.rs"), "there is no file `b.rs`; there are a.rs");
        let names = "a.rs has no `fn x`; it has use, fn main, fn end, impl A, impl A";
        assert_eq!(message("a.rs: fn x"), names);
        assert_eq!(message("a.rs: impl A"), "`impl A` is ambiguous: a.rs has 2 of it");
        assert!(message(r#"a.rs: fn main / "()""#).contains("more than one run"));
        assert!(message(r#"a.rs: fn main / "zzz""#).contains("has the text \"zzz\""));
    }

    #[test]
    fn ranges_may_be_open() {
        let change = change("", "fn a() {\n    1;\n    2;\n}\n");
        let mut ledger = Ledger::new(&change);
        assert_eq!(
            show(&mut ledger, r#"a.rs: fn a / .. "1""#).unwrap(),
            "+fn a() {\n+    1;\n"
        );
        assert_eq!(
            show(&mut ledger, r#"a.rs: fn a / "2" .."#).unwrap(),
            " fn a() {\n     1;\n+    2;\n+}\n"
        );
    }

    #[test]
    fn a_line_that_is_the_text_comes_before_lines_that_have_it() {
        let change = change("", "fn a() {\n    if b {\n    } else {\n    }\n}\n");
        let mut ledger = Ledger::new(&change);
        let fragment =
            show(&mut ledger, r#"a.rs: fn a / .. "if b", fn a / "}" .."#).unwrap();
        assert_eq!(fragment, "+fn a() {\n+    if b {\n+    }\n+}\n");
    }

    #[test]
    fn a_range_has_the_blank_lines_before_it() {
        let change = change("", "fn a() {\n    1;\n\n    2;\n}\n");
        let mut ledger = Ledger::new(&change);
        show(&mut ledger, r#"a.rs: fn a / .. "1""#).unwrap();
        let fragment = show(&mut ledger, r#"a.rs: fn a / "2" .."#).unwrap();
        assert_eq!(fragment, " fn a() {\n     1;\n+\n+    2;\n+}\n");
    }

    #[test]
    fn a_move_is_claimed_on_both_sides() {
        let change = change(
            "fn a() {}\nfn b() {\n    1;\n}\n",
            "fn b() {\n    1;\n}\nfn a() {}\n",
        );
        let mut ledger = Ledger::new(&change);
        assert_eq!(show(&mut ledger, "a.rs: fn a").unwrap(), "> fn a\n");
        ledger.finish().unwrap();
    }
}
