//! The headers of a request.

use crate::error::Error;
use crate::framing::take_line;
use crate::response::Status;

pub const TOO_LARGE: Error = Error {
    status: Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
    reason: "Headers must not be longer than 16 KiB.",
};

/// Names and values, in the order in which they came. A name may come more than once.
#[derive(Debug)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Takes the headers from the front of the data, and the empty line that ends them;
    /// `None` if there is more to come (RFC 9112, section 5). They must not have more bytes
    /// than `limit`.
    pub fn parse(data: &mut &[u8], mut limit: usize) -> Result<Option<Headers>, Error> {
        let mut rest = *data;
        let mut headers = Vec::new();
        while let Some(line) = take_line(&mut rest, limit, TOO_LARGE)? {
            if line.is_empty() {
                *data = rest;
                return Ok(Some(Headers(headers)));
            }
            limit -= line.len() + "\r\n".len();
            // In ISO-8859-1, each byte is a character (RFC 9110, section 5.5).
            let latin_1 = || line.iter().map(|byte| char::from(*byte)).collect();
            let line = str::from_utf8(line).map_or_else(|_| latin_1(), str::to_string);
            headers.push(parse_line(&line)?);
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
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Takes apart `Host: localhost`.
fn parse_line(line: &str) -> Result<(String, String), Error> {
    if line.starts_with([' ', '\t']) {
        return Err(Error::bad_request("A header must not go on in the next line."));
    }
    let (name, value) =
        line.split_once(':').ok_or(Error::bad_request("A header must have a colon."))?;
    if name.ends_with([' ', '\t']) {
        return Err(Error::bad_request("There must be no space before the colon."));
    }
    if !is_token(name) {
        return Err(Error::bad_request("The name of a header must be a word."));
    }
    let value = value.trim_matches([' ', '\t']);
    // Bytes above 0x7F have no meaning, and do no harm.
    if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Err(Error::bad_request("The value of a header must be printable."));
    }
    Ok((name.to_ascii_lowercase(), value.to_string()))
}

/// A word as RFC 9110, section 5.6.2 defines it: no spaces, and only some punctuation.
pub fn is_token(word: &str) -> bool {
    let is_tchar =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !word.is_empty() && word.bytes().all(is_tchar)
}
