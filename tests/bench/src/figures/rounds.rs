//! Rounds: everybody is measured, then everybody again.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use suite::record::{Cost, Mode};

use super::cost::{self, Sample};
use crate::server::{Kind, Server, Start};

/// What a server was measured at, in each round.
type Samples = BTreeMap<Mode, Vec<Sample>>;

/// All rounds, by server.
pub struct Rounds(Vec<Samples>);

impl Rounds {
    /// Plays so many. A server is measured in one way right after the others were measured in
    /// this way, so that a ratio is one of two measurements that are seconds apart. Each time it
    /// is started anew: where its memory lies is a matter of luck, too.
    ///
    /// # Errors
    /// If a server doesn't do what it should.
    pub fn play(start: &Start, servers: &[Server], rounds: usize) -> Result<Rounds> {
        let mut all = vec![Samples::new(); servers.len()];
        for round in 1..=rounds {
            eprintln!("round {round} of {rounds}");
            for mode in Mode::ALL {
                for (server, samples) in servers.iter().zip(&mut all) {
                    let sample = cost::sample(start, server, mode);
                    let sample = sample.with_context(|| format!("{server}, {mode}"))?;
                    samples.entry(mode).or_default().extend(sample);
                }
            }
        }
        Ok(Rounds(all))
    }

    /// What a request costs, by server. The first of them is the limit.
    ///
    /// # Errors
    /// If there was no round.
    pub fn costs(&self, servers: &[Server]) -> Result<Vec<BTreeMap<Mode, Cost>>> {
        let hyper = servers.iter().position(|server| server.kind == Kind::Hyper);
        let of_mode = |(&mode, own): (&Mode, &Vec<Sample>)| {
            let hyper = hyper.map(|place| &*self.0[place][&mode]);
            Ok((mode, cost::cost(own, &self.0[0][&mode], hyper)?))
        };
        let of_server = |samples: &Samples| {
            samples.iter().filter(|(_, own)| !own.is_empty()).map(of_mode).collect()
        };
        self.0.iter().map(of_server).collect()
    }

    /// How many requests a second, one after the other on each connection, the slowest of those
    /// answers that are asked like most; if there are any.
    pub fn slowest(&self, servers: &[Server]) -> Option<f64> {
        let with_room =
            servers.iter().zip(&self.0).filter(|(server, _)| server.has_room());
        let samples = with_room.flat_map(|(_, samples)| &samples[&Mode::KeepAlive]);
        samples.map(|sample| sample.rate).min_by(f64::total_cmp)
    }
}
