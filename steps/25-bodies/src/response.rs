//! What we answer.

use std::time::SystemTime;

use crate::body::Body;
use crate::cookie::Cookie;

/// What we answer.
#[derive(Debug)]
pub struct Response {
    status: Status,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

impl Response {
    /// A response with this body, and with the headers that every response has.
    pub fn new(status: Status, body: impl Into<Body>) -> Response {
        let body = body.into();
        let headers = vec![
            ("Server", "from-scratch".to_string()),
            ("Date", httpdate::fmt_http_date(SystemTime::now())),
            ("Content-Type", "text/plain; charset=utf-8".to_string()),
            ("Content-Length", body.left().to_string()),
        ];
        Response { status, headers, body }
    }

    /// Sends the client to another page (RFC 9110, section 15.4.4).
    pub fn see_other(uri: &'static str) -> Response {
        Response::new(Status::SEE_OTHER, "").header("Location", uri)
    }

    /// Adds a header. A control character in the value becomes a space, since a line end
    /// would begin another header (RFC 9110, section 5.5).
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Response {
        let value = value.into().replace(|char: char| char.is_control(), " ");
        self.headers.push((name, value));
        self
    }

    /// Gives the client a cookie.
    pub fn cookie(self, cookie: Cookie) -> Response {
        self.header("Set-Cookie", cookie.to_string())
    }

    /// Says what the body is, if it isn't plain text.
    pub fn content_type(mut self, media_type: &str) -> Response {
        self.headers.retain(|(name, _)| *name != "Content-Type");
        self.header("Content-Type", media_type)
    }

    /// Keeps the headers, `Content-Length` too, and drops the body.
    pub fn without_body(mut self) -> Response {
        self.body = Body::from("");
        self
    }

    /// Writes the head as HTTP: status line, headers, empty line. After it comes the body.
    pub fn into_parts(self) -> (Vec<u8>, Body) {
        let Response { status: Status(code, reason), headers, body } = self;
        let lines: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("HTTP/1.1 {code} {reason}\r\n{lines}\r\n");
        (head.into_bytes(), body)
    }
}

/// How it went: a code for programs, and a reason for people.
#[derive(Debug)]
pub struct Status(u16, &'static str);

impl Status {
    pub const OK: Status = Status(200, "OK");
    pub const MOVED_PERMANENTLY: Status = Status(301, "Moved Permanently");
    pub const SEE_OTHER: Status = Status(303, "See Other");
    pub const BAD_REQUEST: Status = Status(400, "Bad Request");
    pub const UNAUTHORIZED: Status = Status(401, "Unauthorized");
    pub const NOT_FOUND: Status = Status(404, "Not Found");
    pub const METHOD_NOT_ALLOWED: Status = Status(405, "Method Not Allowed");
    pub const REQUEST_TIMEOUT: Status = Status(408, "Request Timeout");
    pub const CONTENT_TOO_LARGE: Status = Status(413, "Content Too Large");
    pub const URI_TOO_LONG: Status = Status(414, "URI Too Long");
    pub const REQUEST_HEADER_FIELDS_TOO_LARGE: Status =
        Status(431, "Request Header Fields Too Large");
    pub const INTERNAL_SERVER_ERROR: Status = Status(500, "Internal Server Error");
    pub const NOT_IMPLEMENTED: Status = Status(501, "Not Implemented");
    pub const SERVICE_UNAVAILABLE: Status = Status(503, "Service Unavailable");
    pub const HTTP_VERSION_NOT_SUPPORTED: Status =
        Status(505, "HTTP Version Not Supported");
}
