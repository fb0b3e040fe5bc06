//! What was measured of the steps, in a file: `cargo bench -p bench -- --record FILE` writes
//! it, and the book draws it.

mod sources;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

pub use sources::hash;

/// Where the repository keeps it.
pub const FILE: &str = "tests/bench/recorded.json";

/// A run of the benchmark.
#[derive(Debug, Deserialize, Serialize)]
pub struct Record {
    /// The day, for people: `27 Nov 2026`.
    pub date: String,
    /// The day of what is oldest in it, if that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    pub machine: Machine,
    /// What `rustc --version` says.
    pub rustc: String,
    /// In the order in which they were named; the first is `limit`.
    pub servers: Vec<Server>,
    /// How many requests a second each server got when its latency was measured.
    pub rate: Option<f64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Machine {
    /// The model of its processor.
    pub processor: String,
    pub cores: usize,
    pub system: String,
    /// How much of it was busy with something else meanwhile, in percent.
    pub busy_otherwise: f64,
}

/// What was measured of a server.
#[derive(Debug, Deserialize, Serialize)]
pub struct Server {
    /// `limit`, `hyper`, `axum`, `nginx`, or `step-NN`.
    pub name: String,
    /// `hyper 1.12.0`, or the name of a step's folder.
    pub version: String,
    /// The [`hash`] of a step.
    pub sources: Option<String>,
    /// What a request costs, in those modes that the server was asked in.
    pub costs: BTreeMap<Mode, Cost>,
    /// The system calls of a request by name, with one connection at a time.
    pub system_calls: BTreeMap<Mode, BTreeMap<String, f64>>,
    /// The instructions of the program itself for a request, with one connection at a time.
    pub instructions: BTreeMap<Mode, f64>,
    /// Where those of a request with keep-alive go, of a step.
    #[serde(default)]
    pub profile: BTreeMap<Part, f64>,
    /// The memory that an idle client costs, in KiB.
    pub idle_client: Option<f64>,
    pub latency: Option<Latency>,
    /// How many requests a second it answers on two cores, for one that it answers on one.
    pub two_cores: Option<f64>,
}

/// How requests come.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One after the other, on each of 64 connections.
    KeepAlive,
    /// Sixteen at once, on each of 64 connections.
    Pipelined,
    /// Each on a connection of its own, 64 at the same time.
    Each,
    /// One after the other, on each of 5,000 connections.
    Many,
}

/// What a server is made of, as far as a request has to do with it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Memory,
    Copies,
    Formatting,
    Texts,
    Parser,
    Routes,
    Response,
    Connection,
    Loop,
    Rest,
}

/// What a request costs: medians of all rounds.
#[derive(Debug, Deserialize, Serialize)]
pub struct Cost {
    /// How many connections there were.
    pub connections: usize,
    /// CPU time.
    pub nanoseconds: f64,
    /// How many requests there are for the CPU time in which `limit` answers one.
    pub to_limit: f64,
    /// The same for hyper, if it was measured.
    pub to_hyper: Option<f64>,
    /// What of the CPU time the program itself takes, from 0 to 1; the rest is the system's.
    pub user: f64,
    /// How much of the time the server was at work, from 0 to 1. When it had nothing to do, the
    /// load couldn't ask faster.
    pub busy: f64,
}

/// How long a client waits at a rate that all servers can hold, in microseconds.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Latency {
    pub median: f64,
    pub percentile_99: f64,
}

impl Server {
    fn is_same_program(&self, other: &Server) -> bool {
        (&self.version, &self.sources) == (&other.version, &other.sources)
    }

    /// Takes over what wasn't measured this time: times, or instructions. Whether there was any.
    fn keep(&mut self, old: Server) -> bool {
        let has_times = self.costs.is_empty() && !old.costs.is_empty();
        if has_times {
            self.costs = old.costs;
            self.system_calls = old.system_calls;
            self.idle_client = old.idle_client;
            self.latency = old.latency;
            self.two_cores = old.two_cores;
        }
        let has_counts = self.instructions.is_empty() && !old.instructions.is_empty();
        if has_counts {
            self.instructions = old.instructions;
            self.profile = old.profile;
        }
        has_times || has_counts
    }

