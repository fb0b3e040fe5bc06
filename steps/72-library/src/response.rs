//! What we answer.

use std::borrow::Cow;
use std::fmt;

use crate::body::{Body, End};
use crate::clock::Clock;
use crate::cookie::Cookie;
use crate::headers::is_token;

/// A text that is in the program, or one that a handler has made.
pub(crate) type Text = Cow<'static, str>;

/// How most heads begin.
pub const OK: &str = "HTTP/1.1 200 OK";
pub const PLAIN: &str = "\r\nContent-Type: text/plain; charset=utf-8";
pub const CONTENT_LENGTH: &str = "\r\nContent-Length: ";

/// The headers that are not for handlers.
const OURS: [&str; 5] =
    ["Connection", "Content-Length", "Date", "Server", "Transfer-Encoding"];

/// What we answer.
///
/// ```
/// use longhand::{Response, Status};
///
/// let page = Response::new(Status::OK, "<p>Hello").content_type("text/html; charset=utf-8");
/// let away = Response::see_other("/login").header("Cache-Control", "no-store");
/// let teapot = Response::new(Status::new(418, "I'm a teapot"), "short and stout\n");
/// let nothing = Response::new(Status::NO_CONTENT, "").without_content_type();
/// # assert_eq!(teapot.status().to_string(), "418 I'm a teapot");
/// ```
#[derive(Debug)]
pub struct Response {
    status: Status,
    media_type: MediaType,
    headers: Vec<(Text, Text)>,
    pub(crate) body: Body,
}

/// What we say of the body.
#[derive(Debug)]
enum MediaType {
    /// That it is a text.
    Plain,
    Other(Text),
    Unsaid,
}

impl Response {
    /// A response with this body.
    pub fn new(status: Status, body: impl Into<Body>) -> Response {
        let media_type = MediaType::Plain;
        Response { status, media_type, headers: Vec::new(), body: body.into() }
    }

    /// Sends the client to another page (RFC 9110, section 15.4.4).
    pub fn see_other(uri: impl Into<Text>) -> Response {
        Response::new(Status::SEE_OTHER, "").header("Location", uri)
    }

    /// Adds a header. What the server says itself is left out: how long the body is must be
    /// said by who sends it, and only once (RFC 9112, section 6.3).
    ///
    /// # Panics
    /// If the name isn't a word.
    pub fn header(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Response {
        let name = name.into();
        assert!(is_token(name.as_bytes()), "{name:?} is no name of a header");
        if name.eq_ignore_ascii_case("Content-Type") {
            return self.content_type(value);
        }
        if !OURS.iter().any(|ours| name.eq_ignore_ascii_case(ours)) {
            self.headers.push((name, printable(value)));
        }
        self
    }

    /// Gives the client a cookie.
    pub fn cookie(self, cookie: Cookie) -> Response {
        self.header("Set-Cookie", cookie.to_string())
    }

    /// Takes a header back.
    pub fn without(mut self, name: &str) -> Response {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self
    }

    /// Says what the body is, if it isn't plain text.
    pub fn content_type(self, media_type: impl Into<Text>) -> Response {
        Response { media_type: MediaType::Other(printable(media_type)), ..self }
    }

    /// Doesn't say what the body is.
    pub fn without_content_type(self) -> Response {
        Response { media_type: MediaType::Unsaid, ..self }
    }

    /// Whether it may have a body: after some statuses, what comes next is the next response
    /// (RFC 9112, section 6.3).
    pub(crate) fn has_body(&self) -> bool {
        !matches!(self.status.0, 100..=199 | 204 | 304)
    }

    /// Whether the body ends with the connection, for want of another way.
    pub(crate) fn ends_with_connection(&self) -> bool {
        self.body.end() == End::Close && self.has_body()
    }

    /// Sends the body in chunks, if nobody knows its length.
    pub(crate) fn use_chunks(&mut self) {
        if self.ends_with_connection() {
            self.body.use_chunks();
            self.headers.push(("Transfer-Encoding".into(), "chunked".into()));
        }
    }

    /// How it went.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Writes the head as HTTP: status line, headers, and what we say about the connection,
    /// which ends with an empty line. After it comes the body. Each header has the line end
    /// before it.
    pub(crate) fn write_head(
        &self,
        output: &mut Vec<u8>,
        clock: &Clock,
        connection: &str,
    ) {
        let mut write = |text: &str| output.extend_from_slice(text.as_bytes());
        let mut number = itoa::Buffer::new();
        match (self.body.end(), &self.status, &self.media_type) {
            (End::Length(length), &Status::OK, MediaType::Plain) => {
                write(clock.usual_head());
                write(number.format(length));
            }
            (end, Status(code, reason), media_type) => {
                let reason = &printable(*reason);
                let line = ["HTTP/1.1 ", number.format(*code), " ", reason];
                line.into_iter().for_each(&mut write);
                write(clock.headers());
                match media_type {
                    MediaType::Plain => write(PLAIN),
                    MediaType::Other(media_type) => {
                        write("\r\nContent-Type: ");
                        write(media_type);
                    }
                    MediaType::Unsaid => {}
                }
                if let (End::Length(length), true) = (end, self.has_body()) {
                    write(CONTENT_LENGTH);
                    write(number.format(length));
                }
            }
        }
        for (name, value) in &self.headers {
            ["\r\n", name, ": ", value].into_iter().for_each(&mut write);
        }
        write(connection);
    }
}

/// The value of a header. A control character in it becomes a space, since a line end would
/// begin another header (RFC 9110, section 5.5).
fn printable(value: impl Into<Text>) -> Text {
    let value = value.into();
    match value.contains(char::is_control) {
        true => value.replace(char::is_control, " ").into(),
        false => value,
    }
}

/// How it went: a code for programs, and a reason for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(u16, &'static str);

impl Status {
    /// A status that has no name here. A control character in the reason is sent as a space.
    ///
    /// # Panics
    /// If the code isn't one of a response: 200 to 599.
    pub const fn new(code: u16, reason: &'static str) -> Status {
        assert!(200 <= code && code <= 599, "no status of a response");
        Status(code, reason)
    }

