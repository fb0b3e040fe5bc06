//! The headers of a request.

use std::borrow::Cow;

use crate::classes::{TOKEN, VALUE};
use crate::error::Error;
use crate::framing::take_line;
use crate::response::Status;

pub const TOO_LARGE: Error = Error {
    status: Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
    reason: "Headers must not be longer than 16 KiB.",
};

/// Names and values, in the order in which they came. A name may come more than once.
#[derive(Debug)]
pub struct Headers<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Headers<'a> {
    /// Takes the headers from the front of the data, and the empty line that ends them;
    /// `None` if there is more to come (RFC 9112, section 5). They must not have more bytes
    /// than `limit`.
    pub fn parse(
        data: &mut &'a [u8],
        mut limit: usize,
    ) -> Result<Option<Headers<'a>>, Error> {
        let mut rest = *data;
        let mut headers = Vec::new();
        while let Some(line) = take_line(&mut rest, limit, TOO_LARGE)? {
            if line.is_empty() {
                *data = rest;
                return Ok(Some(Headers(headers)));
            }
            limit -= line.len() + "\r\n".len();
            headers.push(parse_line(line)?);
        }
        Ok(None)
    }

    /// The values of all headers of that name; case doesn't matter.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether a header of that name lists the word; case doesn't matter.
    pub fn lists(&self, name: &str, word: &str) -> bool {
        let mut words = self.get_all(name).flat_map(|value| value.split(','));
        words.any(|w| w.trim_matches([' ', '\t']).eq_ignore_ascii_case(word))
    }

    /// All names and values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, &**value))
    }
}

/// Takes apart `Host: localhost`.
fn parse_line(line: &[u8]) -> Result<(&str, Cow<'_, str>), Error> {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return Err(Error::bad_request("A header must not go on in the next line."));
    }
    let colon = line.iter().position(|byte| *byte == b':');
    let colon = colon.ok_or(Error::bad_request("A header must have a colon."))?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    if name.ends_with(b" ") || name.ends_with(b"\t") {
        return Err(Error::bad_request("There must be no space before the colon."));
    }
    let name = str::from_utf8(name).ok().filter(|name| is_token(name));
    let name = name.ok_or(Error::bad_request("The name of a header must be a word."))?;
    if !VALUE.has_all(value) {
        return Err(Error::bad_request("The value of a header must be printable."));
    }
    Ok((name, text(value.trim_ascii())))
}

/// A value as text. If it isn't UTF-8, it is ISO-8859-1, in which each byte is a character
/// (RFC 9110, section 5.5).
fn text(value: &[u8]) -> Cow<'_, str> {
    let latin_1 = || value.iter().map(|byte| char::from(*byte)).collect();
    str::from_utf8(value).map_or_else(|_| Cow::Owned(latin_1()), Cow::Borrowed)
}

/// A word as RFC 9110, section 5.6.2 defines it: no spaces, and only some punctuation.
pub fn is_token(word: &str) -> bool {
    !word.is_empty() && TOKEN.has_all(word.as_bytes())
}
