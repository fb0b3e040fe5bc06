//! A run.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use suite::record::{Machine, Record};
use suite::root;

use crate::arguments::Arguments;
use crate::figures::Measured;
use crate::machine::busy::Watch;
use crate::machine::cores::{self, Cores};
use crate::machine::description::describe;
use crate::plan::Plan;
use crate::report::Report;
use crate::server::{self, Peers, Server, Start, build};
use crate::{check, figures};

/// How many files there are besides the connections: of a process, and of its libraries.
const OTHER_FILES: u64 = 100;

/// Does what the command line asks for.
///
/// # Errors
/// If it can't be done, or if the result is not what it has to be.
pub fn main(peers: &Peers) -> Result<()> {
    let arguments = Arguments::parse();
    let root = root::find()?;
    let all_cores = cores::all()?;
    let cores = Cores::split(&all_cores, 1).context("there is no core")?;
    let files = rlimit::increase_nofile_limit(u64::MAX)?;
    let max_connections = files.saturating_sub(OTHER_FILES).try_into()?;
    let start = Start { peers, cores: &cores, threads: 1, max_connections, tool: &[] };
    if let Some(file) = &arguments.check_instructions {
        return check::instructions(&start, &root.join(file));
    }
    ensure!(arguments.rounds > 0, "there must be a round");
    let servers = arguments.servers()?;
    let file = arguments.record.as_ref().map(|file| root.join(file));
    let old = file.as_ref().filter(|file| file.exists());
    // Before it takes minutes.
    let old = old.map(|file| to_be_completed(file)).transpose()?;
    // Before we are bound to a core.
    build(peers, &servers)?;
    cores.bind_load()?;
    let rate = old.as_ref().and_then(|old| old.rate);
    let plan = Plan { rate, ..Plan::new(&arguments, &all_cores) };
    println!("{}", plan.announce(&servers));
    let mut record = record(&plan, &start, &servers)?;
    print!("{}", Report(&record));
    if let Some(old) = old {
        let gone = record.complete(old);
        if !gone.is_empty() {
            println!(
                "What was measured before of {} is gone, as its sources have changed.",
                gone.join(", ")
            );
        }
    }
    file.map_or(Ok(()), |file| record.write(&file))
}

/// Reads what there is already in a file.
///
/// # Errors
/// If nothing can stand beside it that is measured here.
fn to_be_completed(file: &Path) -> Result<Record> {
    let old = Record::read(file)?;
    let (machine, rustc) = (describe(0.0)?, server::of_rustc()?);
    let Machine { processor, cores, system, .. } = &machine;
    ensure!(
        old.is_of(&machine, &rustc),
        "{} is of another machine, system or compiler ({}, {} cores, {}, {}; here it is \
         {processor}, {cores} cores, {system}, {rustc}), so nothing of it can be kept: remove \
         it, and record all of it",
        file.display(),
        old.machine.processor,
        old.machine.cores,
        old.machine.system,
        old.rustc,
    );
    Ok(old)
}

fn record(plan: &Plan, start: &Start, servers: &[Server]) -> Result<Record> {
    let watch = Watch::start()?;
    let Measured { servers, rate } = figures::all(plan, start, servers)?;
    let machine = describe(watch.percent()?)?;
    let (date, rustc) = (today(), server::of_rustc()?);
    Ok(Record { date, since: None, machine, rustc, servers, rate })
}

/// The day, in UTC, as `27 Nov 2026`: a part of what stands in `Date`.
fn today() -> String {
    let now = httpdate::fmt_http_date(SystemTime::now());
    now.get(5..16).unwrap_or(&now).to_string()
}
