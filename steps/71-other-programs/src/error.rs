//! Refusals: why we do not do what a client asks for.

use std::{error, fmt};

use crate::response::{Response, Status, Text};

/// What is wrong with a request, in words for the client.
#[derive(Debug)]
pub struct Error {
    status: Status,
    reason: Text,
    /// How many bytes it must not be longer than.
    limit: Option<usize>,
}

impl Error {
    /// A refusal with this reason.
    pub fn new(status: Status, reason: impl Into<Text>) -> Error {
        Error { status, reason: reason.into(), limit: None }
    }

    /// A request that breaks the rules of HTTP.
    pub fn bad_request(reason: impl Into<Text>) -> Error {
        Error::new(Status::BAD_REQUEST, reason)
    }

    /// A part of a request that has more than so many bytes.
    pub(crate) fn too_long(status: Status, part: &'static str, limit: usize) -> Error {
        Error { status, reason: part.into(), limit: Some(limit) }
    }
}

impl error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        const KIB: usize = 1024;
        const MIB: usize = 1024 * KIB;
        f.write_str(&self.reason)?;
        let Some(limit) = self.limit else { return Ok(()) };
        f.write_str(" must not be longer than ")?;
        match limit {
            1.. if limit % MIB == 0 => write!(f, "{} MiB.", limit / MIB),
            1.. if limit % KIB == 0 => write!(f, "{} KiB.", limit / KIB),
            _ => write!(f, "{limit} bytes."),
        }
    }
}

impl From<Error> for Response {
    fn from(error: Error) -> Response {
        let body = format!("{error}\n");
        Response::new(error.status, body)
    }
}
