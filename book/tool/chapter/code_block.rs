//! The fenced code blocks of a chapter.

use std::ops::Range;

use anyhow::{Context, Result};

/// A code block: what follows its opening backticks, and what is inside.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeBlock<'a> {
    /// The words after the backticks, cut at commas: `console`, `step-02`.
    pub info: Vec<&'a str>,
    pub body: Vec<&'a str>,
    /// The lines of the body in the chapter, counted from 0; the fences are around it.
    pub lines: Range<usize>,
}

impl<'a> CodeBlock<'a> {
    /// Reads the block that begins in this line of a chapter, if one does.
    ///
    /// # Errors
    /// If it never ends.
    pub fn read(chapter: &[&'a str], start: usize) -> Result<Option<CodeBlock<'a>>> {
        let line = chapter[start];
        let Some(fence) = fence_of(line) else { return Ok(None) };
        let after = &chapter[start + 1..];
        let length = after.iter().position(|line| line.trim_end() == fence);
        let length = length
            .with_context(|| format!("line {}: this code block never ends", start + 1))?;
        Ok(Some(CodeBlock {
            info: line[fence.len()..].split(',').map(str::trim).collect(),
            body: after[..length].to_vec(),
            lines: start + 1..start + 1 + length,
        }))
    }

    /// The value of a word of the form `name=value`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut values = self.info.iter().filter_map(|word| word.strip_prefix(name));
        values.find_map(|value| value.strip_prefix('='))
    }
}

/// The text of a line in which carriage returns and line feeds are written out, as `\r\n`.
pub fn written_out(line: &str) -> String {
    line.replace("\\r", "\r").replace("\\n", "\n")
}

/// The backticks that open a code block.
fn fence_of(line: &str) -> Option<&str> {
    let end = line.find(|c| c != '`').unwrap_or(line.len());
    (end >= 3).then(|| &line[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_info_and_body() {
        let chapter =
            ["a", "```rust,solution=01-2", "fn f() {}", "```", "````", "```", "````"];
        let read = |start| CodeBlock::read(&chapter, start).unwrap();
        assert_eq!(read(0), None);
        let block = read(1).unwrap();
        assert_eq!(block.body, ["fn f() {}"]);
        assert_eq!(block.lines, 2..3);
        assert_eq!(block.attribute("solution"), Some("01-2"));
        assert_eq!(block.attribute("sol"), None);
        assert_eq!(read(4).unwrap().body, ["```"]);
    }
}
