//! What `cargo run -- check` says of servers that nobody here has written: the cases that
//! it asks of a reader's server hold for them, or fail for a reason that is written down.
//!
//! ```text
//! cargo test --test foreign                  all of them
//! cargo test --test foreign nginx            one of them
//! cargo test --test foreign step_08          what the cases of step 8 make of them
//! ```

mod fault;
mod faults;
#[path = "../harness/mod.rs"]
mod harness;
mod program;
mod proxy;
mod server;
mod tutorial;

use std::env;
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use suite::case::Case;
use suite::cases;
use suite::report::Report;

use harness::build;
use server::Server;

/// From the first step with a page that has a path of its own to the last that is about
/// more than the program's form.
const STEPS: RangeInclusive<u8> = 3..=17;
/// From here on, cases wait for deadlines, and each server has its own. That is left to
/// `.ci/run`, or to a filter.
const DEADLINES: u8 = 16;

fn main() -> ExitCode {
    match run(&harness::arguments()) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the trials that are asked for. The servers end as this returns.
fn run(arguments: &Arguments) -> Result<Conclusion> {
    let servers: Vec<_> = server::all().into_iter().map(Arc::new).collect();
    for server in &servers {
        let is_asked =
            |case: &Case| STEPS.into_iter().any(|step| server.is_asked(case, step));
        server.faults.check_names(is_asked)?;
    }
    let is_whole = env::var_os("ALL_TRIALS").is_some() || arguments.filter.is_some();
    let mut trials = Vec::new();
    // All servers at a step, so that the trials that wait for each other are far apart.
    for step in STEPS {
        let is_asked = |server: &&Arc<Server>| {
            step <= server.last_step || server::CONNECTIONS.contains(&step)
        };
        let servers = servers.iter().filter(is_asked);
        let trials_of_step = servers.map(|server| trial(server, step));
        if is_whole || step < DEADLINES {
            trials.extend(trials_of_step);
        } else {
            let left =
                |it: Trial| it.with_kind("left to .ci/run").with_ignored_flag(true);
            trials.extend(trials_of_step.map(left));
        }
    }
    trials.extend(tutorial::trials());
    if !arguments.list && trials.iter().any(|trial| !arguments.is_filtered_out(trial)) {
        build::build_steps()?;
        build::build(&["--example", server::AXUM])?;
    }
    Ok(libtest_mimic::run(arguments, trials))
}

/// What is asked of a server at a step; the version of the server is shown with it.
fn trial(server: &Arc<Server>, step: u8) -> Trial {
    let name = format!("step_{step:02}::{}", server.name);
    match &server.program {
        Ok(program) => {
            let (server, version) = (Arc::clone(server), program.version.clone());
            let kind = version.clone();
            Trial::test(name, move || check(&server, &version, step)).with_kind(kind)
        }
        Err(reason) => Trial::test(name, || Ok(()))
            .with_kind(format!("skipped: {reason}"))
            .with_ignored_flag(true),
    }
}

/// Plays the cases, and compares those that fail with those that have a fault.
fn check(server: &Server, version: &str, step: u8) -> Result<(), Failed> {
    let faults = server.faults;
    let mut surprises = String::new();
    let cases: Vec<_> = cases::all().filter(|case| server.is_asked(case, step)).collect();
    for (case, outcome) in cases.iter().zip(server.play(&cases)) {
        let title = format!("step {step:02}: {}", case.sentence());
        let report = |failure| {
            Report::new(title, case, &fault::chapter(case), failure).to_string()
        };
        match outcome {
            Err(failure) if !failure.is_the_servers() => {
                return Err(report(&failure).into());
            }
            Err(failure) if faults.find(case.name).is_none() => {
                surprises += &(report(&failure) + "\n");
            }
            Err(_) => {}
            Ok(_) => {
                if let Some(because) = faults.find_certain(case.name, version) {
                    let sentence = case.sentence();
                    surprises += &format!("{sentence} holds, in spite of {because}\n\n");
                }
            }
        }
    }
    if surprises.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{surprises}This is {version}. Where it is right, the case must say so, with `or:`. \
         Where it is wrong, that is a fault, for tests/foreign/faults.rs."
    )
    .into())
}
