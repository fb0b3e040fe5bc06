//! Carries a change of an early step forward into all later ones.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail, ensure};

use crate::step::{Step, Steps};

/// Merges what has changed in a step since the last commit into each later step, one
/// after the other, and stops behind the first in which there are conflicts. Returns
/// a line for each file that it wrote.
///
/// # Errors
/// If there are conflicts: they stay in the files, with markers, as git leaves them.
pub fn carry(root: &Path, step: &Step, steps: &Steps) -> Result<Vec<String>> {
    let mut report = Vec::new();
    let mut from = step;
    for to in steps.iter().filter(|later| later.number > step.number) {
        let conflicts = carry_once(root, from, to, &mut report)?;
        ensure!(
            conflicts.is_empty(),
            "{}\nconflicts in {}; mend them there, and go on with: cargo run -- carry {:02}",
            report.join("\n"),
            conflicts.join(", "),
            to.number
        );
        from = to;
    }
    Ok(report)
}

/// Merges into the next step what has changed in one; returns the files with conflicts.
fn carry_once(
    root: &Path,
    from: &Step,
    to: &Step,
    report: &mut Vec<String>,
) -> Result<Vec<String>> {
    let mut conflicts = Vec::new();
    for file in changed_files(root, from)? {
        let theirs = root.join("steps").join(&from.slug).join(&file);
        let ours = root.join("steps").join(&to.slug).join(&file);
        let base = committed(root, &format!("steps/{}/{file}", from.slug))?;
        let name = format!("steps/{}/{file}", to.slug);
        let clean = match (theirs.exists(), ours.exists(), base) {
            (true, true, base) => merge(&ours, &base.unwrap_or_default(), &theirs)?,
            // A file that the change brought is new in the later steps too.
            (true, false, None) => copy(&theirs, &ours)?,
            (false, true, Some(base)) if fs::read(&ours)? == base => remove(&ours)?,
            (true, false, Some(_)) | (false, true, _) => false,
            (false, false, _) => continue,
        };
        report.push(format!("{name}{}", if clean { "" } else { ": conflict" }));
        if !clean {
            conflicts.push(name);
        }
    }
    Ok(conflicts)
}

/// The files of a step that differ from the last commit, by their paths in the step.
fn changed_files(root: &Path, step: &Step) -> Result<Vec<String>> {
    let folder = format!("steps/{}", step.slug);
    let tracked =
        git(root, &["diff", "--name-only", "--relative", "HEAD", "--", &folder])?;
    let new = git(root, &["ls-files", "--others", "--exclude-standard", "--", &folder])?;
    ensure!(
        tracked.status.success(),
        "{}",
        String::from_utf8_lossy(&tracked.stderr).trim()
    );
    let names = [tracked.stdout, new.stdout].concat();
    let names = String::from_utf8_lossy(&names).into_owned();
    let prefix = format!("{folder}/");
    Ok(names
        .lines()
        .filter_map(|name| name.strip_prefix(&prefix))
        .map(String::from)
        .collect())
}

/// A file as the last commit has it, if it does.
fn committed(root: &Path, path: &str) -> Result<Option<Vec<u8>>> {
    let output = git(root, &["show", &format!("HEAD:./{path}")])?;
    Ok(output.status.success().then_some(output.stdout))
}

/// Merges into `ours`; false if there are conflicts.
fn merge(ours: &Path, base: &[u8], theirs: &Path) -> Result<bool> {
    let base_file = ours.with_extension("base");
    fs::write(&base_file, base)?;
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let (a, b, c) = (path(ours), path(&base_file), path(theirs));
    let output = git(Path::new("."), &["merge-file", &a, &b, &c]);
    fs::remove_file(&base_file)?;
    let output = output?;
    match output.status.code() {
        Some(0) => Ok(true),
        // The number of conflicts, at most 127.
        Some(1..=127) => Ok(false),
        _ => bail!("git merge-file: {}", String::from_utf8_lossy(&output.stderr).trim()),
    }
}

fn copy(from: &Path, to: &Path) -> Result<bool> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::copy(from, to)?;
    Ok(true)
}

fn remove(path: &Path) -> Result<bool> {
    fs::remove_file(path)?;
    Ok(true)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output> {
    let output = Command::new("git").current_dir(folder).args(arguments).output();
    output.context("git is needed for this, and can't be run")
}
