//! A chapter as it was written, taken apart.

use std::ops::Range;

use anyhow::{Context, Result};

use crate::chapter::code_block::CodeBlock;
use crate::chapter::directive::Directive;

/// The parts of a chapter, in order; together they have all of its lines.
#[derive(Clone, Debug)]
pub struct Manuscript<'a> {
    lines: Vec<&'a str>,
    pub parts: Vec<Part<'a>>,
}

/// A line of a chapter, or a code block.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Its lines, counted from 0.
    pub lines: Range<usize>,
    pub kind: Kind<'a>,
}

/// What a part is.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    Text,
    Directive(Directive),
    Block(CodeBlock<'a>),
}

impl<'a> Manuscript<'a> {
    /// Takes a chapter apart.
    ///
    /// # Errors
    /// If a code block never ends, or a directive has no form that we know. The message
    /// names the line.
    pub fn parse(chapter: &'a str) -> Result<Manuscript<'a>> {
        let lines: Vec<&str> = chapter.lines().collect();
        let (mut parts, mut start) = (Vec::new(), 0);
        while let Some(line) = lines.get(start) {
            let at = || format!("line {}: {}", start + 1, line.trim());
            let (end, kind) = match CodeBlock::read(&lines, start)? {
                Some(block) => (block.lines.end + 1, Kind::Block(block)),
                None => match Directive::parse(line).with_context(at)? {
                    Some(directive) => (start + 1, Kind::Directive(directive)),
                    None => (start + 1, Kind::Text),
                },
            };
            parts.push(Part { lines: start..end, kind });
            start = end;
        }
        Ok(Manuscript { lines, parts })
    }

    /// What is written in a part.
    pub fn text(&self, part: &Part) -> String {
        self.lines[part.lines.clone()].join("\n")
    }

    /// The code blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &CodeBlock<'a>> {
        self.parts.iter().filter_map(|part| match &part.kind {
            Kind::Block(block) => Some(block),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_have_all_lines() {
        let chapter = "# A\n\n{{#check}}\n````\n{{#check}}\n```\n````\nend\n";
        let manuscript = Manuscript::parse(chapter).unwrap();
        let parts = manuscript.parts.iter().map(|part| match part.kind {
            Kind::Text => format!("text {:?}", part.lines),
            Kind::Directive(_) => format!("directive {:?}", part.lines),
            Kind::Block(_) => format!("block {:?}", part.lines),
        });
        let expected =
            ["text 0..1", "text 1..2", "directive 2..3", "block 3..7", "text 7..8"];
        assert_eq!(parts.collect::<Vec<_>>(), expected);
        let texts = manuscript.parts.iter().map(|part| manuscript.text(part) + "\n");
        assert_eq!(texts.collect::<String>(), chapter);
    }

    #[test]
    fn what_is_wrong_has_a_line() {
        let error = |chapter| format!("{:#}", Manuscript::parse(chapter).unwrap_err());
        assert_eq!(error("\n{{#differ}}\n"), "line 2: {{#differ}}: an unknown directive");
        assert_eq!(error("a\n\n```rust\n"), "line 3: this code block never ends");
    }
}
