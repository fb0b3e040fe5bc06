//! What was measured of the steps: figures in the prose and drawings beside it, from the file
//! that `cargo bench -p bench -- --record` writes.

mod costs;
mod figures;
mod ideas;
mod panel;
mod profile;
mod tables;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use suite::record::{self, Record, Server};
use suite::steps;

use crate::chapter::directive::Directive;

pub use costs::costs;
pub use figures::fill;
pub use ideas::ideas;
pub use profile::profile;

/// The record of a repository.
///
/// # Errors
/// If it can't be read.
pub fn read(root: &Path) -> Result<Record> {
    Record::read(&root.join(record::FILE))
}

/// What to say if steps have changed since they were measured, or never were.
///
/// # Errors
/// If the record, or the steps, can't be read.
pub fn stale(root: &Path) -> Result<Option<String>> {
    let record = read(root)?;
    let mut missing = shown(root)?;
    missing.retain(|name| record.server(name).is_none_or(|it| it.profile.is_empty()));
    Ok(to_record(&record.stale(root)?, &missing))
}

/// The steps of which a chapter shows where the instructions go.
fn shown(root: &Path) -> Result<Vec<String>> {
    let mut shown = Vec::new();
    let mut before = None;
    for folder in steps::folders(root)? {
        let name = format!("step-{:02}", folder.number);
        let chapter = root.join("book/src").join(format!("{}.md", folder.slug));
        // A chapter that isn't there yet shows nothing.
        let text = fs::read_to_string(chapter).unwrap_or_default();
        for directive in text.lines().filter_map(|line| Directive::parse(line).ok()) {
            if let Some(Directive::Profile { with_now }) = directive {
                shown.extend(before.clone());
                shown.extend(with_now.then(|| name.clone()));
            }
        }
        before = Some(name);
    }
    shown.sort_unstable();
    shown.dedup();
    Ok(shown)
}

/// What is to be measured anew, and how.
fn to_record(stale: &[String], missing: &[String]) -> Option<String> {
    let mut lines = Vec::new();
    if !stale.is_empty() {
        let steps = stale.join(", ");
        lines.push(format!("what the book says of the cost of {steps} was measured before they were changed"));
    }
    if !missing.is_empty() {
        lines.push(format!("nobody has measured yet what {} cost", missing.join(", ")));
    }
    let mut numbers: Vec<&str> = stale
        .iter()
        .chain(missing)
        .map(|name| name.trim_start_matches("step-"))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    (!lines.is_empty()).then(|| {
        format!(
            "{}; measure anew, while the machine does nothing else:\n    {}",
            lines.join(", and "),
            command(numbers)
        )
    })
}

/// The command that measures these servers.
fn command<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    format!("cargo bench -p bench -- --record {} {}", record::FILE, in_short(names))
}

/// Names as a shell may have them: `{15..32} hyper` for all steps from 15 to 32, and hyper.
fn in_short<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for name in names {
        let number = |name: &str| name.parse::<usize>().ok();
        let follows = |run: &&mut Vec<&str>| {
            let before = run.last().and_then(|last| number(last));
            before.is_some_and(|before| number(name) == Some(before + 1))
        };
        match runs.last_mut().filter(follows) {
            Some(run) => run.push(name),
            None => runs.push(vec![name]),
        }
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|run| match run[..] {
            [first, _, .., last] => format!("{{{first}..{last}}}"),
            _ => run.join(" "),
        })
        .collect();
    runs.join(" ")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_asked_for_by_a_chapter() {
        let shown = shown(&suite::root::find().unwrap()).unwrap();
        assert!(
            ["step-30", "step-31"].iter().all(|name| shown.contains(&name.to_string()))
        );
        assert!(!shown.contains(&"step-29".to_string()));
    }

    #[test]
    fn neighbours_are_written_in_short() {
        assert_eq!(in_short(["08", "09", "10", "12", "13"]), "{08..10} 12 13");
        assert_eq!(
            in_short(["--instructions", "31", "nginx"]),
            "--instructions 31 nginx"
        );
    }

    #[test]
    fn one_command_measures_all_of_them() {
        assert_eq!(to_record(&[], &[]), None);
        let [stale, missing] = [["step-31", "step-32"], ["step-33", "step-32"]]
            .map(|names| names.map(String::from));
        let text = to_record(&stale, &missing).unwrap();
        let command =
            "cargo bench -p bench -- --record tests/bench/recorded.json {31..33}";
        assert!(text.ends_with(command), "{text}");
        assert!(text.starts_with("what the book says of the cost of step-31"), "{text}");
        assert!(text.contains("measured yet what step-33, step-32 cost"), "{text}");
    }
}
