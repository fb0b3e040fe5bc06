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

    /// Keeps what an older record has, and this one hasn't: of servers that weren't measured
    /// now, and of those of which only something was. `false` if that was another machine, or
    /// another compiler, and the two can't be compared.
    pub fn complete(&mut self, old: Record) -> bool {
        let Machine { processor, cores, system, .. } = &self.machine;
        let is_same = (processor, cores, system)
            == (&old.machine.processor, &old.machine.cores, &old.machine.system);
        if !is_same || self.rustc != old.rustc {
            return false;
        }
        for old in old.servers {
            let new = self.servers.iter_mut().find(|new| new.name == old.name);
            match new {
                Some(new) if new.costs.is_empty() && new.sources == old.sources => {
                    new.costs = old.costs;
                    new.system_calls = old.system_calls;
                    new.idle_client = old.idle_client;
                    new.latency = old.latency;
                    new.two_cores = old.two_cores;
                }
                Some(_) => {}
                None => self.servers.push(old),
            }
        }
        self.rate = self.rate.or(old.rate);
        // `limit`, the steps, and then the others.
        self.servers.sort_by_key(|server| {
            let step = server.sources.as_ref().map(|_| server.name.clone());
            (server.name != "limit", step.is_none(), step)
        });
        true
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
