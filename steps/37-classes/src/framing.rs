//! Framing: where a request ends. TCP delivers bytes, and no messages.

use crate::error::Error;
use crate::headers::Headers;
use crate::response::Status;

/// The longest request line that we take, in bytes.
pub const MAX_REQUEST_LINE: usize = 8 * 1024;
/// The longest head that we take, in bytes.
pub const MAX_HEAD: usize = 16 * 1024;
/// The longest body that we take, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;

pub const TOO_LARGE: Error = Error {
    status: Status::CONTENT_TOO_LARGE,
    reason: "The body must not be longer than 1 MiB.",
};

/// Some clients send an empty line too many before a request (RFC 9112, section 2.2).
pub fn skip_empty_line(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"\r\n").unwrap_or(data)
}

/// Takes a line from the front of the data, and drops its end; `None` if there is more to
/// come. If it does not end within so many bytes, it is too long.
pub fn take_line<'a>(
    data: &mut &'a [u8],
    limit: usize,
    too_long: Error,
) -> Result<Option<&'a [u8]>, Error> {
    let front = data.get(..limit).unwrap_or(data);
    let end = front.iter().position(|byte| *byte == b'\n');
    #[cfg(test)]
    crate::connection::tests::count(end.unwrap_or(front.len()));
    let Some(end) = end else {
        return if front.len() < limit { Ok(None) } else { Err(too_long) };
    };
    let line = data.split_off(..=end).and_then(|line| line.strip_suffix(b"\r\n"));
    line.map(Some).ok_or(Error::bad_request("Each line must end in \\r\\n."))
}

/// Takes the request line. What makes it too long is a method that goes on and on, or else
/// the URI (RFC 9112, section 3).
pub fn take_request_line<'a>(data: &mut &'a [u8]) -> Result<Option<&'a [u8]>, Error> {
    let is_method = data.iter().take(MAX_REQUEST_LINE).all(|byte| *byte != b' ');
    let status = if is_method { Status::NOT_IMPLEMENTED } else { Status::URI_TOO_LONG };
    let reason = "The request line must not be longer than 8 KiB.";
    take_line(data, MAX_REQUEST_LINE + "\r\n".len(), Error { status, reason })
}

/// Whether the body comes in chunks (RFC 9112, section 6.1). What can be read in two ways
/// is refused, or somebody hides a request in it.
pub fn is_chunked(headers: &Headers, version: &str) -> Result<bool, Error> {
    let codings: Vec<&str> = headers.get_all("Transfer-Encoding").collect();
    if codings.is_empty() {
        return Ok(false);
    }
    if version == "HTTP/1.0" {
        return Err(Error::bad_request("HTTP/1.0 has no Transfer-Encoding."));
    }
    if headers.get_all("Content-Length").next().is_some() {
        return Err(Error::bad_request("Send a Content-Length or chunks, not both."));
    }
    let codings = codings.join(",").to_ascii_lowercase();
    let codings = codings.split(',').map(|coding| coding.trim_matches([' ', '\t']));
    let codings = codings.filter(|coding| !coding.is_empty());
    match codings.collect::<Vec<_>>()[..] {
        ["chunked"] => Ok(true),
        [ref others @ .., "chunked"] if !others.contains(&"chunked") => Err(Error {
            status: Status::NOT_IMPLEMENTED,
            reason: "We know no Transfer-Encoding but chunked.",
        }),
        _ => Err(Error::bad_request("The Transfer-Encoding must end in one chunked.")),
    }
}

/// How long the body is, in bytes (RFC 9112, section 6.3).
pub fn body_length(headers: &Headers) -> Result<usize, Error> {
    let lengths: Vec<&str> = headers.get_all("Content-Length").collect();
    let length = match lengths[..] {
        [] => 0,
        // A number that does not even fit into a `usize` is too large in any case.
        [length] if is_number(length) => length.parse().unwrap_or(usize::MAX),
        _ => return Err(Error::bad_request("The Content-Length must be one number.")),
    };
    if length > MAX_BODY { Err(TOO_LARGE) } else { Ok(length) }
}

/// Whether this is a head, and the client waits for us before it sends the body (RFC 9110,
/// section 10.1.1).
pub fn expects_continue(data: &[u8]) -> bool {
    let mut rest = skip_empty_line(data);
    let Ok(Some(line)) = take_request_line(&mut rest) else { return false };
    let Ok(Some(headers)) = Headers::parse(&mut rest, MAX_HEAD) else { return false };
    // HTTP/1.0 doesn't know this header. Who has sent more than the head does not wait.
    rest.is_empty()
        && !line.ends_with(b"HTTP/1.0")
        && headers.lists("Expect", "100-continue")
}

/// Whether these are digits and nothing else; `parse` would take a sign as well.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
