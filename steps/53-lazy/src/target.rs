//! The target of a request: which resource it is about.

use std::borrow::Cow;
use std::net::Ipv6Addr;

use crate::classes::{Class, HEXDIG, HOST, PATH, QUERY, UNRESERVED};
use crate::error::Error;
use crate::method::Method;

/// Checks that a URI has one of the forms of a target: `/hi?x=1`, `http://localhost/hi?x=1`,
/// or, with OPTIONS, `*` (RFC 9112, section 3.2).
pub fn check(uri: &str, method: Method) -> Result<(), Error> {
    if uri == "*" && method == Method::OPTIONS {
        return Ok(());
    }
    let (host, rest) = split_host(uri);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if !host.map_or(path.starts_with('/'), |host| is_host(host.as_bytes())) {
        return Err(Error::bad_request("The URI must begin with / or http://host."));
    }
    if !is_encoded(path.as_bytes(), PATH) || !is_encoded(query.as_bytes(), QUERY) {
        return Err(Error::bad_request("The URI must be percent-encoded."));
    }
    Ok(())
}

/// The path of a URI: `/hi` of `/hi?x=1`, and of `http://localhost/hi?x=1` (RFC 9112,
/// section 3.2). What is encoded without need is decoded, so `/%68i` is `/hi` as well (RFC
/// 3986, section 6.2.2.2).
pub fn path(uri: &str) -> Cow<'_, str> {
    let (path, _) = split(uri);
    if !path.contains('%') {
        return path.into();
    }
    let mut pieces = path.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or_default();
        match u8::from_str_radix(digits, 16) {
            Ok(byte) if UNRESERVED.has(byte) => {
                decoded.push(byte.into());
                decoded += rest;
            }
            _ => {
                decoded.push('%');
                decoded += piece;
            }
        }
    }
    decoded.into()
}

/// The path of a URI as it stands there, and the query, if there is one.
pub fn split(uri: &str) -> (&str, Option<&str>) {
    let (_, rest) = split_host(uri);
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    (if path.is_empty() { "/" } else { path }, query)
}

/// Whether it is a name or an address, and perhaps a port: `localhost`, `127.0.0.1:8080`,
/// `[::1]:8080` (RFC 3986, section 3.2.2).
pub fn is_host(text: &[u8]) -> bool {
    let (host, port) = match text.iter().rposition(|byte| *byte == b':') {
        // In brackets, a colon is a part of the address.
        Some(colon) if !text.ends_with(b"]") => (&text[..colon], &text[colon + 1..]),
        _ => (text, &[][..]),
    };
    let is_host = match host {
        [b'[', address @ .., b']'] => {
            str::from_utf8(address).is_ok_and(|it| it.parse::<Ipv6Addr>().is_ok())
        }
        _ => !host.is_empty() && is_encoded(host, HOST),
    };
    is_host && port.iter().all(u8::is_ascii_digit)
}

/// Splits `http://localhost/hi` into the host and what comes after it.
fn split_host(uri: &str) -> (Option<&str>, &str) {
    match uri.split_at_checked("http://".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http://") => {
            let (host, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
            (Some(host), rest)
        }
        _ => (None, uri),
    }
}

/// Whether all bytes belong to the class, or there are none; they may be encoded, too.
fn is_encoded(text: &[u8], class: Class) -> bool {
    let has_digits = |after: &[u8]| after.get(..2).is_some_and(|it| HEXDIG.has_all(it));
    let mut pieces = text.split(|byte| *byte == b'%');
    pieces.next().is_some_and(|piece| class.has_all(piece))
        && pieces.all(|piece| class.has_all(piece) && has_digits(piece))
}
