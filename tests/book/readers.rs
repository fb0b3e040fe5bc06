//! One message and two readers: step 11, which knows nothing but `Content-Length`, sees the
//! requests that the page says; step 12 does so by `Transfer-Encoding`, if there is nothing
//! else; and it refuses a request that has both.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use book::chapter::readers;
use libtest_mimic::Trial;
use suite::process::Process;

use crate::harness::build;
use crate::prefixes::ask;
use crate::site::Site;
use crate::trial;

/// The steps that go by the one header, and by the other.
const BY_LENGTH: u8 = 11;
const BY_CHUNKS: u8 = 12;
/// The line that the second reader doesn't look at.
const LENGTH: &str = "Content-Length: 4\r\n";

/// One trial for each block.
pub fn trials(site: &'static Site) -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for chapter in &site.chapters {
        for block in chapter.blocks(readers::INFO)? {
            let readers = readers::read(&block)?;
            let name = format!("readers::{}::line_{}", chapter.slug, block.lines.start);
            trials.push(trial(name, move || check(&readers)));
        }
    }
    ensure!(!trials.is_empty(), "no chapter has two readers");
    Ok(trials)
}

fn check(readers: &readers::Readers) -> Result<()> {
    build::build_steps()?;
    let mut by_length = Process::of_step(&build::program(BY_LENGTH))?;
    let mut by_chunks = Process::of_step(&build::program(BY_CHUNKS))?;
    let by_chunks = by_chunks.address()?;
    let message = &readers.bytes;
    let (before, after) = split(message, LENGTH)?;
    let in_chunks = ends(by_chunks, &[before, after].concat())?;
    let in_chunks: Vec<usize> = in_chunks.iter().map(|end| end + LENGTH.len()).collect();
    let expected = [
        ("Content-Length".to_string(), ends(by_length.address()?, message)?),
        ("Transfer-Encoding".to_string(), in_chunks),
    ];
    pretty_assertions::assert_eq!(readers.ends, expected);
    let refusal = ask(by_chunks, message)?;
    ensure!(
        refusal.starts_with("HTTP/1.1 400 "),
        "step {BY_CHUNKS} takes it:\n{refusal}"
    );
    Ok(())
}

/// What is before the first such line, and what is after it.
fn split<'a>(message: &'a [u8], line: &str) -> Result<(&'a [u8], &'a [u8])> {
    let mut places = message.windows(line.len());
    let start =
        places.position(|bytes| bytes == line.as_bytes()).context("no such line")?;
    Ok((&message[..start], &message[start + line.len()..]))
}

/// Where the requests end for this server, which answers one for each connection.
fn ends(address: SocketAddr, message: &[u8]) -> Result<Vec<usize>> {
    let (mut ends, mut start) = (Vec::new(), 0);
    while start < message.len() {
        let mut lengths = 1..=message.len() - start;
        let length = lengths.find_map(|length| {
            let answer = ask(address, &message[start..start + length]);
            answer.map(|it| it.starts_with("HTTP/1.1 200 ").then_some(length)).transpose()
        });
        start += length.context("the rest is no request")??;
        ends.push(start);
    }
    Ok(ends)
}
