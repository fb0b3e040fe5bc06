//! Framing: where a request ends. TCP delivers bytes, and no messages.

use crate::error::Error;
use crate::headers::Headers;
use crate::response::Status;

/// The longest request line that we take, in bytes.
const MAX_REQUEST_LINE: usize = 8 * 1024;
/// The longest head that we take, in bytes.
pub const MAX_HEAD: usize = 16 * 1024;
/// The longest body that we take, in bytes.
const MAX_BODY: usize = 1024 * 1024;

const TOO_LARGE: Error = Error {
    status: Status::CONTENT_TOO_LARGE,
    reason: "The body must not be longer than 1 MiB.",
};

/// Takes a line from the front of the data, and drops its end; `None` if there is more to
/// come. If it does not end within so many bytes, it is too long.
pub fn take_line<'a>(
    data: &mut &'a [u8],
    limit: usize,
    too_long: Error,
) -> Result<Option<&'a [u8]>, Error> {
    let front = data.get(..limit).unwrap_or(data);
    let Some(end) = front.iter().position(|byte| *byte == b'\n') else {
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

/// Whether these are digits and nothing else; `parse` would take a sign as well.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
