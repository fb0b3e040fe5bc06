//! The event loop: one thread asks which of its many sockets are ready.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use mio::event::Event;
use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token, Waker};
use slab::Slab;

use crate::client::{Client, Next};
use crate::desk::Desk;
use crate::log::log;
use crate::response::{Response, Status};
use crate::workers::{ClientId, Done, Job, Workers};

#[cfg(test)]
mod tests;

/// How many clients there may be at the same time, in all loops. Who comes then waits at the
/// door.
const MAX_CLIENTS: usize = 10_000;
/// How long we wait before we look for clients that are late, and for those at the door. It may
/// be twice that, if somebody comes just before.
const SWEEP: Duration = Duration::from_millis(500);
/// If a round takes so long, it isn't the clients who are late.
const HELD_UP: Duration = Duration::from_secs(1);
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
    /// Whether somebody has asked all loops to stop.
    is_asked: Arc<AtomicBool>,
    waker: Arc<Waker>,
    clients: Slab<Client>,
    max_clients: usize,
    /// How many have come by now.
    number: u64,
    workers: Workers,
    /// What they have done for us.
    done: (Sender<Done>, Receiver<Done>),
    /// Who may have something to do, by the keys of `clients`.
    ready: VecDeque<usize>,
    /// Whose turn it is.
    actor: Option<usize>,
    desk: Desk,
    next_sweep: Instant,
    /// When it is over, if the server stops.
    end: Option<Instant>,
}

impl EventLoop {
    /// One of so many servers for all who come to this listener.
    ///
    /// # Errors
    /// If the system can't watch sockets.
    pub fn new(
        listener: std::net::TcpListener,
        count: usize,
        workers: Workers,
        is_asked: Arc<AtomicBool>,
    ) -> io::Result<EventLoop> {
        listener.set_nonblocking(true)?;
        let (poll, mut listener) = (Poll::new()?, TcpListener::from_std(listener));
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        Ok(EventLoop {
            poll,
            listener: Some(listener),
            is_asked,
            waker,
            clients: Slab::new(),
            max_clients: MAX_CLIENTS.div_ceil(count),
            number: 0,
            workers,
            done: mpsc::channel(),
            ready: VecDeque::new(),
            actor: None,
            desk: Desk::new(),
            next_sweep: Instant::now() + SWEEP,
            end: None,
        })
    }

    /// What wakes its loop.
    pub fn waker(&self) -> Arc<Waker> {
        self.waker.clone()
    }

    /// Serves all clients that come, until somebody asks it to stop.
    ///
    /// # Errors
    /// If the system doesn't tell us any more which sockets are ready.
    pub fn run(mut self) -> io::Result<()> {
        // Room for everybody: who isn't among them isn't ready.
        let mut events = Events::with_capacity(self.max_clients + 2);
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.go_round(&mut events))) {
                Ok(result) => return result,
                // A bug of ours has said what it is. It costs the client, not the loop.
                Err(panic) => {
                    let Some(key) = self.actor.take() else { resume_unwind(panic) };
                    drop(self.clients.remove(key));
                    self.notice_again(&events)?;
                }
            }
        }
    }

    /// Goes round and round, until it is over.
    fn go_round(&mut self, events: &mut Events) -> io::Result<()> {
        let mut now = self.desk.clock.now;
        while self.end.is_none_or(|end| Instant::now() < end && !self.clients.is_empty())
        {
            let before = now;
            now = self.desk.clock.now;
            let is_time = self.next_sweep <= now;
            let has_time = self.ready.is_empty() && !is_time;
            let timeout = if has_time { SWEEP } else { Duration::ZERO };
            match self.poll.poll(events, Some(timeout)) {
                // A signal has come, and it wasn't for us.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => result?,
            }
            self.desk.clock.tick();
            for event in &*events {
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
                self.sweep(before, now);
                self.next_sweep = now + SWEEP;
            }
            if self.end.is_none() && self.is_asked.load(Relaxed) {
                self.close();
                self.end = Some(Instant::now() + FAREWELL);
            }
            self.desk.log.send();
        }
        Ok(())
    }

    /// A client's socket is ready for something.
    fn notice(&mut self, key: usize, event: &Event) {
        if let Some(client) = self.clients.get_mut(key) {
            client.socket.notice(event);
            self.go_on(key, Client::take_turns);
        }
    }

    /// Of what is ready, the system tells us once. Who has been told of by these events, and
    /// may not have had a turn, has one now.
    fn notice_again(&mut self, events: &Events) -> io::Result<()> {
        for event in events {
            let Token(key) = event.token();
            if let Some(client) = self.clients.get_mut(key) {
                client.socket.notice(event);
                self.ready.push_back(key);
            }
        }
        self.accept();
        self.waker.wake()
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
            && self.clients.len() < self.max_clients
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

    /// Ends our patience with those who were late then, and have had their turns since; but
    /// not if we were late ourselves.
    fn sweep(&mut self, before: Instant, now: Instant) {
        if now - before > HELD_UP {
            self.clients.iter_mut().for_each(|(_, client)| client.forgive(now));
        }
        let is_late = |client: &Client| client.deadline().is_some_and(|it| it <= now);
        let late = self.clients.iter().filter(|(_, client)| is_late(client));
        for key in late.map(|(key, _)| key).collect::<Vec<usize>>() {
            self.go_on(key, Client::expire);
        }
        self.accept();
    }

    /// Brings the workers' responses to those clients that are still there.
    fn deliver(&mut self) {
        while let Ok(Done { client, response }) = self.done.1.try_recv() {
            let ClientId { key, number } = client;
            if self.clients.get(key).is_some_and(|client| client.number == number) {
                self.go_on(key, |client, desk| Ok(client.respond(response, &desk.clock)));
            }
        }
    }

    /// Finds a worker. If too many wait for one, the client had better come back later (RFC
    /// 9110, section 15.6.4).
    fn work(&mut self, key: usize, request: Vec<u8>) {
        let client = ClientId { key, number: self.clients[key].number };
        let (done, waker) = (self.done.0.clone(), self.waker.clone());
        if self.workers.begin(Job { client, request, done, waker }) {
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
        self.actor = Some(key);
        let next = act(client, &mut self.desk).and_then(|next| match next {
            Next::Wait => client.wait(self.poll.registry(), Token(key)),
            next => Ok(next),
        });
        self.actor = None;
        client.connection.get_up(&mut self.desk);
        match next {
            Ok(Next::Again) => self.ready.push_back(key),
            Ok(Next::Work(request)) => self.work(key, request),
            Ok(Next::Wait) => {}
            // However it ends, its line in the log says how much it has got.
            Ok(Next::Drop) | Err(_) => drop(self.clients.remove(key)),
        }
    }
}
