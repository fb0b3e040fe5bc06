//! Records: what has become of a request.

use std::net::IpAddr;
use std::time::{Instant, SystemTime};

/// A request, and what has been sent for it.
#[derive(Debug)]
pub struct Record {
    /// `GET /hi HTTP/1.1`, or whatever else the client has sent in its place.
    pub request_line: Vec<u8>,
    /// When it began to come.
    pub begun: Instant,
    pub status: u16,
    /// How many bytes the head of the response has.
    pub head: usize,
    /// How many bytes of head and body have been sent.
    pub sent: usize,
    /// How many more of them there are by now.
    pub left: usize,
}

impl Record {
    /// So many bytes have been sent, of this response or of what comes after it. How many of
    /// them it was.
    pub fn take(&mut self, length: usize) -> usize {
        let taken = length.min(self.left);
        (self.sent, self.left) = (self.sent + taken, self.left - taken);
        taken
    }

    /// As a line in the Common Log Format of the first web servers, and how many milliseconds
    /// it has taken:
    /// `127.0.0.1 - - [27/Nov/2026:09:26:54 +0000] "GET /hi HTTP/1.1" 200 12 3`.
    pub fn line(&self, client: IpAddr, now: Instant) -> String {
        let Record { begun, status, sent, head, .. } = self;
        // So that nobody can write a line of their own into our log.
        let request_line = self.request_line.escape_ascii();
        let (body, taken) = (sent.saturating_sub(*head), now.duration_since(*begun));
        let (address, date, taken) = (client, date(), taken.as_millis());
        format!("{address} - - [{date}] \"{request_line}\" {status} {body} {taken}")
    }
}

/// The date as this format has it: `27/Nov/2026:09:26:54 +0000`. HTTP has the same as
/// `Fri, 27 Nov 2026 09:26:54 GMT`.
fn date() -> String {
    let date = httpdate::fmt_http_date(SystemTime::now());
    let words: Vec<&str> = date.split(' ').collect();
    match words[..] {
        [_, day, month, year, time, _] => format!("{day}/{month}/{year}:{time} +0000"),
        _ => date,
    }
}
