//! `serve`: builds the book and serves it until Ctrl-C, and builds it again when it changes.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use anstream::{eprintln, println};
use anyhow::Result;
use suite::root;

use crate::cli;
use crate::commands::build;
use crate::serving;
use crate::serving::edition::Edition;
use crate::serving::rebuild;

/// Builds the book, and serves it until the process ends. When it has changed, it is built
/// again.
///
/// # Errors
/// If the book can't be built, or the address can't be listened at.
pub fn run(options: &cli::Serve) -> Result<ExitCode> {
    serve(&root::find()?, options, |address| announce(address, options.open))?;
    Ok(ExitCode::SUCCESS)
}

/// Serves the book of a repository; `ready` is called with the address once connections are
/// accepted.
///
/// # Errors
/// As [`run`].
pub fn serve(
    root: &Path,
    options: &cli::Serve,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let sources = rebuild::sources(root);
    let folder = build::folder(root);
    build::build(root, &folder)?;
    let edition = Edition::first();
    let (root, next) = (root.to_path_buf(), edition.clone());
    thread::spawn(move || rebuild::rebuild(&root, sources, &next));
    serving::serve(&folder, edition, &options.host, options.port, ready)
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
