//! How long a client waits.

use std::time::Duration;

use anyhow::{Context, Result};
use suite::record::{Latency, Mode};

use super::cost::WARM_UP;
use super::statistics::{median, percentile};
use crate::load::{Load, Talk, Until};
use crate::server::{Server, Start};

pub const ROUNDS: usize = 3;
pub const TIME: Duration = Duration::from_secs(1);

/// How long the clients of each server wait if there are so many requests a second: medians of
/// all rounds. `None` for a server that would have to be asked on fewer connections.
///
/// # Errors
/// If one doesn't do what it should.
pub fn all(start: &Start, servers: &[Server], rate: f64) -> Result<Vec<Option<Latency>>> {
    let mut all = vec![Vec::new(); servers.len()];
    for _ in 0..ROUNDS {
        for (server, latencies) in servers.iter().zip(&mut all) {
            if server.has_room() {
                let one = one(start, server, rate);
                latencies.push(one.with_context(|| format!("{server}, latency"))?);
            }
        }
    }
    Ok(all.iter().map(|latencies| middle(latencies)).collect())
}

fn one(start: &Start, server: &Server, rate: f64) -> Result<Latency> {
    let mode = Mode::KeepAlive;
    let connections = start.connections(server, mode).context("it can't")?;
    let process = start.server(server, mode)?;
    let mut load = Load::new(Talk::new(process.address(), mode), connections)?;
    load.run(Until::Time(WARM_UP))?;
    let mut taken = load.at_rate(rate, TIME)?;
    drop(load);
    process.end()?;
    let mut micros = |percent| {
        let time = percentile(percent, &mut taken).context("the rate is too low")?;
        anyhow::Ok(time.as_secs_f64() * 1e6)
    };
    Ok(Latency { median: micros(50)?, percentile_99: micros(99)? })
}

fn middle(latencies: &[Latency]) -> Option<Latency> {
    Some(Latency {
        median: median(latencies.iter().map(|it| it.median))?,
        percentile_99: median(latencies.iter().map(|it| it.percentile_99))?,
    })
}
