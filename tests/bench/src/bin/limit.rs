//! The limit: a loop that reads and writes as a server has to, and doesn't look at what it
//! reads. All requests are of one length, so for so many bytes it writes a response.
//!
//! It does with its sockets what a step can do at best: it reads as soon as a client is there,
//! takes a short read for the end of what there is, writes once for all requests of a read,
//! and asks Linux for none but clients that have sent something. No server that parses can
//! be quicker by more than luck.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use bench::peer::{Arguments, BODY, CONTENT_TYPE, SERVER};
use clap::Parser;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use slab::Slab;
use socket2::{Domain, Socket, Type};

const BUFFER: usize = 64 * 1024;
const BACKLOG: i32 = 1024;
const LISTENER: Token = Token(usize::MAX);

#[derive(Parser)]
struct Limit {
    #[command(flatten)]
    arguments: Arguments,
    /// How long a request is, in bytes.
    #[arg(long)]
    length: usize,
    /// Closes after a response.
    #[arg(long)]
    close: bool,
}

/// A client, and how much of its next request has come.
struct Client {
    stream: TcpStream,
    begun: usize,
}

/// As many responses as a read can ask for, and the second in which they are right.
struct Responses {
    bytes: Vec<u8>,
    length: usize,
    second: Duration,
}

fn main() -> Result<()> {
    let limit = Limit::parse();
    thread::scope(|scope| {
        let serve = || limit.serve();
        let loops: Vec<_> =
            (0..limit.arguments.threads).map(|_| scope.spawn(serve)).collect();
        loops.into_iter().try_for_each(|it| it.join().expect("it doesn't panic"))
    })
}

impl Limit {
    fn serve(&self) -> Result<()> {
        let mut poll = Poll::new()?;
        let mut events = Events::with_capacity(1024);
        let mut listener = listen(self.arguments.address)?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (mut clients, mut buffer) = (Slab::new(), vec![0; BUFFER]);
        let mut responses = Responses::new(self.close, BUFFER / self.length + 1);
        loop {
            poll.poll(&mut events, None)?;
            responses.refresh(self.close);
            for event in &events {
                let Token(key) = event.token();
                if event.token() == LISTENER {
                    self.accept(&listener, &poll, &mut clients, &responses, &mut buffer)?;
                } else if !self.turn(&mut clients[key], &responses, &mut buffer) {
                    clients.remove(key);
                }
            }
        }
    }

    /// Lets clients in. Who is gone after its first turn isn't registered at all.
    fn accept(
        &self,
        listener: &TcpListener,
        poll: &Poll,
        clients: &mut Slab<Client>,
        responses: &Responses,
        buffer: &mut [u8],
    ) -> Result<()> {
        while let Ok((stream, _)) = listener.accept() {
            let mut client = Client { stream, begun: 0 };
            if self.turn(&mut client, responses, buffer) {
                let entry = clients.vacant_entry();
                let (stream, token) = (&mut client.stream, Token(entry.key()));
                poll.registry().register(stream, token, Interest::READABLE)?;
                entry.insert(client);
            }
        }
        Ok(())
    }

    /// Answers what has come; `false` if that was all.
    fn turn(
        &self,
        client: &mut Client,
        responses: &Responses,
        buffer: &mut [u8],
    ) -> bool {
        loop {
            let read = match client.stream.read(buffer) {
                Ok(read @ 1..) => read,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Ok(0) | Err(_) => return false,
            };
            let come = client.begun + read;
            client.begun = come % self.length;
            let wanted = responses.take(come / self.length);
            if !wanted.is_empty() && (!client.send(wanted) || self.close) {
                return false;
            }
            if read < buffer.len() {
                return true;
            }
        }
    }
}

impl Client {
    /// Sends the bytes; `false` if the client doesn't take them all at once.
    fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write(bytes).is_ok_and(|sent| sent == bytes.len())
    }
}

impl Responses {
    fn new(close: bool, count: usize) -> Responses {
        let second = now();
        let response = response(close);
        Responses { bytes: response.repeat(count), length: response.len(), second }
    }

    /// Sets the clock.
    fn refresh(&mut self, close: bool) {
        if now() != self.second {
            *self = Responses::new(close, self.bytes.len() / self.length);
        }
    }

    fn take(&self, count: usize) -> &[u8] {
        &self.bytes[..count * self.length]
    }
}

fn response(close: bool) -> Vec<u8> {
    let date = httpdate::fmt_http_date(SystemTime::now());
    let connection = if close { "close" } else { "keep-alive" };
    let length = BODY.len();
    format!(
        "HTTP/1.1 200 OK\r\nServer: {SERVER}\r\nDate: {date}\r\n\
         Content-Type: {CONTENT_TYPE}\r\nContent-Length: {length}\r\n\
         Connection: {connection}\r\n\r\n{BODY}"
    )
    .into_bytes()
}

/// The time in whole seconds.
fn now() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Duration::from_secs(now.as_secs())
}

/// Each loop has a listener of its own, and the system deals out the clients. They inherit
/// TCP_NODELAY from it.
fn listen(address: SocketAddr) -> Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    #[cfg(target_os = "linux")]
    nix::sys::socket::setsockopt(&socket, linux::DeferAccept, &1)?;
    socket.set_tcp_nodelay(true)?;
    socket.bind(&address.into()).with_context(|| address.to_string())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(TcpListener::from_std(socket.into()))
}

#[cfg(target_os = "linux")]
mod linux {
    use nix::libc::{self, IPPROTO_TCP, TCP_DEFER_ACCEPT};
    use nix::{setsockopt_impl, sockopt_impl};

    // No crate has a name for it.
    sockopt_impl!(DeferAccept, SetOnly, IPPROTO_TCP, TCP_DEFER_ACCEPT, u32);
}
