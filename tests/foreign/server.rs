//! The servers: how each is started, and what came of playing a case on it.

use std::collections::HashMap;
use std::env::consts::EXE_SUFFIX;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{iter, thread};

use anyhow::{Result, bail};
use suite::case::Case;
use suite::client;
use suite::play::{self, Failure, Outcome, Whose};
use suite::port::Port;
use suite::process::Process;
use suite::root;

use crate::fault::Faults;
use crate::faults;
use crate::harness::build;
use crate::program::Program;
use crate::proxy::{self, Proxy};

/// How often we look whether a proxy listens.
const POLL: Duration = Duration::from_millis(20);

/// How many of a server are asked at the same time.
const INSTANCES: usize = 4;

/// The steps that are about connections, and no new pages.
pub const CONNECTIONS: RangeInclusive<u8> = 16..=17;

/// The example that is axum with our pages.
pub const AXUM: &str = "foreign-axum";

/// A server that nobody here has written, with the pages of the tutorial.
pub struct Server {
    pub name: &'static str,
    /// The steps whose pages it has; besides, the cases that are about connections.
    pub last_step: u8,
    pub faults: &'static Faults,
    /// What has to be on this machine, or that it isn't there.
    pub program: Result<Program, String>,
    pages: Pages,
    state: Mutex<State>,
}

/// Where a server has its pages from.
enum Pages {
    /// The program is ours, and takes an address.
    Built,
    /// The program runs this script of ours, which takes an address.
    Script(&'static str),
    /// The program is in front of one of our steps.
    Proxy(&'static Proxy),
}

#[derive(Default)]
struct State {
    /// Those that have been started.
    running: [Option<Started>; INSTANCES],
    /// What came of each case: at a later step, it would be the same.
    played: HashMap<&'static str, Played>,
}

/// What came of starting a server.
type Started = Result<Running, String>;

/// What came of a case.
type Played = Result<Outcome, Arc<Failure>>;

/// Processes that end with this value.
struct Running {
    address: SocketAddr,
    /// That of a proxy.
    _port: Option<Port>,
    _processes: Vec<Process>,
}

/// All servers.
pub fn all() -> Vec<Server> {
    let script = |name, last_step, faults, program, script| {
        let program = Program::find(program, "--version");
        Server::new(name, last_step, faults, program, Pages::Script(script))
    };
    let proxy = |proxy: &'static Proxy, faults| {
        let program = Program::find(proxy.program, "-v");
        // From step 13 on it is only about pages, which are ours.
        Server::new(proxy.program, 12, faults, program, Pages::Proxy(proxy))
    };
    let axum = build::folder().join("examples").join(format!("{AXUM}{EXE_SUFFIX}"));
    let axum = Ok(Program::built(axum));
    vec![
        Server::new("axum", 15, &faults::AXUM, axum, Pages::Built),
        script("node", 15, &faults::NODE, "node", "node.mjs"),
        script("http_server", 10, &faults::HTTP_SERVER, "python3", "http_server.py"),
        proxy(&proxy::NGINX, &faults::NGINX),
        proxy(&proxy::LIGHTTPD, &faults::LIGHTTPD),
        proxy(&proxy::APACHE, &faults::APACHE),
    ]
}

impl Server {
    fn new(
        name: &'static str,
        last_step: u8,
        faults: &'static Faults,
        program: Result<Program, String>,
        pages: Pages,
    ) -> Server {
        Server { name, last_step, faults, program, pages, state: Mutex::default() }
    }

    /// Whether it is asked this at a step: whatever it does where HTTP leaves that open is
    /// right.
    pub fn is_asked(&self, case: &Case, step: u8) -> bool {
        let has_pages = case.since <= self.last_step || CONNECTIONS.contains(&case.since);
        has_pages && case.is_asked(step) && case.left_open.is_empty()
    }

    /// Plays cases, or tells what came of them before. They wait more than they compute, so
    /// some are played at the same time, each on a server of its own.
    pub fn play(&self, cases: &[&'static Case]) -> Vec<Played> {
        // A trial that panics leaves what was played before.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { running, played } = &mut *state;
        let new = cases.iter().copied().filter(|case| !played.contains_key(case.name));
        let new = Mutex::new(new.collect::<Vec<_>>().into_iter());
        let outcomes: Vec<_> = thread::scope(|scope| {
            let (new, numbered) = (&new, running.iter_mut().enumerate());
            let threads = numbered.map(|(number, running)| {
                let start = move || self.start(number);
                scope.spawn(move || play_some(running.get_or_insert_with(start), new))
            });
            let threads: Vec<_> = threads.collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        played.extend(outcomes);
        cases.iter().map(|case| played[case.name].clone()).collect()
    }

    fn start(&self, number: usize) -> Started {
        let program = self.program.as_ref().map_err(String::clone)?;
        let command = Command::new(&program.path);
        let started = match self.pages {
            Pages::Built => start(command),
            Pages::Script(script) => start_script(command, script),
            Pages::Proxy(proxy) => start_proxy(proxy, number, command),
        };
        started.map_err(|error| format!("{}: {error:#}", self.name))
    }
}

/// Plays one case after the other, as long as there are any.
fn play_some(
    running: &Started,
    cases: &Mutex<impl Iterator<Item = &'static Case>>,
) -> Vec<(&'static str, Played)> {
    let next = || cases.lock().unwrap().next();
    let play = |case: &'static Case| {
        let outcome = match running {
            Ok(running) => play::play(case, running.address, Whose::Theirs),
            Err(error) => Err(Failure::broken(error.clone())),
        };
        (case.name, outcome.map_err(Arc::new))
    };
    iter::from_fn(next).map(play).collect()
}

/// Starts a server that is told its address, and says which one it has got.
fn start(mut command: Command) -> Result<Running> {
    command.arg("127.0.0.1:0");
    let mut process = Process::start(command)?;
    let address = process.address()?;
    Ok(Running { address, _port: None, _processes: vec![process] })
}

/// Starts a server that is a script of ours.
fn start_script(mut command: Command, script: &str) -> Result<Running> {
    command.arg(root::find()?.join("tests/foreign").join(script));
    start(command)
}

/// Starts our last step, and a proxy in front of it, which says nothing when it listens.
fn start_proxy(proxy: &Proxy, number: usize, mut command: Command) -> Result<Running> {
    let mut step = Process::of_step(&build::program(20))?;
    let port = Port::reserve()?;
    proxy.configure(&mut command, number, port.address, step.address()?)?;
    let mut process = Process::start(command)?;
    while !client::is_there(port.address) {
        if let Some(end) = process.end_in_words(POLL) {
            bail!("it has ended before it listened: {end}");
        }
    }
    let (address, port) = (port.address, Some(port));
    Ok(Running { address, _port: port, _processes: vec![process, step] })
}
