//! The CPU time that a request costs.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use suite::record::{Cost, Mode};

use super::statistics::median;
use crate::load::{Load, Talk, Until};
use crate::machine::clock;
use crate::server::{Server, Start};

/// Until caches are warm, and buffers as large as they have to be.
pub const WARM_UP: Duration = Duration::from_millis(100);
/// Some ten thousand requests, which is enough for a percent or two.
pub const MEASURED: Duration = Duration::from_millis(400);

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub connections: usize,
    /// CPU time of the server for a request.
    pub nanoseconds: f64,
    /// What of it the program itself has taken, not the system for it: from 0 to 1.
    pub user: f64,
    /// Requests a second. It is of use to choose a rate, and nowhere printed alone.
    pub rate: f64,
}

/// Measures a server that is started for this; `None` if it can't do that.
///
/// # Errors
/// If it doesn't do what it should.
pub fn sample(start: &Start, server: &Server, mode: Mode) -> Result<Option<Sample>> {
    let Some(connections) = start.connections(server, mode) else { return Ok(None) };
    let process = start.server(server, mode)?;
    let mut load = Load::new(Talk::new(process.address(), mode), connections)?;
    // Only now nginx has its workers.
    let family = process.family()?;
    load.run(Until::Time(WARM_UP))?;
    let (before, begin) = (clock::taken(&family)?, Instant::now());
    let answered = load.run(Until::Time(MEASURED))? as f64;
    let (time, taken) = (begin.elapsed(), clock::taken(&family)?.since(&before));
    drop(load);
    process.end()?;
    let ticks = (taken.user + taken.system).max(1);
    Ok(Some(Sample {
        connections,
        nanoseconds: taken.time.as_nanos() as f64 / answered,
        user: taken.user as f64 / ticks as f64,
        rate: answered / time.as_secs_f64(),
    }))
}

/// What comes of all rounds: the median of the ratios within each, since what disturbs the
/// machine disturbs all that is measured at about that time.
///
/// # Errors
/// If there was no round.
pub fn cost(own: &[Sample], limit: &[Sample], hyper: Option<&[Sample]>) -> Result<Cost> {
    let first = own.first().context("there was no round")?;
    let middle = |of: fn(&Sample) -> f64| median(own.iter().map(of)).unwrap_or_default();
    let ratio = |others: &[Sample]| {
        let pairs = own.iter().zip(others);
        median(pairs.map(|(own, other)| other.nanoseconds / own.nanoseconds))
    };
    Ok(Cost {
        connections: first.connections,
        nanoseconds: middle(|sample| sample.nanoseconds),
        to_limit: ratio(limit).context("limit was not measured")?,
        to_hyper: hyper.and_then(ratio),
        user: middle(|sample| sample.user),
        busy: middle(|sample| sample.nanoseconds * sample.rate / 1e9),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(times: [f64; 3]) -> [Sample; 3] {
        let (connections, user, rate) = (64, 0.25, 1000.0);
        times.map(|nanoseconds| Sample { connections, nanoseconds, user, rate })
    }

    #[test]
    fn ratios_are_of_the_same_round() {
        // In the second round the machine was slow, in the third only for the one.
        let own = samples([2000.0, 20_000.0, 9000.0]);
        let limit = samples([1000.0, 10_000.0, 1000.0]);
        let cost = cost(&own, &limit, None).unwrap();
        assert_eq!((cost.to_limit, cost.to_hyper), (0.5, None));
        assert_eq!(cost.nanoseconds, 9000.0);
    }
}
