//! Sockets that never block, and what the loop is told of them.

use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;

use mio::event::Event;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

/// The socket of a client.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    /// What the loop is told of the socket; nothing, before the client has to wait.
    interest: Option<Interest>,
    /// Whether there is nothing to read until the loop says that the socket is ready.
    is_drained: bool,
    /// Whether the client has closed its side.
    has_ended: bool,
}

impl Socket {
    /// A socket that sends at once what it is given.
    pub fn new(stream: TcpStream) -> Socket {
        // If that fails, so does the first turn.
        let _ = stream.set_nodelay(true);
        Socket { stream, interest: None, is_drained: false, has_ended: false }
    }

    /// The loop says that it is ready for something.
    pub fn notice(&mut self, event: &Event) {
        self.is_drained = false;
        self.has_ended |= event.is_read_closed();
    }

    /// Whether we have read all that has come.
    pub fn is_drained(&self) -> bool {
        self.is_drained
    }

    /// Reads what has come, and says how much that is: `None` if it is nothing, 0 if the
    /// client has closed its side.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        if self.is_drained {
            return Ok(None);
        }
        let length = would_block(self.stream.read(buffer))?;
        // Where there was room for more, there is no more. But the end of the client's side
        // may have been told of together with its last bytes; and Windows wants to be asked.
        let is_all = length.is_none_or(|length| length < buffer.len());
        self.is_drained = is_all && !self.has_ended && cfg!(unix);
        Ok(length)
    }

    /// Writes what there is room for, and says how much that is; `None` if it is nothing.
    ///
    /// # Errors
    /// If the socket is broken.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<Option<usize>> {
        would_block(self.stream.write(bytes))
    }

    /// Closes our side.
    pub fn close(&self) {
        // If that fails, the client has left.
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Looks whether the client is still there.
    ///
    /// # Errors
    /// If the client has reset the connection.
    pub fn check(&self) -> io::Result<()> {
        self.stream.take_error()?.map_or(Ok(()), Err)
    }

    /// Has the loop told when it is ready for that.
    ///
    /// # Errors
    /// If the system can't watch the socket.
    pub fn watch(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self.interest.replace(interest) {
            None => registry.register(&mut self.stream, token, interest),
            Some(old) if old == interest => Ok(()),
            Some(_) => registry.reregister(&mut self.stream, token, interest),
        }
    }
}

/// `None` if the socket isn't ready.
fn would_block(result: io::Result<usize>) -> io::Result<Option<usize>> {
    match result {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
        result => result.map(Some),
    }
}
