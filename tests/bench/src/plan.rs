//! What is measured, and how long that takes.

use std::fmt;

use suite::record::Mode;

use crate::arguments::Arguments;
use crate::figures::{cost, instructions, latency, system_calls, tool, two_cores};
use crate::machine::cores::Cores;
use crate::server::Server;

/// What a measurement takes besides the time in which it measures: a server starts, its clients
/// come, and it ends. In seconds, as all that follows.
const START: f64 = 0.15;
/// What thousands of clients take to come.
const CROWD: f64 = 0.5;
/// What a server takes that is watched by strace, and by valgrind; twice, for two lengths.
const STRACE: f64 = 1.2;
const VALGRIND: f64 = 0.9;

/// What is measured.
pub struct Plan {
    pub rounds: usize,
    /// CPU time and memory; else nothing but instructions.
    pub costs: bool,
    /// Latencies: only if the load has a core of its own.
    pub latencies: bool,
    /// At how many requests a second, if that isn't to be found out.
    pub rate: Option<f64>,
    /// The cores with which one sees what a second brings.
    pub two_cores: Option<Cores>,
    pub system_calls: bool,
    pub instructions: bool,
}

impl Plan {
    /// What was asked for, and is possible. Why something isn't is said.
    pub fn new(arguments: &Arguments, all_cores: &[usize]) -> Plan {
        let costs = !arguments.instructions;
        let instructions = arguments.instructions || arguments.record.is_some();
        let (count, needed) = (all_cores.len(), two_cores::NEEDED);
        let one_core = (count < 2).then(|| "there is one core for all".to_string());
        let too_few =
            (count < needed).then(|| format!("there are {count} cores of {needed}"));
        Plan {
            rounds: arguments.rounds,
            costs,
            rate: None,
            latencies: costs && is_possible("latencies", one_core),
            two_cores: Cores::split(all_cores, 2)
                .filter(|_| costs && is_possible("what a second core brings", too_few)),
            system_calls: costs && is_possible("system calls", system_calls::problem()),
            instructions: instructions
                && is_possible("instructions", instructions::problem()),
        }
    }

    /// About how long all of it takes, in seconds.
    fn seconds(&self, servers: &[Server]) -> f64 {
        let can = |mode: Mode| {
            servers.iter().filter(|server| server.connections(mode).is_some()).count()
                as f64
        };
        let sum = |modes: &[Mode]| modes.iter().map(|mode| can(*mode)).sum::<f64>();
        let crowd = can(Mode::Many);
        let measure = START + (cost::WARM_UP + cost::MEASURED).as_secs_f64();
        let round = measure * sum(&Mode::ALL) + CROWD * crowd;
        let costs = self.rounds as f64 * round + crowd * (START + CROWD);
        let latency =
            latency::ROUNDS as f64 * crowd * (START + latency::TIME.as_secs_f64());
        let two_cores = 2.0 * two_cores::ROUNDS as f64 * crowd * measure;
        let parts = [
            (self.costs, costs),
            (self.latencies, latency),
            (self.two_cores.is_some(), two_cores),
            (self.system_calls, STRACE * sum(&tool::MODES)),
            (
                self.instructions,
                instructions::TIMES as f64 * VALGRIND * sum(&tool::MODES),
            ),
        ];
        parts
            .into_iter()
            .filter(|(is_planned, _)| *is_planned)
            .map(|(_, time)| time)
            .sum()
    }

    /// What is said at the beginning.
    pub fn announce(&self, servers: &[Server]) -> String {
        let names: Vec<String> = servers.iter().map(ToString::to_string).collect();
        let time = About(self.seconds(servers));
        format!("This takes about {time}: {}", names.join(", "))
    }
}

/// A time, no more exactly than it is known.
struct About(f64);

impl fmt::Display for About {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ..50.0 => write!(formatter, "{:.0} seconds", (self.0 / 10.0).ceil() * 10.0),
            ..90.0 => write!(formatter, "a minute"),
            _ => write!(formatter, "{:.0} minutes", self.0 / 60.0),
        }
    }
}

/// Says so if not.
fn is_possible(what: &str, problem: Option<String>) -> bool {
    if let Some(problem) = &problem {
        println!("Not measured: {what}; {problem}");
    }
    problem.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_wants_to_know_it_exactly() {
        let about = |seconds| About(seconds).to_string();
        assert_eq!(about(1.0), "10 seconds");
        assert_eq!(about(49.0), "50 seconds");
        assert_eq!(about(60.0), "a minute");
        assert_eq!(about(130.0), "2 minutes");
    }
}
