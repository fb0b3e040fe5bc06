//! Connections: bytes in, bytes out.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic::catch_unwind;
use std::time::Instant;

use crate::error::Error;
use crate::framing::expects_continue;
use crate::log::log;
use crate::patience::{GOODBYE, GOODBYE_BYTES, Patience, STALL};
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::create_response;

const TIMEOUT: Error = Error {
    status: Status::REQUEST_TIMEOUT,
    reason: "The request must be whole in time.",
};

/// Reads one request from the client, and sends one response back.
pub fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    log(format!("connection from {}", stream.peer_addr()?));
    stream.set_write_timeout(Some(STALL))?;
    let mut patience = Patience::new(Instant::now());
    let (mut data, mut end) = (Vec::new(), None);
    let mut buffer = [0; 64 * 1024];
    let response = loop {
        if let Some(response) = handle_request(&data, end) {
            break response;
        }
        if expects_continue(&data) {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let deadline = patience.deadline(&data, Instant::now());
        end = match read_until(deadline, &mut stream, &mut buffer)? {
            // Who has not begun to ask gets no answer.
            None if data.is_empty() => return close(stream),
            None => Some(TIMEOUT),
            Some(0) => Some(Error::bad_request("The request must be whole.")),
            Some(length) => {
                data.extend(&buffer[..length]);
                None
            }
        };
    };
    stream.write_all(&response)?;
    // However the client leaves, it has our response.
    let _ = close(stream);
    Ok(())
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

/// Decides what to answer; `None` if there is more of the request to come. `end` says why
/// there is not.
fn handle_request(data: &[u8], end: Option<Error>) -> Option<Vec<u8>> {
    // Some clients send an empty line too many (RFC 9112, section 2.2).
    let data = data.strip_prefix(b"\r\n").unwrap_or(data);
    let response = match Request::parse(data) {
        Ok(Some((request, _))) => answer(&request),
        Ok(None) => Response::from(end?),
        Err(error) => Response::from(error),
    };
    // Not even a refusal of HEAD has a body (RFC 9110, section 9.3.2).
    let is_head = data.starts_with(b"HEAD ");
    let response = if is_head { response.without_body() } else { response };
    Some(response.to_bytes())
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
