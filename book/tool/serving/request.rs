//! The request that a reader's browser has sent, byte by byte, for the book to show.

use longhand::{Request, Response, Status};

use crate::explorer::html;

/// Answers with the request itself (RFC 9112, section 10.1).
pub fn show(request: &Request) -> Response {
    Response::new(Status::OK, request.bytes().to_vec())
        .content_type("message/http")
        .header("X-Content-Type-Options", "nosniff")
}

/// Answers with the parts of the request that is in the body, as in the panel of the chapter
/// of `?step=`.
pub fn explain(request: &Request) -> Response {
    let step = request.query("step").and_then(|step| step.parse().ok()).unwrap_or(0);
    Response::new(Status::OK, html::inside(request.body(), step))
        .content_type("text/html; charset=utf-8")
}
