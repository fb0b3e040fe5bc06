//! Servers that run.

use std::io::{Write, read_to_string};
use std::net::TcpStream;
use std::thread;

use super::Server;
use crate::response::{Response, Status};
use crate::router::Route;

/// A server with one page.
fn server() -> Server {
    let page = Route::from_fn("GET", "/hi", |_| Response::new(Status::OK, "Hi"));
    Server::bind("127.0.0.1:0").unwrap().routes([page])
}

/// What each of the servers answers when it is asked for this, while all of them run.
fn ask<const N: usize>(servers: [(Server, &str); N]) -> [String; N] {
    let started = servers.map(|(server, uri)| {
        let (place, handle) = (server.local_addr().unwrap(), server.handle());
        (place, uri, handle, thread::spawn(|| server.run()))
    });
    let answers = started.each_ref().map(|(place, uri, ..)| {
        let mut client = TcpStream::connect(place).unwrap();
        write!(client, "GET {uri} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .unwrap();
        read_to_string(client).unwrap()
    });
    for (.., handle, thread) in started {
        handle.stop();
        thread.join().unwrap().unwrap();
    }
    answers
}

#[test]
fn each_server_has_its_own_pages() {
    let other = Server::bind("127.0.0.1:0").unwrap();
    let [ours, others] = ask([(server(), "/hi"), (other, "/hi")]);
    assert!(ours.starts_with("HTTP/1.1 200 "), "{ours}");
    assert!(others.starts_with("HTTP/1.1 404 "), "{others}");
}

#[test]
fn who_comes_before_it_runs_waits_at_the_door() {
    let server = server();
    let (place, handle) = (server.local_addr().unwrap(), server.handle());
    let mut client = TcpStream::connect(place).unwrap();
    write!(client, "GET /hi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let thread = thread::spawn(|| server.run());
    assert!(read_to_string(client).unwrap().ends_with("\r\n\r\nHi"));
    handle.stop();
    thread.join().unwrap().unwrap();
}
