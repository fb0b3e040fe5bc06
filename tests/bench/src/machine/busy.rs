//! How busy the machine was with what is not ours.

use std::time::Instant;

use anyhow::Result;

use super::proc::{Busy, Stat};

/// How many ticks a second has: a promise of Linux to programs, on all systems.
const TICKS: f64 = 100.0;

/// A watch that was begun at some time.
pub struct Watch {
    start: Instant,
    others: i64,
}

impl Watch {
    pub fn start() -> Result<Watch> {
        Ok(Watch { start: Instant::now(), others: others()? })
    }

    /// How much of all cores was busy otherwise since then, in percent.
    pub fn percent(&self) -> Result<f64> {
        let ticks = (others()? - self.others) as f64;
        let cores = Busy::now()?.cores as f64;
        let all = self.start.elapsed().as_secs_f64() * TICKS * cores;
        // Both are rounded, so a little less than nothing is nothing.
        Ok((100.0 * ticks / all).max(0.0))
    }
}

/// What others have taken: all, but for us and our servers, those that have ended. (While none
/// runs, there are no others.)
fn others() -> Result<i64> {
    let ours = Stat::of("self")?;
    let ours = ours.user + ours.system + ours.of_children;
    Ok(Busy::now()?.ticks.cast_signed() - ours.cast_signed())
}
