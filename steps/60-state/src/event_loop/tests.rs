//! What happens to the others when something goes wrong with one.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use super::EventLoop;
use crate::body::Body;
use crate::client::Client;
use crate::response::{Response, Status};
use crate::router::Router;
use crate::workers::Workers;

/// How long a client of ours waits for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A loop that has let in so many clients. Each has had a turn, and its key is its index.
fn loop_with<const N: usize>() -> (EventLoop, [TcpStream; N]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (router, is_asked) = (Arc::new(Router::new(&[])), Arc::default());
    let workers = Workers::start(&router).unwrap();
    let mut event_loop = EventLoop::new(listener, 1, workers, is_asked, router).unwrap();
    let clients = [(); N].map(|()| TcpStream::connect(address).unwrap());
    event_loop.accept();
    event_loop.ready.clear();
    (0..N).for_each(|key| event_loop.go_on(key, Client::take_turns));
    (event_loop, clients)
}

/// A body without an end, which fails when it is told to.
struct Sulky(Arc<AtomicBool>);

impl Read for Sulky {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        assert!(!self.0.load(Relaxed), "a bug");
        buffer.fill(b'a');
        Ok(buffer.len())
    }
}

#[test]
fn a_bug_costs_only_its_client() {
    let (mut event_loop, [mut first, mut second]) = loop_with();
    let fails = Arc::new(AtomicBool::new(false));
    let body = Body::stream(Sulky(fails.clone()));
    event_loop.go_on(0, |client, desk| {
        let request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        client.connection.receive(request, &desk.clock, |_| None);
        Ok(client.respond(Response::new(Status::OK, body), desk))
    });
    // Until there is no room for more of it.
    while event_loop.ready.pop_front().is_some() {
        event_loop.go_on(0, Client::take_turns);
    }

    // Now both of them become ready, and the first one's turn will fail.
    fails.store(true, Relaxed);
    first.set_nonblocking(true).unwrap();
    while first.read(&mut [0; 64 * 1024]).is_ok() {}
    second.write_all(b"GET /hi HTTP/1.0\r\n\r\n").unwrap();
    let (is_asked, waker) = (event_loop.is_asked.clone(), event_loop.waker());
    let server = thread::spawn(|| event_loop.run());

    let mut answer = String::new();
    second.set_read_timeout(Some(PATIENCE)).unwrap();
    second.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "));
    is_asked.store(true, Relaxed);
    waker.wake().unwrap();
    server.join().unwrap().unwrap();
}

#[test]
fn who_is_held_up_is_not_late() {
    let (mut event_loop, [_client]) = loop_with();
    let is_open = |event_loop: &EventLoop| event_loop.clients[0].connection.is_open();
    let (second, start) = (Duration::from_secs(1), event_loop.desk.clock.now);
    // We were busy for six seconds, and it had five.
    event_loop.sweep(start, start + 6 * second);
    event_loop.sweep(start + 10 * second, start + 10 * second);
    assert!(is_open(&event_loop));
    event_loop.sweep(start + 11 * second, start + 11 * second);
    assert!(!is_open(&event_loop));
}
