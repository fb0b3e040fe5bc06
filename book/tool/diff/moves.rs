//! Items that stand in another place than before.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diff::align::Row;
use crate::diff::change::FileChange;
use crate::steps::source::Source;

/// An item that stands in another place, with the blank lines before it. It is unchanged,
/// but for the `pub`s that another file may need.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub name: String,
    /// Whether any `pub` has come or gone.
    pub is_republished: bool,
    /// An index into [`Change::files`], and lines of the old file.
    pub from: (usize, Range<usize>),
    /// An index into [`Change::files`], and lines of the new file.
    pub to: (usize, Range<usize>),
}

/// Items that are gone from one place and new in another, and are the same there.
pub fn find_moves(files: &[FileChange]) -> Vec<Move> {
    let mut arrived = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let added = file.rows.iter().filter(|row| matches!(row, Row::New(_)));
        let added: BTreeSet<usize> = added.filter_map(|row| row.new_line()).collect();
        arrived.extend(whole_items(&file.new, &added).map(|item| (index, item)));
    }
    let mut moves = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let removed = file.rows.iter().filter(|row| matches!(row, Row::Old(_)));
        let removed: BTreeSet<usize> = removed.filter_map(|row| row.old_line()).collect();
        for (name, lines, text) in whole_items(&file.old, &removed) {
            let is_same = |other: &str| without_pub(other) == without_pub(&text);
            let target = arrived.iter().position(|(_, (_, _, other))| is_same(other));
            if let Some(target) = target {
                let (to, (_, to_lines, other)) = arrived.swap_remove(target);
                let is_republished = other != text;
                let (from, to) = ((index, lines), (to, to_lines));
                moves.push(Move { name, is_republished, from, to });
            }
        }
    }
    moves
}

fn without_pub(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let (indent, code) = line.split_at(line.len() - line.trim_start().len());
        format!("{indent}{}\n", code.strip_prefix("pub ").unwrap_or(code))
    });
    lines.collect()
}

/// The items of which every line is among the given ones, each with its text.
/// `use`s don't count: two files that need the same name have not moved it.
fn whole_items<'a>(
    source: &'a Source,
    lines: &'a BTreeSet<usize>,
) -> impl Iterator<Item = (String, Range<usize>, String)> + 'a {
    let named =
        source.items.iter().filter(|i| !matches!(i.name.as_str(), "" | "use" | "//!"));
    let whole = named.filter(|item| item.lines.clone().all(|line| lines.contains(&line)));
    whole.map(|item| {
        let text = source.lines()[item.lines.clone()].join("\n");
        (item.name.clone(), item.lines.clone(), text.trim_start().to_string())
    })
}
