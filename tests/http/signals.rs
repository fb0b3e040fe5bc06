//! A server that is stopped and goes on, as with Ctrl-Z and `fg`, loses no client by it.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use suite::process::Process;

use crate::harness::build;

/// The first step that has timeouts. On Linux, a signal ends a `read` that has one.
pub const SINCE: u8 = 16;

const PATIENCE: Duration = Duration::from_secs(30);
const REQUEST: &[u8] =
    b"GET /hi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// Whether a client of the step's server gets its answer all the same.
///
/// # Errors
/// If the server can't be started, or stopped.
pub fn cost_no_client(step: u8) -> Result<bool> {
    let mut server = Process::of_step(&build::program(step))?;
    let address = server.address()?;
    let mut signals = Ok(());
    // After each byte, so that most of the signals find the server in a `read`.
    let answer = ask(address, || {
        if signals.is_ok() {
            signals = signal("STOP", &server).and_then(|()| signal("CONT", &server));
        }
    });
    signals?;
    Ok(answer.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 OK\r\n")))
}

fn ask(address: SocketAddr, mut after_each_byte: impl FnMut()) -> io::Result<String> {
    let mut client = TcpStream::connect(address)?;
    client.set_read_timeout(Some(PATIENCE))?;
    client.set_nodelay(true)?;
    for byte in REQUEST {
        client.write_all(&[*byte])?;
        after_each_byte();
    }
    io::read_to_string(client.take(64 * 1024))
}

/// Sends a signal.
pub fn signal(name: &str, server: &Process) -> Result<()> {
    let id = server.id().to_string();
    let status = Command::new("kill").args(["-s", name, &id]).status()?;
    ensure!(status.success(), "kill -s {name} has failed");
    Ok(())
}
