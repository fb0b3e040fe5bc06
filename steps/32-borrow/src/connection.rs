//! A connection without its socket: bytes come in, bytes go out, and time passes.

use std::time::Instant;

use crate::body::Body;
use crate::error::Error;
use crate::framing::{MAX_REQUEST_LINE, expects_continue, skip_empty_line};
use crate::method::Method;
use crate::patience::Patience;
use crate::progress::Progress;
use crate::record::Record;
use crate::request::Request;
use crate::response::{Response, Status};

#[cfg(test)]
pub mod tests;

const TIMEOUT: Error = Error {
    status: Status::REQUEST_TIMEOUT,
    reason: "The request must be whole in time.",
};

/// How much of a response we have at hand, in bytes.
const OUTPUT: usize = 64 * 1024;

/// What has come from a client, and what is to go to it. It owns no socket, and asks no
/// clock.
#[derive(Debug)]
pub struct Connection {
    input: Vec<u8>,
    output: Vec<u8>,
    /// What of the response isn't in the output yet.
    body: Option<Body>,
    /// How far the request at the front of the input has come.
    progress: Progress,
    patience: Patience,
    /// When the request at the front of the input began to come.
    begun: Instant,
    /// What becomes of the request that is answered.
    record: Option<Record>,
    deadline: Instant,
    /// Whether the client need not wait any more for our leave to send a body.
    is_told: bool,
    /// What we have to know of a request when its response comes.
    asked: Option<Asked>,
    is_open: bool,
    /// Whether the next response is the last one.
    is_last: bool,
}

/// What of a request matters for its response.
#[derive(Debug)]
struct Asked {
    request_line: Vec<u8>,
    is_head: bool,
    /// HTTP/1.0 doesn't (RFC 9112, section 6.1).
    knows_chunks: bool,
    /// Where the next request begins; `None` if we hang up.
    next: Option<usize>,
}

impl Connection {
    /// A client has come.
    pub fn new(now: Instant) -> Connection {
        let (progress, mut patience) = (Progress::new(), Patience::new(now));
        Connection {
            input: Vec::new(),
            output: Vec::new(),
            body: None,
            deadline: patience.deadline(&[], &progress, now),
            progress,
            patience,
            begun: now,
            record: None,
            is_told: false,
            asked: None,
            is_open: true,
            is_last: false,
        }
    }

    /// Whether there may be another request.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// What is to be sent. While there is something, we wait for nothing else.
    pub fn output(&self) -> &[u8] {
        &self.output
    }

    /// Whether there is more of the body to come than is in the output.
    pub fn is_amid_body(&self) -> bool {
        self.body.is_some()
    }

