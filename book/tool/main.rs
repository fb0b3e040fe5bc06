//! `cargo run`: builds the book and serves it; `cargo run -- --help` tells the rest.

use std::process::ExitCode;

use anstream::eprintln;
use anyhow::Result;
use clap::Parser;

use book::check::launch::Interrupted;
use book::cli::{Cli, Command, Serve};
use book::commands::{build, carry, check, diff, preprocess, serve, start};

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(code) => code,
        // Who has pressed Ctrl-C knows why it ends.
        Err(error) if error.is::<Interrupted>() => ExitCode::from(check::INTERRUPTED),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        None => serve::run(&Serve::default()),
        Some(Command::Serve(options)) => serve::run(options),
        Some(Command::Build) => build::run(),
        Some(Command::Diff(options)) => diff::run(options),
        Some(Command::Check(options)) => check::run(options),
        Some(Command::Start(options)) => start::run(options),
        Some(Command::Carry { step }) => carry::run(step),
        Some(Command::Preprocess { question }) => preprocess::run(question.as_ref()),
    }
}
