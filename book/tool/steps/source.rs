//! A file, and the items that it is made of.

use std::ops::Range;

use syn::spanned::Spanned;

use crate::steps::text;

/// A text file with its items. Its lines end in line feeds, whatever the file has.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub language: Language,
    pub text: String,
    pub items: Vec<Item>,
    /// Why the text can't be taken apart into items, if it is Rust with a mistake in it.
    pub problem: Option<String>,
    /// Where each line is in the text, without its end.
    lines: Vec<Range<usize>>,
}

/// What the ending of a file's name says about its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    Rust,
    Toml,
    #[default]
    Plain,
}

impl Language {
    /// The language of a file with this name.
    pub fn of(path: &str) -> Language {
        match path.rsplit('.').next() {
            Some("rs") => Language::Rust,
            Some("toml") => Language::Toml,
            _ => Language::Plain,
        }
    }
}

/// A part of a file that has a name: a function, a type, the block of `use`s, a
/// section of a manifest. Its lines begin with the comments, attributes and
/// blank lines before it, so the items of a file cover all of its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The name as directives write it: `fn main`, `impl Request`, `[dependencies]`.
    pub name: String,
    /// Line numbers, counted from 0.
    pub lines: Range<usize>,
    /// The items inside an `impl`, a `trait` or a `mod`.
    pub children: Vec<Item>,
}

impl Source {
    /// Splits the text of a file into items. What the path's ending gives no rule
    /// for, or what is not valid Rust, is a single item without a name.
    pub fn new(path: &str, text: &str) -> Source {
        let (language, text) = (Language::of(path), text::normal(text));
        let lines = lines_of(&text);
        let whole = || vec![Item::new("", 0..lines.len())];
        let (items, problem) = match language {
            Language::Rust => match rust_items(&text) {
                Ok(items) => (items, None),
                Err(error) => (whole(), Some(in_words(&error))),
            },
            Language::Toml => (toml_items(&text), None),
            Language::Plain => (whole(), None),
        };
        Source { language, text, items, problem, lines }
    }

    /// Makes a file of items that have been found already.
    pub fn of_parts(language: Language, parts: &[Part]) -> Source {
        let (mut text, mut items, mut start) = (String::new(), Vec::new(), 0);
        for part in parts {
            text += &"\n".repeat(part.blanks);
            text += &part.text;
            let first = start + part.blanks;
            let end = first + part.text.lines().count();
            let move_to = |line: usize| line + first - part.start;
            let children = part.item.children.iter().map(|child| child.moved(move_to));
            let (name, children) = (part.item.name.clone(), children.collect());
            items.push(Item { name, lines: start..end, children });
            start = end;
        }
        Source { language, lines: lines_of(&text), text, items, problem: None }
    }

