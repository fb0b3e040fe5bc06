//! `serve`: builds the book and serves it until Ctrl-C.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::Result;

use crate::cli;
use crate::commands::build;
use crate::serving;

/// Builds the book, and serves it until the process ends.
///
/// # Errors
/// If the book can't be built, or the address can't be listened at.
pub fn run(options: &cli::Serve) -> Result<ExitCode> {
    let folder = build::build_in_place()?;
    serving::serve(&folder, &options.host, options.port, |address| {
        announce(address, options.open);
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Says where the book is, and opens it there if that is wanted.
fn announce(address: SocketAddr, is_to_open: bool) {
    let reachable = serving::reachable(address);
    let here = (Ipv4Addr::LOCALHOST, address.port()).into();
    let url = format!("http://{}", reachable.unwrap_or(here));
    println!("the book is on {url}, until you press Ctrl-C");
    if reachable.is_none() {
        println!(
            "this machine has no way to anywhere else; others will need its address, as ip \
             addr or ipconfig tell it, in the place of 127.0.0.1"
        );
    }
    if is_to_open && let Err(error) = open::that_detached(url) {
        eprintln!("no browser could be opened: {error}");
    }
}
