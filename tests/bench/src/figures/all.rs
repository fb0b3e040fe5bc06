//! All that is planned, one after the other.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use suite::record::{self, Mode, Part};
use suite::root;

use super::rounds::Rounds;
use super::{idle, instructions, latency, system_calls, tool, two_cores};
use crate::plan::Plan;
use crate::server::{Kind, Server, Start, program};

/// What was measured, and the rate of requests at which latencies were.
pub struct Measured {
    pub servers: Vec<record::Server>,
    pub rate: Option<f64>,
}

/// Measures.
///
/// # Errors
/// If a server doesn't do what it should.
pub fn all(plan: &Plan, start: &Start, servers: &[Server]) -> Result<Measured> {
    let records = servers.iter().map(blank).collect::<Result<_>>()?;
    let mut measured = Measured { servers: records, rate: None };
    if plan.costs {
        costs(plan, start, servers, &mut measured)?;
    }
    for (server, record) in servers.iter().zip(&mut measured.servers) {
        if plan.costs {
            eprintln!("memory: {server}");
            record.idle_client =
                idle::client(start, server).context(server.to_string())?;
        }
        if let Some(cores) = &plan.two_cores {
            eprintln!("two cores: {server}");
            record.two_cores = two_cores::ratio(start, cores, server)?;
        }
        if plan.system_calls {
            eprintln!("system calls: {server}");
            record.system_calls = by_mode(start, server, system_calls::count)?;
        }
        if plan.instructions {
            eprintln!("instructions: {server}");
            record.instructions = by_mode(start, server, instructions::count)?;
            record.profile = profile(start, server)?;
        }
    }
    Ok(measured)
}

/// CPU time, and latencies at half the rate of the slowest.
fn costs(
    plan: &Plan,
    start: &Start,
    servers: &[Server],
    measured: &mut Measured,
) -> Result<()> {
    let rounds = Rounds::play(start, servers, plan.rounds)?;
    for (record, costs) in measured.servers.iter_mut().zip(rounds.costs(servers)?) {
        record.costs = costs;
    }
    let half = || rounds.slowest(servers).map(|it| it / 2.0);
    measured.rate = plan.rate.or_else(half).filter(|_| plan.latencies);
    if let Some(rate) = measured.rate {
        eprintln!("latencies");
        let latencies = latency::all(start, servers, rate)?;
        for (record, latency) in measured.servers.iter_mut().zip(latencies) {
            record.latency = latency;
        }
    }
    Ok(())
}

/// What is counted of a server, in all ways in which it can be asked.
fn by_mode<T>(
    start: &Start,
    server: &Server,
    count: fn(&Start, &Server, Mode) -> Result<T>,
) -> Result<BTreeMap<Mode, T>> {
    let modes =
        tool::MODES.into_iter().filter(|&mode| server.connections(mode).is_some());
    let counted = modes.map(|mode| {
        let count = count(start, server, mode);
        Ok((mode, count.with_context(|| format!("{server}, {mode}"))?))
    });
    counted.collect()
}

/// Where the instructions of a step go, if it can be asked with keep-alive.
fn profile(start: &Start, server: &Server) -> Result<BTreeMap<Part, f64>> {
    let Kind::Step(step) = server.kind else { return Ok(BTreeMap::new()) };
    if server.connections(Mode::KeepAlive).is_none() {
        return Ok(BTreeMap::new());
    }
    instructions::profile(start, server, &program(start.peers, step))
        .with_context(|| format!("{server}, where the instructions go"))
}

/// A server of which nothing was measured yet.
fn blank(server: &Server) -> Result<record::Server> {
    let version = server.version()?;
    let sources = match server.kind {
        Kind::Step(_) => Some(record::hash(&root::find()?.join("steps").join(&version))?),
        _ => None,
    };
    Ok(record::Server {
        name: server.to_string(),
        version,
        sources,
        costs: BTreeMap::new(),
        system_calls: BTreeMap::new(),
        instructions: BTreeMap::new(),
        profile: BTreeMap::new(),
        idle_client: None,
        latency: None,
        two_cores: None,
    })
}
