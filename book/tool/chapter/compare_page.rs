//! The page that compares any two steps: the data that its script needs.
//!
//! What is shown between two steps is decided here, as for the chapters. Each line and each
//! file is in the data once, and so is each difference between two files; the script in the
//! page only draws them.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use serde_json::json;

use crate::chapter::ledger::{Figure, Ledger, Moved};
use crate::chapter::told::{Number, Told};
use crate::diff::align::Row;
use crate::diff::change::Change;
use crate::diff::fragment::{Fragment, Kind, Line};
use crate::render::html::Writer;
use crate::steps::source::Source;
use crate::steps::{Files, Steps};

/// All steps and all their differences, as a script element that is not run.
pub fn to_html(steps: &Steps, writer: &Writer) -> String {
    let mut data = Data::default();
    // A chapter that can't be read is an error elsewhere, with its place.
    let told = Told::of(steps).unwrap_or_default();
    let nothing = Files::new();
    let all: Vec<&Files> = steps.iter().map(|step| &step.files).collect();
    let files: Vec<Vec<usize>> =
        all.iter().map(|files| data.add_files(files, writer)).collect();
    for (new, new_files) in (1..).zip(&all) {
        for (old, old_files) in (0..new).zip([&nothing].iter().chain(&all)) {
            data.add_change((old, new), &Change::between(old_files, new_files), &told);
        }
    }
    let slugs: Vec<&str> = steps.iter().map(|step| step.slug.as_str()).collect();
    let Data { paths, items, lines, sources, changes, moves, diffs } = data;
    let json = json!({
        "steps": slugs, "paths": paths.all, "items": items.all, "files": files,
        "lines": lines.all, "sources": sources.all, "changes": changes,
        "moves": moves.all, "diffs": diffs.all,
    });
    // Or the element would end where the code has an end tag.
    let json = json.to_string().replace("</", "<\\/");
    format!("<script type=\"application/json\" id=\"compare-data\">{json}</script>")
}

#[derive(Default)]
struct Data {
    paths: Numbered<String>,
    /// The names of items.
    items: Numbered<String>,
    /// Lines as HTML.
    lines: Numbered<String>,
    /// Files: the numbers of their lines. Those that follow each other are told by the first
    /// one and their count.
    sources: Numbered<Vec<usize>>,
    /// By the numbers of two steps, `3,7`, where nothing is step 0: the numbers of the files
    /// that differ, each with that of its difference, and of the items that move.
    changes: BTreeMap<String, (Vec<usize>, Vec<usize>)>,
    /// An item, the file and the lines where it was, those where it is, and whether that it is
    /// public is all that is new.
    moves: Numbered<(usize, [usize; 3], [usize; 3], bool)>,
    /// The differences between two files.
    diffs: Numbered<Vec<Hunk>>,
}

/// Lines that are shown together: the item that the first of them is in, how many lines are
/// before it in the old file and in the new one, the runs, as in `3=1-2+3=`, and the diffs
/// that tell them, in the chapters of the steps between.
type Hunk = (usize, usize, usize, String, Vec<Number>);

/// What a number of neighbouring lines have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Same,
    Removed,
    Added,
    /// Of an item that has moved here.
    Arrived,
    /// Of an item that has moved away: they are not shown.
    Gone,
}

impl Run {
    fn sign(self) -> char {
        match self {
            Run::Same => '=',
            Run::Removed => '-',
            Run::Added => '+',
            Run::Arrived => '>',
            Run::Gone => '<',
        }
    }
}

impl Data {
    /// The numbers of a step's paths and files, in turn.
    fn add_files(&mut self, files: &Files, writer: &Writer) -> Vec<usize> {
        let number = |(path, source): (&String, &Arc<Source>)| {
            let mut code = writer.code(source);
            let lines = (0..source.lines().len()).map(|line| code.line(line, &[]));
            let lines: Vec<usize> = lines.map(|html| self.lines.number(html)).collect();
            [self.paths.number(path.clone()), self.sources.number(in_runs(&lines))]
        };
        files.iter().flat_map(number).collect()
    }

