//! The chunked transfer coding: a body in pieces, each with its size before it.

use crate::error::Error;
use crate::framing::{MAX_BODY, MAX_HEAD, TOO_LARGE, take_line};
use crate::headers::{self, Headers, is_token};

/// The longest size that there can be, which is 1 MiB, and the end of its line.
const SIZE_LINE: usize = "100000\r\n".len();

/// Takes a body in chunks from the front of the data, and puts it together; `None` if there
/// is more to come (RFC 9112, section 7.1). All that is said besides the body must not be
/// longer than a head.
pub fn decode(data: &mut &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let (mut body, mut limit) = (Vec::new(), MAX_HEAD);
    while let Some(line) = take_line(data, limit + SIZE_LINE, headers::TOO_LARGE)? {
        let (size, surplus) = parse_size(line)?;
        limit = limit.checked_sub(surplus).ok_or(headers::TOO_LARGE)?;
        if size == 0 {
            return Ok(Headers::parse(data, limit)?.map(|_trailers| body));
        }
        if size > MAX_BODY - body.len() {
            return Err(TOO_LARGE);
        }
        let Some(chunk) = data.split_off(..size + 2) else { return Ok(None) };
        match chunk.strip_suffix(b"\r\n") {
            Some(chunk) => body.extend(chunk),
            None => return Err(Error::bad_request("A chunk is longer than its size.")),
        }
    }
    Ok(None)
}

/// The size of a chunk, and how many bytes its line has that it need not have: 26 and 0 in
/// `1a`, 26 and 11 in `1a;name=value`.
fn parse_size(line: &[u8]) -> Result<(usize, usize), Error> {
    // What one program takes for a line end, and another does not, can hide a request.
    if line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return Err(Error::bad_request("The line of a chunk must be printable."));
    }
    let text = String::from_utf8_lossy(line);
    let end = text.find(|char: char| !char.is_ascii_hexdigit()).unwrap_or(text.len());
    let (digits, extensions) = text.split_at(end);
    if digits.is_empty() || !are_extensions(extensions) {
        return Err(Error::bad_request(
            "The line of a chunk must be its size, and perhaps extensions.",
        ));
    }
    // A number that does not even fit into a `usize` is too large in any case.
    let size = usize::from_str_radix(digits, 16).unwrap_or(usize::MAX);
    Ok((size, line.len() - digits.trim_start_matches('0').len()))
}

/// Whether these are extensions, of which we know none: `;name`, `;name=value`,
/// `;name="a \"value\""` (RFC 9112, section 7.1.1).
fn are_extensions(mut text: &str) -> bool {
    while let Some(rest) = skip_extension(text) {
        text = rest;
    }
    text.is_empty()
}

fn skip_extension(text: &str) -> Option<&str> {
    let name = skip_blanks(text).strip_prefix(';')?;
    let rest = skip_token(skip_blanks(name))?;
    match skip_blanks(rest).strip_prefix('=') {
        Some(value) => skip_value(skip_blanks(value)),
        None => Some(rest),
    }
}

fn skip_value(text: &str) -> Option<&str> {
    let Some(quoted) = text.strip_prefix('"') else { return skip_token(text) };
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some(chars.as_str()),
            // What comes after it does not end the text.
            '\\' => _ = chars.next(),
            _ => {}
        }
    }
}

fn skip_token(text: &str) -> Option<&str> {
    let end = text.find([' ', '\t', ';', '=']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    is_token(word).then_some(rest)
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}
