//! One client: its socket, its connection, and what we wait for.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

use crate::clock::Clock;
use crate::connection::Connection;
use crate::desk::Desk;
use crate::log::{self, Lines};
use crate::patience::{GOODBYE, GOODBYE_BYTES, STALL};
use crate::request::Request;
use crate::response::Response;
use crate::router::{self, find};
use crate::socket::Socket;

/// How many turns a client may take in a row, while others wait for theirs.
const TURNS: usize = 16;

/// A client, from its arrival to its goodbye.
#[derive(Debug)]
pub struct Client {
    pub socket: Socket,
    /// Which one it is of all that have come.
    pub number: u64,
    address: IpAddr,
    pub connection: Connection,
    stage: Stage,
}

/// What we wait for.
#[derive(Debug)]
enum Stage {
    /// For bytes of a request.
    Reading,
    /// For a worker to answer.
    Waiting,
    /// For the client to take what we answer.
    Writing { since: Instant },
    /// For the client to close its side, since we have closed ours. We take so many more
    /// bytes from it.
    Closing { since: Instant, left: usize },
}

/// What to do with a client after its turn.
#[derive(Debug)]
pub enum Next {
    /// There may be more to do at once.
    Again,
    /// A worker has to answer this request.
    Work(Vec<u8>),
    /// Its socket wasn't ready.
    Wait,
    /// It is done.
    Drop,
}

impl Client {
    /// A client has come.
    pub fn new(
        stream: TcpStream,
        address: SocketAddr,
        number: u64,
        now: Instant,
    ) -> Client {
        let (socket, connection) = (Socket::new(stream), Connection::new(now));
        let (address, stage) = (address.ip(), Stage::Reading);
        Client { socket, number, address, connection, stage }
    }

    /// When we lose patience. While it is the client who waits, we don't.
    pub fn deadline(&self) -> Option<Instant> {
        match self.stage {
            Stage::Reading => Some(self.connection.deadline()),
            Stage::Waiting => None,
            Stage::Writing { since } => Some(since + STALL),
            Stage::Closing { since, .. } => Some(since + GOODBYE),
        }
    }

    /// What we wait for may take all of its time again.
    pub fn forgive(&mut self, now: Instant) {
        match &mut self.stage {
            Stage::Reading => self.connection.forgive(now),
            Stage::Waiting => {}
            Stage::Writing { since } | Stage::Closing { since, .. } => *since = now,
        }
    }