    /// The code, for programs: 404.
    pub fn code(self) -> u16 {
        self.0
    }

    /// 200 OK.
    pub const OK: Status = Status(200, "OK");
    /// 201 Created.
    pub const CREATED: Status = Status(201, "Created");
    /// 204 No Content.
    pub const NO_CONTENT: Status = Status(204, "No Content");
    /// 206 Partial Content.
    pub const PARTIAL_CONTENT: Status = Status(206, "Partial Content");
    /// 301 Moved Permanently.
    pub const MOVED_PERMANENTLY: Status = Status(301, "Moved Permanently");
    /// 303 See Other.
    pub const SEE_OTHER: Status = Status(303, "See Other");
    /// 304 Not Modified.
    pub const NOT_MODIFIED: Status = Status(304, "Not Modified");
    /// 400 Bad Request.
    pub const BAD_REQUEST: Status = Status(400, "Bad Request");
    /// 401 Unauthorized.
    pub const UNAUTHORIZED: Status = Status(401, "Unauthorized");
    /// 403 Forbidden.
    pub const FORBIDDEN: Status = Status(403, "Forbidden");
    /// 404 Not Found.
    pub const NOT_FOUND: Status = Status(404, "Not Found");
    /// 405 Method Not Allowed.
    pub const METHOD_NOT_ALLOWED: Status = Status(405, "Method Not Allowed");
    /// 408 Request Timeout.
    pub const REQUEST_TIMEOUT: Status = Status(408, "Request Timeout");
    /// 412 Precondition Failed.
    pub const PRECONDITION_FAILED: Status = Status(412, "Precondition Failed");
    /// 413 Content Too Large.
    pub const CONTENT_TOO_LARGE: Status = Status(413, "Content Too Large");
    /// 414 URI Too Long.
    pub const URI_TOO_LONG: Status = Status(414, "URI Too Long");
    /// 416 Range Not Satisfiable.
    pub const RANGE_NOT_SATISFIABLE: Status = Status(416, "Range Not Satisfiable");
    /// 431 Request Header Fields Too Large.
    pub const REQUEST_HEADER_FIELDS_TOO_LARGE: Status =
        Status(431, "Request Header Fields Too Large");
    /// 500 Internal Server Error.
    pub const INTERNAL_SERVER_ERROR: Status = Status(500, "Internal Server Error");
    /// 501 Not Implemented.
    pub const NOT_IMPLEMENTED: Status = Status(501, "Not Implemented");
    /// 503 Service Unavailable.
    pub const SERVICE_UNAVAILABLE: Status = Status(503, "Service Unavailable");
    /// 505 HTTP Version Not Supported.
    pub const HTTP_VERSION_NOT_SUPPORTED: Status =
        Status(505, "HTTP Version Not Supported");
}

/// As in a status line: `404 Not Found`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}
