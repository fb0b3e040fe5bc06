//! Connections: bytes in, bytes out.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic::catch_unwind;
use std::time::Instant;

use crate::error::Error;
use crate::framing::{expects_continue, skip_empty_line};
use crate::log::log;
use crate::patience::{GOODBYE, GOODBYE_BYTES, Patience, STALL};
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::create_response;

const TIMEOUT: Error = Error {
    status: Status::REQUEST_TIMEOUT,
    reason: "The request must be whole in time.",
};

/// Answers the requests of a client, one after the other.
pub fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    log(format!("connection from {}", stream.peer_addr()?));
    stream.set_write_timeout(Some(STALL))?;
    stream.set_nodelay(true)?;
    let mut data = Vec::new();
    while let Some(answer) = read_request(&mut stream, &mut data)? {
        stream.write_all(&answer.response)?;
        let Some(next) = answer.next else { break };
        data.drain(..next);
    }
    // However the client leaves, it has our responses.
    let _ = close(stream);
    Ok(())
}

/// Reads until the request at the front of the data can be answered; `None` if nobody asks.
fn read_request(
    stream: &mut TcpStream,
    data: &mut Vec<u8>,
) -> io::Result<Option<Answer>> {
    let mut patience = Patience::new(Instant::now());
    let mut end = None;
    let mut buffer = [0; 64 * 1024];
    loop {
        if let Some(answer) = handle_request(data, end) {
            return Ok(Some(answer));
        }
        if expects_continue(data) {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let deadline = patience.deadline(data, Instant::now());
        end = match read_until(deadline, stream, &mut buffer)? {
            Some(length @ 1..) => {
                data.extend(&buffer[..length]);
                None
            }
            // Who has not begun to ask gets no answer.
            _ if skip_empty_line(data).is_empty() => return Ok(None),
            Some(_) => Some(Error::bad_request("The request must be whole.")),
            None => Some(TIMEOUT),
        };
    }
}

/// Reads what has come; `None` if nothing has until the deadline.
fn read_until(
    deadline: Instant,
    stream: &mut TcpStream,
    buffer: &mut [u8],
) -> io::Result<Option<usize>> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(left))?;
        if let Some(length) = would_block(stream.read(buffer))? {
            return Ok(Some(length));
        }
    }
}

/// `None` if the socket wasn't ready in time, which Unix and Windows have different names
/// for, or if a signal came before it was.
fn would_block(result: io::Result<usize>) -> io::Result<Option<usize>> {
    let kinds = [ErrorKind::WouldBlock, ErrorKind::TimedOut, ErrorKind::Interrupted];
    match result {
        Err(error) if kinds.contains(&error.kind()) => Ok(None),
        result => result.map(Some),
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

/// Closes our side, and then waits for the client to close its own. To close both while
/// it still sends could cost it our response (RFC 9112, section 9.6).
fn close(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let (deadline, mut left) = (Instant::now() + GOODBYE, GOODBYE_BYTES);
    let mut buffer = [0; 64 * 1024];
    while left > 0
        && let Some(length @ 1..) = read_until(deadline, &mut stream, &mut buffer)?
    {
        left = left.saturating_sub(length);
    }
    Ok(())
}