    /// The deadline has passed.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn expire(&mut self, desk: &mut Desk) -> io::Result<Next> {
        match self.stage {
            Stage::Reading => {
                self.connection.expire(&desk.clock);
                Ok(self.go_on(&desk.clock))
            }
            // The system tells us of room when there is much. Who is slow has made a little.
            Stage::Writing { .. } => match (self.turn(desk)?, &self.stage) {
                (Next::Wait, Stage::Writing { .. }) => Ok(Next::Drop),
                (next, _) => Ok(next),
            },
            _ => Ok(Next::Drop),
        }
    }

    /// Takes turns as long as there is something to do, and not too many in a row.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn take_turns(&mut self, desk: &mut Desk) -> io::Result<Next> {
        for _ in 0..TURNS {
            match self.turn(desk)? {
                Next::Again if self.connection.is_amid_body() => break,
                Next::Again => {}
                next => return Ok(next),
            }
        }
        Ok(Next::Again)
    }

    /// Reads once, and writes once what it comes to; or writes once.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn turn(&mut self, desk: &mut Desk) -> io::Result<Next> {
        let Desk { buffer, clock, log, .. } = desk;
        match &mut self.stage {
            Stage::Reading => match self.socket.read(buffer)? {
                Some(0) => self.connection.end(clock),
                Some(end) => {
                    let (bytes, mut work) = (&buffer[..end], None);
                    self.connection.receive(bytes, clock, |it| answer(it, &mut work));
                    // Mostly the client takes our answer at once.
                    if work.is_none() && !self.connection.output().is_empty() {
                        return self.write(clock, log);
                    }
                    return Ok(self.find_stage(work, clock));
                }
                None => return Ok(Next::Wait),
            },
            Stage::Writing { .. } => return self.write(clock, log),
            // Who has reset its connection has left, and waits for nothing any more.
            Stage::Waiting => return self.socket.check().map(|()| Next::Wait),
            Stage::Closing { left, .. } => {
                return Ok(match self.socket.read(buffer) {
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
        Ok(self.go_on(clock))
    }

    /// Writes once.
    fn write(&mut self, clock: &Clock, log: &mut Lines) -> io::Result<Next> {
        let Some(length) = self.socket.write(self.connection.output())? else {
            if let Stage::Reading = self.stage {
                self.stage = Stage::Writing { since: clock.now };
            }
            return Ok(Next::Wait);
        };
        self.connection.sent(length, clock.now);
        if !self.connection.records().is_empty() {
            for record in self.connection.take_records() {
                log.answered(|| record.line(self.address, Instant::now()));
            }
        }
        // Mostly that was all, and the next request has yet to come.
        if self.connection.is_silent() {
            self.stage = Stage::Reading;
            return Ok(self.next());
        }
        Ok(self.go_on(clock))
    }

    /// Has the loop told when the socket is ready for what the stage needs.
    ///
    /// # Errors
    /// If the system can't watch the socket.
    pub fn wait(&mut self, registry: &Registry, token: Token) -> io::Result<Next> {
        let interest = match self.stage {
            Stage::Reading | Stage::Waiting | Stage::Closing { .. } => Interest::READABLE,
            Stage::Writing { .. } => Interest::WRITABLE,
        };
        self.socket.watch(registry, token, interest).map(|()| Next::Wait)
    }

    /// The server stops. What has come by now is answered, and then it is over.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn finish(&mut self, desk: &mut Desk) -> io::Result<Next> {
        self.connection.finish();
        let next = self.take_turns(desk)?;
        if let (Next::Wait, Stage::Reading) = (&next, &self.stage) {
            self.connection.close_if_idle();
            return Ok(self.go_on(&desk.clock));
        }
        Ok(next)
    }

    /// Its request has been answered.
    pub fn respond(&mut self, response: Response, clock: &Clock) -> Next {
        self.connection.respond(response, clock);
        self.go_on(clock)
    }

    /// Has the next requests answered, and finds the stage that comes then.
    fn go_on(&mut self, clock: &Clock) -> Next {
        let mut work = None;
        self.connection.proceed(clock, |request| answer(request, &mut work));
        self.find_stage(work, clock)
    }

    /// Finds the stage that comes next, if this is work for a worker.
    fn find_stage(&mut self, work: Option<Vec<u8>>, clock: &Clock) -> Next {
        self.stage = if !self.connection.output().is_empty() {
            Stage::Writing { since: clock.now }
        } else if self.connection.is_waiting() {
            Stage::Waiting
        } else if self.connection.is_open() {
            Stage::Reading
        } else if self.connection.is_done() && self.socket.is_drained() {
            // It has all that it wanted, and has said nothing that we haven't heard.
            return Next::Drop;
        } else {
            // To close both sides while the client still sends could cost it our response
            // (RFC 9112, section 9.6).
            self.socket.close();
            Stage::Closing { since: clock.now, left: GOODBYE_BYTES }
        };
        work.map_or_else(|| self.next(), Next::Work)
    }

    /// Whether there may be more to do at once.
    fn next(&self) -> Next {
        match self.stage {
            // There is nothing to read, and so no need to try.
            Stage::Reading if self.socket.is_drained() => Next::Wait,
            _ => Next::Again,
        }
    }
}

/// Answers a request, or puts it off if that takes time: it is work for a worker.
fn answer(request: &Request, work: &mut Option<Vec<u8>>) -> Option<Response> {
    let route = find(request);
    if route.is_some_and(|route| route.takes_time) {
        // A view can't go to another thread: what it shows may be gone by then.
        *work = Some(request.bytes.to_vec());
        return None;
    }
    Some(router::answer(request, route))
}

impl Drop for Client {
    /// A client that hasn't taken all of its response has a line in the log, too.
    fn drop(&mut self) {
        for record in self.connection.records() {
            log::answered(|| record.line(self.address, Instant::now()));
        }
    }
}
