//! The CPU time of a server.

use std::time::Duration;

use anyhow::{Context, Result};
use nix::time::ClockId;
use nix::unistd::Pid;

use super::proc::Stat;

/// The CPU time that some processes have taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Taken {
    /// By the clock that the system keeps for each process: to the nanosecond, with all threads,
    /// also those that have ended. `/proc` has ticks of ten milliseconds, which is a fortieth of
    /// what a measurement takes, or nanoseconds for threads that are still there.
    pub time: Duration,
    /// In ticks: by the program itself, and by the system for it. Only ticks are told apart.
    pub user: u64,
    pub system: u64,
}

/// What these processes have taken so far.
///
/// # Errors
/// If one has ended.
pub fn taken(processes: &[Pid]) -> Result<Taken> {
    let mut sum = Taken::default();
    for &process in processes {
        let now = ClockId::pid_cpu_clock_id(process).and_then(ClockId::now);
        let stat = Stat::of(process).context("a server has ended")?;
        sum.time += Duration::from(now?);
        sum.user += stat.user;
        sum.system += stat.system;
    }
    Ok(sum)
}

impl Taken {
    /// What has been taken since.
    pub fn since(&self, before: &Taken) -> Taken {
        Taken {
            time: self.time - before.time,
            user: self.user - before.user,
            system: self.system - before.system,
        }
    }
}
