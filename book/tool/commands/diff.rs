//! `diff`: shows the difference between two steps, or between a step and the reader's crate.

use std::process::ExitCode;

use anstream::{print, println};
use anyhow::{Context, Result};

use crate::cli;
use crate::diff::change::Change;
use crate::render::terminal;
use crate::steps::crates::Crate;

/// Compares the two, and prints how they differ.
///
/// # Errors
/// If one of them isn't there, or can't be read.
pub fn run(options: &cli::Diff) -> Result<ExitCode> {
    let (old, new) = sides(options)?;
    let (old, new) = (old.without_notes(&new), new.without_notes(&old));
    let change = Change::between(&old.files, &new.files);
    println!("- {old}\n+ {new}\n");
    if options.stat {
        print!("{}", terminal::stat(&change));
    } else {
        print!("{}", terminal::diff(&change));
    }
    print!("{}", terminal::in_words(&old, &new));
    Ok(ExitCode::SUCCESS)
}

/// What comes first, and what comes second: if only a step is named, that is the second.
fn sides(options: &cli::Diff) -> Result<(Crate, Crate)> {
    let steps = super::steps()?;
    let named = Crate::find(&steps, &options.old);
    match &options.new {
        Some(new) => Ok((named?, Crate::find(&steps, new)?)),
        None => {
            let step = steps.find(&options.old).context("compare it with what?")?;
            Ok((Crate::before(&steps, step), named?))
        }
    }
}
