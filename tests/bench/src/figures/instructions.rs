//! The instructions of a request, counted by valgrind: those of the program itself, since what
//! the system does for it can't be seen from there. They are about the same on every machine,
//! and in every minute.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use suite::record::Mode;

use super::statistics::median;
use super::tool::{self, LONG, SHORT};
use crate::server::{Server, Start};

pub const TIMES: usize = 3;

/// Why they can't be counted, if so.
pub fn problem() -> Option<String> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--version"]).stdout(Stdio::null());
    let works = valgrind.status().is_ok_and(|status| status.success());
    (!works).then(|| "there is no valgrind".into())
}

/// How many there are for a request: the median of three times, since servers with several
/// threads don't take turns in the same order each time.
///
/// # Errors
/// If the server doesn't do what it should.
pub fn count(start: &Start, server: &Server, mode: Mode) -> Result<f64> {
    let counts: Result<Vec<f64>> = (0..TIMES)
        .map(|_| {
            let short = run(start, server, mode, SHORT)?;
            Ok(tool::difference(short, run(start, server, mode, LONG)?))
        })
        .collect();
    median(counts?).context("nothing was counted")
}

fn run(start: &Start, server: &Server, mode: Mode, requests: usize) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    // If root starts nginx, its workers are somebody else.
    fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
    // Each process writes a file of its own.
    let files = format!("--callgrind-out-file={}/%p", folder.path().display());
    let tool = ["valgrind".into(), "--tool=callgrind".into(), files];
    tool::run(&Start { tool: &tool, ..*start }, server, mode, requests)?;
    let mut sum = 0.0;
    for entry in fs::read_dir(folder.path())? {
        let text = fs::read_to_string(entry?.path())?;
        sum += parse(&text).context("valgrind says something else than usual")?;
    }
    ensure!(sum > 0.0, "valgrind has said nothing");
    Ok(sum)
}

/// Finds the sum in a file of callgrind's.
fn parse(text: &str) -> Option<f64> {
    let sum = text.lines().rev().find_map(|line| line.strip_prefix("totals: "));
    sum?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_near_the_end() {
        assert_eq!(parse("events: Ir\nfn=(0)\n0 7\n\ntotals: 4200\n"), Some(4200.0));
        assert_eq!(parse("events: Ir\n"), None);
    }
}
