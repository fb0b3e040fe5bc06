//! The system calls of a request, counted by strace.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use suite::record::Mode;

use super::tool::{self, LONG, SHORT};
use crate::server::{Server, Start};

/// Calls that there are for fewer requests than one in so many are left out: a sweep once a
/// second, say.
const SELDOM: f64 = 0.01;

/// Why they can't be counted, if so. strace may be there and not be allowed to watch.
pub fn problem() -> Option<String> {
    let output = Command::new("strace")
        .args(["-c", "-o", "/dev/null", "true"])
        .stdin(Stdio::null())
        .output();
    match output {
        Err(_) => Some("there is no strace".into()),
        Ok(output) if !output.status.success() => {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let first = text.lines().next().unwrap_or_default();
            Some(format!("strace can't watch here: {first}"))
        }
        Ok(_) => None,
    }
}

/// How many there are for a request, by name.
///
/// # Errors
/// If the server doesn't do what it should.
pub fn count(
    start: &Start,
    server: &Server,
    mode: Mode,
) -> Result<BTreeMap<String, f64>> {
    let short = run(start, server, mode, SHORT)?;
    let mut calls = run(start, server, mode, LONG)?;
    for (name, count) in &mut calls {
        *count = tool::difference(short.get(name).copied().unwrap_or_default(), *count);
    }
    calls.retain(|_, count| *count >= SELDOM);
    Ok(calls)
}

fn run(
    start: &Start,
    server: &Server,
    mode: Mode,
    requests: usize,
) -> Result<BTreeMap<String, f64>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("calls");
    let tool = ["strace", "-f", "-c", "-o"].map(String::from);
    let tool = [&tool[..], &[file.to_string_lossy().into_owned()]].concat();
    tool::run(&Start { tool: &tool, ..*start }, server, mode, requests)?;
    parse(&fs::read_to_string(file)?).context("strace says something else than usual")
}

/// Reads strace's table: `% time`, `seconds`, `usecs/call`, `calls`, perhaps `errors`, `syscall`.
fn parse(text: &str) -> Option<BTreeMap<String, f64>> {
    let rule = |line: &&str| line.starts_with("---");
    let rows = text.lines().skip_while(|line| !rule(line)).skip(1);
    let rows = rows.take_while(|line| !rule(line));
    rows.map(|row| {
        let fields: Vec<&str> = row.split_whitespace().collect();
        Some((fields.last()?.to_string(), fields.get(3)?.parse().ok()?))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_may_have_errors_or_not() {
        let text = "\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 60.00    0.006000           3      1600           sendto
 40.00    0.004000           1      3200      1599 recvfrom
------ ----------- ----------- --------- --------- ----------------
100.00    0.010000           2      4800      1599 total
";
        let calls = [("recvfrom".to_string(), 3200.0), ("sendto".to_string(), 1600.0)];
        assert_eq!(parse(text), Some(BTreeMap::from(calls)));
        assert_eq!(parse(&text.replace("1600", "many")), None);
    }
}
