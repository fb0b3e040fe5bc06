//! Framing: where a request ends. TCP delivers bytes, and no messages.

use crate::error::Error;
use crate::headers::Headers;
use crate::response::Status;

/// The longest head that we take, in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// The longest body that we take, in bytes.
const MAX_BODY: usize = 1024 * 1024;

const TOO_LARGE: Error = Error {
    status: Status::CONTENT_TOO_LARGE,
    reason: "The body must not be longer than 1 MiB.",
};

/// How long the head is, in bytes, with the empty line that ends it; `None` if there is
/// more to come.
pub fn head_length(data: &[u8]) -> Result<Option<usize>, Error> {
    let data = data.get(..MAX_HEAD).unwrap_or(data);
    match data.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
        Some(end) => Ok(Some(end + 4)),
        None if data.len() == MAX_HEAD => Err(Error {
            status: Status::REQUEST_HEADER_FIELDS_TOO_LARGE,
            reason: "The head must not be longer than 16 KiB.",
        }),
        // Whoever ends lines like this would wait for us for ever.
        None if data.windows(2).any(|end| end[1] == b'\n' && end[0] != b'\r') => {
            Err(Error::bad_request("Each line must end in \\r\\n."))
        }
        None => Ok(None),
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

/// Whether these are digits and nothing else; `parse` would take a sign as well.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
