//! Connections: bytes in, bytes out.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use crate::request::Request;
use crate::response::Response;
use crate::router::create_response;

/// Reads one request from the client, and sends one response back.
pub fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    eprintln!("connection from {}", stream.peer_addr()?);
    let mut buffer = [0; 2048];
    let length = stream.read(&mut buffer)?;
    let response = handle_request(&buffer[..length]);
    stream.write_all(&response)
}

/// Decides what to answer.
fn handle_request(data: &[u8]) -> Vec<u8> {
    let data = String::from_utf8_lossy(data);
    let response = match Request::parse(&data) {
        Ok(request) => create_response(&request),
        Err(error) => Response::from(error),
    };
    // Not even a refusal of HEAD has a body (RFC 9110, section 9.3.2).
    let is_head = data.starts_with("HEAD ");
    let response = if is_head { response.without_body() } else { response };
    response.to_bytes()
}
