//! What we answer.

use std::time::SystemTime;

/// What we answer.
#[derive(Debug)]
pub struct Response {
    status: Status,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    /// A response with a text, and with the headers that every response has.
    pub fn new(status: Status, body: impl Into<Vec<u8>>) -> Response {
        let body = body.into();
        let headers = vec![
            ("Server", "from-scratch".to_string()),
            ("Date", httpdate::fmt_http_date(SystemTime::now())),
            ("Connection", "close".to_string()),
            ("Content-Type", "text/plain; charset=utf-8".to_string()),
            ("Content-Length", body.len().to_string()),
        ];
        Response { status, headers, body }
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }

    /// Keeps the headers, `Content-Length` too, and drops the body.
    pub fn without_body(mut self) -> Response {
        self.body.clear();
        self
    }

    /// Writes the response as HTTP: status line, headers, empty line, body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Status(code, reason) = self.status;
        let mut text = format!("HTTP/1.1 {code} {reason}\r\n");
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += "\r\n";
        [text.as_bytes(), &self.body].concat()
    }
}

/// How it went: a code for programs, and a reason for people.
#[derive(Debug)]
pub struct Status(u16, &'static str);

impl Status {
    pub const OK: Status = Status(200, "OK");
    pub const BAD_REQUEST: Status = Status(400, "Bad Request");
    pub const NOT_FOUND: Status = Status(404, "Not Found");
    pub const METHOD_NOT_ALLOWED: Status = Status(405, "Method Not Allowed");
}
