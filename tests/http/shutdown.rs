//! A server that is asked to stop: it finishes what it has begun, and then ends.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use suite::process::Process;
use tempfile::TempDir;

use crate::harness::build;
use crate::log;
use crate::signals::signal;

/// The first step that stops when it is asked to.
pub const SINCE: u8 = 30;

pub struct Promise {
    pub name: &'static str,
    pub holds: fn(u8) -> Result<()>,
}

pub const ALL: [Promise; 5] = [
    Promise { name: "what_has_begun_is_finished", holds: what_has_begun_is_finished },
    Promise { name: "who_stands_at_the_door_is_let_in", holds: the_door },
    Promise { name: "who_asks_nothing_is_let_go", holds: who_asks_nothing_is_let_go },
    Promise { name: "who_says_it_twice_does_not_wait", holds: twice },
    Promise { name: "nobody_waits_for_a_log_that_is_not_read", holds: unread },
];

/// More than a system keeps of what a client doesn't take.
const LENGTH: u64 = 32 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);

const BIG: &str = "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n";
const SLOW: &str = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";
const HI: &str = "GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A download that its client takes slowly, and a worker's answer.
fn what_has_begun_is_finished(step: u8) -> Result<()> {
    let (mut server, address, _folder) = start(step)?;
    let mut download = ask(address, BIG)?;
    let mut first = [0];
    download.read_exact(&mut first)?;
    let slow = ask(address, SLOW)?;
    signal("TERM", &server)?;
    wait_until_refused(address)?;

    let answer = io::read_to_string(slow).context("the answer of /slow")?;
    ensure!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "to /slow: {answer}");
    ensure!(answer.contains("\r\nConnection: close\r\n"), "to /slow: {answer}");
    let mut rest = Vec::new();
    download.read_to_end(&mut rest).context("the download")?;
    let head = rest.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let body = rest.len() - head.context("the download has no head")? - 4;
    ensure!(body as u64 == LENGTH, "{body} bytes of {LENGTH} have come");
    ends_with(&mut server, 0)
}

/// They have connected, and asked, but not been let in when the signal comes.
fn the_door(step: u8) -> Result<()> {
    let (mut server, address, _folder) = start(step)?;
    signal("STOP", &server)?;
    let clients: Vec<_> = (0..20).map(|_| ask(address, HI)).collect::<Result<_>>()?;
    signal("INT", &server)?;
    signal("CONT", &server)?;
    for client in clients {
        let answer = io::read_to_string(client)?;
        ensure!(answer.ends_with("\r\n\r\nHello World!"), "{answer:?}");
    }
    ends_with(&mut server, 0)?;
    let printed = server.printed_to_its_end();
    let lines = printed.matches("\"GET /hi HTTP/1.1\" 200").count();
    ensure!(lines == 20, "{lines} lines in the log for 20 answers");
    Ok(())
}

/// One has an answer and stays; another has never asked.
fn who_asks_nothing_is_let_go(step: u8) -> Result<()> {
    let (mut server, address, _folder) = start(step)?;
    let silent = ask(address, "")?;
    let mut idle = ask(address, HI)?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"Hello World!") {
        let mut byte = [0];
        idle.read_exact(&mut byte)?;
        answer.extend(byte);
    }
    signal("INT", &server)?;
    for client in [silent, idle] {
        let rest = io::read_to_string(client)?;
        ensure!(rest.is_empty(), "more has come: {rest}");
    }
    ends_with(&mut server, 0)
}

/// A client that takes nothing would keep it for ten seconds. It ends with another status.
fn twice(step: u8) -> Result<()> {
    let (mut server, address, _folder) = start(step)?;
    let mut download = ask(address, BIG)?;
    download.read_exact(&mut [0])?;
    signal("INT", &server)?;
    wait_until_refused(address)?;
    signal("INT", &server)?;
    ends_with(&mut server, 1)
}

fn unread(step: u8) -> Result<()> {
    let mut full = log::Full::of_step(step)?;
    full.fill()?;
    let id = full.server.id().to_string();
    let status = Command::new("kill").args(["-s", "TERM", &id]).status()?;
    ensure!(status.success(), "kill has failed");
    let status = full.server.ended(PATIENCE).context("the server goes on")?;
    ensure!(status.success(), "{status}");
    Ok(())
}

/// The server of a step, with a folder in which there is a long file.
fn start(step: u8) -> Result<(Process, SocketAddr, TempDir)> {
    let folder = tempfile::tempdir()?;
    File::create(folder.path().join("big"))?.set_len(LENGTH)?;
    let mut command = Command::new(build::program(step));
    command.arg("127.0.0.1:0").arg(folder.path());
    let mut server = Process::start(command)?;
    let address = server.address()?;
    Ok((server, address, folder))
}

fn ask(address: SocketAddr, request: &str) -> Result<TcpStream> {
    let mut client = TcpStream::connect(address)?;
    client.set_read_timeout(Some(PATIENCE))?;
    client.write_all(request.as_bytes())?;
    Ok(client)
}

fn wait_until_refused(address: SocketAddr) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect(address).is_ok() {
        ensure!(start.elapsed() < PATIENCE, "the server lets everybody in");
    }
    Ok(())
}

fn ends_with(server: &mut Process, code: i32) -> Result<()> {
    let status = server.ended(PATIENCE).context("the server goes on")?;
    ensure!(status.code() == Some(code), "it has ended with {status}");
    Ok(())
}
