//! The request that a reader's browser has sent, byte by byte, for the book to show.

use longhand::{Request, Response, Status};

/// Answers with the request itself (RFC 9112, section 10.1).
pub fn show(request: &Request) -> Response {
    Response::new(Status::OK, request.bytes().to_vec())
        .content_type("message/http")
        .header("X-Content-Type-Options", "nosniff")
}
