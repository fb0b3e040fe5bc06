//! What the book promises, each promise a test:
//!
//! - `replay`: the fragments of each chapter, as built, make its step out of the one before;
//! - `compiles`: between them, the compiler says what the page says;
//! - `pieces`: no directive can get lost unnoticed;
//! - `transcripts`: every `console` block has been run and answers as the page says;
//! - `variants`: the solutions compile, also those that no transcript runs;
//! - `formatted`: the solutions are written as `cargo fmt` writes them, as the steps are;
//! - `mistakes`: in a decorated handler, a mistake is reported where chapter 5 says;
//! - `compare`: the page that compares steps makes any step out of any earlier one;
//! - `prefixes`: the sliders over the bytes of a request say what the step says of each of its
//!   beginnings;
//! - `readers`: two readers of one message see the requests that the page says;
//! - `request`: the panels say of a browser's request what the step says;
//! - `commands`: the tool takes the commands that the pages tell the reader to type;
//! - `links`: no link of the built book leads nowhere;
//! - `weight`: no page is heavier than it has to be;
//! - `serve`: what changes is built again, and the pages can tell;
//! - `measured`: what is said of costs was measured of the steps as they are;
//! - `timings`: the plans for workshops are made of the chapters' own minutes;
//! - `wrong`: each wrong server fails a case, and mended it fails none;
//! - `bearings`: what stands on top of each chapter is true;
//! - `terms`: the index leads to where a word is told;
//! - `budget`: no step asks for more than a reader can take;
//! - `hunks`: no diff takes a line away and puts it back;
//! - `manifests`: a step is a crate that one can copy away;
//! - `library`: the last one is more, a crate that others can use;
//! - `units`: if it has tests of its own, they hold.
//!
//! The two others, the matrix and the teeth, are in `tests/http`.

mod bearings;
mod budget;
mod chapter;
mod commands;
mod compare;
mod formatted;
#[path = "../harness/mod.rs"]
mod harness;
mod hunks;
mod library;
mod links;
mod manifests;
mod measured;
mod mistakes;
mod page;
mod pieces;
mod prefixes;
mod programs;
mod readers;
mod replay;
mod request;
mod scratch;
mod serve;
mod site;
mod terms;
mod timings;
mod transcripts;
mod units;
mod weight;
mod wrong;

use std::env;
use std::process::ExitCode;

use anyhow::{Context, Result};
use book::steps::Step;
use libtest_mimic::{Arguments, Conclusion, Failed, Trial};

use site::Site;

fn main() -> ExitCode {
    match run(&harness::arguments()) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<Conclusion> {
    // Trials outlive this function's borrows, and there is one site a process.
    let site: &'static Site =
        Box::leak(Box::new(Site::build().context("the book does not build")?));
    // First those that wait for a server: meanwhile the others have something to do.
    let is_whole = env::var_os("ALL_TRIALS").is_some() || arguments.filter.is_some();
    let mut trials = transcripts::trials(site, is_whole)?;
    trials.extend(wrong::trials(site)?);
    let tested = site.steps.iter().filter(|step| units::concerns(step));
    trials.extend(tested.map(|step| {
        let name = format!("units::{}", step.package().replace('-', "_"));
        let trial = trial(name, || units::check(site, step));
        left_to_ci_if(!is_whole && !is_last(site, step), trial)
    }));
    trials.extend(prefixes::trials(site)?);
    trials.extend(readers::trials(site)?);
    trials.extend(request::trials(site)?);
    trials.push(
        trial("formatted", || formatted::check(site))
            .with_ignored_flag(!formatted::is_possible()),
    );
    trials.extend(of_steps(site));
    trials.extend(site.steps.iter().map(|step| {
        let name = format!("compiles::{}", step.package().replace('-', "_"));
        let trial = trial(name, || replay::compile(site, step));
        left_to_ci_if(!is_whole && is_large(step), trial)
    }));
    trials.extend(mistakes::MISTAKES.iter().map(|mistake| {
        let check = || mistakes::check(site, site.steps.find("05")?, mistake);
        trial(format!("mistakes::{}", mistake.name), check)
    }));
    trials.extend([
        trial("commands", || commands::check(site)),
        trial("links", || links::check(site)),
        trial("weight", || weight::check(site)),
        trial("compare", || compare::check(site)),
        trial("measured", || measured::check(site)),
        trial("timings", || timings::check(site)),
        trial("bearings", || bearings::check(site)),
        trial("terms", || terms::check(site)),
    ]);
    let long = [
        trial("serve", || serve::check(site)),
        trial("library", || library::check(site)),
    ];
    trials.extend(long.map(|trial| left_to_ci_if(!is_whole, trial)));
    let conclusion = libtest_mimic::run(arguments, trials);
    transcripts::write_down()?;
    Ok(conclusion)
}

/// What has to be true of each step.
fn of_steps(site: &'static Site) -> Vec<Trial> {
    let trials = site.steps.iter().flat_map(|step| {
        let package = step.package().replace('-', "_");
        [
            trial(format!("replay::{package}"), || replay::check(site, step)),
            trial(format!("pieces::{package}"), || pieces::check(site, step)),
            trial(format!("budget::{package}"), || budget::check(site, step)),
            trial(format!("hunks::{package}"), || hunks::check(site, step)),
            trial(format!("manifests::{package}"), || manifests::check(step)),
        ]
    });
    trials.collect()
}

/// Whether to ask all cases of a step takes a minute or more: from step 16 on, they wait
/// for deadlines.
fn waits(step: u8) -> bool {
    step >= 16
}

/// Whether it takes a second or more to compile, which a chapter asks for many times.
fn is_large(step: &Step) -> bool {
    step.number >= 16
}

/// Whether its own tests are those of all steps before it, and some more.
fn is_last(site: &Site, step: &Step) -> bool {
    site.steps.iter().last().is_some_and(|last| last.number == step.number)
}

/// The trial; or one that a plain `cargo test` leaves out, if it takes its time.
fn left_to_ci_if(is_long: bool, trial: Trial) -> Trial {
    if is_long && env::var_os("ALL_TRIALS").is_none() {
        return trial.with_kind("left to .ci/run").with_ignored_flag(true);
    }
    trial
}

fn trial(
    name: impl Into<String>,
    check: impl FnOnce() -> Result<()> + Send + 'static,
) -> Trial {
    Trial::test(name, || check().map_err(|error| Failed::from(format!("{error:#}"))))
}