    /// What has become of the request whose response isn't taken yet.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// When we lose patience with the client, if it sends nothing.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// These bytes have come. After the last answer, they don't matter any more.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) {
        if self.is_open {
            if self.input.is_empty() {
                self.begun = now;
            }
            self.input.extend(bytes);
        }
    }

    /// This many bytes of the output have been sent. If they were the last of a response, it
    /// says what has become of its request.
    pub fn sent(&mut self, length: usize, now: Instant) -> Option<Record> {
        self.output.drain(..length);
        if let Some(record) = &mut self.record {
            record.sent += length;
        }
        if self.output.is_empty() {
            self.fill();
        }
        let mut record = None;
        if self.output.is_empty() {
            record = self.record.take();
            // A long request or answer has needed much memory, and the next may be short.
            self.input.shrink_to_fit();
            self.output.shrink_to_fit();
            self.patience = Patience::new(now);
            self.begun = if record.is_some() { now } else { self.begun };
            self.close_if_idle();
        }
        record
    }

    /// The request that was put off has a response.
    pub fn respond(&mut self, response: Response) {
        if let Some(asked) = self.asked.take() {
            self.put(response, asked);
        }
    }

    /// The server stops. The next response is the last one.
    pub fn finish(&mut self) {
        self.is_last = true;
    }

    /// If the server stops, and no request has begun to come, there will be none.
    pub fn close_if_idle(&mut self) {
        let is_silent = skip_empty_line(&self.input).is_empty();
        if self.is_last && is_silent && self.output.is_empty() {
            self.is_open = false;
        }
    }

    /// The client has closed its side. There is no output, and nothing to respond to.
    pub fn end(&mut self) {
        self.hang_up(Error::bad_request("The request must be whole."));
    }

    /// The deadline has passed. There is no output, and nothing to respond to.
    pub fn expire(&mut self) {
        self.hang_up(TIMEOUT);
    }

    /// Has the next request answered, if it is whole and the client has taken the last
    /// response. `None` means that the response comes later. Nothing goes on before.
    pub fn proceed(
        &mut self,
        now: Instant,
        answer: impl FnOnce(&Request) -> Option<Response>,
    ) {
        if self.is_open && self.output.is_empty() && self.asked.is_none() {
            match Request::parse(&self.input, &mut self.progress) {
                Ok(Some(request)) => {
                    self.asked = Some(Asked::about(&request));
                    if let Some(response) = answer(&request) {
                        self.respond(response);
                    }
                }
                Ok(None) => self.tell(),
                Err(error) => self.refuse(error),
            }
        }
        self.deadline = self.patience.deadline(&self.input, &self.progress, now);
    }

    /// Gives the client leave to send a body, if it waits for that.
    fn tell(&mut self) {
        if !self.is_told && self.progress.has_head() {
            if expects_continue(&self.input) {
                self.output.extend(b"HTTP/1.1 100 Continue\r\n\r\n");
            }
            self.is_told = true;
        }
    }

    fn put(&mut self, response: Response, asked: Asked) {
        let Asked { request_line, is_head, knows_chunks, next } = asked;
        let response = if knows_chunks { response.in_chunks() } else { response };
        let is_last = self.is_last || response.ends_with_connection();
        let next = next.filter(|_| !is_last);
        let connection = if next.is_some() { "keep-alive" } else { "close" };
        let response = response.header("Connection", connection);
        let response = if is_head { response.without_body() } else { response };
        let (status, begun) = (response.status(), self.begun);
        let (head, body) = response.into_parts();
        self.record =
            Some(Record { request_line, begun, status, head: head.len(), sent: 0 });
        (self.output, self.body) = (head, Some(body));
        self.progress = Progress::new();
        self.is_told = false;
        match next {
            Some(next) => drop(self.input.drain(..next)),
            None => self.is_open = false,
        }
        self.fill();
    }

    /// Puts the next piece of the body into the output.
    fn fill(&mut self) {
        let Some(body) = &mut self.body else { return };
        let room = OUTPUT.saturating_sub(self.output.len());
        match body.read_to(&mut self.output, room) {
            Ok(true) => {}
            Ok(false) => self.body = None,
            // To end too early is all that can tell the client.
            Err(_) => (self.body, self.is_open) = (None, false),
        }
    }

    fn hang_up(&mut self, error: Error) {
        // Who has not begun to ask gets no answer.
        if !skip_empty_line(&self.input).is_empty() {
            self.refuse(error);
        }
        self.is_open = false;
    }

    fn refuse(&mut self, error: Error) {
        let asked = Asked {
            // Not even a refusal of HEAD has a body (RFC 9110, section 9.3.2).
            is_head: skip_empty_line(&self.input).starts_with(b"HEAD "),
            request_line: first_line(&self.input),
            knows_chunks: false,
            // Where another request would begin, we do not know.
            next: None,
        };
        self.put(error.into(), asked);
    }
}

impl Asked {
    fn about(request: &Request) -> Asked {
        Asked {
            request_line: first_line(request.bytes),
            is_head: request.method == Method::HEAD,
            knows_chunks: request.version != "HTTP/1.0",
            next: request.keeps_alive().then_some(request.bytes.len()),
        }
    }
}

/// The request line, or whatever the client has sent in its place.
fn first_line(data: &[u8]) -> Vec<u8> {
    let line = skip_empty_line(data).split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default().trim_ascii_end();
    line.iter().take(MAX_REQUEST_LINE).copied().collect()
}
