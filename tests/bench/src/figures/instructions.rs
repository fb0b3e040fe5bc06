//! The instructions of a request, counted by valgrind: those of the program itself, since what
//! the system does for it can't be seen from there. They are about the same on every machine,
//! and in every minute.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use suite::record::{Mode, Part};

use super::callgrind::{self, Profile};
use super::inlined::Program;
use super::profile;
use super::tool::{self, LONG, SHORT};
use crate::server::{Server, Start};

/// How often they are counted.
pub const TIMES: usize = 3;

/// Why they can't be counted, if so.
pub fn problem() -> Option<String> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--version"]).stdout(Stdio::null());
    let works = valgrind.status().is_ok_and(|status| status.success());
    (!works).then(|| "there is no valgrind".into())
}

/// How many there are for a request: from the fewest of three short runs and of three long ones,
/// since what a server does once a second falls into some of them only.
///
/// # Errors
/// If the server doesn't do what it should.
pub fn count(start: &Start, server: &Server, mode: Mode) -> Result<f64> {
    let fewest = |requests| {
        let counts: Result<Vec<f64>> =
            (0..TIMES).map(|_| sum(&run(start, server, mode, requests, &[])?)).collect();
        counts?.into_iter().reduce(f64::min).context("nothing was counted")
    };
    Ok(tool::difference(fewest(SHORT)?, fewest(LONG)?))
}

/// Where those of a request with keep-alive go, in a step.
///
/// # Errors
/// If the server doesn't do what it should.
pub fn profile(
    start: &Start,
    server: &Server,
    program: &Path,
) -> Result<BTreeMap<Part, f64>> {
    let places = |requests| -> Result<Profile> {
        let mut places = Profile::new();
        let texts = run(start, server, Mode::KeepAlive, requests, &["--dump-instr=yes"])?;
        texts.iter().for_each(|text| callgrind::add(text, &mut places));
        Ok(places)
    };
    let (short, long) = (places(SHORT)?, places(LONG)?);
    let difference = long.into_iter().map(|(place, long)| {
        let short = short.get(&place).copied().unwrap_or_default();
        (place, tool::difference(short, long))
    });
    let inlined = Program::open(program)?;
    Ok(profile::by_parts(difference, |place| {
        let is_ours = Path::new(&place.object) == program;
        if is_ours { inlined.files(place.address) } else { Vec::new() }
    }))
}

fn sum(texts: &[String]) -> Result<f64> {
    let mut sum = 0.0;
    for text in texts {
        sum += parse(text).context("valgrind says something else than usual")?;
    }
    ensure!(sum > 0.0, "valgrind has said nothing");
    Ok(sum)
}

/// What valgrind writes of each process.
fn run(
    start: &Start,
    server: &Server,
    mode: Mode,
    requests: usize,
    options: &[&str],
) -> Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    // If root starts nginx, its workers are somebody else.
    fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
    // Each process writes a file of its own.
    let files = format!("--callgrind-out-file={}/%p", folder.path().display());
    let mut tool = vec!["valgrind".into(), "--tool=callgrind".into(), files];
    tool.extend(options.iter().map(ToString::to_string));
    tool::run(&Start { tool: &tool, ..*start }, server, mode, requests)?;
    fs::read_dir(folder.path())?
        .map(|entry| Ok(fs::read_to_string(entry?.path())?))
        .collect()
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
