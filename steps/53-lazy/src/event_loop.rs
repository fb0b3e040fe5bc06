//! The event loop: one thread asks which of its many sockets are ready.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use mio::event::Event;
use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token, Waker};
use slab::Slab;

use crate::client::{Client, Next};
use crate::desk::Desk;
use crate::log::log;
use crate::response::{Response, Status};
use crate::workers::{ClientId, Workers};

/// How many clients there may be at the same time. Who comes then waits at the door.
const MAX_CLIENTS: usize = 10_000;
/// How long we wait before we look for clients that are late, and for those at the door. It may
/// be twice that, if somebody comes just before.
const SWEEP: Duration = Duration::from_millis(500);
const LISTENER: Token = Token(usize::MAX);
const WAKER: Token = Token(usize::MAX - 1);
/// How long those who are being answered have when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Who is connected, and whose turn it is.
#[derive(Debug)]
pub struct EventLoop {
    poll: Poll,
    /// None when the server stops.
    listener: Option<TcpListener>,
    stopper: Stopper,
    clients: Slab<Client>,
    /// How many have come by now.
    number: u64,
    workers: Workers,
    /// Who may have something to do, by the keys of `clients`.
    ready: VecDeque<usize>,
    desk: Desk,
}

/// What stops a server.
#[derive(Clone, Debug)]
pub struct Stopper {
    is_asked: Arc<AtomicBool>,
    waker: Arc<Waker>,
}

impl Stopper {
    /// Asks the server to stop. Whether it is the first time.
    pub fn stop(&self) -> bool {
        let is_first = !self.is_asked.swap(true, Relaxed);
        // If the loop can't be woken, it looks around within a second.
        let _ = self.waker.wake();
        is_first
    }
}

impl EventLoop {
    /// A loop for all who come to this listener.
    ///
    /// # Errors
    /// If the system can't watch sockets.
    pub fn new(listener: std::net::TcpListener) -> io::Result<EventLoop> {
        listener.set_nonblocking(true)?;
        let (poll, mut listener) = (Poll::new()?, TcpListener::from_std(listener));
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        let workers = Workers::start(&waker)?;
        let stopper = Stopper { is_asked: Arc::default(), waker };
        let (clients, number, ready) = (Slab::new(), 0, VecDeque::new());
        let (listener, desk) = (Some(listener), Desk::new());
        Ok(EventLoop { poll, listener, stopper, clients, number, workers, ready, desk })
    }

    /// What stops this server, from any thread.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves all clients that come, until somebody asks it to stop.
    ///
    /// # Errors
    /// If the system doesn't tell us any more which sockets are ready.
    pub fn run(mut self) -> io::Result<()> {
        // Room for everybody: who isn't among them isn't ready.
        let mut events = Events::with_capacity(MAX_CLIENTS + 2);
        let mut next_sweep = Instant::now() + SWEEP;
        let mut end = None;
        while end.is_none_or(|end| Instant::now() < end && !self.clients.is_empty()) {
            let now = self.desk.clock.now;
            let is_time = next_sweep <= now;
            let has_time = self.ready.is_empty() && !is_time;
            let timeout = if has_time { SWEEP } else { Duration::ZERO };
            match self.poll.poll(&mut events, Some(timeout)) {
                // A signal has come, and it wasn't for us.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => result?,
            }
            self.desk.clock.tick();
            for event in &events {
                match event.token() {
                    LISTENER => self.accept(),
                    WAKER => self.deliver(),
                    Token(key) => self.notice(key, event),
                }
            }
            for _ in 0..self.ready.len() {
                if let Some(key) = self.ready.pop_front() {
                    self.go_on(key, Client::take_turns);
                }
            }
            if is_time {
                self.sweep(now);
                next_sweep = now + SWEEP;
            }
            if end.is_none() && self.stopper.is_asked.load(Relaxed) {
                self.close();
                end = Some(Instant::now() + FAREWELL);
            }
            self.desk.log.send();
        }
        Ok(())
    }

    /// A client's socket is ready for something.
    fn notice(&mut self, key: usize, event: &Event) {
        if let Some(client) = self.clients.get_mut(key) {
            client.socket.notice(event);
            self.ready.push_back(key);
        }
    }

    /// Lets in who stands at the door already, and then nobody. Who is in can finish.
    fn close(&mut self) {
        self.accept();
        self.listener = None;
        let keys: Vec<usize> = self.clients.iter().map(|(key, _)| key).collect();
        for key in keys {
            self.go_on(key, Client::finish);
        }
    }

    /// Lets in those who wait at the door.
    fn accept(&mut self) {
        while let Some(listener) = &self.listener
            && self.clients.len() < MAX_CLIENTS
        {
            match listener.accept() {
                Ok((stream, address)) => {
                    self.number += 1;
                    let now = self.desk.clock.now;
                    let client = Client::new(stream, address, self.number, now);
                    let key = self.clients.insert(client);
                    self.ready.push_back(key);
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => return,
                    // This one has left already. (Unix says the one, and Windows the other.)
                    ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset => {}
                    // There may be no descriptor left. The next sweep tries again.
                    _ => return log(format!("accept failed: {error}")),
                },
            }
        }
    }

    /// Ends our patience with those who were late then, and have had their turns since.
    fn sweep(&mut self, now: Instant) {
        let is_late = |client: &Client| client.deadline().is_some_and(|it| it <= now);
        let late = self.clients.iter().filter(|(_, client)| is_late(client));
        for key in late.map(|(key, _)| key).collect::<Vec<usize>>() {
            self.go_on(key, Client::expire);
        }
        self.accept();
    }

    /// Brings the workers' responses to those clients that are still there.
    fn deliver(&mut self) {
        for (ClientId { key, number }, response) in self.workers.done() {
            if self.clients.get(key).is_some_and(|client| client.number == number) {
                self.go_on(key, |client, desk| Ok(client.respond(response, &desk.clock)));
            }
        }
    }

    /// Finds a worker. If too many wait for one, the client had better come back later (RFC
    /// 9110, section 15.6.4).
    fn work(&mut self, key: usize, request: Vec<u8>) {
        let client = ClientId { key, number: self.clients[key].number };
        if self.workers.begin(client, request) {
            // It may leave meanwhile, and its next turn has its socket watched for that.
            self.ready.push_back(key);
        } else {
            let status = Status::SERVICE_UNAVAILABLE;
            let busy = Response::new(status, "Too many wait for that.\n");
            let busy = busy.header("Retry-After", "1");
            self.go_on(key, |client, desk| Ok(client.respond(busy, &desk.clock)));
        }
    }

    /// Lets a client act. Afterwards it has more to do, or waits, or is gone.
    fn go_on(
        &mut self,
        key: usize,
        act: impl FnOnce(&mut Client, &mut Desk) -> io::Result<Next>,
    ) {
        let Some(client) = self.clients.get_mut(key) else { return };
        client.connection.sit_down(&mut self.desk);
        // A bug of ours has said what it is. It costs the client, not the loop.
        let next =
            catch_unwind(AssertUnwindSafe(|| match act(client, &mut self.desk)? {
                Next::Wait => client.wait(self.poll.registry(), Token(key)),
                next => Ok(next),
            }));
        client.connection.get_up(&mut self.desk);
        match next.unwrap_or(Ok(Next::Drop)) {
            Ok(Next::Again) => self.ready.push_back(key),
            Ok(Next::Work(request)) => self.work(key, request),
            Ok(Next::Wait) => {}
            // However it ends, its line in the log says how much it has got.
            Ok(Next::Drop) | Err(_) => drop(self.clients.remove(key)),
        }
    }
}
