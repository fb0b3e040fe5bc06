//! A connection, as its client sees it.

use std::io::{ErrorKind, Read, Write};
use std::net::{self, SocketAddr};

use anyhow::{Context, Result, bail, ensure};
use mio::net::TcpStream;

use super::Talk;
use super::expected::Expected;

pub struct Connection {
    pub stream: TcpStream,
    /// How many responses are still to come, and how much of the next has.
    missing: usize,
    begun: usize,
}

impl Connection {
    /// Opens one. That doesn't wait for the server, only for room in its backlog.
    pub fn open(address: SocketAddr) -> Result<Connection> {
        let stream = net::TcpStream::connect(address).context("no connection")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Connection { stream: TcpStream::from_std(stream), missing: 0, begun: 0 })
    }

    /// Asks. There is room for it, since all that was asked before is answered.
    pub fn send(&mut self, talk: &Talk) -> Result<()> {
        let sent = self.stream.write(&talk.requests)?;
        ensure!(sent == talk.requests.len(), "only {sent} bytes of it");
        self.missing = talk.depth;
        Ok(())
    }

    /// Takes what has come; `true` if all has, and the end if that belongs to it.
    pub fn receive(
        &mut self,
        expected: &Expected,
        buffer: &mut [u8],
        closes: bool,
    ) -> Result<bool> {
        loop {
            let length = match self.stream.read(buffer) {
                Ok(0) if closes && self.missing == 0 => return Ok(true),
                Ok(0) => bail!("the server has closed a connection"),
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error).context("a response can't be read"),
            };
            let whole = expected.follow(&mut self.begun, &buffer[..length])?;
            let left = self.missing.checked_sub(whole);
            self.missing = left.context("there are more responses than requests")?;
            // After a short read there is nothing more, but there may be an end.
            if !closes && length < buffer.len() {
                return Ok(self.missing == 0);
            }
        }
    }
}
