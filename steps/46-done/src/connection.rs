//! A connection without its socket: bytes come in, bytes go out, and time passes.

use std::time::Instant;
use std::vec::Drain;

use crate::body::Body;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::error::Error;
use crate::framing::{MAX_REQUEST_LINE, skip_empty_line};
use crate::log;
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

/// How much we have at hand for a client, in bytes.
const OUTPUT: usize = 64 * 1024;
/// How much of a body is worth a call of its own, at least.
const PIECE: usize = 4 * 1024;

/// What has come from a client, and what is to go to it. It owns no socket, and asks no
/// clock.
#[derive(Debug)]
pub struct Connection {
    input: Vec<u8>,
    output: Vec<u8>,
    /// What of the response isn't in the output yet.
    body: Option<Box<Body>>,
    /// How far the request at the front of the input has come.
    progress: Progress,
    patience: Patience,
    /// When the request at the front of the input began to come.
    begun: Instant,
    /// What becomes of the requests that are answered, in their order.
    records: Vec<Record>,
    deadline: Instant,
    /// Whether the client need not wait any more for our leave to send a body.
    is_told: bool,
    /// What we have to know of a request when its response comes.
    asked: Option<Box<Asked>>,
    is_open: bool,
    /// Whether the client has asked for the end, and has sent nothing after that.
    is_done: bool,
    /// Whether the next response is the last one.
    is_last: bool,
}