    /// The lines, without their ends.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &str> {
        self.lines.iter().map(|range| &self.text[range.clone()])
    }

    /// A line, counted from 0; empty behind the end.
    pub fn line(&self, number: usize) -> &str {
        self.lines.get(number).map_or("", |range| &self.text[range.clone()])
    }

    /// The lines of an item without the blank ones before it.
    pub fn without_blanks(&self, item: &Item) -> Range<usize> {
        let Range { start, end } = item.lines;
        (start..end).find(|line| !self.line(*line).trim().is_empty()).unwrap_or(end)..end
    }

    /// The text of an item without the blank lines before it.
    pub fn text_of(&self, item: &Item) -> &str {
        self.slice(self.without_blanks(item))
    }

    /// The text of some lines, without the end of the last one.
    pub fn slice(&self, lines: Range<usize>) -> &str {
        match self.lines.get(lines) {
            Some([first, .., last]) => &self.text[first.start..last.end],
            Some([line]) => &self.text[line.clone()],
            _ => "",
        }
    }

    /// The lines of the outermost item that a line belongs to.
    pub fn item_at(&self, line: usize) -> Range<usize> {
        let item = self.items.iter().find(|item| item.lines.contains(&line));
        item.map_or(line..line, |item| item.lines.clone())
    }

    /// The ranges of all items at this path: none, one, or several of one name.
    pub fn find(&self, path: &[String]) -> Vec<Range<usize>> {
        fn walk(items: &[Item], path: &[String], found: &mut Vec<Range<usize>>) {
            let Some((name, rest)) = path.split_first() else { return };
            for item in items.iter().filter(|item| item.name == *name) {
                match rest {
                    [] => found.push(item.lines.clone()),
                    rest => walk(&item.children, rest, found),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.items, path, &mut found);
        found
    }

    /// The names of the items around a line, outermost first.
    pub fn path_of(&self, line: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut items = &self.items;
        while let Some(item) = items.iter().find(|item| item.lines.contains(&line)) {
            path.push(item.name.as_str());
            items = &item.children;
        }
        path.retain(|name| !name.is_empty());
        path
    }

    /// The paths of all items, as directives write them.
    pub fn paths(&self) -> Vec<String> {
        fn walk(items: &[Item], above: &str, paths: &mut Vec<String>) {
            for item in items.iter().filter(|item| !item.name.is_empty()) {
                let path = format!("{above}{}", item.name);
                walk(&item.children, &format!("{path} > "), paths);
                paths.push(path);
            }
        }
        let mut paths = Vec::new();
        walk(&self.items, "", &mut paths);
        paths
    }
}

/// An item that can be put into another file.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub item: &'a Item,
    /// How many blank lines stand before it.
    pub blanks: usize,
    /// The number of its first line behind them.
    start: usize,
    /// Its lines from there on.
    text: String,
}

impl<'a> Part<'a> {
    /// Takes an item out of its file.
    pub fn of(source: &Source, item: &'a Item) -> Part<'a> {
        let lines = source.without_blanks(item);
        let (start, blanks) = (lines.start, lines.start - item.lines.start);
        let text = lines.map(|line| format!("{}\n", source.line(line))).collect();
        Part { item, blanks, start, text }
    }

    /// The item after another number of blank lines.
    #[must_use]
    pub fn after_blanks(self, blanks: usize) -> Part<'a> {
        Part { blanks, ..self }
    }

    /// Lets another item follow in the same place.
    pub fn append(&mut self, other: &Part) {
        self.text += &other.text;
    }
}

impl Item {
    /// The item with other numbers for its lines and those of its children.
    fn moved(&self, number: impl Fn(usize) -> usize + Copy) -> Item {
        let children = self.children.iter().map(|child| child.moved(number)).collect();
        let lines = number(self.lines.start)..number(self.lines.end);
        Item { name: self.name.clone(), lines, children }
    }

    fn new(name: impl Into<String>, lines: Range<usize>) -> Item {
        Item { name: name.into(), lines, children: Vec::new() }
    }
}

fn lines_of(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.lines().next().unwrap_or("").len();
        start += line.len();
        range
    });
    lines.collect()
}

/// Where a file is not valid Rust, and why.
fn in_words(error: &syn::Error) -> String {
    let line = error.span().start().line;
    match error.to_string().as_str() {
        // What `syn` says when there are no tokens to speak of.
        "cannot parse string into token stream" => {
            format!("line {line}: a bracket or a quote here has no partner")
        }
        words => format!("line {line}: {words}"),
    }
}

/// The items of a file, if this is valid Rust.
fn rust_items(text: &str) -> syn::Result<Vec<Item>> {
    let file = syn::parse_file(text)?;
    let total = text.lines().count();
    let mut items = split(&file.items, &file.attrs, 0..total, text);
    // What follows the last item belongs to nobody.
    let end = items.last().map_or(0, |item| item.lines.end);
    if end < total {
        items.push(Item::new("", end..total));
    }
    Ok(items)
}

