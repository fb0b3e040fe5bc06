//! Servers under a tool that counts.

use anyhow::Result;
use suite::record::Mode;

use crate::load::{Load, Talk, Until};
use crate::server::process::Process;
use crate::server::{Server, Start};

/// How many requests there are in a short run and in a long one. The difference of the two is
/// what the requests cost; what it costs to start and to end is in both.
pub const SHORT: usize = 320;
pub const LONG: usize = 1600;

/// In which ways a server is asked. With so many connections there would be too few requests on
/// each.
pub const MODES: [Mode; 3] = [Mode::KeepAlive, Mode::Pipelined, Mode::Each];

/// Asks a server that the tool starts, and waits until both have ended. There is a single
/// connection at a time, and the next request comes when the server waits for it: so it is the
/// same each time, however busy the machine is.
pub fn run(start: &Start, server: &Server, mode: Mode, requests: usize) -> Result<()> {
    let process = start.server(server, mode)?;
    let family = process.family()?;
    let wait = || Process::wait_for(&family);
    let mut load = Load::new(Talk::new(process.address(), mode), 1)?;
    load.before_each(&wait);
    load.run(Until::Requests(requests))?;
    drop(load);
    process.end()
}

/// What one request costs.
pub fn difference(short: f64, long: f64) -> f64 {
    (long - short) / (LONG - SHORT) as f64
}
