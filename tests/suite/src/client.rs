//! The client: one connection, one request, the bytes that come back.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Result, anyhow};
use socket2::{Domain, SockRef, Socket, Type};

use crate::case::{Request, on_the_wire};
use crate::keys::Keys;
use crate::message::Message;

/// How long a server may stay silent.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How much room a client has that takes little, and how much is in a packet for it.
const ROOM: usize = 16 * 1024;
#[cfg(unix)]
const PACKET: u32 = 1448;
/// How much we listen to. A server that takes what ours refuse may send five megabytes of
/// it back.
const MAX_LENGTH: usize = 16 * 1024 * 1024;
/// How much of a response we take for its beginning.
const BEGINNING: usize = 512 * 1024;
/// How long we listen for an answer that comes too early. The pieces of a request share it.
const PAUSE: Duration = Duration::from_millis(100);

/// Why there is no whole response.
#[derive(Debug)]
pub enum Trouble {
    /// It came before the request was whole.
    Early,
    /// The connection was closed before the request was whole.
    HungUp,
    /// It came, and other clients were answered only after it.
    Blocked,
    /// The client waits for leave to send the body, and the server has closed.
    Closed,
    /// The client waits for leave to send the body, and has got the response instead.
    Answered,
    /// The client has waited for leave to send the body, has got it, and gets it again.
    ToldAgain,
    /// One response after the other has announced a real one, which hasn't come.
    Announced,
    /// The response has no end.
    TooMuch,
    /// Nothing came for a long time, and the connection is still there.
    Silence,
    /// The server has closed after a response, and there was another request to come.
    NotKept,
    /// The server was to close after the response, and has not.
    Kept,
    /// More has come than the responses.
    Surplus,
    /// The server has lost patience after this time, which is too early.
    TooSoon(Duration),
    /// The server has not lost patience.
    Endless,
    /// The connection is gone.
    Broke(io::Error),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Trouble::Early => {
                f.write_str("the server answered before the request was whole")
            }
            Trouble::Blocked => f.write_str(
                "while this one waited for its answer, the others waited for theirs",
            ),
            Trouble::HungUp => f.write_str(
                "the server closed the connection before the request was whole",
            ),
            Trouble::Closed => {
                f.write_str("the server closed, and did not ask for the body")
            }
            Trouble::Answered => {
                f.write_str("the server answered, and did not ask for the body")
            }
            Trouble::ToldAgain => {
                f.write_str("the server asked for the body, and then for the same body again")
            }
            Trouble::Announced => f.write_str(
                "the server sent one response after the other that only announces the real \
                 one, and never that",
            ),
            Trouble::TooMuch => write!(
                f,
                "the server has sent more than {} MiB, and no end of it is in sight",
                MAX_LENGTH / 1024 / 1024
            ),
            Trouble::Silence => f.write_str(
                "the server kept the connection open, and sent nothing for a long time: it \
                 must close it, or say how long the response is",
            ),
            Trouble::NotKept => f.write_str(
                "the server closed the connection after its response, and should have \
                 waited for the next request",
            ),
            Trouble::Kept => f.write_str(
                "the server has given its last response, and keeps the connection open",
            ),
            Trouble::Surplus => {
                f.write_str("after the last response, more has come than should")
            }
            Trouble::TooSoon(time) => write!(
                f,
                "the server lost patience after {:.1} seconds, and that is too early",
                time.as_secs_f64()
            ),
            Trouble::Endless => {
                f.write_str("the server has not lost patience, however long we waited")
            }
            Trouble::Broke(error) => {
                write!(f, "the connection broke before the response was whole: {error}")
            }
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        if is_timeout(&error) { Trouble::Silence } else { Trouble::Broke(error) }
    }
}

/// Connects to the server.
pub fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    set_up(TcpStream::connect_timeout(&address, PATIENCE)?)
}

/// Connects to the server, and has little room for what it sends: whatever isn't taken
/// soon fills the server's own room, too. Packets as small as those of a network keep the
/// system from giving it megabytes.
pub fn connect_narrowly(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_recv_buffer_size(ROOM)?;
    // Where that can't be said, the server has more room, and the case sees less.
    #[cfg(unix)]
    let _ = socket.set_tcp_mss(PACKET);
    socket.connect_timeout(&address.into(), PATIENCE)?;
    set_up(socket.into())
}

fn set_up(stream: TcpStream) -> io::Result<TcpStream> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // What is sent in pieces shall arrive in pieces.
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The addresses that `host:port` stands for, also written as a URL; `localhost` stands
/// for more than one.
///
/// # Errors
/// If it is no address.
pub fn addresses(place: &str) -> Result<Vec<SocketAddr>> {
    let host = place.trim_start_matches("http://").trim_end_matches('/');
    let addresses = host.to_socket_addrs().map_err(|error| {
        anyhow!("{place} is not an address like 127.0.0.1:8080 ({error})")
    })?;
    Ok(addresses.collect())
}

/// Finds which of these addresses a server listens at.
pub fn find(addresses: &[SocketAddr]) -> Option<SocketAddr> {
    addresses.iter().copied().find(|address| is_there(*address))
}

/// Whether somebody listens. We ask for something, since not every server survives a
/// client that connects and asks nothing.
pub fn is_there(address: SocketAddr) -> bool {
    let Ok(mut stream) = connect(address) else { return false };
    let request = Request::Text("GET /hi HTTP/1.1\nHost: localhost\n\n");
    let _ = ask(&mut stream, &request, &Keys::default(), &mut Vec::new());
    true
}