fn split(
    nodes: &[syn::Item],
    attributes: &[syn::Attribute],
    lines: Range<usize>,
    text: &str,
) -> Vec<Item> {
    let parts = nodes.iter().map(|node| (name_of(node, text), node.span()));
    let mut items = collect(lines, attributes, parts);
    for node in nodes {
        let end = node.span().end().line;
        let item = items.iter_mut().find(|item| item.lines.end == end);
        if let Some(item) = item {
            item.children = children_of(node, &item.lines, text);
        }
    }
    items
}

/// Gives each part the lines from the end of the part before it to its own end.
/// Neighbouring `use`s are one block.
fn collect(
    lines: Range<usize>,
    attributes: &[syn::Attribute],
    parts: impl Iterator<Item = (String, proc_macro2::Span)>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut start = lines.start;
    let mut inner =
        attributes.iter().filter(|a| matches!(a.style, syn::AttrStyle::Inner(_)));
    if let Some(last) = inner.next_back() {
        let end = last.span().end().line;
        items.push(Item::new("//!", start..end));
        start = end;
    }
    for (name, span) in parts {
        let end = span.end().line;
        match items.last_mut() {
            Some(last) if end <= start || (name == "use" && last.name == "use") => {
                last.lines.end = last.lines.end.max(end);
            }
            _ => items.push(Item::new(name, start..end)),
        }
        start = start.max(end);
    }
    items
}

/// The children of an `impl`, `trait` or `mod`; its first and last lines are nobody's.
fn children_of(node: &syn::Item, lines: &Range<usize>, text: &str) -> Vec<Item> {
    let inside = |brace: proc_macro2::Span| brace.end().line..lines.end - 1;
    match node {
        syn::Item::Impl(node) => {
            let parts = node.items.iter().map(|item| (name_in_impl(item), item.span()));
            collect(inside(node.brace_token.span.open()), &node.attrs, parts)
        }
        syn::Item::Trait(node) => {
            let parts = node.items.iter().map(|item| (name_in_trait(item), item.span()));
            collect(inside(node.brace_token.span.open()), &node.attrs, parts)
        }
        syn::Item::Mod(syn::ItemMod { content: Some((brace, nodes)), attrs, .. }) => {
            split(nodes, attrs, inside(brace.span.open()), text)
        }
        _ => Vec::new(),
    }
}

fn name_in_impl(item: &syn::ImplItem) -> String {
    match item {
        syn::ImplItem::Fn(item) => format!("fn {}", item.sig.ident),
        syn::ImplItem::Const(item) => format!("const {}", item.ident),
        syn::ImplItem::Type(item) => format!("type {}", item.ident),
        _ => String::new(),
    }
}

fn name_in_trait(item: &syn::TraitItem) -> String {
    match item {
        syn::TraitItem::Fn(item) => format!("fn {}", item.sig.ident),
        syn::TraitItem::Const(item) => format!("const {}", item.ident),
        syn::TraitItem::Type(item) => format!("type {}", item.ident),
        _ => String::new(),
    }
}

fn name_of(node: &syn::Item, text: &str) -> String {
    match node {
        syn::Item::Use(_) | syn::Item::ExternCrate(_) => "use".into(),
        syn::Item::Fn(node) => format!("fn {}", node.sig.ident),
        syn::Item::Struct(node) => format!("struct {}", node.ident),
        syn::Item::Enum(node) => format!("enum {}", node.ident),
        syn::Item::Union(node) => format!("union {}", node.ident),
        syn::Item::Trait(node) => format!("trait {}", node.ident),
        syn::Item::Type(node) => format!("type {}", node.ident),
        syn::Item::Const(node) => format!("const {}", node.ident),
        syn::Item::Static(node) => format!("static {}", node.ident),
        syn::Item::Mod(node) => format!("mod {}", node.ident),
        syn::Item::Impl(node) => {
            let of = without_lifetimes(text_at(text, node.self_ty.span()));
            match &node.trait_ {
                Some((path, _)) => {
                    format!("impl {} for {of}", text_at(text, path.span()))
                }
                None => format!("impl {of}"),
            }
        }
        syn::Item::Macro(node) => match &node.ident {
            Some(name) => format!("macro_rules {name}"),
            None => format!("{}!", text_at(text, node.mac.path.span())),
        },
        _ => String::new(),
    }
}