    fn add_change(&mut self, steps: (usize, usize), change: &Change, told: &Told) {
        let (mut files, mut moves) = (Vec::new(), Vec::new());
        for figure in Ledger::new(change).show_rest() {
            match figure {
                Figure::Diff(fragment) => {
                    let path = &fragment.file.path;
                    let hunks = self.hunks_of(&fragment, |goes, comes| {
                        told.between(steps, path, goes, comes)
                    });
                    files.push(self.paths.number(path.clone()));
                    files.push(self.diffs.number(hunks));
                }
                Figure::Move(moved) => moves.push(self.number_of_move(&moved)),
            }
        }
        self.changes.insert(format!("{},{}", steps.0, steps.1), (files, moves));
    }

    fn number_of_move(&mut self, Moved { item, from, to, .. }: &Moved) -> usize {
        let name = self.items.number(item.name.clone());
        let [from, to] =
            [(from, &item.from.lines), (to, &item.to.lines)].map(|(file, lines)| {
                [self.paths.number(file.path.clone()), lines.start, lines.end]
            });
        self.moves.number((name, from, to, item.is_republished))
    }

    /// The hunks of a fragment. Between two of them are only lines that stay. `told` says
    /// which diffs tell the lines that a hunk removes and adds.
    fn hunks_of(
        &mut self,
        fragment: &Fragment,
        told: impl Fn(&[usize], &[usize]) -> Vec<Number>,
    ) -> Vec<Hunk> {
        let mut hunks: Vec<(usize, usize, usize, Vec<Run>)> = Vec::new();
        let mut lines = fragment.lines.iter().peekable();
        let (mut old, mut new) = (0, 0);
        for row in &fragment.file.rows {
            let gap = lines
                .next_if(|line| line.row == *row && matches!(line.kind, Kind::Gap(_)));
            let shown = lines.next_if(|line| line.row == *row);
            if let Some(line) = shown
                && (gap.is_some() || hunks.is_empty())
            {
                let item = fragment.file.path_of(line.row).join(" > ");
                hunks.push((self.items.number(item), old, new, Vec::new()));
            }
            if let Some((.., runs)) = hunks.last_mut() {
                match (shown, row) {
                    (Some(line), _) => runs.push(run_of(line)),
                    (None, Row::Old(_)) => runs.push(Run::Gone),
                    (None, _) => {}
                }
            }
            old += usize::from(row.old_line().is_some());
            new += usize::from(row.new_line().is_some());
        }
        let hunk = |(item, old, new, runs): (_, _, _, Vec<Run>)| {
            let [goes, comes] = changes(old, new, &runs);
            (item, old, new, in_signs(&runs), told(&goes, &comes))
        };
        hunks.into_iter().map(hunk).collect()
    }
}

/// The lines that these runs remove from the old file, and those that they add to the new one.
fn changes(mut old: usize, mut new: usize, runs: &[Run]) -> [Vec<usize>; 2] {
    let [mut removed, mut added] = [Vec::new(), Vec::new()];
    for run in runs {
        match run {
            Run::Removed => removed.push(old),
            Run::Added => added.push(new),
            _ => {}
        }
        old += usize::from(!matches!(run, Run::Added | Run::Arrived));
        new += usize::from(!matches!(run, Run::Removed | Run::Gone));
    }
    [removed, added]
}

/// Counts what follows each other and is the same.
fn in_signs(runs: &[Run]) -> String {
    let same = runs.chunk_by(|one, next| one == next);
    same.map(|runs| format!("{}{}", runs.len(), runs[0].sign())).collect()
}

/// Numbers, those that follow each other as the first one and their count.
fn in_runs(numbers: &[usize]) -> Vec<usize> {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    runs.flat_map(|run| [run[0], run.len()]).collect()
}

fn run_of(line: &Line) -> Run {
    match (&line.kind, line.row) {
        (Kind::Removed, _) => Run::Removed,
        (Kind::Added, _) => Run::Added,
        (_, Row::New(_)) => Run::Arrived,
        _ => Run::Same,
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
        let mut data = Data::default();
        let told = |goes: &[usize], comes: &[usize]| {
            assert_eq!((goes, comes), (&[4][..], &[4][..]));
            vec![Number(7, 2)]
        };
        let hunk = (0, 1, 1, "3=1-1+3=".to_string(), vec![Number(7, 2)]);
        assert_eq!(data.hunks_of(fragment, told), [hunk]);
    }

    #[test]
    fn lines_that_follow_each_other_are_told_together() {
        assert_eq!(in_runs(&[3, 4, 5, 9, 3, 4]), [3, 3, 9, 1, 3, 2]);
        assert_eq!(in_runs(&[]), [0; 0]);
    }
}
