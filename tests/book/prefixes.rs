//! The sliders over the bytes of a request are right: the step says of each beginning what
//! the page says that it does.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use anyhow::{Context, Result, ensure};
use book::chapter::prefixes::{self, Prefixes};
use book::steps::Step;
use libtest_mimic::Trial;
use suite::process::Process;

use crate::harness::build;
use crate::site::Site;
use crate::trial;

/// What the step answers if the client has closed its side and the request isn't whole.
const NOT_WHOLE: &str = "The request must be whole.\n";

/// One trial for each block.
pub fn trials(site: &'static Site) -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for chapter in &site.chapters {
        for block in chapter.blocks(prefixes::INFO)? {
            let all = prefixes::read(&block)?;
            let step =
                site.steps.find(block.info.get(1).context("the step is missing")?)?;
            let name = format!("prefixes::{}::line_{}", chapter.slug, block.lines.start);
            trials.push(trial(name, move || check(step, &all)));
        }
    }
    ensure!(!trials.is_empty(), "no chapter has a slider");
    Ok(trials)
}

fn check(step: &Step, all: &[Prefixes]) -> Result<()> {
    build::build_steps()?;
    let mut process = Process::of_step(&build::program(step.number))?;
    let address = process.address()?;
    for Prefixes { name, bytes, says } in all {
        let mut said: Vec<(usize, String)> = Vec::new();
        let mut whole = None;
        for come in 0..=bytes.len() {
            let answer = ask(address, &bytes[..come])?;
            let now = refusal(&answer).unwrap_or_else(|| {
                format!("a request of {} bytes", whole.get_or_insert(come))
            });
            if said.last().is_none_or(|(_, before)| *before != now) {
                said.push((come, now));
            }
        }
        pretty_assertions::assert_eq!(*says, said, "a request {name}");
    }
    Ok(())
}

/// What the step answers to bytes after which nothing comes.
pub fn ask(address: SocketAddr, bytes: &[u8]) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(bytes)?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The same in a few words, if it isn't the page.
fn refusal(answer: &str) -> Option<String> {
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    match status {
        Some("200") => None,
        Some("400") if body == NOT_WHOLE => Some("not yet".into()),
        Some(status) => Some(format!("refused, {status}: {}", body.trim_end())),
        None => Some("nothing".into()),
    }
}
