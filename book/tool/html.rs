//! The markup of fragments, moves and whole files.
//!
//! Each row is an `ins`, a `del` or a `span` that holds the code and nothing else;
//! signs and numbers come from the style sheet, so that nobody copies them. There is
//! no empty line anywhere in it, or Markdown would end the block.

use std::fmt::Write;
use std::ops::Range;

use crate::align::Row;
use crate::change::Change;
use crate::draw::{Fragment, Kind, Line};
use crate::highlight::{Classes, highlight};
use crate::source::Source;

/// What a figure is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It tells a part of the change, and nothing else does.
    Part,
    /// It repeats the whole change at the end of a chapter.
    Whole,
    /// It shows what the solution of an exercise changes.
    Solution,
}

impl Role {
    fn attribute(self) -> &'static str {
        match self {
            Role::Part => "",
            Role::Whole => " data-whole",
            Role::Solution => " data-solution",
        }
    }
}

/// Writes figures of one change, and highlights each of its files once.
pub struct Writer<'a> {
    change: &'a Change,
    classes: Vec<[Classes; 2]>,
}

impl<'a> Writer<'a> {
    pub fn new(change: &'a Change) -> Writer<'a> {
        let classes = change.files.iter().map(|file| {
            [highlight(&file.path, &file.old.text), highlight(&file.path, &file.new.text)]
        });
        Writer { change, classes: classes.collect() }
    }

    /// A fragment as `figure.diff`.
    pub fn diff(&self, fragment: &Fragment, role: Role) -> String {
        let index = self.file_index(&fragment.path);
        let path = escape(&fragment.path);
        let mut html =
            format!("<figure class=\"diff\" data-file=\"{path}\"{}>\n", role.attribute());
        let _ = write!(html, "<figcaption><code>{path}</code>");
        if !fragment.item.is_empty() {
            let _ = write!(
                html,
                " <span class=\"diff-item\">{}</span>",
                escape(&fragment.item)
            );
        }
        let _ =
            writeln!(html, " {}</figcaption>", stat(fragment.added, fragment.removed));
        html += "<pre>";
        for line in &fragment.lines {
            html += &self.row(index, line);
        }
        html + "</pre>\n</figure>\n"
    }

    /// An item that moved as `figure.move`, folded; its lines in the reader's file begin
    /// with `number`.
    pub fn moved(&self, index: usize, mut number: usize, role: Role) -> String {
        let item = &self.change.moves[index];
        let (from, to) = (&self.change.files[item.from.0], &self.change.files[item.to.0]);
        let (from_path, to_path) = (escape(&from.path), escape(&to.path));
        let mut html = format!(
            "<figure class=\"move\" data-from=\"{from_path}\" data-file=\"{to_path}\"{}>\n\
             <details>\n<summary><code>{}</code> moves from <code>{from_path}</code> to \
             <code>{to_path}</code>, unchanged{}</summary>\n<pre>",
            role.attribute(),
            escape(&item.name),
            if item.is_republished { " but for <code>pub</code>" } else { "" },
        );
        let rows = move_rows(item.from.1.clone(), item.to.1.clone());
        for (old, new) in rows {
            let _ = write!(html, "<span{}", lines_of(old, new));
            if new.is_some() {
                let _ = write!(html, " data-n=\"{number}\"");
                number += 1;
            }
            let classes = new.and_then(|line| self.classes[item.to.0][1].get(line));
            let text =
                new.and_then(|line| to.new.text.lines().nth(line)).unwrap_or_default();
            let before = old.and_then(|line| from.old.text.lines().nth(line));
            let mark = before.and_then(|before| new_pub(before, text));
            let code =
                code(text, classes.map_or(&[], |classes| classes), mark.as_slice());
            let _ = write!(html, ">{code}\n</span>");
        }
        html + "</pre>\n</details>\n</figure>\n"
    }

    fn file_index(&self, path: &str) -> usize {
        self.change.files.iter().position(|file| file.path == path).unwrap_or_default()
    }

    fn row(&self, index: usize, line: &Line) -> String {
        let file = &self.change.files[index];
        let tag = match &line.kind {
            Kind::Added => "ins",
            Kind::Removed => "del",
            Kind::Context => "span",
            Kind::Gap(item) => {
                return format!("<span class=\"diff-gap\">⋮ {}\n</span>", escape(item));
            }
        };
        let [old, new] = &self.classes[index];
        let classes = match line.row {
            Row::Old(line) => old.get(line),
            Row::Same { new: line, .. } | Row::New(line) => new.get(line),
        };
        let classes = classes.map_or(&[][..], |classes| classes);
        let code = code(line.text(file), classes, &line.marks);
        let (lines, number) =
            (lines_of(line.row.old_line(), line.row.new_line()), line.number);
        format!("<{tag}{lines} data-n=\"{number}\">{code}\n</{tag}>")
    }
}

/// Where a line has a `pub` that it had not before.
fn new_pub(before: &str, text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let is_new = text != before && text[start..].starts_with("pub ");
    is_new.then(|| start..start + "pub ".len())
}

/// Pairs the lines of a moved item. The blank lines before it may be more here than
/// there; the surplus has no partner.
fn move_rows(
    old: Range<usize>,
    new: Range<usize>,
) -> Vec<(Option<usize>, Option<usize>)> {
    let gone = old.len().saturating_sub(new.len());
    let come = new.len().saturating_sub(old.len());
    let gone_rows = old.clone().take(gone).map(|line| (Some(line), None));
    let come_rows = new.clone().take(come).map(|line| (None, Some(line)));
    let pairs = old.clone().skip(gone).zip(new.clone().skip(come));
    let pairs = pairs.map(|(old, new)| (Some(old), Some(new)));
    gone_rows.chain(come_rows).chain(pairs).collect()
}

/// The numbers of a row, counted from 1, in the step before and in the finished step.
fn lines_of(old: Option<usize>, new: Option<usize>) -> String {
    let mut html = String::new();
    if let Some(old) = old {
        let _ = write!(html, " data-old=\"{}\"", old + 1);
    }
    if let Some(new) = new {
        let _ = write!(html, " data-new=\"{}\"", new + 1);
    }
    html
}

fn stat(added: usize, removed: usize) -> String {
    let mut html = "<span class=\"diff-stat\">".to_string();
    if added > 0 {
        let _ = write!(html, "<span class=\"diff-added\">+{added}</span>");
    }
    if removed > 0 {
        let space = if added > 0 { " " } else { "" };
        let _ = write!(html, "{space}<span class=\"diff-removed\">−{removed}</span>");
    }
    html + "</span>"
}

/// A whole file as `figure.source`.
pub fn source(path: &str, source: &Source) -> String {
    let mut html = format!(
        "<figure class=\"source\" data-source=\"{0}\">\n<figcaption><code>{0}</code></figcaption>\n<pre>",
        escape(path)
    );
    let classes = highlight(path, &source.text);
    for (number, (line, classes)) in source.text.lines().zip(&classes).enumerate() {
        let code = code(line, classes, &[]);
        let _ = write!(html, "<span data-n=\"{}\">{code}\n</span>", number + 1);
    }
    html + "</pre>\n</figure>\n"
}

/// A line of code, with the classes of its tokens and with marks around some bytes.
fn code(text: &str, classes: &[(Range<usize>, &str)], marks: &[Range<usize>]) -> String {
    let mut cuts = vec![0, text.len()];
    cuts.extend(classes.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(marks.iter().flat_map(|range| [range.start, range.end]));
    cuts.sort();
    cuts.dedup();
    let mut html = String::new();
    for cut in cuts.windows(2) {
        let piece = escape(&text[cut[0]..cut[1]]);
        let is_in = |range: &Range<usize>| range.contains(&cut[0]);
        let class =
            classes.iter().find(|(range, _)| is_in(range)).map(|(_, class)| class);
        if marks.iter().any(|mark| mark.start == cut[0]) {
            html += "<mark>";
        }
        match class {
            Some(class) => {
                let _ = write!(html, "<span class=\"hljs-{class}\">{piece}</span>");
            }
            None => html += &piece,
        }
        if marks.iter().any(|mark| mark.end == cut[1]) {
            html += "</mark>";
        }
    }
    html
}

/// Escapes a text for HTML, inside of elements and of attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_around_the_classes_of_words() {
        let html = code("let x = <y>;", &[(0..3, "keyword")], &[4..5, 8..11]);
        let expected = "<span class=\"hljs-keyword\">let</span> <mark>x</mark> = \
                        <mark>&lt;y&gt;</mark>;";
        assert_eq!(html, expected);
    }

    #[test]
    fn a_file_never_has_an_empty_line_in_its_markup() {
        let html = source("a.rs", &Source::new("a.rs", "fn a() {\n\n}\n".into()));
        assert!(html.lines().all(|line| !line.is_empty()), "{html}");
        assert_eq!(html.matches("data-n=").count(), 3);
    }
}
