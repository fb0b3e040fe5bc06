//! Dates: no page is younger than the response that shows it (RFC 9110, section 8.8.2.1).

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use suite::process::Process;
use suite::root;

use crate::harness::build;

/// The first step of which it is true.
pub const SINCE: u8 = 26;

/// So often, and so far apart, that it goes on for more than a second: if a date is kept for
/// too long, a file changes while it is.
const TIMES: u32 = 12;
const PAUSE: Duration = Duration::from_millis(100);

/// Changes a file, and looks at it at once, again and again.
///
/// # Errors
/// If it is younger than a response, or a response doesn't say how old it is.
pub fn are_in_order(step: u8) -> Result<()> {
    let folder = root::scratch().join(format!("dates-{step:02}"));
    fs::create_dir_all(&folder)?;
    let mut server = Process::of_step_with(&build::program(step), &folder)?;
    let address = server.address()?;
    for _ in 0..TIMES {
        fs::write(folder.join("page"), "new")?;
        let response = ask(address)?;
        let (date, modified) =
            (time(&response, "Date")?, time(&response, "Last-Modified")?);
        ensure!(modified <= date, "the page is younger than the response:\n{response}");
        thread::sleep(PAUSE);
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn ask(address: SocketAddr) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(b"GET /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    Ok(response)
}

fn time(response: &str, header: &str) -> Result<SystemTime> {
    let value = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        (name == header).then(|| value.to_string())
    };
    let value = response.lines().find_map(value);
    let value = value.with_context(|| format!("no {header} in:\n{response}"))?;
    Ok(httpdate::parse_http_date(&value)?)
}