/// What of a request matters for its response.
#[derive(Debug)]
struct Asked {
    /// For the log, if there is one.
    request_line: Option<Vec<u8>>,
    is_head: bool,
    /// HTTP/1.0 doesn't (RFC 9112, section 6.1).
    knows_chunks: bool,
    /// Where the next request begins; `None` if we hang up.
    next: Option<usize>,
    /// Whether the client wants no other one, and has sent nothing after it.
    is_end: bool,
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
            records: Vec::new(),
            is_told: false,
            asked: None,
            is_open: true,
            is_done: false,
            is_last: false,
        }
    }

    /// Takes what it needs from the desk.
    pub fn sit_down(&mut self, desk: &mut Desk) {
        desk.input.lend(&mut self.input);
        desk.output.lend(&mut self.output);
    }

    /// Gives it back.
    pub fn get_up(&mut self, desk: &mut Desk) {
        desk.input.take_back(&mut self.input);
        desk.output.take_back(&mut self.output);
        self.records.shrink_to_fit();
    }

    /// Whether there may be another request.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether the client has asked for the end, and has sent nothing after that.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// What is to be sent. While there is something, we wait for nothing else.
    pub fn output(&self) -> &[u8] {
        &self.output
    }

    /// Whether there is more of the body to come than is in the output.
    pub fn is_amid_body(&self) -> bool {
        self.body.is_some()
    }

    /// Whether a request waits for its response.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// What has become of the requests whose responses aren't taken yet.
    pub fn records(&self) -> &[Record] {
        &self.records
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

    /// This many bytes of the output have been sent. Of responses that have been sent as a
    /// whole, it says what has become of their requests.
    pub fn sent(&mut self, length: usize, now: Instant) -> Drain<'_, Record> {
        self.output.drain(..length);
        let mut left = length;
        self.records.iter_mut().for_each(|record| left -= record.take(left));
        if self.output.is_empty()
            && let Some(body) = self.body.take()
        {
            self.fill(*body);
        }
        if self.output.is_empty() {
            self.patience = Patience::new(now);
            self.close_if_idle();
        }
        let is_sent = |record: &Record| record.left == 0;
        let sent = self.records.iter().take_while(|record| is_sent(record)).count();
        self.records.drain(..sent)
    }

    /// The request that was put off has a response.
    pub fn respond(&mut self, response: Response, clock: &Clock) {
        if let Some(asked) = self.asked.take() {
            let length = self.put(response, *asked, clock);
            self.input.drain(..length);
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
    pub fn end(&mut self, clock: &Clock) {
        self.hang_up(Error::bad_request("The request must be whole."), clock);
    }

    /// The deadline has passed. There is no output, and nothing to respond to.
    pub fn expire(&mut self, clock: &Clock) {
        self.hang_up(TIMEOUT, clock);
    }

    /// Has the next requests answered that are whole, if the client has taken all responses.
    /// `None` means that the response comes later. Nothing goes on before.
    pub fn proceed(
        &mut self,
        clock: &Clock,
        mut answer: impl FnMut(&Request) -> Option<Response>,
    ) {
        let (mut front, mut is_whole) = (0, Ok(self.output.is_empty()));
        while let Ok(true) = is_whole
            && self.has_room()
        {
            is_whole = self.answer_next(&mut front, clock, &mut answer);
        }
        self.input.drain(..front);
        match is_whole {
            Ok(false) if self.has_room() => self.tell(),
            Ok(_) => {}
            Err(error) => self.refuse(error, clock),
        }
        let (patience, progress) = (&mut self.patience, &self.progress);
        self.deadline = patience.deadline(&self.input, progress, clock.now);
    }

    /// Whether another request may be answered: nobody waits, and there isn't too much to be
    /// sent.
    fn has_room(&self) -> bool {
        let is_free = self.asked.is_none() && self.body.is_none();
        self.is_open && is_free && self.output.len() < OUTPUT
    }

    /// Has the request answered that begins there, and goes on to where the next one begins.
    /// Whether it was whole.
    fn answer_next(
        &mut self,
        front: &mut usize,
        clock: &Clock,
        answer: &mut impl FnMut(&Request) -> Option<Response>,
    ) -> Result<bool, Error> {
        let data = &self.input[*front..];
        let Some(request) = Request::parse(data, &mut self.progress)? else {
            return Ok(false);
        };
        let asked = Asked::about(&request, data.len());
        match answer(&request) {
            Some(response) => *front += self.put(response, asked, clock),
            None => self.asked = Some(Box::new(asked)),
        }
        Ok(true)
    }

    /// Gives the client leave to send a body, if it waits for that.
    fn tell(&mut self) {
        if !self.is_told && self.progress.has_head() {
            if self.progress.expects_continue {
                self.output.extend(b"HTTP/1.1 100 Continue\r\n\r\n");
            }
            self.is_told = true;
        }
    }

    /// Puts a response to the end of the output. How long its request was.
    fn put(&mut self, response: Response, asked: Asked, clock: &Clock) -> usize {
        let Asked { request_line, is_head, knows_chunks, next, is_end } = asked;
        let response = if knows_chunks { response.in_chunks() } else { response };
        let is_last = self.is_last || response.ends_with_connection();
        let next = next.filter(|_| !is_last);
        let connection = if next.is_some() { "keep-alive" } else { "close" };
        let front = self.output.len();
        response.write_head(&mut self.output, clock, connection);
        if let Some(request_line) = request_line {
            let (begun, status) = (self.begun, response.status());
            let head = self.output.len() - front;
            let record =
                Record { request_line, begun, status, head, sent: 0, left: head };
            self.records.push(record);
        }
        (self.progress, self.is_told) = (Progress::new(), false);
        self.begun = clock.now;
        (self.is_open, self.is_done) = (next.is_some(), is_end);
        if !is_head {
            self.fill(response.body);
        }
        next.unwrap_or(0)
    }

    /// Puts the next piece of a body into the output, and keeps the rest.
    fn fill(&mut self, mut body: Body) {
        let front = self.output.len();
        let room = OUTPUT.saturating_sub(front).max(PIECE);
        match body.read_to(&mut self.output, room) {
            Ok(true) => self.body = Some(Box::new(body)),
            Ok(false) => {}
            // To end too early is all that can tell the client.
            Err(_) => self.is_open = false,
        }
        if let Some(record) = self.records.last_mut() {
            record.left += self.output.len() - front;
        }
    }

    fn hang_up(&mut self, error: Error, clock: &Clock) {
        // Who has not begun to ask gets no answer.
        if !skip_empty_line(&self.input).is_empty() {
            self.refuse(error, clock);
        }
        self.is_open = false;
    }

    fn refuse(&mut self, error: Error, clock: &Clock) {
        let asked = Asked {
            // Not even a refusal of HEAD has a body (RFC 9110, section 9.3.2).
            is_head: skip_empty_line(&self.input).starts_with(b"HEAD "),
            request_line: log::tells_answers().then(|| first_line(&self.input)),
            knows_chunks: false,
            // Where another request would begin, we do not know.
            next: None,
            is_end: false,
        };
        self.put(error.into(), asked, clock);
    }
}

impl Asked {
    /// What matters of a request, if so many bytes have come.
    fn about(request: &Request, come: usize) -> Asked {
        let (length, keeps_alive) = (request.bytes.len(), request.keeps_alive());
        Asked {
            request_line: log::tells_answers().then(|| first_line(request.bytes)),
            is_head: request.method == Method::HEAD,
            knows_chunks: request.version != "HTTP/1.0",
            next: keeps_alive.then_some(length),
            is_end: !keeps_alive && length == come,
        }
    }
}

/// The request line, or whatever the client has sent in its place.
fn first_line(data: &[u8]) -> Vec<u8> {
    let line = skip_empty_line(data).split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default().trim_ascii_end();
    line.iter().take(MAX_REQUEST_LINE).copied().collect()
}