/// `Request` of `Request<'a>`: it stays the same item when it begins to borrow.
fn without_lifetimes(of: &str) -> &str {
    match of.split_once("<'") {
        Some((name, rest)) if !rest.contains(',') => name,
        _ => of,
    }
}

fn text_at(text: &str, span: proc_macro2::Span) -> &str {
    text.get(span.byte_range()).unwrap_or_default()
}

/// The sections of a manifest, each from its `[header]` on.
fn toml_items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let header = line.starts_with('[').then(|| line.trim_end());
        match (header, items.last_mut()) {
            (None, Some(last)) => last.lines.end = number + 1,
            (header, _) => {
                items.push(Item::new(header.unwrap_or(""), number..number + 1))
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(path, text);
        let show = |path: String| {
            let names: Vec<String> = path.split(" > ").map(String::from).collect();
            format!("{path} {:?}", source.find(&names))
        };
        source.paths().into_iter().map(show).collect()
    }

    #[test]
    fn comments_and_attributes_belong_to_the_item_below() {
        let text = "//! Docs.\n\nuse a;\n\nuse b;\n\n/// Doc.\n#[inline]\nfn f() {\n}\n";
        assert_eq!(outline("a.rs", text), ["//! [0..1]", "use [1..5]", "fn f [5..10]"]);
    }

    #[test]
    fn an_impl_has_children_and_keeps_its_first_and_last_line() {
        let text =
            "impl From<u8> for A {\n    fn a() {}\n\n    // why\n    fn b() {}\n}\n";
        let expected = [
            "impl From<u8> for A > fn a [1..2]",
            "impl From<u8> for A > fn b [2..5]",
            "impl From<u8> for A [0..6]",
        ];
        assert_eq!(outline("a.rs", text), expected);
    }

    #[test]
    fn an_impl_keeps_its_name_when_it_begins_to_borrow() {
        assert_eq!(outline("a.rs", "impl<'a> A<'a> {}\n"), ["impl A [0..1]"]);
        assert_eq!(outline("a.rs", "impl A<u8> {}\n"), ["impl A<u8> [0..1]"]);
    }

    #[test]
    fn a_manifest_has_sections() {
        let text = "[package]\nname = \"a\"\n\n[dependencies]\n";
        assert_eq!(
            outline("Cargo.toml", text),
            ["[package] [0..3]", "[dependencies] [3..4]"]
        );
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_make_no_difference() {
        let text = "//! Docs.\n\n/// A string.\nfn a() -> &str {\n    \"a\"\n}\n";
        let plain = Source::new("a.rs", text);
        let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let other = Source::new("a.rs", &other);
        assert_eq!((&other.text, &other.items), (&plain.text, &plain.items));
        assert!(other.lines().eq(plain.lines()));
    }

    #[test]
    fn what_is_not_rust_is_one_item() {
        let source = Source::new("a.rs", "fn f( {\n}\n");
        assert_eq!(source.items, [Item::new("", 0..2)]);
        let problem = "line 1: a bracket or a quote here has no partner";
        assert_eq!(source.problem.as_deref(), Some(problem));
    }

    #[test]
    fn the_items_of_a_file_cover_all_its_lines() {
        let text = "fn a() {} fn b() {}\nmod m {\n    fn c() {}\n}\n// end\n";
        let source = Source::new("a.rs", text);
        let lines: Vec<usize> =
            source.items.iter().flat_map(|i| i.lines.clone()).collect();
        assert_eq!(lines, [0, 1, 2, 3, 4]);
    }
}
