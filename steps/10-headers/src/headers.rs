//! The headers of a request.

use crate::error::Error;

/// Names and values, in the order in which they came. A name may come more than once.
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Parses the lines between the request line and the empty line (RFC 9112, section 5).
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Headers, Error> {
        lines.map(parse_line).collect::<Result<_, _>>().map(Headers)
    }

    /// The values of all headers of that name; case doesn't matter.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
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

/// A word as RFC 9110, section 5.6.2 defines it: no spaces, and few of the signs.
pub fn is_token(word: &str) -> bool {
    let is_tchar =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !word.is_empty() && word.bytes().all(is_tchar)
}
