//! Sockets: what comes goes into the connection, and what it answers is sent.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

use crate::connection::Connection;
use crate::log::log;
use crate::patience::{GOODBYE, GOODBYE_BYTES, STALL};

/// Answers the requests of a client, one after the other.
pub fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    log(format!("connection from {}", stream.peer_addr()?));
    stream.set_write_timeout(Some(STALL))?;
    stream.set_nodelay(true)?;
    let mut connection = Connection::new(Instant::now());
    let mut buffer = [0; 64 * 1024];
    while connection.is_open() {
        match read_until(connection.deadline(), &mut stream, &mut buffer)? {
            Some(length @ 1..) => connection.receive(&buffer[..length], Instant::now()),
            Some(_) => connection.end(),
            None => connection.expire(),
        }
        while !connection.output().is_empty() {
            stream.write_all(connection.output())?;
            connection.sent(connection.output().len(), Instant::now());
        }
    }
    // However the client leaves, it has our responses.
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
