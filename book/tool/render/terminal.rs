//! The difference between two steps, for the terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::chapter::ledger::{Figure, Ledger, Moved};
use crate::diff::change::Change;
use crate::diff::fragment::{Fragment, Kind, Line};
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
            Figure::Diff(fragment) => text += &draw(&fragment),
            Figure::Move(Moved { item, from, to, .. }) => {
                let (name, from, to) = (&item.name, &from.path, &to.path);
                let but =
                    if item.is_republished { ", unchanged but for pub" } else { "" };
                let _ = writeln!(
                    text,
                    "{BOLD}{name} moves from {from} to {to}{but}{BOLD:#}\n"
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
            Figure::Move(_) => None,
        })
        .collect();
    let width = fragments.iter().map(|fragment| fragment.file.path.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for Fragment { file, added, removed, .. } in fragments {
        let path = &file.path;
        let _ = writeln!(
            text,
            "{path:width$} | {ADDED}+{added}{ADDED:#} {REMOVED}-{removed}{REMOVED:#}"
        );
    }
    let (added, removed) = change.count();
    let _ = write!(text, "{added} lines added, {removed} removed");
    match change.moves.len() {
        0 => text.push('\n'),
        1 => text += ", 1 item moved\n",
        moves => {
            let _ = writeln!(text, ", {moves} items moved");
        }
    }
    text
}

fn draw(fragment: &Fragment) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}", fragment.file.path);
    if !fragment.item.is_empty() {
        let _ = write!(text, "  {DIM}{}{DIM:#}", fragment.item);
    }
    text.push('\n');
    for line in &fragment.lines {
        let Line { text: code, number, .. } = line;
        let _ = match &line.kind {
            Kind::Gap(item) => writeln!(text, "{DIM}   ⋮  {item}{DIM:#}"),
            Kind::Context => writeln!(text, "{DIM}{number:4}{DIM:#}   {code}"),
            Kind::Added => writeln!(text, "{number:4} {ADDED}+ {code}{ADDED:#}"),
            Kind::Removed => writeln!(text, "{number:4} {REMOVED}- {code}{REMOVED:#}"),
        };
    }
    text + "\n"
}
