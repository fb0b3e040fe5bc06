//! The limit: a loop that reads and writes as a server has to, and doesn't look at what it
//! reads. All requests are of one length, so for so many bytes it writes a response.
//!
//! It does with its sockets what a step can do at best: it reads as soon as a client is there,
//! takes a short read for the end of what there is, writes once for all requests of a read,
//! and asks Linux for none but clients that have sent something. No server that parses can
//! be quicker by more than luck.

mod listener;
mod responses;

use std::io::{ErrorKind, Read, Write};
use std::thread;

use anyhow::Result;
use bench::peer::Arguments;
use clap::Parser;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use slab::Slab;

use listener::listen;
use responses::Responses;

const BUFFER: usize = 64 * 1024;
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
