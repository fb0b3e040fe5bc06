//! What was measured of the steps: figures in the prose and tables beside it, from the file
//! that `cargo bench -p bench -- --record` writes.

mod figures;
mod tables;

use std::path::Path;

use anyhow::{Context, Result};
use suite::record::{self, Record, Server};

use crate::steps::Step;

pub use figures::fill;
pub use tables::{costs, profile};

/// The record of a repository.
///
/// # Errors
/// If it can't be read.
pub fn read(root: &Path) -> Result<Record> {
    Record::read(&root.join(record::FILE))
}

/// What to say if steps have changed since they were measured.
///
/// # Errors
/// If the record, or the steps, can't be read.
pub fn stale(root: &Path) -> Result<Option<String>> {
    let stale = read(root)?.stale(root)?;
    if stale.is_empty() {
        return Ok(None);
    }
    let numbers: Vec<&str> =
        stale.iter().map(|name| name.trim_start_matches("step-")).collect();
    Ok(Some(format!(
        "what the book says of the cost of {} was measured before that step was changed; \
         measure anew, while the machine does nothing else:\n    cargo bench -p bench -- \
         --record {} {}",
        stale.join(", "),
        record::FILE,
        numbers.join(" ")
    )))
}

/// What is known of a server.
///
/// # Errors
/// If nothing is.
fn server<'a>(record: &'a Record, name: &str) -> Result<&'a Server> {
    record.server(name).with_context(|| {
        let names: Vec<&str> = record.servers.iter().map(|it| it.name.as_str()).collect();
        let file = record::FILE;
        format!(
            "{name} isn't in {file}, only {}: measure it, as CONTRIBUTING.md says",
            names.join(", ")
        )
    })
}

/// What is known of a step.
///
/// # Errors
/// If nothing is.
fn of_step<'a>(record: &'a Record, step: &Step) -> Result<&'a Server> {
    server(record, &step.package())
}
