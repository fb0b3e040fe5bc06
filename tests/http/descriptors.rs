//! A server that has no descriptor left for a new client goes on serving those it has. It
//! doesn't try again and again, and lets the others in when somebody leaves.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use suite::client;
use suite::process::Process;

use crate::harness::build;

/// The first step of which it is true.
pub const SINCE: u8 = 21;

/// How many files the server may have open, its own ones as well.
const FILES: usize = 64;
/// More clients than that, and no more than may wait at a door.
const CLIENTS: usize = 100;
/// One that comes early enough to be let in. A thread for each of the first eight is no help.
const EARLY: usize = 20;
/// How long we look at what the server does with its time.
const A_WHILE: Duration = Duration::from_secs(2);

const REQUEST: &[u8] = b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Lets the server of a step run out of descriptors, and sees that it comes to no harm.
///
/// # Errors
/// If it does, or can't be started.
pub fn run_out(step: u8) -> Result<()> {
    let mut command = Command::new("sh");
    let script = format!("ulimit -n {FILES}; exec \"$0\" 127.0.0.1:0");
    command.args(["-c", &script]).arg(build::program(step));
    let mut process = Process::start(command)?;
    let address = process.address()?;

    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let mut stream = client::connect(address)?;
        // Who has begun to ask is waited for longer than who hasn't.
        stream.write_all(&REQUEST[..1])?;
        clients.push(stream);
    }
    finish(&clients[EARLY])?;
    read(&clients[EARLY]).context("one that is connected waits for its answer")?;

    let last = clients.pop().context("there are clients")?;
    finish(&last)?;
    last.set_read_timeout(Some(A_WHILE))?;
    let (before, start) = (time_used(&process), Instant::now());
    let is_answered = !read(&last).is_err_and(|error| client::is_timeout(&error));
    ensure!(!is_answered, "{FILES} files are enough for {CLIENTS} clients");
    if let (Some(before), Some(after)) = (before, time_used(&process)) {
        let is_busy = after - before > start.elapsed() / 4;
        ensure!(!is_busy, "the server is busy, and nobody is let in");
    }

    drop(clients);
    last.set_read_timeout(Some(5 * A_WHILE))?;
    read(&last).context("others have left, and nobody is let in")
}

/// Sends what is missing of the request.
fn finish(mut stream: &TcpStream) -> std::io::Result<()> {
    stream.write_all(&REQUEST[1..])
}

/// Waits for the beginning of the answer.
fn read(mut stream: &TcpStream) -> std::io::Result<()> {
    stream.read_exact(&mut [0; "HTTP/1.1 200 OK".len()])
}

/// How long the process has had a core; nothing, where the system doesn't say so in a file.
fn time_used(process: &Process) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).ok()?;
    // The name of the program, in parentheses, may have spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    // The 14th and the 15th, in hundredths of a second.
    let ticks = fields.split_ascii_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|field| field.parse().unwrap_or(0_u64)).sum();
    Some(Duration::from_millis(10 * ticks))
}
