//! A connection without its socket: bytes come in, bytes go out, and time passes.

use std::panic::catch_unwind;
use std::time::Instant;

use crate::error::Error;
use crate::framing::{expects_continue, skip_empty_line};
use crate::patience::Patience;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::create_response;

#[cfg(test)]
mod tests;

const TIMEOUT: Error = Error {
    status: Status::REQUEST_TIMEOUT,
    reason: "The request must be whole in time.",
};

/// What has come from a client, and what is to go to it. It owns no socket, and asks no
/// clock.
#[derive(Debug)]
pub struct Connection {
    input: Vec<u8>,
    output: Vec<u8>,
    patience: Patience,
    deadline: Instant,
    /// Whether we have told the client to send the body of its request.
    is_told: bool,
    is_open: bool,
}

impl Connection {
    /// A client has come.
    pub fn new(now: Instant) -> Connection {
        let mut patience = Patience::new(now);
        Connection {
            input: Vec::new(),
            output: Vec::new(),
            deadline: patience.deadline(&[], now),
            patience,
            is_told: false,
            is_open: true,
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

    /// When we lose patience with the client, if it sends nothing.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// These bytes have come. After the last answer, they don't matter any more.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) {
        if self.is_open {
            self.input.extend(bytes);
            self.proceed(now);
        }
    }

    /// This many bytes of the output have been sent.
    pub fn sent(&mut self, length: usize, now: Instant) {
        self.output.drain(..length);
        if self.output.is_empty() {
            // A long request or answer has needed much memory, and the next may be short.
            self.input.shrink_to_fit();
            self.output.shrink_to_fit();
            self.patience = Patience::new(now);
            self.proceed(now);
        }
    }

    /// The client has closed its side. All of the output has been sent.
    pub fn end(&mut self) {
        self.hang_up(Error::bad_request("The request must be whole."));
    }

    /// The deadline has passed. All of the output has been sent.
    pub fn expire(&mut self) {
        self.hang_up(TIMEOUT);
    }

    /// Answers the next request, if it is whole and the client has taken the last answer.
    fn proceed(&mut self, now: Instant) {
        if self.is_open && self.output.is_empty() {
            match handle_request(&self.input, None) {
                Some(answer) => self.put(answer),
                None if !self.is_told && expects_continue(&self.input) => {
                    self.output.extend(b"HTTP/1.1 100 Continue\r\n\r\n");
                    self.is_told = true;
                }
                None => {}
            }
        }
        self.deadline = self.patience.deadline(&self.input, now);
    }

    fn put(&mut self, answer: Answer) {
        self.output = answer.response;
        self.is_told = false;
        match answer.next {
            Some(next) => drop(self.input.drain(..next)),
            None => self.is_open = false,
        }
    }

    fn hang_up(&mut self, error: Error) {
        // Who has not begun to ask gets no answer.
        if !skip_empty_line(&self.input).is_empty()
            && let Some(answer) = handle_request(&self.input, Some(error))
        {
            self.put(answer);
        }
        self.is_open = false;
    }
}

/// A response, and what comes after it.
struct Answer {
    response: Vec<u8>,
    /// Where the next request begins; `None` if we hang up.
    next: Option<usize>,
}

/// Decides what to answer; `None` if there is more of the request to come. `end` says why
/// there is not.
fn handle_request(data: &[u8], end: Option<Error>) -> Option<Answer> {
    let (response, next) = match Request::parse(data) {
        Ok(Some((request, length))) => {
            (answer(&request), request.keeps_alive().then_some(length))
        }
        // Where another request would begin, we do not know.
        Ok(None) => (Response::from(end?), None),
        Err(error) => (Response::from(error), None),
    };
    let connection = if next.is_some() { "keep-alive" } else { "close" };
    let response = response.header("Connection", connection);
    // Not even a refusal of HEAD has a body (RFC 9110, section 9.3.2).
    let is_head = skip_empty_line(data).starts_with(b"HEAD ");
    let response = if is_head { response.without_body() } else { response };
    Some(Answer { response: response.to_bytes(), next })
}

/// Lets the handler answer. If it panics, that must not end the worker.
fn answer(request: &Request) -> Response {
    catch_unwind(|| create_response(request)).unwrap_or_else(|_| {
        let status = Status::INTERNAL_SERVER_ERROR;
        Response::new(status, "Something in our server is broken.\n")
    })
}
