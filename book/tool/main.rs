//! `cargo run`: builds the book and serves it; `cargo run -- --help` tells the rest.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anstream::{eprintln, print, println};
use anyhow::{Context, Result};
use clap::Parser;
use mdbook_preprocessor::Preprocessor;
use suite::{client, root};

use book::change::Change;
use book::cli::{Check, Cli, Command, Diff, HOST, PORT, Question, Serve, Start};
use book::crates::Crate;
use book::examine::Examination;
use book::launch::{Interrupted, Launch};
use book::preprocess::Narrator;
use book::start::Origin;
use book::step::Steps;
use book::subject::Subject;
use book::watch::Sources;
use book::{carry, serve, site, start, terminal};

/// The exit status of what Ctrl-C has ended.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        // Who has pressed Ctrl-C knows why it ends.
        Err(error) if error.is::<Interrupted>() => ExitCode::from(INTERRUPTED),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    match Cli::parse().command {
        None => serve(&Serve { port: PORT, host: HOST.into(), open: false })?,
        Some(Command::Serve(options)) => serve(&options)?,
        Some(Command::Build) => {
            println!("the book is in {}", build()?.display());
        }
        Some(Command::Diff(options)) => diff(&options)?,
        Some(Command::Check(options)) => {
            let passes = check(&options)?;
            return Ok(if passes { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Some(Command::Start(options)) => start(&options)?,
        Some(Command::Carry { step }) => carry(&step)?,
        Some(Command::Preprocess { question: None }) => preprocess()?,
        Some(Command::Preprocess { question: Some(Question::Supports { renderer }) }) => {
            let supported = Narrator.supports_renderer(&renderer)?;
            return Ok(if supported { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the book, and returns its folder.
fn build() -> Result<PathBuf> {
    let root = root::find()?;
    let folder = root.join("book/book");
    site::build(&root, &folder)?;
    Ok(folder)
}

fn serve(options: &Serve) -> Result<()> {
    let folder = build()?;
    serve::serve(&folder, &options.host, options.port, |address| {
        let reachable = serve::reachable(address);
        let here = (Ipv4Addr::LOCALHOST, address.port()).into();
        let url = format!("http://{}", reachable.unwrap_or(here));
        println!("the book is on {url}, until you press Ctrl-C");
        if reachable.is_none() {
            println!(
                "this machine has no way to anywhere else; others will need its address, \
                 as ip addr or ipconfig tell it, in the place of 127.0.0.1"
            );
        }
        if options.open
            && let Err(error) = open::that_detached(url)
        {
            eprintln!("no browser could be opened: {error}");
        }
    })
}

fn diff(options: &Diff) -> Result<()> {
    let steps = steps()?;
    let (old, new) = match &options.new {
        Some(new) => (Crate::find(&steps, &options.old)?, Crate::find(&steps, new)?),
        None => {
            let step = steps.find(&options.old).context("compare it with what?")?;
            (Crate::before(&steps, step), Crate::find(&steps, &options.old)?)
        }
    };
    let (old, new) = (old.without_notes(&new), new.without_notes(&old));
    let change = Change::between(&old.files, &new.files);
    println!("- {old}\n+ {new}\n");
    match options.stat {
        true => print!("{}", terminal::stat(&change)),
        false => print!("{}", terminal::diff(&change)),
    }
    print!("{}", terminal::in_words(&old, &new));
    Ok(())
}

/// Whether no case of the step fails.
fn check(options: &Check) -> Result<bool> {
    let (root, steps) = (root::find()?, steps()?);
    // A wrong server is asked what its step is asked.
    let origin = Origin::find(&root, &steps, &options.step)?;
    let examination =
        Examination::new(&root, &steps, &origin.step)?.in_full(options.full);
    if options.list {
        print!("{}", examination.outline());
        return Ok(true);
    }
    let addresses = client::addresses(&options.addr).map_err(anyhow::Error::msg)?;
    if !options.command.is_empty() {
        return check_command(&root, &examination, &addresses, options);
    }
    let address = client::find(&addresses).with_context(|| {
        format!(
            "nobody listens at {}: start your server, or have it started: cargo run -- \
             check {} --dir ../my-server -- cargo run",
            options.addr, options.step
        )
    })?;
    let verdict = examination.run(Subject::Found(address), |text| print!("{text}"))?;
    Ok(verdict.passes())
}

/// Starts the server, asks it, and ends it.
fn check_command(
    root: &Path,
    examination: &Examination,
    addresses: &[SocketAddr],
    options: &Check,
) -> Result<bool> {
    let Check { dir, command, wait, watch, .. } = options;
    let patience = Duration::from_secs(*wait);
    let mut launch = Launch::new(root, addresses, dir, command, patience)?;
    let end = launch.ender();
    ctrlc::set_handler(move || {
        end();
        std::process::exit(INTERRUPTED.into());
    })?;
    if *watch {
        return Err(check_again_and_again(examination, &mut launch, dir));
    }
    let address = launch.start()?;
    let server = Subject::Launched(&mut launch, address);
    let verdict = examination.run(server, |text| print!("{text}"))?;
    Ok(verdict.passes())
}

/// Starts the server and asks it whenever a source has changed, until Ctrl-C.
fn check_again_and_again(
    examination: &Examination,
    launch: &mut Launch,
    folder: &Path,
) -> anyhow::Error {
    let mut before = None;
    loop {
        let sources = Sources::look(folder);
        let is_current = || sources.changed().is_none();
        let verdict = launch.start().and_then(|address| {
            let server = Subject::Launched(launch, address);
            examination
                .run_again(before.as_ref(), server, is_current, |text| print!("{text}"))
        });
        match verdict {
            Ok(verdict) if is_current() || verdict.is_whole() => before = Some(verdict),
            // What has failed before is still what one wants to know.
            Ok(_) => {}
            Err(error) if error.is::<Interrupted>() => return error,
            Err(error) => eprintln!("error: {error:#}"),
        }
        if is_current() {
            println!("\nwaiting for a change in {}; Ctrl-C ends this", folder.display());
        }
        println!("\n{} has changed\n", sources.wait().display());
    }
}

fn start(options: &Start) -> Result<()> {
    let Start { step, folder, aside, name } = options;
    let root = root::find()?;
    let origin = Origin::find(&root, &steps()?, step)?;
    let started = start::start(&root, &origin, folder, *aside, name.as_deref())?;
    println!("{started}");
    Ok(())
}

fn carry(step: &str) -> Result<()> {
    let steps = steps()?;
    let written = carry::carry(&root::find()?, steps.find(step)?, &steps)?;
    match written.is_empty() {
        true => println!(
            "nothing to carry: no later step has a copy of what has changed since the last commit"
        ),
        false => println!("{}", written.join("\n")),
    }
    Ok(())
}

fn preprocess() -> Result<()> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let book = Narrator.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book).context("mdBook does not listen")
}

fn steps() -> Result<Steps> {
    Steps::load(&root::find()?.join("steps"))
}
