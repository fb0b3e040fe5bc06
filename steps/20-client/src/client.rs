//! One client: its socket, its connection, and what we wait for.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

use crate::connection::Connection;
use crate::patience::{GOODBYE, GOODBYE_BYTES, STALL};

/// A client, from its arrival to its goodbye.
#[derive(Debug)]
pub struct Client {
    pub stream: TcpStream,
    connection: Connection,
    stage: Stage,
}

/// What we wait for.
#[derive(Debug)]
enum Stage {
    /// For bytes of a request.
    Reading,
    /// For the client to take what we answer.
    Writing { deadline: Instant },
    /// For the client to close its side, since we have closed ours. We take so many more
    /// bytes from it.
    Closing { deadline: Instant, left: usize },
}

/// What to do with a client after its turn.
#[derive(Debug)]
pub enum Next {
    /// There may be more to do at once.
    Again,
    /// Its socket wasn't ready.
    Wait,
    /// It is done.
    Drop,
}

impl Client {
    /// A client has come.
    pub fn new(stream: TcpStream) -> Client {
        let connection = Connection::new(Instant::now());
        Client { stream, connection, stage: Stage::Reading }
    }

    /// When we lose patience.
    pub fn deadline(&self) -> Instant {
        match self.stage {
            Stage::Reading => self.connection.deadline(),
            Stage::Writing { deadline } | Stage::Closing { deadline, .. } => deadline,
        }
    }

    /// The deadline has passed.
    pub fn expire(&mut self) -> Next {
        let Stage::Reading = self.stage else { return Next::Drop };
        self.connection.expire();
        self.go_on()
    }

    /// Reads once, or writes once.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn turn(&mut self, buffer: &mut [u8]) -> io::Result<Next> {
        match &mut self.stage {
            Stage::Reading => match would_block(self.stream.read(buffer))? {
                Some(0) => self.connection.end(),
                Some(end) => self.connection.receive(&buffer[..end], Instant::now()),
                None => return Ok(Next::Wait),
            },
            Stage::Writing { .. } => {
                match would_block(self.stream.write(self.connection.output()))? {
                    Some(length) => self.connection.sent(length, Instant::now()),
                    None => return Ok(Next::Wait),
                }
            }
            Stage::Closing { left, .. } => {
                return Ok(match would_block(self.stream.read(buffer)) {
                    Ok(Some(length @ 1..)) if length < *left => {
                        *left -= length;
                        Next::Again
                    }
                    Ok(None) => Next::Wait,
                    // However the client leaves, it has our responses.
                    _ => Next::Drop,
                });
            }
        }
        Ok(self.go_on())
    }

    /// Finds the stage that comes next.
    fn go_on(&mut self) -> Next {
        let now = Instant::now();
        self.stage = if !self.connection.output().is_empty() {
            Stage::Writing { deadline: now + STALL }
        } else if self.connection.is_open() {
            Stage::Reading
        } else {
            // To close both sides while the client still sends could cost it our response
            // (RFC 9112, section 9.6).
            let _ = self.stream.shutdown(Shutdown::Write);
            Stage::Closing { deadline: now + GOODBYE, left: GOODBYE_BYTES }
        };
        Next::Again
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