    /// How much of its profile may be of no known part: more, and it says too little.
    pub const MOST_REST: f64 = 0.1;

    /// How much of its profile is of no known part, from 0 to 1.
    pub fn rest(&self) -> f64 {
        let rest = self.profile.get(&Part::Rest).copied().unwrap_or_default();
        // An empty sum is -0.0, and has no rest.
        rest / self.profile.values().sum::<f64>().max(1.0)
    }
}

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::KeepAlive, Mode::Pipelined, Mode::Each, Mode::Many];
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Mode::KeepAlive => "keep-alive",
            Mode::Pipelined => "16 pipelined",
            Mode::Each => "a connection each",
            Mode::Many => "5,000 connections",
        })
    }
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::Memory,
        Part::Copies,
        Part::Formatting,
        Part::Texts,
        Part::Parser,
        Part::Routes,
        Part::Response,
        Part::Connection,
        Part::Loop,
        Part::Rest,
    ];

    /// What it is called in the file, and in directives of the book.
    pub fn word(self) -> &'static str {
        match self {
            Part::Memory => "memory",
            Part::Copies => "copies",
            Part::Formatting => "formatting",
            Part::Texts => "texts",
            Part::Parser => "parser",
            Part::Routes => "routes",
            Part::Response => "response",
            Part::Connection => "connection",
            Part::Loop => "loop",
            Part::Rest => "rest",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Part::Memory => "memory, asked for and given back",
            Part::Copies => "copying bytes",
            Part::Formatting => "formatting texts",
            Part::Texts => "searching texts, UTF-8",
            Part::Parser => "our parser",
            Part::Routes => "our routes and handlers",
            Part::Response => "our response",
            Part::Connection => "our connection",
            Part::Loop => "the loop, sockets, time",
            Part::Rest => "the rest",
        })
    }
}

