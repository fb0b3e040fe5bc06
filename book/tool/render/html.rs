//! The markup of fragments, moves and whole files.
//!
//! Each row is an `ins`, a `del` or a `span` that holds the code and nothing else;
//! signs and numbers come from the style sheet, so that nobody copies them. There is
//! no empty line anywhere in it, or Markdown would end the block.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::iter;
use std::ops::Range;
use std::rc::Rc;

use crate::chapter::ledger::{Figure, Moved};
use crate::chapter::told::Number;
use crate::diff::fragment::{Fragment, Kind, Line};
use crate::render::highlight::{Classes, Span, highlight};
use crate::steps::source::{Language, Source};

/// What a figure is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It tells a part of the change, and nothing else does. The first of some figures has
    /// this number.
    Part(Number),
    /// It repeats the whole change at the end of a chapter.
    Whole,
    /// It shows what a variant changes, such as the solution of an exercise.
    Variant,
}

impl Role {
    fn attribute(self) -> String {
        match self {
            Role::Part(number) => format!(" id=\"{}\"", number.id()),
            Role::Whole => " data-whole".into(),
            Role::Variant => " data-variant".into(),
        }
    }

    /// What the figure after some others is there for.
    fn after(self, others: usize) -> Role {
        match self {
            Role::Part(Number(chapter, first)) => {
                Role::Part(Number(chapter, first + others))
            }
            _ => self,
        }
    }

    /// By what name one may speak of the figure: a link to itself, but where a click does
    /// something else.
    fn name(self, is_link: bool) -> String {
        let Role::Part(number) = self else { return String::new() };
        let id = number.id();
        match is_link {
            true => format!("<a class=\"diff-number\" href=\"#{id}\">Diff {number}</a> "),
            false => format!("<span class=\"diff-number\">Diff {number}</span> "),
        }
    }
}

/// Writes figures. An item gets its colours when the first of its lines is drawn, and then
/// has them in all files that it is in: most items are the same in most steps.
#[derive(Debug, Default)]
pub struct Writer {
    /// By the text of the item.
    colours: RefCell<HashMap<String, Rc<Classes>>>,
}

impl Writer {
    /// What a chapter shows, one figure after the other.
    pub fn figures(&self, figures: &[Figure], role: Role) -> String {
        let write = |(index, figure): (usize, &Figure)| match figure {
            Figure::Diff(fragment) => self.diff(fragment, role.after(index)),
            Figure::Move(moved) => self.moved(moved, role.after(index)),
        };
        figures.iter().enumerate().map(write).collect()
    }

    /// A fragment as `figure.diff`.
    fn diff(&self, fragment: &Fragment, role: Role) -> String {
        let path = escape(&fragment.file.path);
        let is_given = is_made_by_cargo(fragment);
        let given = if is_given { " data-given" } else { "" };
        let mut html = format!(
            "<figure class=\"diff\" data-file=\"{path}\"{}{given}>
\
             <figcaption>{}<code>{path}</code>",
            role.attribute(),
            role.name(true),
        );
        if !fragment.item.is_empty() {
            let item = escape(&fragment.item);
            let _ = write!(html, " <span class=\"diff-item\">{item}</span>");
        }
        let stat = if is_given {
            "<span class=\"diff-stat\">written by cargo new</span>".into()
        } else {
            stat(fragment.added, fragment.removed)
        };
        let _ = write!(html, " {stat}</figcaption>\n<pre>");
        let (mut old, mut new) =
            (self.code(&fragment.file.old), self.code(&fragment.file.new));
        for (line, marks) in fragment.lines.iter().zip(fragment.marks()) {
            html += &match (line.row.old_line(), line.row.new_line()) {
                (_, Some(place)) => row(line, &new.line(place, &marks)),
                (Some(place), None) => row(line, &old.line(place, &marks)),
                (None, None) => String::new(),
            };
        }
        html + "</pre>\n</figure>\n"
    }

    /// An item that moved as `figure.move`, folded.
    fn moved(&self, moved: &Moved, role: Role) -> String {
        let Moved { item, from, to, mut number } = *moved;
        let (from_path, to_path) = (escape(&from.path), escape(&to.path));
        let mut html = format!(
            "<figure class=\"move\" data-from=\"{from_path}\" data-file=\"{to_path}\"{}>\n\
             <details>\n<summary>{}<code>{}</code> moves from <code>{from_path}</code> to \
             <code>{to_path}</code>, unchanged{}</summary>\n<pre>",
            role.attribute(),
            role.name(false),
            escape(&item.name),
            if item.is_republished { " but for <code>pub</code>" } else { "" },
        );
        let mut code = self.code(&to.new);
        for (old, new) in move_rows(item.from.lines.clone(), item.to.lines.clone()) {
            let _ = write!(html, "<span{}", lines_of(old, new));
            let mut text = String::new();
            if let Some(new) = new {
                let _ = write!(html, " data-n={number}");
                number += 1;
                let mark =
                    old.and_then(|old| new_pub(from.old.line(old), to.new.line(new)));
                text = code.line(new, mark.as_slice());
            }
            let _ = write!(html, ">{text}\n</span>");
        }
        html + "</pre>\n</details>\n</figure>\n"
    }

