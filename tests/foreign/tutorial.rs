//! The server of the tutorial in Python: `check` has nothing to say of it, notices each
//! promise that it breaks, and calls no other spelling wrong.

use std::ops::RangeInclusive;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, thread};

use anyhow::{Context, Result, bail, ensure};
use libtest_mimic::{Failed, Trial};
use suite::case::Case;
use suite::cases;
use suite::play::{self, Failure, Outcome, Whose};
use suite::process::Process;
use suite::report::Report;
use suite::root;

use crate::fault;
use crate::program::Program;

/// Steps 18 to 20 give the program another form, and promise nothing more.
const STEPS: RangeInclusive<u8> = 1..=17;

/// How many servers answer at the same time: they wait more than they compute.
const SERVERS: usize = 8;

/// What may be written in other ways, in sets of what goes together.
const SETS: RangeInclusive<char> = '1'..='4';

/// What a chapter promises, and a case that tells when the promise is broken.
#[derive(Clone, Copy)]
struct Promise {
    since: u8,
    name: &'static str,
    case: &'static str,
}

/// All trials of the server, or one that says why there are none.
pub fn trials() -> Vec<Trial> {
    if let Err(reason) = Program::find("python3", "--version") {
        let trial = Trial::test("tutorial", || Ok(()));
        let kind = format!("skipped: {reason}");
        return vec![trial.with_kind(kind).with_ignored_flag(true)];
    }
    STEPS.flat_map(trials_of).collect()
}

fn trials_of(step: u8) -> impl Iterator<Item = Trial> {
    let trial = move |what: String, test: fn(u8, char) -> Result<(), Failed>, set| {
        Trial::test(format!("step_{step:02}::tutorial::{what}"), move || test(step, set))
    };
    // With so many servers they take their time.
    let long = |trial: Trial| match env::var_os("ALL_TRIALS") {
        Some(_) => trial,
        None => trial.with_kind("left to .ci/run").with_ignored_flag(true),
    };
    [trial("plain".into(), holds, ' '), trial("promises".into(), notices, ' ')]
        .into_iter()
        .chain(SETS.map(move |set| trial(format!("spelling_{set}"), spells, set)))
        .map(long)
}

/// One of them is held by a trial as long as its servers answer. They mostly wait; but with
/// all servers of all trials at the same time, a slow machine would let some wait for too
/// long.
static TURNS: [Mutex<()>; 3] = [const { Mutex::new(()) }; 3];

fn wait_for_a_turn(step: u8, set: char) -> MutexGuard<'static, ()> {
    let number = usize::from(step) + set as usize;
    TURNS[number % TURNS.len()].lock().unwrap_or_else(PoisonError::into_inner)
}

/// As it is, the server does what the chapters do, and makes no use of what else HTTP
/// allows.
fn holds(step: u8, set: char) -> Result<(), Failed> {
    let _turn = wait_for_a_turn(step, set);
    all(&shares(step), |share| {
        let server = Server::start(&["--step", &step.to_string()])?;
        all_of(share, |case| {
            let strict = Case { or: &[], left_open: "", ..**case };
            match server.play(&strict) {
                Ok(_) => Ok(()),
                Err(failure) => bail!(server.report(step, case, &failure)),
            }
        })
    })
}

/// Without one of the promises of the step, its case holds no longer.
fn notices(step: u8, set: char) -> Result<(), Failed> {
    let _turn = wait_for_a_turn(step, set);
    let promises: Vec<_> = promises().filter(|promise| promise.since == step).collect();
    all(&promises, |Promise { name, case, .. }| {
        let is_it = |known: &&Case| known.name == *case && known.is_asked(step);
        let case = cases::all()
            .find(is_it)
            .with_context(|| format!("{name}: no such case is asked: {case}"))?;
        let server = Server::start(&["--step", &step.to_string(), "--without", name])?;
        match server.play(case) {
            Ok(Outcome::Holds) => bail!("{} in spite of {name}", case.sentence()),
            _ => Ok(()),
        }
    })
}

