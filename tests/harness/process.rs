//! The process of a step: started, listened to, and never left behind.

use std::io::{self, BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// How long a program may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a program may take to end when it has closed its standard output.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A process that ends when this value does.
pub struct Process {
    child: Child,
    /// The first line of the standard output; hangs up when the output ends.
    first_line: Receiver<String>,
    /// All of the standard error, once it ends.
    errors: Receiver<String>,
}

impl Process {
    /// Starts a server on a free port.
    pub fn start(program: &Path) -> io::Result<Process> {
        Process::spawn(Command::new(program).arg("127.0.0.1:0"))
    }

    /// Starts a command. Both pipes are read to their end by a thread, for a process that
    /// fills a pipe waits until somebody does.
    pub fn spawn(command: &mut Command) -> io::Result<Process> {
        let mut child = command
            // A report has room for the message of a panic, not for all of the stack.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, first_line) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || send_first_line(stdout, &sender));
        }
        let (sender, errors) = mpsc::channel();
        if let Some(stderr) = child.stderr.take() {
            thread::spawn(move || sender.send(read_all(stderr)));
        }
        Ok(Process { child, first_line, errors })
    }

    /// Waits until the server says where it listens.
    pub fn address(&mut self) -> Result<SocketAddr, String> {
        let promise = "the first line must be `listening on http://127.0.0.1:PORT`";
        match self.first_line.recv_timeout(PATIENCE) {
            Ok(line) => line
                .trim_end()
                .strip_prefix("listening on http://")
                .and_then(|address| address.parse().ok())
                .ok_or_else(|| format!("{promise}, not {line:?}")),
            Err(RecvTimeoutError::Timeout) => {
                Err(format!("{promise}, but none came within {PATIENCE:?}"))
            }
            Err(RecvTimeoutError::Disconnected) => {
                let end = self.end(Duration::ZERO).unwrap_or_default();
                Err(format!("{promise}, but the program has ended: {end}"))
            }
        }
    }

    /// How the process has ended, if it does so within this time: the exit status, and
    /// what it has said last on standard error.
    pub fn end(&mut self, patience: Duration) -> Option<String> {
        match self.first_line.recv_timeout(patience) {
            // Its standard output is closed: it ends, or it is a daemon and goes on.
            Err(RecvTimeoutError::Disconnected) => {
                let errors = self.errors.recv_timeout(patience.max(LAST_WORDS)).ok()?;
                let status = self.child.wait().ok()?;
                Some(format!("{status}\n{}", last_lines(&errors)))
            }
            _ => None,
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only if the process has ended, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send_first_line(stdout: ChildStdout, sender: &Sender<String>) {
    let mut stdout = BufReader::new(stdout);
    let mut line = String::new();
    if stdout.read_line(&mut line).is_ok_and(|length| length > 0) {
        // Nobody may be waiting any more.
        let _ = sender.send(line);
    }
    let _ = io::copy(&mut stdout, &mut io::sink());
}

fn read_all(mut stderr: impl Read) -> String {
    let mut bytes = Vec::new();
    // What could be read before an error is still worth showing.
    let _ = stderr.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