impl Record {
    /// A server by its name.
    pub fn server(&self, name: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.name == name)
    }

    /// Whether something that is measured on this machine, and with this compiler, can stand
    /// beside what it has.
    pub fn is_of(&self, machine: &Machine, rustc: &str) -> bool {
        let Machine { processor, cores, system, .. } = &self.machine;
        (processor, cores, system)
            == (&machine.processor, &machine.cores, &machine.system)
            && self.rustc == rustc
    }

    /// Keeps what an older record has, and this one hasn't: of servers that weren't measured
    /// now, and of those of which only instructions were counted. Returns the names of those
    /// whose older figures are gone, since they were another program then.
    pub fn complete(&mut self, old: Record) -> Vec<String> {
        if self.servers.iter().all(|server| server.costs.is_empty()) {
            // Nobody has measured a time.
            self.machine.busy_otherwise = old.machine.busy_otherwise;
        }
        let mut gone = Vec::new();
        let mut has_old = false;
        for old in old.servers {
            match self.servers.iter_mut().find(|new| new.name == old.name) {
                Some(new) if new.is_same_program(&old) => has_old |= new.keep(old),
                Some(new) if new.costs.is_empty() && !old.costs.is_empty() => {
                    gone.push(old.name);
                }
                Some(_) => {}
                None => {
                    self.servers.push(old);
                    has_old = true;
                }
            }
        }
        let first = old.since.unwrap_or(old.date);
        self.since = Some(first).filter(|first| has_old && *first != self.date);
        self.rate = self.rate.or(old.rate);
        self.compare_to_hyper();
        // `limit`, the steps, and then the others.
        self.servers.sort_by_key(|server| {
            let step = server.sources.as_ref().map(|_| server.name.clone());
            (server.name != "limit", step.is_none(), step)
        });
        gone
    }

    /// Compares those to hyper that were measured without it: both were compared to `limit`.
    fn compare_to_hyper(&mut self) {
        let Some(hyper) = self.server("hyper") else { return };
        let to_limit: BTreeMap<Mode, f64> =
            hyper.costs.iter().map(|(mode, cost)| (*mode, cost.to_limit)).collect();
        let all = self.servers.iter_mut().flat_map(|server| &mut server.costs);
        for (mode, cost) in all.filter(|(_, cost)| cost.to_hyper.is_none()) {
            cost.to_hyper = to_limit.get(mode).map(|hyper| cost.to_limit / hyper);
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it is not there, or not a record.
    pub fn read(file: &Path) -> Result<Record> {
        let name = || file.display().to_string();
        let text = fs::read(file).with_context(name)?;
        serde_json::from_slice(&text).with_context(name)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(file, text).with_context(|| file.display().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(busy_otherwise: f64) -> Machine {
        let [processor, system] = ["RISC-V", "Linux 7.1"].map(String::from);
        Machine { processor, cores: 2, system, busy_otherwise }
    }

    /// A server with a cost, unless that is 0.
    fn server(name: &str, sources: Option<&str>, to_limit: f64) -> Server {
        let cost = Cost {
            connections: 64,
            nanoseconds: 1.0,
            to_limit,
            to_hyper: None,
            user: 0.5,
            busy: 0.9,
        };
        let costs = Some((Mode::KeepAlive, cost)).filter(|_| to_limit > 0.0);
        Server {
            name: name.into(),
            version: name.into(),
            sources: sources.map(ToString::to_string),
            costs: costs.into_iter().collect(),
            system_calls: BTreeMap::new(),
            instructions: BTreeMap::from([(Mode::KeepAlive, 1000.0 * to_limit + 1.0)]),
            profile: BTreeMap::new(),
            idle_client: None,
            latency: None,
            two_cores: None,
        }
    }

    fn record(date: &str, busy: f64, servers: Vec<Server>) -> Record {
        let (date, rustc) = (date.into(), "rustc 2.0.0".into());
        Record { date, since: None, machine: machine(busy), rustc, servers, rate: None }
    }

    fn old() -> Record {
        let servers = vec![
            server("limit", None, 1.0),
            server("step-31", Some("a"), 0.4),
            server("step-33", Some("b"), 0.6),
            server("hyper", None, 0.8),
        ];
        record("1 Dec 2026", 2.0, servers)
    }

    #[test]
    fn another_machine_is_another_record() {
        assert!(old().is_of(&machine(40.0), "rustc 2.0.0"));
        assert!(!old().is_of(&machine(2.0), "rustc 2.1.0"));
        let newer = Machine { system: "Linux 7.2".into(), ..machine(2.0) };
        assert!(!old().is_of(&newer, "rustc 2.0.0"));
    }

    #[test]
    fn one_step_is_renewed_and_the_others_stay() {
        let servers = vec![server("limit", None, 1.0), server("step-32", Some("c"), 0.2)];
        let mut new = record("3 Dec 2026", 1.0, servers);
        assert_eq!(new.complete(old()), [""; 0]);
        let names: Vec<&str> = new.servers.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["limit", "step-31", "step-32", "step-33", "hyper"]);
        assert_eq!(new.servers[2].costs[&Mode::KeepAlive].to_hyper, Some(0.2 / 0.8));
        assert_eq!(new.since.as_deref(), Some("1 Dec 2026"));
        assert_eq!(new.machine.busy_otherwise, 1.0);
    }

    #[test]
    fn a_count_keeps_times_of_the_same_sources() {
        let servers = vec![
            server("limit", None, 0.0),
            server("step-31", Some("a"), 0.0),
            server("step-33", Some("changed"), 0.0),
        ];
        let mut new = record("3 Dec 2026", 50.0, servers);
        assert_eq!(new.complete(old()), ["step-33"]);
        let of = |name| new.server(name).unwrap();
        assert_eq!(of("step-31").costs[&Mode::KeepAlive].to_limit, 0.4);
        assert_eq!(of("step-31").instructions[&Mode::KeepAlive], 1.0);
        assert!(of("step-33").costs.is_empty());
        assert_eq!(new.machine.busy_otherwise, 2.0);
    }

    #[test]
    fn the_rest_is_what_nobody_knows() {
        let mut server = server("step-31", None, 1.0);
        assert_eq!(server.rest(), 0.0);
        server.profile = BTreeMap::from([(Part::Memory, 90.0), (Part::Rest, 10.0)]);
        assert_eq!(server.rest(), 0.1);
    }
}
