//! The page that compares any two steps: the data that its script needs.
//!
//! What is shown between two steps is decided here, as for the chapters. Each line and each
//! file is in the data once, and so is each difference between two files; the script in the
//! page only draws them.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::chapter::ledger::{Figure, Ledger, Moved};
use crate::diff::align::Row;
use crate::diff::change::{Change, FileChange};
use crate::diff::fragment::{Fragment, Kind, Line};
use crate::render::html::Writer;
use crate::steps::source::Source;
use crate::steps::{Files, Steps};

/// All steps and all their differences, as a script element that is not run.
pub fn to_html(steps: &Steps, writer: &Writer) -> String {
    let mut data = Data::default();
    let nothing = Files::new();
    let all: Vec<&Files> = steps.iter().map(|step| &step.files).collect();
    let files: Vec<BTreeMap<&str, usize>> =
        all.iter().map(|files| data.add_files(files, writer)).collect();
    for (new, new_files) in (1..).zip(&all) {
        for (old, old_files) in (0..new).zip([&nothing].iter().chain(&all)) {
            data.add_change(
                format!("{old},{new}"),
                &Change::between(old_files, new_files),
            );
        }
    }
    let slugs: Vec<&str> = steps.iter().map(|step| step.slug.as_str()).collect();
    let Data { lines, sources, changes, diffs, .. } = data;
    let json = json!({
        "steps": slugs, "files": files, "lines": lines.all, "sources": sources.all,
        "changes": changes, "diffs": diffs.all,
    });
    // Or the element would end where the code has an end tag.
    let json = json.to_string().replace("</", "<\\/");
    format!("<script type=\"application/json\" id=\"compare-data\">{json}</script>")
}

#[derive(Default)]
struct Data {
    /// Lines as HTML.
    lines: Numbered<String>,
    /// Files: the numbers of their lines.
    sources: Numbered<Vec<usize>>,
    /// By the numbers of two steps, `3,7`, where nothing is step 0: the files that differ,
    /// each with the number of its difference, and the items that move.
    changes: BTreeMap<String, Value>,
    /// The differences between two files.
    diffs: Numbered<Vec<Hunk>>,
}

/// Lines that are shown together.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
struct Hunk {
    /// The item that its first line is in.
    item: String,
    /// How many lines are before it in the old file, and how many in the new one.
    start: (usize, usize),
    runs: Vec<(Run, usize)>,
}

/// What a number of neighbouring lines have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
enum Run {
    Same,
    Removed,
    Added,
    /// Of an item that has moved here.
    Arrived,
    /// Of an item that has moved away: they are not shown.
    Gone,
}

impl Data {
    /// The numbers of a step's files, by their paths.
    fn add_files<'a>(
        &mut self,
        files: &'a Files,
        writer: &Writer,
    ) -> BTreeMap<&'a str, usize> {
        let number = |(path, source): (&'a String, &'a Arc<Source>)| {
            let mut code = writer.code(source);
            let lines = (0..source.lines().len()).map(|line| code.line(line, &[]));
            let lines = lines.map(|html| self.lines.number(html)).collect();
            (path.as_str(), self.sources.number(lines))
        };
        files.iter().map(number).collect()
    }

    fn add_change(&mut self, steps: String, change: &Change) {
        let (mut files, mut moves) = (Vec::new(), Vec::new());
        for figure in Ledger::new(change).show_rest() {
            match figure {
                Figure::Diff(fragment) => {
                    let diff = self.diffs.number(hunks_of(&fragment));
                    files.push(json!([fragment.file.path, diff]));
                }
                Figure::Move(Moved { item, from, to, .. }) => {
                    let place = |file: &FileChange, lines: &Range<usize>| {
                        json!([file.path, lines.start, lines.end])
                    };
                    let (from, to) =
                        (place(from, &item.from.lines), place(to, &item.to.lines));
                    moves.push(json!([item.name, from, to, item.is_republished]));
                }
            }
        }
        self.changes.insert(steps, json!([files, moves]));
    }
}

/// The hunks of a fragment. Between two of them are only lines that stay.
fn hunks_of(fragment: &Fragment) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut lines = fragment.lines.iter().peekable();
    let (mut old, mut new) = (0, 0);
    for row in &fragment.file.rows {
        let gap =
            lines.next_if(|line| line.row == *row && matches!(line.kind, Kind::Gap(_)));
        let shown = lines.next_if(|line| line.row == *row);
        if let Some(line) = shown
            && (gap.is_some() || hunks.is_empty())
        {
            let item = fragment.file.path_of(line.row).join(" > ");
            hunks.push(Hunk { item, start: (old, new), runs: Vec::new() });
        }
        if let Some(hunk) = hunks.last_mut() {
            match (shown, row) {
                (Some(line), _) => hunk.push(run_of(line)),
                (None, Row::Old(_)) => hunk.push(Run::Gone),
                (None, _) => {}
            }
        }
        old += usize::from(row.old_line().is_some());
        new += usize::from(row.new_line().is_some());
    }
    hunks
}

fn run_of(line: &Line) -> Run {
    match (&line.kind, line.row) {
        (Kind::Removed, _) => Run::Removed,
        (Kind::Added, _) => Run::Added,
        (_, Row::New(_)) => Run::Arrived,
        _ => Run::Same,
    }
}

impl Hunk {
    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some((last, length)) if *last == run => *length += 1,
            _ => self.runs.push((run, 1)),
        }
    }
}

/// Values, each of them once, and numbers for them, counted from 0.
struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, usize>,
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    fn number(&mut self, value: T) -> usize {
        let next = self.all.len();
        let number = *self.numbers.entry(value.clone()).or_insert(next);
        if number == next {
            self.all.push(value);
        }
        number
    }
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered { all: Vec::new(), numbers: HashMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_what_a_fragment_shows() {
        let files = |text: &str| {
            Files::from([("a.txt".to_string(), Arc::new(Source::new("a.txt", text)))])
        };
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let change = Change::between(&files(old), &files(&old.replace("5\n", "five\n")));
        let figures = Ledger::new(&change).show_rest();
        let [Figure::Diff(fragment)] = &figures[..] else { panic!("{figures:?}") };
        let hunk = json!({
            "item": "", "start": [1, 1],
            "runs": [["same", 3], ["removed", 1], ["added", 1], ["same", 3]],
        });
        assert_eq!(json!(hunks_of(fragment)), json!([hunk]));
    }
}
