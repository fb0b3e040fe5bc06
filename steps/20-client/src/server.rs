//! Sockets: who is connected, and whose turn it is.

use std::io;
use std::net::TcpStream;
use std::time::Instant;

use crate::client::{Client, Next};
use crate::log::log;

/// Gives a client its turns, until it is done.
pub fn handle_connection(stream: TcpStream) -> io::Result<()> {
    log(format!("connection from {}", stream.peer_addr()?));
    stream.set_nodelay(true)?;
    let mut client = Client::new(stream);
    let mut buffer = [0; 64 * 1024];
    loop {
        let left = client.deadline().saturating_duration_since(Instant::now());
        let next = if left.is_zero() {
            client.expire()
        } else {
            client.stream.set_read_timeout(Some(left))?;
            client.stream.set_write_timeout(Some(left))?;
            client.turn(&mut buffer)?
        };
        if let Next::Drop = next {
            return Ok(());
        }
    }
}
