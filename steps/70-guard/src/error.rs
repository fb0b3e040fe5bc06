//! Refusals: why we do not do what a client asks for.

use std::fmt;

use crate::response::{Response, Status};

/// What is wrong with a request, in words for the client.
#[derive(Debug)]
pub struct Error {
    status: Status,
    reason: &'static str,
    /// How many bytes it must not be longer than.
    limit: Option<usize>,
}

impl Error {
    /// A refusal with this reason.
    pub const fn new(status: Status, reason: &'static str) -> Error {
        Error { status, reason, limit: None }
    }

    /// A request that breaks the rules of HTTP.
    pub fn bad_request(reason: &'static str) -> Error {
        Error::new(Status::BAD_REQUEST, reason)
    }

    /// A part of a request that has more than so many bytes.
    pub(crate) const fn too_long(
        status: Status,
        part: &'static str,
        limit: usize,
    ) -> Error {
        Error { status, reason: part, limit: Some(limit) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        const KIB: usize = 1024;
        const MIB: usize = 1024 * KIB;
        f.write_str(self.reason)?;
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
