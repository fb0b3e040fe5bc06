//! `cargo run` notices that a chapter has changed, and serves the new one; the pages can tell
//! by the edition that there is one.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use anyhow::{Context, Result, bail, ensure};
use book::cli::Serve;
use book::commands::serve;
use book::steps::files_below;
use suite::record;

use crate::site::Site;

/// How long a build may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long to wait before one asks again.
const PAUSE: Duration = Duration::from_millis(50);

pub fn check(site: &Site) -> Result<()> {
    let root = copy(&site.root)?;
    let chapter = root.join("book/src/01-tcp-echo.md");
    let before = fs::read_to_string(&chapter)?;
    let address = start(&root)?;

    let first = get(address, "/edition")?;
    fs::write(&chapter, format!("{before}\nA new sentence.\n"))?;
    let second = next_edition(address, &first)?;
    let page = get(address, "/01-tcp-echo.html")?;
    ensure!(page.contains("A new sentence."), "the page is the old one");

    fs::write(&chapter, before)?;
    next_edition(address, &second)?;
    let page = get(address, "/01-tcp-echo.html")?;
    ensure!(!page.contains("A new sentence."), "the page is not the new one");
    // At once, so that nobody builds what is left of it.
    let gone = root.with_extension("gone");
    fs::rename(&root, &gone)?;
    fs::remove_dir_all(gone)?;
    Ok(())
}

/// Copies what the book is made of, to a place of which no `.gitignore` speaks.
fn copy(root: &Path) -> Result<PathBuf> {
    let folder = env::temp_dir().join(format!("book-serve-{}", process::id()));
    for place in ["book/pictures", "book/src", "book/theme", "steps"] {
        for (name, path) in files_below(&root.join(place))? {
            let copy = folder.join(place).join(name);
            fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
            fs::copy(path, copy)?;
        }
    }
    for file in ["book/book.toml", record::FILE] {
        let copy = folder.join(file);
        fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
        fs::copy(root.join(file), copy)?;
    }
    Ok(folder)
}

/// Serves the book of a repository until this process ends.
fn start(root: &Path) -> Result<SocketAddr> {
    let (sender, receiver) = mpsc::channel();
    let root = root.to_path_buf();
    let server = thread::spawn(move || {
        let options = Serve { port: 0, ..Serve::default() };
        serve::serve(&root, &options, |address| _ = sender.send(address))
    });
    receiver.recv().or_else(|_| match server.join() {
        Ok(result) => {
            bail!("the book is not served: {:#}", result.err().context("no reason")?)
        }
        Err(_) => bail!("the server of the book has panicked"),
    })
}

/// Waits until there is another edition than this one.
fn next_edition(address: SocketAddr, edition: &str) -> Result<String> {
    let start = Instant::now();
    loop {
        let now = get(address, "/edition")?;
        if now != edition {
            return Ok(now);
        }
        ensure!(start.elapsed() < PATIENCE, "it is {edition:?} after {PATIENCE:?} still");
        thread::sleep(PAUSE);
    }
}

/// The body of a page.
fn get(address: SocketAddr, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    let (head, body) = response.split_once("\r\n\r\n").context("no head")?;
    ensure!(head.starts_with("HTTP/1.1 200 "), "{head}");
    Ok(body.into())
}
