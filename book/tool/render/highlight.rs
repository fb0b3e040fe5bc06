//! Colours for code: which bytes of which line have which class.

use std::ops::Range;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::steps::source::Language;

/// A range of bytes, and what it is: a `comment`, a `keyword`, a `string`, a `number`, a
/// `definition`, a `type` or `meta`. Each of them has a colour, and a letter in the pages.
pub type Span = (Range<usize>, &'static str);

/// The spans of each line of a file, in order; they count from the line's first byte.
pub type Classes = Vec<Vec<Span>>;

/// Highlights a file or an item, as a whole, so that a line of it is coloured as in its place.
pub fn highlight(language: Language, text: &str) -> Classes {
    let spans = match language {
        Language::Rust => rust(text),
        Language::Toml => toml(text),
        Language::Plain => Vec::new(),
    };
    by_line(text, &spans)
}

/// Cuts spans of the whole text at the ends of its lines.
pub fn by_line(text: &str, spans: &[Span]) -> Classes {
    let mut classes = Classes::new();
    let mut start = 0;
    let mut spans = spans.iter().peekable();
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let mut here = Vec::new();
        while let Some((span, class)) = spans.peek() {
            let (from, to) = (span.start.max(start), span.end.min(end));
            if from < to {
                here.push((from - start..to - start, *class));
            }
            if span.end > end {
                break;
            }
            spans.next();
        }
        classes.push(here);
        start += line.len();
    }
    classes
}

fn rust(text: &str) -> Vec<Span> {
    let Ok(tokens) = TokenStream::from_str(text) else { return Vec::new() };
    let mut flat = Vec::new();
    flatten(tokens, &mut flat);
    let mut spans: Vec<Span> = Vec::new();
    let mut end = 0;
    for (index, token) in flat.iter().enumerate() {
        // A doc comment is several tokens with the span of the whole comment.
        if token.range.end <= end {
            continue;
        }
        spans.extend(comments(text, end..token.range.start));
        let neighbour = |offset: isize| {
            let token = flat.get(index.checked_add_signed(offset)?)?;
            text.get(token.range.clone())
        };
        let class = match &text[token.range.clone()] {
            comment if comment.starts_with("//") || comment.starts_with("/*") => {
                Some("comment")
            }
            word => token.kind.class(word, neighbour(-1), neighbour(1)),
        };
        if let Some(class) = class {
            push(&mut spans, token.range.clone(), class);
        }
        end = token.range.end;
    }
    spans.extend(comments(text, end..text.len()));
    spans
}

/// Adds a span, or lets the last one go on, as that of the quote before a lifetime's name does.
fn push(spans: &mut Vec<Span>, range: Range<usize>, class: &'static str) {
    match spans.last_mut() {
        Some((last, of)) if last.end == range.start && *of == class => {
            last.end = range.end;
        }
        _ => spans.push((range, class)),
    }
}

/// Between two tokens there is nothing but white space and comments.
fn comments(text: &str, range: Range<usize>) -> Option<Span> {
    let gap = &text[range.clone()];
    let comment = gap.trim();
    let start = range.start + (gap.len() - gap.trim_start().len());
    (!comment.is_empty()).then(|| (start..start + comment.len(), "comment"))
}

struct Token {
    range: Range<usize>,
    kind: TokenKind,
}

enum TokenKind {
    Word,
    Literal,
    Quote,
    Other,
    /// A word or sign inside of `#[…]`.
    Attribute,
}

impl TokenKind {
    fn class(
        &self,
        word: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Option<&'static str> {
        match self {
            TokenKind::Attribute => Some("meta"),
            TokenKind::Literal if word.starts_with(|c: char| c.is_ascii_digit()) => {
                Some("number")
            }
            TokenKind::Literal => Some("string"),
            TokenKind::Quote => Some("keyword"),
            TokenKind::Other => None,
            TokenKind::Word if before == Some("'") => Some("keyword"),
            TokenKind::Word if matches!(word, "true" | "false") => Some("number"),
            TokenKind::Word if KEYWORDS.contains(&word) => Some("keyword"),
            TokenKind::Word if before == Some("fn") => Some("definition"),
            TokenKind::Word if after == Some("!") => Some("type"),
            TokenKind::Word if PRIMITIVES.contains(&word) => Some("type"),
            TokenKind::Word if word.starts_with(char::is_uppercase) => Some("type"),
            TokenKind::Word => None,
        }
    }
}

const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
    "extern", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
    "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "type", "unsafe", "use", "where", "while",
];

const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str",
    "u8", "u16", "u32", "u64", "u128", "usize",
];

fn flatten(tokens: TokenStream, flat: &mut Vec<Token>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let range = token.span().byte_range();
        match token {
            TokenTree::Group(group) => {
                flat.push(Token {
                    range: group.span_open().byte_range(),
                    kind: TokenKind::Other,
                });
                flatten(group.stream(), flat);
                flat.push(Token {
                    range: group.span_close().byte_range(),
                    kind: TokenKind::Other,
                });
            }
            TokenTree::Punct(_)
                if is_hash && matches!(tokens.peek(), Some(TokenTree::Group(_))) =>
            {
                let end = tokens
                    .next()
                    .map_or(range.end, |group| group.span().byte_range().end);
                flat.push(Token { range: range.start..end, kind: TokenKind::Attribute });
            }
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                flat.push(Token { range, kind: TokenKind::Quote });
            }
            TokenTree::Punct(_) => flat.push(Token { range, kind: TokenKind::Other }),
            TokenTree::Ident(_) => flat.push(Token { range, kind: TokenKind::Word }),
            TokenTree::Literal(_) => flat.push(Token { range, kind: TokenKind::Literal }),
        }
    }
}

fn toml(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.trim_end();
        if code.starts_with('[') {
            spans.push((start..start + code.len(), "definition"));
        } else if code.starts_with('#') {
            spans.push((start..start + code.len(), "comment"));
        } else if let Some((key, value)) = code.split_once('=') {
            spans.push((start..start + key.trim_end().len(), "definition"));
            let from = start + code.len() - value.trim_start().len();
            spans.push((from..start + code.len(), "string"));
        }
        start += line.len();
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(path: &str, text: &str) -> Vec<String> {
        let lines = text.lines().zip(highlight(Language::of(path), text));
        lines
            .flat_map(|(line, classes)| {
                let show = |(range, class)| format!("{class}:{}", &line[range]);
                classes.into_iter().map(show).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn rust_has_words_strings_and_comments() {
        let text =
            "/// Doc.\n#[a(b)]\nfn f<'a>(x: &'a str) {\n    g!(\"é\", 1); // why\n}\n";
        let expected = [
            "comment:/// Doc.",
            "meta:#[a(b)]",
            "keyword:fn",
            "definition:f",
            "keyword:'a",
            "keyword:'a",
            "type:str",
            "type:g",
            "string:\"é\"",
            "number:1",
            "comment:// why",
        ];
        assert_eq!(show("a.rs", text), expected);
    }

    #[test]
    fn what_spans_lines_is_cut_at_their_ends() {
        let text = "const A: &str = \"a\\\n  b\";\n";
        let strings: Vec<String> =
            show("a.rs", text).into_iter().filter(|s| s.starts_with("string")).collect();
        assert_eq!(strings, ["string:\"a\\", "string:  b\""]);
    }

    #[test]
    fn what_is_no_rust_stays_plain() {
        assert_eq!(show("a.rs", "fn f( {\n"), [""; 0]);
    }
}
