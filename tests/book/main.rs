//! What the book promises, each promise a test:
//!
//! - `replay`: the fragments of each chapter, as built, make its step out of the one before;
//! - `pieces`: no directive can get lost unnoticed;
//! - `transcripts`: every `console` block has been run and answers as the page says;
//! - `mistakes`: in a decorated handler, a mistake is reported where chapter 5 says;
//! - `compare`: the page that compares steps makes any step out of any earlier one;
//! - `request`: the panels say of a browser's request what the step says;
//! - `commands`: the tool takes the commands that the pages tell the reader to type;
//! - `links`: no link of the built book leads nowhere;
//! - `timings`: the plans for workshops are made of the chapters' own minutes;
//! - `wrong`: each wrong server fails a case, and mended it fails none;
//! - `budget`: no step asks for more than a reader can take;
//! - `hunks`: no diff takes a line away and puts it back;
//! - `manifests`: a step is a crate that one can copy away;
//! - `units`: if it has tests of its own, they hold.
//!
//! The two others, the matrix and the teeth, are in `tests/http`.

mod budget;
mod commands;
mod compare;
#[path = "../harness/mod.rs"]
mod harness;
mod hunks;
mod links;
mod manifests;
mod mistakes;
mod page;
mod pieces;
mod replay;
mod request;
mod scratch;
mod site;
mod timings;
mod transcripts;
mod units;
mod wrong;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    harness::colors::set_colors(arguments.color);
    let site = match site::Site::build() {
        Ok(site) => site,
        Err(error) => {
            eprintln!("the book does not build: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    // Trials outlive this function's borrows, and there is one site a process.
    let site: &'static site::Site = Box::leak(Box::new(site));
    let mut trials = vec![
        trial("commands", || commands::check(site)),
        trial("links", || links::check(site)),
        trial("compare", || compare::check(site)),
        trial("timings", || timings::check(site)),
    ];
    for step in site.steps.iter() {
        let package = step.package().replace('-', "_");
        trials
            .push(trial(format!("replay::{package}"), move || replay::check(site, step)));
        trials
            .push(trial(format!("pieces::{package}"), move || pieces::check(site, step)));
        trials
            .push(trial(format!("budget::{package}"), move || budget::check(site, step)));
        if request::concerns(site, step) {
            let name = format!("request::{package}");
            trials.push(trial(name, || request::check(site, step)));
        }
        trials.push(trial(format!("hunks::{package}"), || hunks::check(site, step)));
        trials.push(trial(format!("manifests::{package}"), || manifests::check(step)));
        if units::concerns(step) {
            let name = format!("units::{package}");
            trials.push(trial(name, || units::check(site, step)));
        }
    }
    for mistake in mistakes::MISTAKES {
        let check = || mistakes::check(site.steps.find("05")?, mistake);
        trials.push(trial(format!("mistakes::{}", mistake.name), check));
    }
    trials.extend(wrong::trials(site));
    trials.extend(transcripts::trials(site));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(
    name: impl Into<String>,
    check: impl FnOnce() -> anyhow::Result<()> + Send + 'static,
) -> Trial {
    Trial::test(name, || check().map_err(|error| Failed::from(format!("{error:#}"))))
}
