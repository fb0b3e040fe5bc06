//! Whether the last step takes more instructions than it did.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use suite::record::{Mode, Record};

use crate::figures::instructions;
use crate::server::{self, Server, Start, build};

/// By how much they may grow: less is what a comment can do, by where the code lies afterwards.
const GROWTH: f64 = 0.05;
/// What is held to it. A connection each is not: it depends on who is quicker there whether a
/// server finds a request at once.
const MODES: [Mode; 2] = [Mode::KeepAlive, Mode::Pipelined];

/// Compares the last step of a record with what it takes now.
///
/// # Errors
/// If it takes more than 5 % more, or can't be compared.
pub fn instructions(start: &Start, file: &Path) -> Result<()> {
    let record = Record::read(file)?;
    let steps = record.servers.iter().filter(|server| server.sources.is_some());
    let last = steps.max_by_key(|step| &step.version).context("no step is recorded")?;
    let rustc = server::of_rustc()?;
    if rustc != record.rustc {
        println!(
            "Not compared: this is {rustc}, and what is recorded is {}",
            record.rustc
        );
        return Ok(());
    }
    if let Some(problem) = instructions::problem() {
        println!("Not compared: {problem}");
        return Ok(());
    }
    let server: Server = last.name.parse()?;
    build(start.peers, [&server])?;
    for mode in MODES {
        let before = last.instructions.get(&mode);
        let before = before.with_context(|| format!("no instructions of {mode}"))?;
        let now = instructions::count(start, &server, mode)?;
        let name = &last.name;
        println!(
            "{name}, {mode}: {now:.0} instructions for a request, before {before:.0}"
        );
        ensure!(
            now <= before * (1.0 + GROWTH),
            "that is {:.1} % more; if it has a reason, record it as CONTRIBUTING.md says",
            100.0 * (now / before - 1.0),
        );
    }
    Ok(())
}
