//! Clients: one thread that asks on as many connections as it is told to.
//!
//! There are good load generators. Those that are quick don't look at each byte that comes back,
//! and a server is quick if it may answer anything; nor does one of them do all that is asked here:
//! requests in a pipeline, a connection for each, clients that come one after the other while
//! somebody looks at the memory, and times that count from when a request was due. What is
//! left of one without its command line is this.

mod connection;
pub mod expected;
mod steady;
mod talk;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mio::{Events, Interest, Poll, Token};
use slab::Slab;

use connection::Connection;
use expected::Expected;
pub use talk::{Talk, request};

/// How many connections wait for their first response at the same time. A listener of Rust's
/// standard library has room for 128, and who finds none tries again a second later.
const NEWCOMERS: usize = 64;
/// How long a server may be silent while somebody waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// All clients of a server.
pub struct Load<'a> {
    talk: Talk,
    expected: Expected,
    count: usize,
    connections: Slab<Connection>,
    poll: Poll,
    buffer: Vec<u8>,
    before_each: Option<&'a dyn Fn() -> Result<()>>,
}

/// When it is enough.
#[derive(Clone, Copy)]
pub enum Until {
    Time(Duration),
    Requests(usize),
}

impl<'a> Load<'a> {
    /// Asks once for what is to be expected from then on, and then opens so many connections.
    pub fn new(talk: Talk, count: usize) -> Result<Load<'a>> {
        let expected = Expected::ask(&talk)?;
        let poll = Poll::new()?;
        let (connections, buffer) = (Slab::new(), vec![0; 64 * 1024]);
        let before_each = None;
        let mut load =
            Load { talk, expected, count: 0, connections, poll, buffer, before_each };
        load.grow(count)?;
        Ok(load)
    }

    /// Does something before somebody asks again.
    pub fn before_each(&mut self, wait: &'a dyn Fn() -> Result<()>) {
        self.before_each = Some(wait);
    }

    /// Opens more connections, until there are so many. Each asks once.
    pub fn grow(&mut self, count: usize) -> Result<()> {
        self.count = count;
        while !self.talk.closes && self.connections.len() < count {
            let newcomers = NEWCOMERS.min(count - self.connections.len());
            for _ in 0..newcomers {
                self.connect()?;
            }
            self.drive(newcomers, |_| false)?;
        }
        Ok(())
    }

    /// Lets all clients ask again and again, and waits for the last response. How many there
    /// were.
    pub fn run(&mut self, until: Until) -> Result<usize> {
        let keys: Vec<usize> = self.connections.iter().map(|(key, _)| key).collect();
        for &key in &keys {
            self.ask(key)?;
        }
        for _ in keys.len()..self.count {
            self.connect()?;
        }
        let start = Instant::now();
        self.drive(self.count, |answered| match until {
            Until::Time(time) => start.elapsed() < time,
            Until::Requests(requests) => answered < requests,
        })
    }

    /// Reads what comes, until none of the busy clients waits any more. Who has its responses
    /// asks again as long as it shall go on.
    fn drive(
        &mut self,
        mut busy: usize,
        mut goes_on: impl FnMut(usize) -> bool,
    ) -> Result<usize> {
        let mut events = Events::with_capacity(1024);
        let mut answered = 0;
        while busy > 0 {
            self.poll.poll(&mut events, Some(PATIENCE))?;
            ensure!(!events.is_empty(), "{busy} clients wait, and nothing comes");
            for event in &events {
                let Token(key) = event.token();
                if !self.receive(key)? {
                    continue;
                }
                answered += self.talk.depth;
                self.before_each.map_or(Ok(()), |wait| wait())?;
                match goes_on(answered) {
                    true if self.talk.closes => self.connect()?,
                    true => self.ask(key)?,
                    false => busy -= 1,
                }
            }
        }
        Ok(answered)
    }

    /// Opens a connection, and asks.
    fn connect(&mut self) -> Result<()> {
        let entry = self.connections.vacant_entry();
        let key = entry.key();
        let connection = entry.insert(Connection::open(self.talk.address)?);
        let registry = self.poll.registry();
        registry.register(&mut connection.stream, Token(key), Interest::READABLE)?;
        self.ask(key)
    }

    fn ask(&mut self, key: usize) -> Result<()> {
        self.connections[key].send(&self.talk).context("a request can't be sent")
    }

    /// Takes what has come on a connection; `true` if that is all that was asked for. If it
    /// ends with that, it is gone afterwards.
    fn receive(&mut self, key: usize) -> Result<bool> {
        let closes = self.talk.closes;
        let connection = &mut self.connections[key];
        let is_done = connection.receive(&self.expected, &mut self.buffer, closes)?;
        if is_done && closes {
            self.connections.remove(key);
        }
        Ok(is_done)
    }
}
