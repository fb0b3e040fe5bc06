//! Picks the lines of a fragment: what changes, and enough around it to find the place.

use std::ops::Range;

use crate::diff::align::Row;
use crate::diff::change::{Change, FileChange};
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
pub struct Fragment {
    /// An index into the files of the change.
    pub file: usize,
    /// The item that all changes are in, if it is one: `impl Request > fn parse`.
    pub item: String,
    pub lines: Vec<Line>,
    pub added: usize,
    pub removed: usize,
}

/// A line of a fragment.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub row: Row,
    /// Its number in the reader's file, counted from 1: as it was for a removed line,
    /// as it is now for the others.
    pub number: usize,
    /// The bytes in which an added or removed line differs from its counterpart.
    pub marks: Marks,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Context,
    Added,
    Removed,
    /// Lines are left out; what follows is in this item.
    Gap(String),
}

impl Line {
    pub fn text<'a>(&self, file: &'a FileChange) -> &'a str {
        match self.kind {
            Kind::Gap(_) => "",
            _ => file.line(self.row),
        }
    }
}

impl FileChange {
    /// The path of the item that a row belongs to, as directives write it.
    pub fn path_of(&self, row: Row) -> String {
        let (source, line) = self.place(row);
        source.path_of(line).join(" > ")
    }

    /// A row as error messages show it: `+ 12: let x = 1;`
    pub fn describe(&self, row: Row) -> String {
        let (sign, line) = match row {
            Row::Same { new, .. } => (' ', new),
            Row::Old(old) => ('-', old),
            Row::New(new) => ('+', new),
        };
        format!("{sign} {}: {}", line + 1, self.line(row).trim())
    }
}

/// Draws the changed rows with a few rows of context, and gaps between them.
pub fn draw(change: &Change, index: usize, state: impl Fn(usize) -> State) -> Fragment {
    let file = &change.files[index];
    let mut visible = number(file, state);
    mark_words(file, &mut visible);
    let hunks = hunks(file, &visible);
    let mut lines: Vec<Line> = Vec::new();
    for hunk in hunks {
        if !lines.is_empty() {
            let first = &visible[hunk.start];
            let gap = Kind::Gap(file.path_of(first.row));
            lines.push(Line { kind: gap, marks: Vec::new(), ..*first });
        }
        lines.extend_from_slice(&visible[hunk]);
    }
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    Fragment {
        file: index,
        item: common_item(file, &lines),
        added: count(Kind::Added),
        removed: count(Kind::Removed),
        lines,
    }
}

/// All rows that the reader can see, with their numbers.
fn number(file: &FileChange, state: impl Fn(usize) -> State) -> Vec<Line> {
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
        visible.push(Line { kind, row, number, marks: Vec::new() });
    }
    visible
}

/// The ranges of rows to show: those near a change, without blank ones at the edges.
fn hunks(file: &FileChange, visible: &[Line]) -> Vec<Range<usize>> {
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
    let is_blank = |line: &Line| line.kind == Kind::Context && line.text(file).is_empty();
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
    let paths: Vec<String> = changed.map(|line| file.path_of(line.row)).collect();
    let Some(first) = paths.first() else { return String::new() };
    let mut common: Vec<&str> = first.split(" > ").collect();
    for path in &paths {
        let same =
            common.iter().zip(path.split(" > ")).take_while(|(a, b)| **a == *b).count();
        common.truncate(same);
    }
    common.join(" > ")
}

/// Marks the words that differ between a removed line and the added one in its place.
fn mark_words(file: &FileChange, lines: &mut [Line]) {
    for run in
        lines.chunk_by_mut(|a, b| a.kind != Kind::Context && b.kind != Kind::Context)
    {
        let middle =
            run.iter().position(|line| line.kind == Kind::Added).unwrap_or(run.len());
        let (removed, added) = run.split_at_mut(middle);
        if removed.iter().any(|line| line.kind != Kind::Removed) {
            continue;
        }
        for (old, new) in removed.iter_mut().zip(added.iter_mut()) {
            if let Some((old_marks, new_marks)) =
                changed_words(old.text(file), new.text(file))
            {
                (old.marks, new.marks) = (old_marks, new_marks);
            }
        }
    }
}
