//! What a second core brings.

use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use suite::record::Mode;

use super::cost::{MEASURED, WARM_UP};
use super::statistics::median;
use crate::load::{Load, Talk, Until};
use crate::machine::cores::Cores;
use crate::server::{Server, Start};

/// How many cores the machine must have: two for the server, and two for the load, which is
/// else what is measured.
pub const NEEDED: usize = 4;
pub const ROUNDS: usize = 3;

/// How many requests a second a server answers on two cores, for one that it answers on one:
/// the median of the rounds. `None` if it can't be asked like the others.
///
/// # Errors
/// If it doesn't do what it should.
pub fn ratio(start: &Start, two: &Cores, server: &Server) -> Result<Option<f64>> {
    if !server.has_room() {
        return Ok(None);
    }
    let one = Cores { server: two.server[..1].to_vec(), load: two.load.clone() };
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let of_one = rate(&Start { cores: &one, threads: 1, ..*start }, server)?;
        let of_two = rate(&Start { cores: two, threads: 2, ..*start }, server)?;
        ratios.push(of_two / of_one);
    }
    Ok(median(ratios))
}

/// Requests a second, of two loads.
fn rate(start: &Start, server: &Server) -> Result<f64> {
    let mode = Mode::KeepAlive;
    let connections = start.connections(server, mode).context("it can't")?;
    let process = start.server(server, mode)?;
    let load = || {
        let talk = Talk::new(process.address(), mode);
        let mut load = Load::new(talk, connections / 2)?;
        load.run(Until::Time(WARM_UP))?;
        let start = Instant::now();
        let answered = load.run(Until::Time(MEASURED))?;
        anyhow::Ok(answered as f64 / start.elapsed().as_secs_f64())
    };
    let rates: Vec<Result<f64>> = thread::scope(|scope| {
        let loads = [scope.spawn(load), scope.spawn(load)];
        loads.map(|load| load.join().expect("it doesn't panic")).into()
    });
    process.end()?;
    rates.into_iter().sum()
}
