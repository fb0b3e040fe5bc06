//! The headers of a request.

use std::borrow::Cow;

use crate::classes::TOKEN;
use crate::error::Error;
use crate::response::Status;
use crate::scanner::{Scanner, refuse, scan};

pub const TOO_LARGE: Error = Error {
    status: Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
    reason: "Headers must not be longer than 16 KiB.",
};

/// Their lines, as they came. They are known to be right, and are taken apart when somebody
/// asks for a header; most are never asked for.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a>(&'a [u8]);

impl<'a> Headers<'a> {
    /// Takes the headers from the front of the data, and the empty line that ends them;
    /// `None` if there is more to come (RFC 9112, section 5). They must not have more bytes
    /// than `limit`. Each of them is for `take`, which may refuse it.
    pub fn parse(
        data: &mut &'a [u8],
        limit: usize,
        mut take: impl FnMut(&mut Scanner<'a>) -> Result<Option<()>, Error>,
    ) -> Result<Option<Headers<'a>>, Error> {
        let too_large = |_: &[u8]| TOO_LARGE;
        scan(data, limit, too_large, |scanner| {
            let lines = scanner.0;
            while !scanner.skip(b"\r\n") {
                let line = scanner.0;
                if take(scanner)?.is_none() {
                    return refuse(line, explain);
                }
            }
            Ok(Some(Headers(&lines[..lines.len() - scanner.0.len()])))
        })
    }

    /// The values of all headers of that name; case doesn't matter.
    pub fn get_all(self, name: &str) -> impl Iterator<Item = Cow<'a, str>> {
        self.lines()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| text(value))
    }

    /// All names and values, in the order in which they came. A name may come more than once.
    pub fn iter(self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        self.lines().map(|(name, value)| (text(name), text(value)))
    }

    fn lines(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut scanner = Scanner(self.0);
        let header =
            move || scanner.header().map(|(name, value)| (name, value.trim_ascii()));
        std::iter::from_fn(header)
    }
}

/// Whether the value of a header lists the word; case doesn't matter.
pub fn lists(value: &[u8], word: &str) -> bool {
    let mut words = value.split(|byte| *byte == b',');
    words.any(|w| w.trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
}

/// What is wrong with the line of a header.
fn explain(line: &[u8]) -> Error {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    Error::bad_request(match name {
        [b' ' | b'\t', ..] => "A header must not go on in the next line.",
        name if name.len() == line.len() => "A header must have a colon.",
        [.., b' ' | b'\t'] => "There must be no space before the colon.",
        name if !is_token(name) => "The name of a header must be a word.",
        _ => "The value of a header must be printable.",
    })
}

/// A value as text. If it isn't UTF-8, it is ISO-8859-1, in which each byte is a character
/// (RFC 9110, section 5.5).
fn text(value: &[u8]) -> Cow<'_, str> {
    let latin_1 = || value.iter().map(|byte| char::from(*byte)).collect();
    str::from_utf8(value).map_or_else(|_| Cow::Owned(latin_1()), Cow::Borrowed)
}

/// A word as RFC 9110, section 5.6.2 defines it: no spaces, and only some punctuation.
pub fn is_token(word: &[u8]) -> bool {
    !word.is_empty() && TOKEN.has_all(word)
}
