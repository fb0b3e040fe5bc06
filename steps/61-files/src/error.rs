//! Refusals: why we do not do what a client asks for.

use std::fmt;

use crate::response::{Response, Status};

/// What is wrong with a request, in words for the client.
#[derive(Debug)]
pub struct Error {
    pub status: Status,
    pub reason: &'static str,
}

impl Error {
    /// A request that breaks the rules of HTTP.
    pub fn bad_request(reason: &'static str) -> Error {
        Error { status: Status::BAD_REQUEST, reason }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.reason)
    }
}

impl From<Error> for Response {
    fn from(error: Error) -> Response {
        let body = format!("{error}\n");
        Response::new(error.status, body)
    }
}
