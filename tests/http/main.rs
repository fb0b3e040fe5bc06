//! Every case on every step that it holds for.
//!
//! ```text
//! cargo test --test http                                     all of it
//! cargo test --test http step_03                             what is true of step 3
//! SERVER=127.0.0.1:8080 cargo test --test http step_03       the same of your own server
//! ```

mod dates;
#[cfg(unix)]
mod descriptors;
mod fuzz;
#[path = "../harness/mod.rs"]
mod harness;
mod log;
#[cfg(target_os = "linux")]
mod memory;
mod server;
#[cfg(unix)]
mod shutdown;
#[cfg(unix)]
mod signals;
mod step;
#[cfg(target_os = "linux")]
mod stream;
mod trials;

use std::env;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use libtest_mimic::{Arguments, Conclusion, Trial};
use suite::case::Case;

use harness::build;
use server::Server;
use step::Step;
use trials::Question;

fn main() -> ExitCode {
    match run(harness::arguments()) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the trials that are asked for. The servers end as this returns, and so `main`
/// returns as well: `process::exit` would leave them running.
fn run(mut arguments: Arguments) -> Result<Conclusion> {
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
        let questions = trials::matrix(&steps, |case, _| !case.our_choice);
        questions.into_iter().map(Question::into_trial).collect()
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    // A case may have ended a server that no other case has asked since.
    match steps.iter().find_map(|step| step.end()) {
        Some(end) => bail!(end),
        None => Ok(conclusion),
    }
}

/// The last steps of the parts that have one more after them.
const LAST_OF_PARTS: [u8; 3] = [4, 15, 30];

/// Every case on the programs of the steps, which are built if any trial is to run. If
/// nothing is asked for, a case is played where it begins, where it ends, and at the end of
/// each part; the steps between are left to `.ci/run`.
fn trials_of_steps(steps: &[Arc<Step>], arguments: &Arguments) -> Result<Vec<Trial>> {
    let is_whole = env::var_os("ALL_TRIALS").is_some() || arguments.filter.is_some();
    let last = steps.last().map(|step| step.number);
    let is_last = |step: u8| LAST_OF_PARTS.contains(&step) || Some(step) == last;
    let is_played = |case: &Case, step: u8| {
        is_whole || is_last(step) || step == case.since || Some(step) == case.until
    };
    let mut questions = trials::matrix(steps, is_played);
    if !is_whole {
        let left = trials::matrix(steps, |_, _| true).len() - questions.len();
        println!("{left} cases on steps in between are left to .ci/run (ALL_TRIALS=1)");
    }
    questions.extend(trials::teeth(steps));
    let questions = questions.into_iter();
    let mut trials: Vec<Trial> =
        questions.map(|question| question.begin(arguments)).collect();
    let promises = promises(steps);
    trials.extend(if is_whole { promises } else { trials::thin(promises, is_last) });
    // They need a core, and so come when few others look at the clock.
    trials.extend(trials::fuzz(steps, |step| is_whole || is_last(step)));
    if !arguments.list && trials.iter().any(|trial| !arguments.is_filtered_out(trial)) {
        build::build_steps()?;
    }
    Ok(trials)
}

/// What no case can ask, since it takes more than a client.
fn promises(steps: &[Arc<Step>]) -> Vec<Trial> {
    let mut trials = trials::logs(steps);
    trials.extend(trials::dates(steps));
    #[cfg(unix)]
    trials.extend(trials::signals(steps).into_iter().chain(trials::descriptors(steps)));
    #[cfg(target_os = "linux")]
    trials.extend(trials::memory(steps));
    #[cfg(unix)]
    trials.extend(trials::shutdown(steps));
    #[cfg(target_os = "linux")]
    trials.extend(trials::streams(steps));
    trials
}

/// Puts the reader's server in the place of the step that it has reached.
fn put_server(steps: &mut [Step], place: &str, arguments: &Arguments) -> Result<()> {
    let number = step_in_filter(arguments).with_context(|| {
        format!(
            "SERVER is set: say which step your server has reached, like this:\n\n    \
             SERVER={place} cargo test --test http step_03\n"
        )
    })?;
    let step = steps.iter_mut().find(|step| step.number == number);
    let step = step.with_context(|| format!("there is no step {number:02}"))?;
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
