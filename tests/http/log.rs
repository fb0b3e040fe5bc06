//! A server whose log nobody reads any more, as in `cargo run 2>&1 | head -1`, goes on
//! serving; and one whose log nobody reads yet, too.

use std::io::{self, BufRead, BufReader, PipeReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
#[cfg(unix)]
use std::process::ExitStatus;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use suite::case::{Case, Exchange, Request, Response};
use suite::play::{self, Whose};

use crate::harness::build;

/// The first step that goes on when nobody will ever read its log.
pub const SINCE: u8 = 16;

/// The first step that goes on when somebody might.
pub const SINCE_FULL: u8 = 29;

/// More connections than a step has workers.
const CASE: Case = Case {
    exchanges: &[Exchange::Times(
        20,
        &Exchange::Ask(
            Request::Text("GET /hi HTTP/1.1\nHost: localhost\n\n"),
            Response::Http("HTTP/1.1 200 OK\n\nHello World!"),
        ),
    )],
    ..Case::DEFAULT
};

/// More lines than a pipe and a queue have room for.
const ANSWERS: usize = 2_500;
/// One of so many requests ends in a panic, which has a line besides.
const PANICS: usize = 50;
const LINES: usize = ANSWERS + ANSWERS / PANICS;
/// So many have been read when there is room again, and the next client's line comes, which
/// says how many were lost.
const READ: usize = 500;
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a server may take for an answer that takes no time.
const STUCK: Duration = Duration::from_secs(10);

/// Whether the server of the step answers when nobody reads its log.
///
/// # Errors
/// If it can't be started.
pub fn goes_unread(step: u8) -> Result<bool> {
    let Full { server: _server, address, reader } = Full::of_step(step)?;
    drop(reader);
    Ok(play::play(&CASE, address, Whose::Ours).is_ok())
}

/// Whether the server of the step answers when its log is full, and later has a line for
/// each answer, or has counted it among those that it has lost.
///
/// # Errors
/// If it doesn't, or can't be started.
pub fn may_be_full(step: u8) -> Result<()> {
    let mut full = Full::of_step(step)?;
    full.fill()?;
    let (sender, lines) = mpsc::channel();
    let Full { server: _server, address, reader } = full;
    thread::spawn(move || {
        for line in reader.lines().map_while(io::Result::ok) {
            let _ = sender.send(line);
        }
    });
    let (mut written, mut lost) = (0, 0);
    while written + lost < LINES + 1 {
        if written == READ {
            ask(address, "/hi", "200")?;
        }
        let line = lines.recv_timeout(PATIENCE).with_context(|| {
            format!("of {LINES} lines, {written} were written and {lost} counted")
        })?;
        match line.strip_prefix('(').and_then(|line| line.split(' ').next()) {
            Some(number) => lost += number.parse::<usize>()?,
            None => written += 1,
        }
    }
    let is_whole = written + lost == LINES + 1;
    ensure!(is_whole, "{written} written, {lost} counted, of {LINES} and one");
    ensure!(lost > 0, "there was room for all of them");
    Ok(())
}

/// Whether a server that shall only tell what goes wrong does that.
///
/// # Errors
/// If it tells more, or less, or can't be started.
pub fn tells_only_errors(step: u8) -> Result<()> {
    let Full { server: _server, address, reader } = Full::of_step_with(step, "error")?;
    ask(address, "/hi", "200")?;
    ask(address, "/panic", "500")?;
    let line = reader.lines().next().context("it has ended")??;
    ensure!(line.contains("a handler has a bug"), "it tells this: {line}");
    Ok(())
}

/// Has one client answered, with a long line in the log.
fn ask(address: SocketAddr, path: &str, status: &str) -> Result<()> {
    let mut client = TcpStream::connect(address)?;
    client.set_read_timeout(Some(STUCK))?;
    let query = "x".repeat(200);
    write!(client, "GET {path}?{query} HTTP/1.1\r\nHost: localhost\r\n")?;
    write!(client, "Connection: close\r\n\r\n")?;
    let mut answer = String::new();
    let read = client.read_to_string(&mut answer);
    let is_right = read.is_ok() && answer.starts_with(&format!("HTTP/1.1 {status} "));
    ensure!(is_right, "a client got no answer");
    Ok(())
}

/// A server that writes its log into a pipe.
pub struct Full {
    pub server: Server,
    address: SocketAddr,
    reader: BufReader<PipeReader>,
}

impl Full {
    pub fn of_step(step: u8) -> Result<Full> {
        Full::of_step_with(step, "")
    }

    fn of_step_with(step: u8, level: &str) -> Result<Full> {
        let (reader, writer) = io::pipe()?;
        let mut command = Command::new(build::program(step));
        command
            .env("RUST_LOG", level)
            .arg("127.0.0.1:0")
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let server = Server(command.spawn()?);
        // Our own copies of the pipe's other side.
        drop(command);

        let mut reader = BufReader::new(reader);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address.context("it doesn't say where it listens")?.parse()?;
        Ok(Full { server, address, reader })
    }

    /// Has many clients answered, whose lines nobody reads.
    pub fn fill(&mut self) -> Result<()> {
        for number in 1..=ANSWERS {
            let is_panic = number % PANICS == 0;
            let (path, status) =
                if is_panic { ("/panic", "500") } else { ("/hi", "200") };
            ask(self.address, path, status)
                .with_context(|| format!("client {number}"))?;
        }
        Ok(())
    }
}

/// A process that ends with this value.
pub struct Server(Child);

impl Server {
    #[cfg(unix)]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How it has ended, if it does so within this time.
    #[cfg(unix)]
    pub fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            let status = self.0.try_wait().ok()?;
            if status.is_some() || start.elapsed() >= patience {
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended already, that is what the trial says.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
