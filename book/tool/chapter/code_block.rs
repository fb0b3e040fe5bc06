//! The fenced code blocks of a chapter.

use std::ops::Range;

use anyhow::{Result, ensure};

/// A code block: what follows its opening backticks, and what is inside.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeBlock<'a> {
    /// The words after the backticks, cut at commas: `console`, `step-02`.
    pub info: Vec<&'a str>,
    pub body: Vec<&'a str>,
    /// The lines of the body, counted from 0; the fences are around it.
    pub lines: Range<usize>,
}

impl<'a> CodeBlock<'a> {
    /// All blocks of a chapter.
    ///
    /// # Errors
    /// If one never ends.
    pub fn find_all(chapter: &'a str) -> Result<Vec<CodeBlock<'a>>> {
        let mut blocks = Vec::new();
        let mut lines = chapter.lines().enumerate();
        while let Some((start, line)) = lines.next() {
            let Some(fence) = fence_of(line) else { continue };
            let mut body = Vec::new();
            let mut closed = false;
            for (_, line) in lines.by_ref() {
                closed = line.trim_end() == fence;
                if closed {
                    break;
                }
                body.push(line);
            }
            ensure!(closed, "line {}: this code block never ends", start + 1);
            let info = line[fence.len()..].split(',').map(str::trim).collect();
            let lines = start + 1..start + 1 + body.len();
            blocks.push(CodeBlock { info, body, lines });
        }
        Ok(blocks)
    }

    /// Whether a line of the chapter is in the block, or one of its fences.
    pub fn covers(&self, line: usize) -> bool {
        (self.lines.start - 1..=self.lines.end).contains(&line)
    }

    /// The value of a word of the form `name=value`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut values = self.info.iter().filter_map(|word| word.strip_prefix(name));
        values.find_map(|value| value.strip_prefix('='))
    }
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
    fn blocks_have_info_and_body() {
        let chapter = "a\n```rust,solution=01-2\nfn f() {}\n```\n````\n```\n````\n";
        let blocks = CodeBlock::find_all(chapter).unwrap();
        assert_eq!(blocks[0].body, ["fn f() {}"]);
        assert_eq!(blocks[0].lines, 2..3);
        assert_eq!(blocks[0].attribute("solution"), Some("01-2"));
        assert!(blocks[0].covers(1) && blocks[0].covers(3) && !blocks[0].covers(4));
        assert_eq!(blocks[1].body, ["```"]);
    }

    #[test]
    fn a_block_without_an_end_is_an_error() {
        let error = CodeBlock::find_all("a\n\n```rust\n").unwrap_err().to_string();
        assert_eq!(error, "line 3: this code block never ends");
    }
}