    /// A whole file as `figure.source`.
    pub fn source(&self, path: &str, source: &Source) -> String {
        self.excerpt(path, source, iter::once(0..source.lines().len()))
    }

    /// Some lines of a file as `figure.source`.
    pub fn excerpt(
        &self,
        path: &str,
        source: &Source,
        ranges: impl IntoIterator<Item = Range<usize>>,
    ) -> String {
        let mut code = self.code(source);
        let mut html = format!(
            "<figure class=\"source\" data-source=\"{0}\">\n\
             <figcaption><code>{0}</code></figcaption>\n<pre>",
            escape(path)
        );
        for (index, range) in ranges.into_iter().enumerate() {
            if index > 0 {
                html += "<span class=\"diff-gap\">⋮\n</span>";
            }
            for line in range {
                let text = code.line(line, &[]);
                let _ = write!(html, "<span data-n={}>{text}\n</span>", line + 1);
            }
        }
        html + "</pre>\n</figure>\n"
    }

    /// A file in its colours.
    pub fn code<'a>(&'a self, source: &'a Source) -> Code<'a> {
        Code { source, writer: self, lines: 0..0, classes: Rc::default() }
    }

    fn classes(&self, language: Language, item: &str) -> Rc<Classes> {
        let mut colours = self.colours.borrow_mut();
        if let Some(classes) = colours.get(item) {
            return classes.clone();
        }
        let classes = Rc::new(highlight(language, item));
        colours.insert(item.into(), classes.clone());
        classes
    }
}

/// Whether it is the reader's own manifest, which comes with the crate.
fn is_made_by_cargo(fragment: &Fragment) -> bool {
    fragment.file.path == "Cargo.toml" && fragment.file.old.text.is_empty()
}

fn row(line: &Line, code: &str) -> String {
    let tag = match &line.kind {
        Kind::Added => "ins",
        Kind::Removed => "del",
        Kind::Context => "span",
        Kind::Gap(item) => {
            return format!("<span class=\"diff-gap\">⋮ {}\n</span>", escape(item));
        }
    };
    let lines = lines_of(line.row.old_line(), line.row.new_line());
    format!("<{tag}{lines} data-n={}>{code}\n</{tag}>", line.number)
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
        let _ = write!(html, " data-old={}", old + 1);
    }
    if let Some(new) = new {
        let _ = write!(html, " data-new={}", new + 1);
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

/// A file in its colours.
pub struct Code<'a> {
    source: &'a Source,
    writer: &'a Writer,
    /// The lines of the item that has been drawn last, and its colours.
    lines: Range<usize>,
    classes: Rc<Classes>,
}

impl Code<'_> {
    /// A line, with the classes of its tokens and with marks around some bytes.
    pub fn line(&mut self, number: usize, marks: &[Range<usize>]) -> String {
        if !self.lines.contains(&number) {
            self.lines = self.source.item_at(number);
            let item = self.source.slice(self.lines.clone());
            self.classes = self.writer.classes(self.source.language, item);
        }
        let text = self.source.line(number);
        let classes = self.classes.get(number - self.lines.start);
        paint(text, classes.map_or(&[], Vec::as_slice), marks)
    }
}

/// A line as HTML, with the classes of its tokens and with marks around some bytes. There are
/// many thousands of tokens in a page, so they have the shortest markup there is: `<i class=k>`
/// for a keyword.
pub fn paint(text: &str, classes: &[Span], marks: &[Range<usize>]) -> String {
    let mut cuts = vec![0, text.len()];
    cuts.extend(classes.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(marks.iter().flat_map(|range| [range.start, range.end]));
    cuts.sort();
    cuts.dedup();
    let mut html = String::new();
    for cut in cuts.windows(2) {
        let piece = escape(&text[cut[0]..cut[1]]);
        let class = classes.iter().find(|(range, _)| range.contains(&cut[0]));
        if marks.iter().any(|mark| mark.start == cut[0]) {
            html += "<mark>";
        }
        match class {
            Some((_, class)) => {
                let letter = &class[..1];
                let _ = write!(html, "<i class={letter}>{piece}</i>");
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
    let mut html = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            _ => html.push(char),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_around_the_classes_of_words() {
        let source = Source::new("a.rs", "let x = <y>;");
        let html = Writer::default().code(&source).line(0, &[4..5, 8..11]);
        let expected = "<i class=k>let</i> <mark>x</mark> = <mark>&lt;y&gt;</mark>;";
        assert_eq!(html, expected);
    }

    #[test]
    fn a_file_never_has_an_empty_line_in_its_markup() {
        let source = Source::new("a.rs", "fn a() {\n\n}\n");
        let html = Writer::default().source("a.rs", &source);
        assert!(html.lines().all(|line| !line.is_empty()), "{html}");
        assert_eq!(html.matches("data-n=").count(), 3);
    }
}
