//! What is sent.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bench::peer::{BODY, CONTENT_TYPE, SERVER};

/// As many responses as a read can ask for, and the second in which they are right.
pub struct Responses {
    bytes: Vec<u8>,
    length: usize,
    second: Duration,
}

impl Responses {
    pub fn new(close: bool, count: usize) -> Responses {
        let second = now();
        let response = response(close);
        Responses { bytes: response.repeat(count), length: response.len(), second }
    }

    /// Sets the clock.
    pub fn refresh(&mut self, close: bool) {
        if now() != self.second {
            *self = Responses::new(close, self.bytes.len() / self.length);
        }
    }

    pub fn take(&self, count: usize) -> &[u8] {
        &self.bytes[..count * self.length]
    }
}

fn response(close: bool) -> Vec<u8> {
    let date = httpdate::fmt_http_date(SystemTime::now());
    let connection = if close { "close" } else { "keep-alive" };
    let length = BODY.len();
    format!(
        "HTTP/1.1 200 OK\r\nServer: {SERVER}\r\nDate: {date}\r\n\
         Content-Type: {CONTENT_TYPE}\r\nContent-Length: {length}\r\n\
         Connection: {connection}\r\n\r\n{BODY}"
    )
    .into_bytes()
}

/// The time in whole seconds.
fn now() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Duration::from_secs(now.as_secs())
}
