//! Connections: bytes in, bytes out.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic::catch_unwind;
use std::time::Duration;

use crate::error::Error;
use crate::framing::expects_continue;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::create_response;

/// How long a client may be silent after our response.
const LINGER: Duration = Duration::from_secs(1);

/// Reads one request from the client, and sends one response back.
pub fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    eprintln!("connection from {}", stream.peer_addr()?);
    let (mut data, mut is_end) = (Vec::new(), false);
    let mut buffer = [0; 64 * 1024];
    let response = loop {
        if let Some(response) = handle_request(&data, is_end) {
            break response;
        }
        if expects_continue(&data) {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let length = stream.read(&mut buffer)?;
        data.extend(&buffer[..length]);
        is_end = length == 0;
    };
    stream.write_all(&response)?;
    // However the client leaves, it has our response.
    let _ = close(stream);
    Ok(())
}

/// Decides what to answer; `None` if there is more of the request to come.
fn handle_request(data: &[u8], is_end: bool) -> Option<Vec<u8>> {
    // Some clients send an empty line too many (RFC 9112, section 2.2).
    let data = data.strip_prefix(b"\r\n").unwrap_or(data);
    let response = match Request::parse(data) {
        Ok(Some((request, _))) => answer(&request),
        Ok(None) if is_end => Error::bad_request("The request must be whole.").into(),
        Ok(None) => return None,
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
fn close(mut stream: TcpStream) -> io::Result<u64> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    io::copy(&mut stream, &mut io::sink())
}
