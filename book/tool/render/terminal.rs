//! The difference between two steps, for the terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::chapter::ledger::{Figure, Ledger};
use crate::diff::change::Change;
use crate::diff::fragment::{Fragment, Kind};
use crate::diff::in_words;
use crate::steps::crates::Crate;

const BOLD: Style = Style::new().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const DIM: Style = Style::new().dimmed();

/// Draws a change file by file, aligned as in the book. The text has colours, which
/// `anstream` takes out where they are not wanted.
pub fn diff(change: &Change) -> String {
    let mut text = String::new();
    if change.count() == (0, 0) && change.moves.is_empty() {
        text += "there is no difference\n";
    }
    for figure in Ledger::new(change).show_rest() {
        match figure {
            Figure::Diff(fragment) => text += &draw(change, &fragment),
            Figure::Move { index, .. } => {
                let item = &change.moves[index];
                let path = |file: usize| &change.files[file].path;
                let (from, to) = (path(item.from.0), path(item.to.0));
                let _ = writeln!(
                    text,
                    "{BOLD}{} moves from {from} to {to}{BOLD:#}\n",
                    item.name
                );
            }
        }
    }
    text
}

/// What can't be compared, and what the one crate has and the other has not, in words.
pub fn in_words(old: &Crate, new: &Crate) -> String {
    let mut text = String::new();
    for problem in [old, new].iter().flat_map(|side| side.problems()) {
        let _ = writeln!(text, "{problem}");
    }
    // What the steps have, the book tells.
    if old.is_own || new.is_own {
        for sentence in in_words::missing(old, new) {
            let _ = writeln!(text, "{sentence}");
        }
    }
    text
}

/// Counts the lines of each file: `src/main.rs | +58 −3`.
pub fn stat(change: &Change) -> String {
    let figures = Ledger::new(change).show_rest();
    let fragments: Vec<&Fragment> = figures
        .iter()
        .filter_map(|figure| match figure {
            Figure::Diff(fragment) => Some(fragment),
            Figure::Move { .. } => None,
        })
        .collect();
    let width =
        fragments.iter().map(|fragment| path(change, fragment).len()).max().unwrap_or(0);
    let mut text = String::new();
    for fragment in fragments {
        let (path, Fragment { added, removed, .. }) = (path(change, fragment), fragment);
        let _ = writeln!(
            text,
            "{path:width$} | {ADDED}+{added}{ADDED:#} {REMOVED}-{removed}{REMOVED:#}"
        );
    }
    let (added, removed) = change.count();
    let _ = write!(text, "{added} lines added, {removed} removed");
    match change.moves.len() {
        0 => text.push('\n'),
        moves => {
            let _ = writeln!(text, ", {moves} items moved");
        }
    }
    text
}

fn path<'a>(change: &'a Change, fragment: &Fragment) -> &'a str {
    &change.files[fragment.file].path
}

fn draw(change: &Change, fragment: &Fragment) -> String {
    let file = &change.files[fragment.file];
    let mut text = format!("{BOLD}{}{BOLD:#}", file.path);
    if !fragment.item.is_empty() {
        let _ = write!(text, "  {DIM}{}{DIM:#}", fragment.item);
    }
    text.push('\n');
    for line in &fragment.lines {
        let code = line.text(file);
        let number = line.number;
        let _ = match &line.kind {
            Kind::Gap(item) => writeln!(text, "{DIM}   ⋮  {item}{DIM:#}"),
            Kind::Context => writeln!(text, "{DIM}{number:4}{DIM:#}   {code}"),
            Kind::Added => writeln!(text, "{number:4} {ADDED}+ {code}{ADDED:#}"),
            Kind::Removed => writeln!(text, "{number:4} {REMOVED}- {code}{REMOVED:#}"),
        };
    }
    text + "\n"
}
