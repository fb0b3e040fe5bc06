//! Many clients that are all busy at the same time, and another one beside them.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Player, Problem};
use crate::case::{Exchange, Request, on_the_wire};
use crate::client::is_timeout;

/// How long a write may wait until we call it stuck.
const STUCK: Duration = Duration::from_millis(200);
/// How long we wait until all of the clients have begun.
const PATIENCE: Duration = Duration::from_secs(10);

/// What each of the clients does.
pub struct Busy<'a> {
    pub start: &'a str,
    pub piece: &'a Request,
    pub pause: Duration,
    pub takes: bool,
}

impl Player {
    /// Many connections that are busy during another exchange. What becomes of them is not
    /// what this is about.
    pub fn beside(
        &mut self,
        size: usize,
        busy: &Busy,
        other: &Exchange,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let clients = (0..size).map(|_| self.connect().map(Client::new));
        let clients = clients.collect::<Result<Vec<Client>, Problem>>()?;
        let (start, piece) = (on_the_wire(busy.start), busy.piece.to_bytes());
        thread::scope(|scope| {
            for client in &clients {
                scope.spawn(|| client.send(&start, &piece, busy.pause));
                if busy.takes {
                    scope.spawn(|| client.take());
                }
            }
            let played = self.play_until_begun(&clients, other, received);
            for client in &clients {
                let _ = client.stream.shutdown(Shutdown::Both);
            }
            played
        })
    }

    /// Plays an exchange again and again, and once more when all clients have begun.
    fn play_until_begun(
        &mut self,
        clients: &[Client],
        other: &Exchange,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let start = Instant::now();
        loop {
            let have_begun = clients.iter().all(Client::has_begun);
            received.clear();
            self.play(other, received)?;
            if have_begun || start.elapsed() > PATIENCE {
                return Ok(());
            }
        }
    }
}

/// A client that is busy until its stream is shut down.
struct Client {
    stream: TcpStream,
    /// Whether it has taken something, or has made a pause, or can't send any more.
    has_begun: AtomicBool,
}

impl Client {
    fn new(stream: TcpStream) -> Client {
        Client { stream, has_begun: AtomicBool::new(false) }
    }

    fn has_begun(&self) -> bool {
        self.has_begun.load(Ordering::Relaxed)
    }

    fn begin(&self) {
        self.has_begun.store(true, Ordering::Relaxed);
    }

    /// Sends a start, and then a piece after each pause.
    fn send(&self, start: &[u8], piece: &[u8], pause: Duration) {
        let _ = self.stream.set_write_timeout(Some(STUCK));
        let mut sent = self.send_all(start);
        while sent.is_ok() {
            if !pause.is_zero() {
                self.begin();
                thread::sleep(pause);
            }
            sent = self.send_all(piece);
        }
        self.begin();
    }

    fn send_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match (&self.stream).write(bytes) {
                Ok(length) => bytes = &bytes[length..],
                Err(error) if is_timeout(&error) => self.begin(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes what comes.
    fn take(&self) {
        let mut buffer = [0; 64 * 1024];
        loop {
            match (&self.stream).read(&mut buffer) {
                Ok(0) => return,
                Ok(_) => self.begin(),
                Err(error) if is_timeout(&error) => {}
                Err(_) => return,
            }
        }
    }
}
