//! The memory that an idle client costs.

use anyhow::Result;
use suite::record::Mode;

use crate::load::{Load, Talk};
use crate::machine::proc;
use crate::server::process::Process;
use crate::server::{Server, Start};

/// How much a server grows for a client that has asked once and is silent now, in KiB: from a
/// fifth of all clients to all of them, so that what it needs for any clients at all doesn't
/// count. `None` if it has no room for them.
///
/// The steps let silent clients go after five seconds; they are there in less.
///
/// # Errors
/// If it doesn't do what it should.
pub fn client(start: &Start, server: &Server) -> Result<Option<f64>> {
    let Some(all) = start.connections(server, Mode::Many) else { return Ok(None) };
    let process = start.server(server, Mode::Many)?;
    let mut load = Load::new(Talk::new(process.address(), Mode::Many), all / 5)?;
    let before = resident_kib(&process)?;
    load.grow(all)?;
    let after = resident_kib(&process)?;
    drop(load);
    process.end()?;
    Ok(Some((after - before) / (all - all / 5) as f64))
}

fn resident_kib(process: &Process) -> Result<f64> {
    let mut sum = 0;
    for member in process.family()? {
        sum += proc::resident_kib(member)?;
    }
    Ok(sum as f64)
}
