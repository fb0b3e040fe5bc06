//! A built page as a tree of elements: enough of a browser to read the book.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// The elements that have no end tag (HTML standard, section 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

/// An element and what is in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    nodes: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads a page; the element that is returned stands for the whole of it.
    pub fn read(path: &Path) -> Result<Element> {
        let html =
            fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Ok(Element::parse(&html))
    }

    pub fn parse(html: &str) -> Element {
        let mut emitter = DefaultEmitter::default();
        // What is in a script is no markup.
        emitter.naively_switch_states(true);
        let mut open = vec![Element::default()];
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => start(&mut open, &tag),
                Token::EndTag(tag) => end(&mut open, &String::from_utf8_lossy(&tag.name)),
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    push(&mut open, Node::Text(text));
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        open.pop().unwrap_or_default()
    }

    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attr("class").is_some_and(|classes| classes.split(' ').any(|c| c == class))
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All elements inside, in the order of the page.
    pub fn descendants(&self) -> Vec<&Element> {
        let mut all = Vec::new();
        for child in self.children() {
            all.push(child);
            all.extend(child.descendants());
        }
        all
    }

    pub fn text(&self) -> String {
        self.text_without("")
    }

    /// The text that is not in elements of that name.
    pub fn text_without(&self, name: &str) -> String {
        let text = |node: &Node| match node {
            Node::Element(element) if element.name == name => String::new(),
            Node::Element(element) => element.text_without(name),
            Node::Text(text) => text.clone(),
        };
        self.nodes.iter().map(text).collect()
    }
}

fn start(open: &mut Vec<Element>, tag: &StartTag<()>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = text(&tag.name);
    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
    let is_void = tag.self_closing || VOID.contains(&name.as_str());
    open.push(Element { name, attributes: attributes.collect(), nodes: Vec::new() });
    if is_void {
        close(open);
    }
}

/// Closes the innermost element of that name, and those in it that were left open.
fn end(open: &mut Vec<Element>, name: &str) {
    if let Some(index) = open.iter().rposition(|element| element.name == name) {
        while open.len() > index {
            close(open);
        }
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop() {
        push(open, Node::Element(element));
    }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.nodes.push(node);
    }
}
