//! Servers that run.

use std::io::{PipeReader, Write, pipe, read_to_string};
use std::net::TcpStream;
use std::thread;

use super::Server;
use crate::log::Log;
use crate::response::{Response, Status};
use crate::router::Route;

/// A server with one page.
fn server() -> Server {
    let page = Route::from_fn("GET", "/hi", |_| Response::new(Status::OK, "Hi"));
    Server::bind("127.0.0.1:0").unwrap().routes([page])
}

/// A log, and the other end of it.
fn log() -> (Log, PipeReader) {
    let (reader, writer) = pipe().unwrap();
    (Log::to(writer).unwrap(), reader)
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

/// What was asked for, and the status, of each line. It waits until nobody has the log any
/// more.
fn read(log: PipeReader) -> Vec<String> {
    let text = read_to_string(log).unwrap();
    let lines = text.lines().map(|line| {
        let (_, line) = line.split_once('"').unwrap();
        line.split(' ').take(4).collect::<Vec<&str>>().join(" ")
    });
    lines.collect()
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

#[test]
fn each_server_has_its_own_log() {
    let ((ours, our_lines), (theirs, their_lines)) = (log(), log());
    ask([(server().log(ours), "/hi"), (server().log(theirs), "/ho")]);
    assert_eq!(read(our_lines), ["GET /hi HTTP/1.1\" 200"]);
    assert_eq!(read(their_lines), ["GET /ho HTTP/1.1\" 404"]);
}

#[test]
fn two_servers_may_share_one() {
    let (log, lines) = log();
    ask([(server().log(log.clone()), "/hi"), (server().log(log), "/ho")]);
    let mut lines = read(lines);
    lines.sort();
    assert_eq!(lines, ["GET /hi HTTP/1.1\" 200", "GET /ho HTTP/1.1\" 404"]);
}

#[test]
fn what_goes_wrong_is_told_without_answers() {
    let (log, lines) = log();
    let log = log.answers(false);
    ask([(server().log(log.clone()), "/hi")]);
    log.say("The roof is on fire.".into());
    drop(log);
    assert_eq!(read_to_string(lines).unwrap(), "The roof is on fire.\n");
}
