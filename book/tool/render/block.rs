//! Ordinary code blocks, in colour. What is no Rust gets its colours from a few rules: where
//! a text, a comment and a number begin and end is much the same in all languages.

use std::ops::Range;

use crate::chapter::code_block::CodeBlock;
use crate::render::highlight::{Classes, Span, by_line, highlight};
use crate::render::html::{escape, paint};
use crate::steps::source::Language;

/// The block as HTML.
pub fn to_html(block: &CodeBlock) -> String {
    let language = block.info[0];
    let text = block.body.join("\n");
    let classes = classes(language, &text);
    let none = Vec::new();
    let lines = block.body.iter().enumerate();
    let lines = lines.map(|(index, line)| {
        paint(line, classes.get(index).unwrap_or(&none), &[]) + "\n"
    });
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", escape(language)),
    };
    // No line end is left to the block that follows.
    format!("<pre><code{class}>{}</code></pre>\n", lines.collect::<String>())
}

fn classes(language: &str, text: &str) -> Classes {
    match language {
        "rust" => highlight(Language::Rust, text),
        "toml" | "ini" => highlight(Language::Toml, text),
        _ => match Grammar::of(language) {
            Some(grammar) => by_line(text, &grammar.spans(text)),
            None => Classes::new(),
        },
    }
}

/// What must be known of a language to colour it.
struct Grammar {
    comment: &'static str,
    quotes: &'static [char],
    keywords: &'static [&'static str],
}

const PYTHON: Grammar = Grammar {
    comment: "#",
    quotes: &['"', '\''],
    keywords: &[
        "and", "as", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "if", "import", "in", "is",
        "lambda", "not", "or", "pass", "raise", "return", "try", "while", "with",
        "yield",
    ],
};

const SCRIPT: Grammar = Grammar {
    comment: "//",
    quotes: &['"', '\'', '`'],
    keywords: &[
        "async", "await", "const", "else", "export", "for", "from", "function", "if",
        "import", "let", "new", "of", "return",
    ],
};

const SHELL: Grammar = Grammar {
    comment: "#",
    quotes: &['"', '\''],
    keywords: &["do", "done", "else", "fi", "for", "if", "in", "then", "while"],
};

impl Grammar {
    fn of(language: &str) -> Option<&'static Grammar> {
        match language {
            "python" => Some(&PYTHON),
            "js" | "javascript" => Some(&SCRIPT),
            "sh" => Some(&SHELL),
            _ => None,
        }
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut start = 0;
        while let Some(next) = text[start..].chars().next() {
            let (length, class) = self.token(&text[..start], &text[start..], next);
            spans.extend(class.map(|class| (start..start + length, class)));
            start += length;
        }
        spans
    }

    /// How long the token is that begins here, and what it is.
    fn token(
        &self,
        before: &str,
        rest: &str,
        next: char,
    ) -> (usize, Option<&'static str>) {
        if rest.starts_with(self.comment) && !before.ends_with(is_of_word) {
            return (rest.find('\n').unwrap_or(rest.len()), Some("comment"));
        }
        if self.quotes.contains(&next) {
            return (end_of_string(rest, next), Some("string"));
        }
        if !is_of_word(next) {
            return (next.len_utf8(), None);
        }
        let word: Range<usize> = 0..rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        let is_defined = ["def ", "class ", "function "];
        let class = match &rest[word.clone()] {
            _ if next.is_ascii_digit() => Some("number"),
            word if self.keywords.contains(&word) => Some("keyword"),
            _ if is_defined.iter().any(|word| before.ends_with(word)) => {
                Some("definition")
            }
            _ => None,
        };
        (word.end, class)
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where a string ends that begins with this quote; at the end of its line, if nowhere.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return index,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return index + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(info: &str, text: &str) -> String {
        let chapter = format!("```{info}\n{text}\n```");
        let lines: Vec<&str> = chapter.lines().collect();
        to_html(&CodeBlock::read(&lines, 0).unwrap().unwrap())
    }

    #[test]
    fn strings_comments_words_and_numbers_have_colours() {
        let expected = "<pre><code class=\"language-python\"><i class=k>def</i> \
                        <i class=d>f</i>(a): <i class=c># it's one</i>\n    \
                        <i class=k>return</i> b<i class=s>'&lt;#\\''</i>, \
                        <i class=n>16</i>\n</code></pre>\n";
        let text = "def f(a): # it's one\n    return b'<#\\'', 16";
        assert_eq!(show("python", text), expected);
        let expected = "<pre><code class=\"language-sh\">curl <i class=s>'x</i>\n\
                        </code></pre>\n";
        assert_eq!(show("sh", "curl 'x"), expected);
    }

    #[test]
    fn rust_is_coloured_as_in_the_diffs_and_the_rest_is_text() {
        let expected = "<pre><code class=\"language-rust\"><i class=k>let</i> x;\n\n\
                        </code></pre>\n";
        assert_eq!(show("rust", "let x;\n"), expected);
        assert_eq!(show("", "a <b>"), "<pre><code>a &lt;b&gt;\n</code></pre>\n");
    }
}
