//! Picks the lines of a fragment: what changes, and enough around it to find the place.

use std::ops::Range;

use crate::diff::align::Row;
use crate::diff::change::FileChange;
use crate::diff::words::{Marks, changed_words};

/// How many unchanged lines stand around a change.
const CONTEXT: usize = 3;

/// What a row is to the reader at some point of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Still to come, or already gone.
    Absent,
    /// In the reader's file, and stays there.
    Context,
    /// What the fragment is about.
    Changed,
}

/// Some rows of one file.
#[derive(Clone, Debug)]
pub struct Fragment<'a> {
    pub file: &'a FileChange,
    /// The item that all changes are in, if it is one: `impl Request > fn parse`.
    pub item: String,
    pub lines: Vec<Line<'a>>,
    pub added: usize,
    pub removed: usize,
}

/// A line of a fragment.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub kind: Kind,
    pub row: Row,
    /// Its number in the reader's file, counted from 1: as it was for a removed line,
    /// as it is now for the others.
    pub number: usize,
    /// What is in it, without its end.
    pub text: &'a str,
}

/// What a line is there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Context,
    Added,
    Removed,
    /// Lines are left out; what follows is in this item.
    Gap(String),
}

impl<'a> Fragment<'a> {
    /// Draws the changed rows of a file with a few rows of context, and gaps between them.
    pub fn draw(file: &'a FileChange, state: impl Fn(usize) -> State) -> Fragment<'a> {
        let visible = number(file, state);
        let mut lines: Vec<Line> = Vec::new();
        for hunk in hunks(&visible) {
            if !lines.is_empty() {
                let first = &visible[hunk.start];
                let gap = Kind::Gap(file.path_of(first.row).join(" > "));
                lines.push(Line { kind: gap, text: "", ..*first });
            }
            lines.extend_from_slice(&visible[hunk]);
        }
        let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
        Fragment {
            file,
            item: common_item(file, &lines),
            added: count(Kind::Added),
            removed: count(Kind::Removed),
            lines,
        }
    }

    /// For each line the bytes in which it differs from the one that it replaces, or that
    /// replaces it.
    pub fn marks(&self) -> Vec<Marks> {
        let is_changed = |line: &Line| matches!(line.kind, Kind::Added | Kind::Removed);
        let runs = self.lines.chunk_by(|a, b| is_changed(a) && is_changed(b));
        runs.flat_map(marks_of_run).collect()
    }
}

/// All rows that the reader can see, with their numbers.
fn number<'a>(file: &'a FileChange, state: impl Fn(usize) -> State) -> Vec<Line<'a>> {
    let (mut before, mut after) = (0, 0);
    let mut visible = Vec::new();
    for (index, &row) in file.rows.iter().enumerate() {
        let kind = match (state(index), row) {
            (State::Absent, _) => continue,
            (State::Changed, Row::Old(_)) => Kind::Removed,
            (State::Changed, Row::New(_)) => Kind::Added,
            _ => Kind::Context,
        };
        before += usize::from(kind != Kind::Added);
        after += usize::from(kind != Kind::Removed);
        let number = if kind == Kind::Removed { before } else { after };
        visible.push(Line { kind, row, number, text: file.line(row) });
    }
    visible
}

/// The ranges of rows to show: those near a change, without blank ones at the edges.
fn hunks(visible: &[Line]) -> Vec<Range<usize>> {
    let mut hunks: Vec<Range<usize>> = Vec::new();
    for (index, line) in visible.iter().enumerate() {
        if line.kind == Kind::Context {
            continue;
        }
        let near =
            index.saturating_sub(CONTEXT)..(index + 1 + CONTEXT).min(visible.len());
        match hunks.last_mut() {
            // A gap takes a line too, so leaving out a single one saves nothing.
            Some(last) if near.start <= last.end + 1 => last.end = near.end,
            _ => hunks.push(near),
        }
    }
    let is_blank = |line: &Line| line.kind == Kind::Context && line.text.is_empty();
    for hunk in &mut hunks {
        while is_blank(&visible[hunk.start]) {
            hunk.start += 1;
        }
        while is_blank(&visible[hunk.end - 1]) {
            hunk.end -= 1;
        }
    }
    hunks
}

/// The innermost item that has all the changed lines.
fn common_item(file: &FileChange, lines: &[Line]) -> String {
    let changed = lines.iter().filter(|l| matches!(l.kind, Kind::Added | Kind::Removed));
    let mut paths = changed.map(|line| file.path_of(line.row));
    let Some(mut common) = paths.next() else { return String::new() };
    for path in paths {
        let same = common.iter().zip(path).take_while(|(a, b)| *a == b).count();
        common.truncate(same);
    }
    common.join(" > ")
}

/// The marks of neighbouring lines that change: where removed ones come first, each is
/// compared with the added one in its place.
fn marks_of_run(run: &[Line]) -> Vec<Marks> {
    let mut marks = vec![Marks::new(); run.len()];
    let middle =
        run.iter().position(|line| line.kind == Kind::Added).unwrap_or(run.len());
    let (removed, added) = run.split_at(middle);
    if removed.iter().all(|line| line.kind == Kind::Removed) {
        for (index, (old, new)) in removed.iter().zip(added).enumerate() {
            if let Some((old, new)) = changed_words(old.text, new.text) {
                (marks[index], marks[middle + index]) = (old, new);
            }
        }
    }
    marks
}
