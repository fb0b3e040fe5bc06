//! How busy the machine was with what is not ours.

use std::process;
use std::time::Instant;

use anyhow::Result;

use super::proc::{Cores, everybody};

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
        let cores = Cores::now()?.count as f64;
        let all = self.start.elapsed().as_secs_f64() * TICKS * cores;
        // What nobody has waited for is lost when it ends.
        Ok((100.0 * ticks / all).max(0.0))
    }
}

/// What others have taken: all processes but ourselves, with their children that have ended, and
/// the host of a virtual machine. Our own children, the servers, are never there when this is
/// called. (To take what is ours from how busy the cores were would be less exact: in that,
/// Linux may or may not count what it does for our packets in interrupts.)
fn others() -> Result<i64> {
    let others = everybody()?.into_iter().filter(|(id, _)| *id != process::id());
    let ticks = others.map(|(_, stat)| stat.user + stat.system + stat.of_children);
    Ok((ticks.sum::<u64>() + Cores::now()?.stolen).cast_signed())
}
