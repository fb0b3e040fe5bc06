//! `check`: asks a reader's server what the tests ask of a step.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anstream::{eprintln, print, println};
use anyhow::{Error, Result, bail};
use suite::client;

use crate::check::examination::Examination;
use crate::check::launch::{Interrupted, Launch};
use crate::check::server::Server;
use crate::cli;
use crate::commands::origin::Origin;
use crate::sources::Sources;

/// The exit status of what Ctrl-C has ended.
pub const INTERRUPTED: u8 = 130;

/// Asks the server, and fails if there is a cross.
///
/// # Errors
/// If there is no such step, or no server.
pub fn run(options: &cli::Check) -> Result<ExitCode> {
    let steps = super::steps()?;
    // A wrong server is asked what its step is asked.
    let origin = Origin::find(&steps, &options.step)?;
    let examination = Examination::new(&steps, &origin.step)?.in_full(options.full);
    if options.list {
        print!("{}", examination.outline());
        return Ok(ExitCode::SUCCESS);
    }
    let addresses = client::addresses(&options.addr)?;
    let passes = if options.command.is_empty() {
        ask_who_is_there(&examination, &addresses, options)?
    } else {
        let launch = launch(&steps.root, &addresses, options)?;
        start_and_ask(&examination, launch, options)?
    };
    Ok(if passes { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether no case of a server fails that is there already.
fn ask_who_is_there(
    examination: &Examination,
    addresses: &[SocketAddr],
    options: &cli::Check,
) -> Result<bool> {
    let server = Server::find(addresses, &options.addr, &options.step)?;
    Ok(examination.run(server, |text| print!("{text}"))?.passes())
}

/// A server that is yet to be started, and ends with Ctrl-C.
fn launch(root: &Path, addresses: &[SocketAddr], options: &cli::Check) -> Result<Launch> {
    let cli::Check { dir, command, wait, .. } = options;
    let patience = Duration::from_secs(*wait);
    let launch = Launch::new(root, addresses, dir, command, patience)?;
    let end = launch.ender();
    ctrlc::set_handler(move || {
        end();
        std::process::exit(INTERRUPTED.into());
    })?;
    Ok(launch)
}

/// Starts the server, asks it, and ends it; whether no case fails.
fn start_and_ask(
    examination: &Examination,
    mut launch: Launch,
    options: &cli::Check,
) -> Result<bool> {
    if options.watch {
        return Err(ask_again_and_again(examination, &mut launch, &options.dir));
    }
    let address = launch.start()?;
    let server = Server::Launched(&mut launch, address);
    let passes = examination.run(server, |text| print!("{text}"))?.passes();
    if let Some(status) = launch.has_ended(Duration::ZERO).filter(|_| passes) {
        bail!(
            "your server has ended ({status}): the last case has done it, or somebody else has \
             answered in its place"
        );
    }
    Ok(passes)
}

/// Starts the server and asks it whenever a source has changed, until Ctrl-C.
fn ask_again_and_again(
    examination: &Examination,
    launch: &mut Launch,
    folder: &Path,
) -> Error {
    let mut before = None;
    loop {
        let sources = Sources::look(&[folder.into()]);
        let is_current = || sources.changed().is_none();
        let verdict = launch.start().and_then(|address| {
            let server = Server::Launched(launch, address);
            examination
                .run_again(before.as_ref(), server, is_current, |text| print!("{text}"))
        });
        let is_cut = matches!(&verdict, Ok(verdict) if !verdict.is_whole());
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
        if is_cut {
            println!(
                "(if your server writes that file itself, name it in a .gitignore)\n"
            );
        }
    }
}
