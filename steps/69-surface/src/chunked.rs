//! The chunked transfer coding: a body in pieces, each with its size before it.

use crate::classes::VALUE;
use crate::error::Error;
use crate::framing::{self, take_line};
use crate::headers::{self, Headers, is_token};
use crate::progress::Awaits;
use crate::scanner::Scanner;
use crate::settings::Settings;

/// A body in chunks, as far as it has come.
#[derive(Debug)]
pub struct Chunks {
    pub body: Vec<u8>,
    /// Where in the request the next chunk begins.
    position: usize,
    /// How many more bytes may be said besides the body.
    limit: usize,
}

impl Chunks {
    /// The first of them begins there.
    pub fn new(position: usize, settings: &Settings) -> Chunks {
        Chunks { body: Vec::new(), position, limit: settings.max_head }
    }
}

/// Puts together what has come of a body in chunks, and says where the request ends; `None`
/// if there is more to come (RFC 9112, section 7.1). All that is said besides the body must
/// not be longer than a head.
pub fn decode(
    request: &[u8],
    chunks: &mut Chunks,
    awaits: &mut Awaits,
    settings: &Settings,
) -> Result<Option<usize>, Error> {
    let data = &mut request.get(chunks.position..).unwrap_or_default();
    let mut limit = chunks.limit;
    let size_line = size_line(settings);
    let too_large = || headers::too_large(settings);
    while let Some(line) = take_line(data, limit + size_line, too_large())? {
        let (size, surplus) = parse_size(line)?;
        limit = limit.checked_sub(surplus).ok_or_else(too_large)?;
        if size == 0 {
            let skip = |scanner: &mut Scanner| Ok(scanner.header().map(drop));
            if Headers::parse(data, limit, settings, skip)?.is_none() {
                break;
            }
            return Ok(Some(request.len() - data.len()));
        }
        if size > settings.max_body - chunks.body.len() {
            return Err(framing::too_large(settings));
        }
        let end = size.saturating_add("\r\n".len());
        let Some(chunk) = data.split_off(..end) else {
            *awaits = Awaits::Length((request.len() - data.len()).saturating_add(end));
            return Ok(None);
        };
        match chunk.strip_suffix(b"\r\n") {
            Some(chunk) => chunks.body.extend(chunk),
            None => return Err(Error::bad_request("A chunk is longer than its size.")),
        }
        (chunks.position, chunks.limit) = (request.len() - data.len(), limit);
    }
    let limit = chunks.position + chunks.limit + "\r\n".len();
    *awaits = Awaits::Line { searched: request.len(), limit };
    Ok(None)
}

/// How long a line is that has the largest size that there can be: `100000`, if that is 1 MiB.
fn size_line(settings: &Settings) -> usize {
    let bits = usize::BITS - settings.max_body.leading_zeros();
    bits.div_ceil(4) as usize + "\r\n".len()
}

/// The size of a chunk, and how many bytes its line has that it need not have: 26 and 0 in
/// `1a`, 26 and 11 in `1a;name=value`.
fn parse_size(line: &[u8]) -> Result<(usize, usize), Error> {
    // What one program takes for a line end, and another does not, can hide a request.
    if !VALUE.has_all(line) {
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
    is_token(word.as_bytes()).then_some(rest)
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}
