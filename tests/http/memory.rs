//! Long files: what a server holds of them doesn't depend on how long they are.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use suite::process::Process;
use suite::root;

use crate::harness::build;

/// The first step of which it is true.
pub const SINCE: u8 = 25;

const PATIENCE: Duration = Duration::from_secs(60);
/// How many files there are, and how long the first is; each is a byte longer than the one
/// before, so that one can tell them apart.
const FILES: usize = 8;
const LENGTH: usize = 6_000_000;
/// How many of them are asked for in one write, by requests of a KiB.
const REQUESTS: usize = 64;

/// Whether a client that takes its answer slowly, and one that asks for 64 long files at
/// once, have the server need less memory than a quarter of a file.
///
/// # Errors
/// If an answer is wrong, or doesn't come.
pub fn is_steady(step: u8) -> Result<bool> {
    let folder = Folder::new(step)?;
    let mut server = Process::of_step_with(&build::program(step), &folder.0)?;
    let address = server.address()?;
    // What it needs for a client, it needs only once.
    ask(address, &["/small"; 10])?;
    let before = peak(&server)?;
    let mut slow = connect(address)?;
    slow.write_all(request("/huge").as_bytes())?;
    slow.read_exact(&mut vec![0; LENGTH])?;
    let paths: Vec<String> = (0..REQUESTS).map(|n| format!("/{}", n % FILES)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let lengths = ask(address, &paths)?;
    let expected: Vec<usize> = (0..REQUESTS).map(|n| LENGTH + n % FILES).collect();
    ensure!(lengths == expected, "they come in another order: {lengths:?}");
    slow.read_exact(&mut vec![0; LENGTH])?;
    Ok((peak(&server)? - before) * 4 < LENGTH)
}

/// Sends all requests in one write, and reads the answers: how long their bodies are.
fn ask(address: SocketAddr, paths: &[&str]) -> Result<Vec<usize>> {
    let stream = connect(address)?;
    let requests: String = paths.iter().map(|path| request(path)).collect();
    let mut writer = stream.try_clone()?;
    let writing = thread::spawn(move || writer.write_all(requests.as_bytes()));
    let mut reader = BufReader::new(stream);
    let lengths = paths.iter().map(|_| read_answer(&mut reader)).collect();
    writing.join().unwrap()?;
    lengths
}

fn read_answer(reader: &mut BufReader<TcpStream>) -> Result<usize> {
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = Some(value.parse()?),
            _ if line == "\r\n" => break,
            _ => ensure!(!line.is_empty(), "the connection is closed"),
        }
    }
    let length = length.context("no length")?;
    let body = io::copy(&mut reader.take(length as u64), &mut io::sink())?;
    ensure!(body == length as u64, "{body} bytes of {length} have come");
    Ok(length)
}

/// A request of a KiB.
fn request(path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nFill: ");
    request.clone() + &"a".repeat(1024 - 4 - request.len()) + "\r\n\r\n"
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// How much memory a process has had at most, in bytes.
fn peak(process: &Process) -> Result<usize> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let Some(kib) = line.and_then(|line| line.trim().strip_suffix(" kB")) else {
        bail!("the system doesn't say how much memory it has");
    };
    Ok(kib.parse::<usize>()? * 1024)
}

/// A folder with long files, which take no room on the disk. It ends with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(step: u8) -> Result<Folder> {
        let folder = Folder(root::scratch().join(format!("long-{step:02}")));
        fs::create_dir_all(&folder.0)?;
        make(&folder.0.join("small"), 10)?;
        make(&folder.0.join("huge"), 1 << 30)?;
        for number in 0..FILES {
            make(&folder.0.join(number.to_string()), LENGTH + number)?;
        }
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn make(path: &Path, length: usize) -> io::Result<()> {
    File::create(path)?.set_len(length as u64)
}
