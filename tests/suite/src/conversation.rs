//! A client that stays: several requests on one connection, or a wait until the server
//! loses patience.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::case::{How, on_the_wire};
use crate::client::{self, Trouble, is_timeout};
use crate::message::Message;

/// How long we wait for a server to lose patience, if it does. Our own have twice as much
/// time as they need.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long we wait for it if we take nothing. Our own may need twice as long as they
/// should, if the system has taken a part.
const TAKEN: Duration = Duration::from_secs(40);
/// How long a server may take for an answer while it has others to give.
const ANSWER: Duration = Duration::from_secs(15);
/// How long we look whether more comes than should.
const PAUSE: Duration = Duration::from_millis(100);
/// What is between two drops.
const DROP: Duration = Duration::from_secs(1);
/// How often a client takes little, a second apart, and how much that is. It is long enough
/// for a server to lose patience, if it counts from the beginning of the answer.
const SIPS: usize = 12;
const SIP: usize = 16 * 1024;
/// What is between two pieces, so that they are two reads.
const CUT: Duration = Duration::from_millis(1);

/// The request that tells whether a connection has stayed.
pub const ONE_MORE: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";

/// A connection, and what has come on it and was not looked at yet.
pub struct Conversation {
    stream: TcpStream,
    unread: Vec<u8>,
    /// Who sends while we read.
    sender: Option<JoinHandle<()>>,
}

impl Conversation {
    pub fn new(stream: TcpStream) -> io::Result<Conversation> {
        stream.set_read_timeout(Some(ANSWER))?;
        Ok(Conversation { stream, unread: Vec::new(), sender: None })
    }

    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Sends a head, and the body when the server has said that it wants it.
    pub fn send_when_told(&mut self, request: &[u8]) -> Result<(), Trouble> {
        let end = request.windows(4).position(|window| window == b"\r\n\r\n");
        let (head, body) = request.split_at(end.map_or(request.len(), |end| end + 4));
        self.send(head)?;
        if String::from_utf8_lossy(head).contains("\r\nExpect: 100-continue\r\n") {
            client::wait_for_leave(&mut self.stream, &mut self.unread)?;
        }
        Ok(self.send(body)?)
    }

    /// Sends these bytes while somebody reads what comes back. Whether they arrive, the
    /// answers tell.
    pub fn send_beside(
        &mut self,
        bytes: Vec<u8>,
        how: How,
        cut: usize,
    ) -> io::Result<()> {
        let mut stream = self.stream.try_clone()?;
        self.sender = Some(thread::spawn(move || match how {
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
        }));
        Ok(())
    }

    /// Takes little of what comes, for a while.
    pub fn sip(&mut self) -> Result<(), Trouble> {
        let mut buffer = [0; SIP];
        for _ in 0..SIPS {
            let length = self.stream.read(&mut buffer)?;
            self.unread.extend(&buffer[..length]);
            thread::sleep(DROP);
        }
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
            if Message::parse(&self.unread).is_ok_and(|message| message.is_interim()) {
                return Err(Trouble::Announced);
            }
            if self.receive()? == 0 {
                // It ends where the connection ends, or too early.
                return Ok((std::mem::take(&mut self.unread), true));
            }
        }
    }

    /// Makes sure that nothing more comes, and that the connection stays: the answer to
    /// another request.
    pub fn stays(&mut self) -> Result<Vec<u8>, Trouble> {
        self.stream.set_read_timeout(Some(PAUSE))?;
        match self.receive() {
            Err(Trouble::Silence) if self.unread.is_empty() => {}
            Ok(0) => return Err(Trouble::NotKept),
            Err(Trouble::Broke(error)) => return Err(Trouble::Broke(error)),
            _ => return Err(Trouble::Surplus),
        }
        self.stream.set_read_timeout(Some(ANSWER))?;
        self.send(&on_the_wire(ONE_MORE))?;
        match self.read(false) {
            Ok((answer, _)) if answer.is_empty() => Err(Trouble::NotKept),
            Ok((answer, _)) => Ok(answer),
            Err(Trouble::Broke(_)) => Err(Trouble::NotKept),
            Err(trouble) => Err(trouble),
        }
    }

    /// Makes sure that nothing more comes, not even an answer to another request, and that
    /// the connection ends.
    pub fn closes(&mut self) -> Result<(), Trouble> {
        // It must not come between what is still sent.
        let _ = self.sender.take().map(JoinHandle::join);
        // If there is nobody any more whom it could reach, so much the better.
        let _ = self.send(&on_the_wire(ONE_MORE));
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
        client::receive(&mut self.stream, &mut self.unread)
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
    while begun.elapsed() < PATIENCE {
        match client::receive(&mut stream, received) {
            Err(Trouble::Silence) => {
                // If it is too late for a drop, the next read says so.
                let _ = drops.next().map(|drop| stream.write_all(drop.as_bytes()));
            }
            Err(Trouble::TooMuch) => return Err(Trouble::TooMuch),
            Ok(1..) => {}
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
    stream.set_write_timeout(Some(TAKEN))?;
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
