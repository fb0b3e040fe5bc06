//! Every case on every step that it holds for.
//!
//! ```text
//! cargo test --test http                                     all of it
//! cargo test --test http step_03                             what is true of step 3
//! SERVER=127.0.0.1:8080 cargo test --test http step_03       the same of your own server
//! ```

mod fuzz;
#[path = "../harness/mod.rs"]
mod harness;
mod server;
mod step;
mod trials;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Conclusion, Trial};

use harness::build;
use server::Server;
use step::Step;

fn main() -> ExitCode {
    match run(harness::arguments()) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the trials that are asked for. The servers end as this returns, and so `main`
/// returns as well: `process::exit` would leave them running.
fn run(mut arguments: Arguments) -> Result<Conclusion, Box<dyn Error>> {
    let mut steps = Step::all()?;
    trials::check(&steps)?;
    let place = env::var("SERVER").unwrap_or_default();
    let is_ours = place.is_empty();
    if !is_ours {
        put_server(&mut steps, &place, &arguments)?;
        // There is one of it.
        arguments.test_threads = Some(1);
    }
    let steps = share(steps);
    let trials = if is_ours {
        trials_of_steps(&steps, &arguments)?
    } else {
        trials::matrix(&steps, |case| !case.our_choice)
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    // A case may have ended a server that no other case has asked since.
    match steps.iter().find_map(|step| step.end()) {
        Some(end) => Err(end.into()),
        None => Ok(conclusion),
    }
}

/// Every case on the programs of the steps, which are built if any trial is to run.
fn trials_of_steps(
    steps: &[Arc<Step>],
    arguments: &Arguments,
) -> Result<Vec<Trial>, String> {
    let mut trials = trials::matrix(steps, |_| true);
    trials.extend(trials::teeth(steps));
    // They need a core, and so come when few others look at the clock.
    trials.extend(trials::fuzz(steps));
    if !arguments.list && trials.iter().any(|trial| !arguments.is_filtered_out(trial)) {
        build::build_steps()?;
    }
    Ok(trials)
}

/// Puts the reader's server in the place of the step that it has reached.
fn put_server(
    steps: &mut [Step],
    place: &str,
    arguments: &Arguments,
) -> Result<(), String> {
    let number = step_in_filter(arguments).ok_or_else(|| {
        format!(
            "SERVER is set: say which step your server has reached, like this:\n\n    \
             SERVER={place} cargo test --test http step_03\n"
        )
    })?;
    let step = steps.iter_mut().find(|step| step.number == number);
    let step = step.ok_or_else(|| format!("there is no step {number:02}"))?;
    step.replace_server(Server::find(place)?);
    Ok(())
}

/// A step belongs to all the trials that run on it.
fn share(steps: Vec<Step>) -> Vec<Arc<Step>> {
    steps.into_iter().map(Arc::new).collect()
}

/// The number in a filter like `step_03` or `step_03::the_name_of_a_case`.
fn step_in_filter(arguments: &Arguments) -> Option<u8> {
    let (_, rest) = arguments.filter.as_ref()?.split_once("step_")?;
    rest.get(..2)?.parse().ok()
}
