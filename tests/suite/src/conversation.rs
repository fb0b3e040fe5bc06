//! A client that stays: several requests on one connection, or a wait until the server
//! loses patience.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::case::How;
use crate::client::{Trouble, is_timeout};
use crate::message::Message;

/// How long we wait for a server to lose patience, if it does. Our own have twice as much
/// time as they need.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a server may take for an answer while it has others to give.
const ANSWER: Duration = Duration::from_secs(15);
/// How long we look whether a connection stays.
const PAUSE: Duration = Duration::from_millis(100);
/// What is between two drops.
const DROP: Duration = Duration::from_secs(1);
/// What is between two pieces, so that they are two reads.
const CUT: Duration = Duration::from_millis(1);

/// A connection, and what has come on it and was not looked at yet.
pub struct Conversation {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Conversation {
    pub fn new(stream: TcpStream) -> io::Result<Conversation> {
        stream.set_read_timeout(Some(ANSWER))?;
        Ok(Conversation { stream, unread: Vec::new() })
    }

    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Sends these bytes while somebody reads what comes back. Whether they arrive, the
    /// answers tell.
    pub fn send_beside(&self, bytes: Vec<u8>, how: How, cut: usize) -> io::Result<()> {
        let mut stream = self.stream.try_clone()?;
        thread::spawn(move || match how {
            How::ByteByByte => {
                let mut bytes = bytes.chunks(1);
                let _ = bytes.try_for_each(|byte| stream.write_all(byte));
            }
            _ => {
                let (one, other) = bytes.split_at(cut);
                if !one.is_empty() && stream.write_all(one).is_ok() {
                    thread::sleep(CUT);
                }
                let _ = stream.write_all(other);
                if how == How::AtOnceAndEnds {
                    let _ = stream.shutdown(Shutdown::Write);
                }
            }
        });
        Ok(())
    }

    /// Reads one response, and whether it is the last.
    pub fn read(&mut self, is_to_head: bool) -> Result<(Vec<u8>, bool), Trouble> {
        loop {
            if let Some(end) = Message::end_of(&self.unread, is_to_head) {
                let response: Vec<u8> = self.unread.drain(..end).collect();
                let is_last =
                    Message::parse(&response).is_ok_and(|message| message.is_the_last());
                return Ok((response, is_last));
            }
            if self.receive()? == 0 {
                // It ends where the connection ends, or too early.
                return Ok((std::mem::take(&mut self.unread), true));
            }
        }
    }

    /// Makes sure that nothing more comes, and that the connection stays.
    pub fn stays(&mut self) -> Result<(), Trouble> {
        self.stream.set_read_timeout(Some(PAUSE))?;
        match self.receive() {
            Err(Trouble::Silence) if self.unread.is_empty() => Ok(()),
            Ok(0) => Err(Trouble::NotKept),
            Err(Trouble::Broke(error)) => Err(Trouble::Broke(error)),
            _ => Err(Trouble::Surplus),
        }
    }

    /// Makes sure that nothing more comes, and that the connection ends.
    pub fn closes(&mut self) -> Result<(), Trouble> {
        while self.unread.is_empty() {
            match self.receive() {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(Trouble::Silence) => return Err(Trouble::Kept),
                // Who closes while there is more to read resets.
                Err(Trouble::Broke(_)) => return Ok(()),
                Err(trouble) => return Err(trouble),
            }
        }
        Err(Trouble::Surplus)
    }

    fn receive(&mut self) -> Result<usize, Trouble> {
        let mut buffer = [0; 64 * 1024];
        let length = self.stream.read(&mut buffer)?;
        self.unread.extend(&buffer[..length]);
        Ok(length)
    }
}

/// Sends a start and then the drops, one a second, until the server closes. What has come,
/// and how long that took.
pub fn wait(
    mut stream: TcpStream,
    begun: Instant,
    start: &[u8],
    drops: &[&str],
    received: &mut Vec<u8>,
) -> Result<Duration, Trouble> {
    stream.write_all(start)?;
    stream.set_read_timeout(Some(DROP))?;
    let mut drops = drops.iter();
    let mut buffer = [0; 4096];
    while begun.elapsed() < PATIENCE {
        match stream.read(&mut buffer) {
            Err(error) if is_timeout(&error) => {
                // If it is too late for a drop, the next read says so.
                let _ = drops.next().map(|drop| stream.write_all(drop.as_bytes()));
            }
            Ok(length @ 1..) => received.extend(&buffer[..length]),
            Ok(0) | Err(_) => return Ok(begun.elapsed()),
        }
    }
    Err(Trouble::Endless)
}

/// Sends the same many times, and reads nothing. When the connection has broken.
pub fn stuff(
    mut stream: TcpStream,
    begun: Instant,
    request: &[u8],
    times: usize,
) -> Result<Duration, Trouble> {
    // A server of ours may take twice as long as it should, if the system has taken a part.
    stream.set_write_timeout(Some(2 * PATIENCE))?;
    for _ in 0..times {
        match stream.write_all(request) {
            Ok(()) => {}
            Err(error) if is_timeout(&error) => return Err(Trouble::Endless),
            Err(_) => return Ok(begun.elapsed()),
        }
    }
    Err(Trouble::Endless)
}

/// Goes on sending, until the server has had enough.
pub fn go_on(
    mut stream: TcpStream,
    piece: &[u8],
    times: usize,
    pause: Duration,
) -> Result<(), Trouble> {
    stream.set_write_timeout(Some(PATIENCE))?;
    for _ in 0..times {
        match stream.write_all(piece) {
            Ok(()) => thread::sleep(pause),
            Err(error) if is_timeout(&error) => return Err(Trouble::Endless),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Ok(()),
        }
    }
    Err(Trouble::Endless)
}
