//! A run.

use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use suite::record::Record;
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
    let all_cores = cores::all()?;
    let cores = Cores::split(&all_cores, 1).context("there is no core")?;
    let files = rlimit::increase_nofile_limit(u64::MAX)?;
    let max_connections = files.saturating_sub(OTHER_FILES).try_into()?;
    let start = Start { peers, cores: &cores, threads: 1, max_connections, tool: &[] };
    if let Some(file) = &arguments.check_instructions {
        return check::instructions(&start, &root::find()?.join(file));
    }
    ensure!(arguments.rounds > 0, "there must be a round");
    let servers = arguments.servers()?;
    // Before we are bound to a core.
    build(peers, &servers)?;
    cores.bind_load()?;
    let plan = Plan::new(&arguments, &all_cores);
    println!("{}", plan.announce(&servers));
    let mut record = record(&plan, &start, &servers)?;
    print!("{}", Report(&record));
    let Some(file) = &arguments.record else { return Ok(()) };
    let file = root::find()?.join(file);
    if file.exists() {
        ensure!(
            record.complete(Record::read(&file)?),
            "{} is of another machine or compiler: record all of it, into another file",
            file.display(),
        );
    }
    record.write(&file)
}

fn record(plan: &Plan, start: &Start, servers: &[Server]) -> Result<Record> {
    let watch = Watch::start()?;
    let Measured { servers, rate } = figures::all(plan, start, servers)?;
    let machine = describe(watch.percent()?)?;
    Ok(Record { date: today(), machine, rustc: server::of_rustc()?, servers, rate })
}

/// The day, in UTC, as `27 Nov 2026`: a part of what stands in `Date`.
fn today() -> String {
    let now = httpdate::fmt_http_date(SystemTime::now());
    now.get(5..16).unwrap_or(&now).to_string()
}
