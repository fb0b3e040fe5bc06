//! What we answer.

use std::borrow::Cow;

use crate::body::{Body, End};
use crate::clock::Clock;
use crate::cookie::Cookie;

/// A text that is in the program, or one that a handler has made.
type Text = Cow<'static, str>;

/// What we answer.
#[derive(Debug)]
pub struct Response {
    status: Status,
    content_type: Option<Text>,
    headers: Vec<(&'static str, Text)>,
    pub body: Body,
}

impl Response {
    /// A response with this body.
    pub fn new(status: Status, body: impl Into<Body>) -> Response {
        let content_type = Some("text/plain; charset=utf-8".into());
        Response { status, content_type, headers: Vec::new(), body: body.into() }
    }

    /// Sends the client to another page (RFC 9110, section 15.4.4).
    pub fn see_other(uri: &'static str) -> Response {
        Response::new(Status::SEE_OTHER, "").header("Location", uri)
    }

    /// Adds a header. A control character in the value becomes a space, since a line end
    /// would begin another header (RFC 9110, section 5.5).
    pub fn header(mut self, name: &'static str, value: impl Into<Text>) -> Response {
        let mut value = value.into();
        if value.contains(char::is_control) {
            value = value.replace(char::is_control, " ").into();
        }
        self.headers.push((name, value));
        self
    }

    /// Gives the client a cookie.
    pub fn cookie(self, cookie: Cookie) -> Response {
        self.header("Set-Cookie", cookie.to_string())
    }

    /// Takes a header back.
    pub fn without(mut self, name: &str) -> Response {
        self.headers.retain(|(n, _)| *n != name);
        self
    }

    /// Says what the body is, if it isn't plain text.
    pub fn content_type(self, media_type: impl Into<Text>) -> Response {
        Response { content_type: Some(media_type.into()), ..self }
    }

    /// Doesn't say what the body is.
    pub fn without_content_type(self) -> Response {
        Response { content_type: None, ..self }
    }

    /// Whether the body ends with the connection, for want of another way.
    pub fn ends_with_connection(&self) -> bool {
        self.body.end() == End::Close
    }

    /// Sends the body in chunks, if nobody knows its length.
    pub fn in_chunks(mut self) -> Response {
        if self.ends_with_connection() {
            self.body = self.body.in_chunks();
            return self.header("Transfer-Encoding", "chunked");
        }
        self
    }

    /// The code of the status.
    pub fn status(&self) -> u16 {
        self.status.0
    }

    /// Writes the head as HTTP: status line, headers, and what we say about the connection,
    /// which ends with an empty line. After it comes the body.
    pub fn write_head(&self, output: &mut Vec<u8>, clock: &Clock, connection: &str) {
        let Status(code, reason) = &self.status;
        let mut write = |text: &str| output.extend_from_slice(text.as_bytes());
        if self.status == Status::OK {
            write("HTTP/1.1 200 OK\r\n");
        } else {
            let mut number = itoa::Buffer::new();
            let line = ["HTTP/1.1 ", number.format(*code), " ", reason, "\r\n"];
            line.into_iter().for_each(&mut write);
        }
        write(clock.headers());
        if let Some(media_type) = &self.content_type {
            write("Content-Type: ");
            write(media_type);
            write("\r\n");
        }
        // What a 304 leaves out, its client knows.
        if let (End::Length(length), true) = (self.body.end(), *code != 304) {
            write("Content-Length: ");
            write(itoa::Buffer::new().format(length));
            write("\r\n");
        }
        for (name, value) in &self.headers {
            [name, ": ", value, "\r\n"].into_iter().for_each(&mut write);
        }
        write(connection);
    }
}

/// How it went: a code for programs, and a reason for people.
#[derive(Debug, PartialEq, Eq)]
pub struct Status(u16, &'static str);

impl Status {
    pub const OK: Status = Status(200, "OK");
    pub const PARTIAL_CONTENT: Status = Status(206, "Partial Content");
    pub const MOVED_PERMANENTLY: Status = Status(301, "Moved Permanently");
    pub const SEE_OTHER: Status = Status(303, "See Other");
    pub const NOT_MODIFIED: Status = Status(304, "Not Modified");
    pub const BAD_REQUEST: Status = Status(400, "Bad Request");
    pub const UNAUTHORIZED: Status = Status(401, "Unauthorized");
    pub const NOT_FOUND: Status = Status(404, "Not Found");
    pub const METHOD_NOT_ALLOWED: Status = Status(405, "Method Not Allowed");
    pub const REQUEST_TIMEOUT: Status = Status(408, "Request Timeout");
    pub const PRECONDITION_FAILED: Status = Status(412, "Precondition Failed");
    pub const CONTENT_TOO_LARGE: Status = Status(413, "Content Too Large");
    pub const URI_TOO_LONG: Status = Status(414, "URI Too Long");
    pub const RANGE_NOT_SATISFIABLE: Status = Status(416, "Range Not Satisfiable");
    pub const REQUEST_HEADER_FIELDS_TOO_LARGE: Status =
        Status(431, "Request Header Fields Too Large");
    pub const INTERNAL_SERVER_ERROR: Status = Status(500, "Internal Server Error");
    pub const NOT_IMPLEMENTED: Status = Status(501, "Not Implemented");
    pub const SERVICE_UNAVAILABLE: Status = Status(503, "Service Unavailable");
    pub const HTTP_VERSION_NOT_SUPPORTED: Status =
        Status(505, "HTTP Version Not Supported");
}