/// Sends a request and reads the response into `received`, where it can be seen even if
/// something goes wrong.
pub fn ask(
    stream: &mut TcpStream,
    request: &Request,
    keys: &Keys,
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    let mut in_pieces = |pieces: &[&[u8]]| {
        let sent = send_pieces(stream, pieces, received);
        if let Err(Trouble::Early) = sent {
            // It may be right to refuse what has come; so we want to know all of it.
            let _ = read_response(stream, request.is_head(), received);
        }
        sent
    };
    match request {
        Request::Pieces(pieces) => in_pieces(pieces)?,
        Request::ByteByByte(bytes) => in_pieces(&bytes.chunks(1).collect::<Vec<_>>())?,
        _ => stream.write_all(&keys.fill_in(request.to_bytes()))?,
    }
    if let Request::Truncated(_) = request {
        stream.shutdown(Shutdown::Write)?;
    }
    read_response(stream, request.is_head(), received)
}

/// Sends a request, and reads the beginning of the response.
pub fn ask_and_leave(
    stream: &mut TcpStream,
    request: &Request,
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    stream.write_all(&request.to_bytes())?;
    while received.len() < BEGINNING && receive(stream, received)? > 0 {}
    Ok(())
}

/// Sends pieces, and makes sure that no answer comes before the last of them.
fn send_pieces(
    stream: &mut TcpStream,
    pieces: &[&[u8]],
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    let pause = PAUSE.div_f64(pieces.len() as f64);
    for piece in pieces {
        stay_silent_for(pause, stream, received)?;
        stream.write_all(piece)?;
    }
    Ok(())
}

/// Sends a head, and the pieces of the body when the server has said that it wants it.
pub fn ask_first(
    stream: &mut TcpStream,
    head: &str,
    body: &[&str],
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    stream.write_all(&on_the_wire(head))?;
    wait_for_leave(stream, received)?;
    let told = received.len();
    let pieces: Vec<&[u8]> = body.iter().map(|piece| piece.as_bytes()).collect();
    send_pieces(stream, &pieces, received).map_err(|trouble| match trouble {
        Trouble::Early if received[told..].starts_with(b"HTTP/1.1 100") => {
            Trouble::ToldAgain
        }
        trouble => trouble,
    })?;
    read_response(stream, false, received)
}

/// Reads until the server has said that it wants the body.
pub fn wait_for_leave(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    while !received.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        if receive(stream, received)? == 0 {
            return Err(Trouble::Closed);
        }
    }
    if Message::skip_interim(received).len() == received.len() {
        return Err(Trouble::Answered);
    }
    Ok(())
}

/// Makes sure that no answer has come yet.
pub fn stay_silent(stream: &TcpStream, received: &mut Vec<u8>) -> Result<(), Trouble> {
    stay_silent_for(PAUSE, stream, received)
}

fn stay_silent_for(
    pause: Duration,
    mut stream: &TcpStream,
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    let mut buffer = [0; 4096];
    stream.set_read_timeout(Some(pause))?;
    let answer = stream.read(&mut buffer);
    stream.set_read_timeout(Some(PATIENCE))?;
    match answer {
        Err(error) if is_timeout(&error) => Ok(()),
        Err(error) => Err(error.into()),
        Ok(0) => Err(Trouble::HungUp),
        Ok(length) => {
            received.extend(&buffer[..length]);
            Err(Trouble::Early)
        }
    }
}

/// Reads until the server closes, or the response is whole.
pub fn read_response(
    stream: &mut TcpStream,
    is_to_head: bool,
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    while receive(stream, received)? > 0 {
        match Message::parse(received) {
            Ok(message) if message.is_interim() => return Err(Trouble::Announced),
            // A server may keep the connection for the next request.
            Ok(message) if message.is_whole(is_to_head) => break,
            _ => {}
        }
    }
    Ok(())
}

/// Reads once, unless there has been too much already: how many bytes have come.
pub fn receive(stream: &mut TcpStream, received: &mut Vec<u8>) -> Result<usize, Trouble> {
    if received.len() > MAX_LENGTH {
        return Err(Trouble::TooMuch);
    }
    let mut buffer = [0; 64 * 1024];
    let length = stream.read(&mut buffer)?;
    received.extend(&buffer[..length]);
    Ok(length)
}

/// Whether the server keeps the connection open after its response.
pub fn is_kept(stream: &TcpStream) -> bool {
    let is_silent = || {
        stream.set_read_timeout(Some(PAUSE))?;
        match stream.peek(&mut [0]) {
            Err(error) if is_timeout(&error) => Ok(true),
            peeked => peeked.map(|length| length > 0),
        }
    };
    is_silent().unwrap_or(false)
}

/// Whether the time is up: Unix says the one and Windows the other.
pub fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// Sends some bytes, closes its side, and reads all that comes back.
pub fn send_all(
    mut stream: TcpStream,
    bytes: &[u8],
    received: &mut Vec<u8>,
) -> Result<(), Trouble> {
    stream.write_all(bytes)?;
    stream.shutdown(Shutdown::Write)?;
    while receive(&mut stream, received)? > 0 {}
    Ok(())
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