/// What the server writes in other ways is not wrong.
fn spells(step: u8, set: char) -> Result<(), Failed> {
    let _turn = wait_for_a_turn(step, set);
    let names = spellings(set).collect::<Vec<_>>().join(",");
    all(&shares(step), |share| {
        let server = Server::start(&["--step", &step.to_string(), "--spelling", &names])?;
        all_of(share, |case| match server.play(case) {
            Ok(_) => Ok(()),
            Err(failure) => bail!(server.report(step, case, &failure)),
        })
    })
}

/// The cases that are new at a step, or at the last step all but those that wait; in parts,
/// each for a server of its own.
fn shares(step: u8) -> Vec<Vec<&'static Case>> {
    let is_last = step == *STEPS.end();
    let is_new = |case: &&Case| case.since == step || is_last && !case.waits();
    let cases = cases::all().filter(|case| case.is_asked(step)).filter(is_new);
    let mut shares = vec![Vec::new(); SERVERS];
    for (number, case) in cases.enumerate() {
        shares[number % SERVERS].push(case);
    }
    shares.retain(|share| !share.is_empty());
    shares
}

/// Does it for all, some at the same time, and says what went wrong.
fn all<T: Sync>(
    tasks: &[T],
    do_it: impl Fn(&T) -> Result<()> + Sync,
) -> Result<(), Failed> {
    let queue = Mutex::new(tasks.iter());
    let next = || queue.lock().ok()?.next();
    let work = || all_of(std::iter::from_fn(next), &do_it);
    let problems: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..SERVERS).map(|_| scope.spawn(work)).collect();
        let ends = workers.into_iter().filter_map(|worker| match worker.join() {
            Ok(end) => end.err().map(|error| format!("{error:#}")),
            Err(_) => Some("a worker has panicked".into()),
        });
        ends.collect()
    });
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// Does it for one after the other, and says what went wrong.
fn all_of<T>(
    tasks: impl IntoIterator<Item = T>,
    do_it: impl Fn(T) -> Result<()>,
) -> Result<()> {
    let errors = tasks.into_iter().filter_map(|task| do_it(task).err());
    let problems: Vec<String> = errors.map(|error| format!("{error:#}")).collect();
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    Ok(())
}

/// The server, with some options.
struct Server {
    options: String,
    /// It ends with this value.
    _process: Process,
    address: std::net::SocketAddr,
}

impl Server {
    fn start(options: &[&str]) -> Result<Server> {
        let script = root::find()?.join("tests/foreign/tutorial.py");
        let mut command = Command::new("python3");
        // It needs nothing that would have to be looked for.
        command.args(["-I", "-S"]).arg(script).arg("127.0.0.1:0").args(options);
        let mut process = Process::start(command)?;
        let address = process.address()?;
        Ok(Server { options: options.join(" "), _process: process, address })
    }

    /// Plays a case; what HTTP leaves open is no failure.
    fn play(&self, case: &Case) -> Result<Outcome, Failure> {
        play::play(case, self.address, Whose::Theirs).or_else(|failure| {
            failure.otherwise(case).map(Outcome::Otherwise).ok_or(failure)
        })
    }

    fn report(&self, step: u8, case: &Case, failure: &Failure) -> String {
        let title = format!("step {step:02}, {}: {}", self.options, case.sentence());
        Report::new(title, case, &fault::chapter(case), failure).to_string()
    }
}

/// All promises, from the table that the server reads, too.
fn promises() -> impl Iterator<Item = Promise> {
    rows(include_str!("promises.txt")).filter_map(|row| match row[..] {
        [since, name, case, ..] => {
            Some(Promise { since: since.parse().ok()?, name, case })
        }
        _ => None,
    })
}

/// The spellings of a set.
fn spellings(set: char) -> impl Iterator<Item = &'static str> {
    rows(include_str!("spellings.txt")).filter_map(move |row| match row[..] {
        [name, sets, ..] => sets.contains(set).then_some(name),
        _ => None,
    })
}

/// The words of each line of a table.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().collect())
}
