//! Items that stand in another place than before.

use std::ops::Range;

use crate::diff::align::Row;
use crate::diff::change::FileChange;
use crate::steps::source::{Item, Source};

/// An item that stands in another place, with the blank lines before it. It is unchanged,
/// but for the `pub`s that another file may need.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub name: String,
    /// Whether any `pub` has come or gone.
    pub is_republished: bool,
    /// In the old files.
    pub from: Place,
    /// In the new files.
    pub to: Place,
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// An index into the files of a [`Change`](crate::diff::change::Change).
    pub file: usize,
    pub lines: Range<usize>,
}

/// Items that are gone from one place and new in another, and are the same there.
pub fn find_moves(files: &[FileChange]) -> Vec<Move> {
    let mut arrived = Candidate::find_all(files, |file| &file.new, Row::new_line);
    if arrived.is_empty() {
        return Vec::new();
    }
    let mut moves = Vec::new();
    for gone in Candidate::find_all(files, |file| &file.old, Row::old_line) {
        let target = arrived.iter().position(|item| item.unpublished == gone.unpublished);
        if let Some(target) = target {
            let here = arrived.swap_remove(target);
            moves.push(Move {
                name: gone.name.into(),
                is_republished: here.text != gone.text,
                from: gone.place,
                to: here.place,
            });
        }
    }
    join_modules(moves)
}

/// Lines such as `mod body;` that move together are one move.
fn join_modules(moves: Vec<Move>) -> Vec<Move> {
    let is_module = |item: &Move| item.name.starts_with("mod ");
    let mut joined: Vec<Move> = Vec::new();
    for item in moves {
        match joined.last_mut() {
            Some(last)
                if is_module(last)
                    && is_module(&item)
                    && item.from.lines.len() == 1
                    && last.is_republished == item.is_republished
                    && last.from.is_before(&item.from)
                    && last.to.is_before(&item.to) =>
            {
                let first = last.name.split(" to ").next().unwrap_or_default();
                last.name = format!("{first} to {}", item.name);
                last.from.lines.end = item.from.lines.end;
                last.to.lines.end = item.to.lines.end;
            }
            _ => joined.push(item),
        }
    }
    joined
}

impl Place {
    /// Whether the other one begins where this one ends.
    fn is_before(&self, other: &Place) -> bool {
        self.file == other.file && self.lines.end == other.lines.start
    }
}

/// An item of which every line is gone, or new.
struct Candidate<'a> {
    name: &'a str,
    place: Place,
    text: &'a str,
    /// The text without any `pub`.
    unpublished: String,
}

impl<'a> Candidate<'a> {
    /// The candidates on one side of a change. `use`s don't count: two files that need the
    /// same name have not moved it.
    fn find_all(
        files: &'a [FileChange],
        side: impl Fn(&FileChange) -> &Source,
        line: impl Fn(Row) -> Option<usize>,
    ) -> Vec<Candidate<'a>> {
        let mut candidates = Vec::new();
        for (file, change) in files.iter().enumerate() {
            let source = side(change);
            let mut is_changed = vec![false; source.lines().len()];
            for line in
                change.rows.iter().filter(|r| r.is_changed()).filter_map(|r| line(*r))
            {
                is_changed[line] = true;
            }
            let is_whole =
                |item: &&Item| is_changed[item.lines.clone()].iter().all(|is| *is);
            let is_movable = |item: &&Item| !matches!(&*item.name, "" | "use" | "//!");
            let items = source.items.iter().filter(is_movable).filter(is_whole);
            candidates.extend(items.map(|item| Candidate::new(file, source, item)));
        }
        candidates
    }

    fn new(file: usize, source: &'a Source, item: &'a Item) -> Candidate<'a> {
        let text = source.slice(item.lines.clone()).trim_start();
        Candidate {
            name: &item.name,
            place: Place { file, lines: item.lines.clone() },
            text,
            unpublished: without_pub(text),
        }
    }
}

fn without_pub(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let (indent, code) = line.split_at(line.len() - line.trim_start().len());
        [indent, code.strip_prefix("pub ").unwrap_or(code)]
    });
    lines.flatten().collect()
}
