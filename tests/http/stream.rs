//! A stream: a page that is made while it is sent, in the memory of a short one. How much
//! that is, Linux tells.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use suite::process::Process;

use crate::harness::build;

/// The first step that has one.
pub const SINCE: u8 = 28;

/// A part of the page that is long enough to be noticed.
const LENGTH: u64 = 64 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);

/// That a client who takes much of the page costs hardly more than one who takes nothing.
///
/// # Errors
/// If it does.
pub fn needs_no_memory(step: u8) -> Result<()> {
    let mut server = Process::of_step(&build::program(step))?;
    let address = server.address()?;
    let before = memory(&server)?;
    let mut client = TcpStream::connect(address)?;
    client.set_read_timeout(Some(PATIENCE))?;
    client.write_all(b"GET /squares HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let taken = io::copy(&mut client.take(LENGTH), &mut io::sink())?;
    ensure!(taken == LENGTH, "the page ends after {taken} bytes");
    let after = memory(&server)?;
    ensure!(after < 2 * before, "{before} KiB before, and {after} after {LENGTH} bytes");
    Ok(())
}

/// How much memory a process has, in KiB, if the largest it has ever had counts.
fn memory(server: &Process) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("Linux doesn't say VmHWM")?.parse()?)
}
