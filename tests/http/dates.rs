//! Dates: no page is younger than the response that shows it (RFC 9110, section 8.8.2.1).

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use suite::process::Process;
use suite::root;

use crate::harness::build;

/// The first step of which it is true.
pub const SINCE: u8 = 26;

/// How many dates are seen. From the first to the last of them it is more than a second, and
/// if one is kept for too long, the file changes meanwhile.
const DATES: usize = 3;

/// Changes a file, and looks at it at once, again and again, until the date has changed often
/// enough.
///
/// # Errors
/// If it is younger than a response, or a response doesn't say how old it is.
pub fn are_in_order(step: u8) -> Result<()> {
    let folder = root::scratch().join(format!("dates-{step:02}"));
    fs::create_dir_all(&folder)?;
    let mut server = Process::of_step_with(&build::program(step), &folder)?;
    let mut stream = TcpStream::connect(server.address()?)?;
    let mut dates = BTreeSet::new();
    while dates.len() < DATES {
        fs::write(folder.join("page"), "new")?;
        let response = ask(&mut stream)?;
        let (date, modified) =
            (time(&response, "Date")?, time(&response, "Last-Modified")?);
        ensure!(modified <= date, "the page is younger than the response:\n{response}");
        dates.insert(date);
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn ask(stream: &mut TcpStream) -> Result<String> {
    stream.write_all(b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n")?;
    let mut response = String::new();
    while !response.ends_with("\r\n\r\nnew") {
        let mut bytes = [0; 1024];
        let length = stream.read(&mut bytes)?;
        ensure!(length > 0, "the connection is closed after:\n{response}");
        response += str::from_utf8(&bytes[..length])?;
    }
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
