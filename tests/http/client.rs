//! The client: one connection, one request, the bytes that come back.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::SockRef;

use crate::case::Request;
use crate::message::Message;

/// How long a server may stay silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects to the server.
pub fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Sends a request and reads the response into `received`, where it can be seen even if
/// something goes wrong.
pub fn ask(
    mut stream: TcpStream,
    request: &Request,
    received: &mut Vec<u8>,
) -> Result<(), String> {
    stream.write_all(&request.to_bytes()).map_err(broke)?;
    if let Request::Truncated(_) = request {
        stream.shutdown(Shutdown::Write).map_err(broke)?;
    }
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => received.extend(&buffer[..length]),
            Err(error) => return Err(broke(error)),
        }
        // A server may keep the connection for the next request.
        if Message::parse(received)
            .is_ok_and(|message| message.is_whole(request.is_head()))
        {
            return Ok(());
        }
    }
}

fn broke(error: io::Error) -> String {
    match error.kind() {
        // Unix says the one and Windows the other when the time is up.
        ErrorKind::WouldBlock | ErrorKind::TimedOut => format!(
            "the server kept the connection open, and sent nothing for {PATIENCE:?}: \
             it must close it, or say how long the response is",
        ),
        _ => format!("the connection broke before the response was whole: {error}"),
    }
}

/// Sends some bytes and closes. Where these end up is not this client's concern.
pub fn leave(mut stream: TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes);
}

/// Sends some bytes and resets the connection.
pub fn reset(mut stream: TcpStream, bytes: &[u8]) -> io::Result<()> {
    let _ = stream.write_all(bytes);
    // To close a connection without any linger is to reset it.
    SockRef::from(&stream).set_linger(Some(Duration::ZERO))
}
