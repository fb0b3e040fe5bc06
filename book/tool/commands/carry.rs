//! `carry`: brings a change of an early step forward into all later ones.

use std::path::Path;
use std::process::{Command, ExitCode, Output};

use anstream::println;
use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;

use crate::steps::text;
use crate::steps::{Step, Steps};

/// Merges what has changed in a step into the later ones, and says which files it wrote.
///
/// # Errors
/// If there are conflicts.
pub fn run(step: &str) -> Result<ExitCode> {
    let steps = super::steps()?;
    let written = carry(&steps, steps.find(step)?)?;
    if written.is_empty() {
        println!(
            "nothing to carry: no later step has a copy of what has changed since the last commit"
        );
    } else {
        println!("{}", written.join("\n"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Merges what has changed in a step since the last commit into each later step, one
/// after the other, and stops behind the first in which there are conflicts. Returns
/// the files that it wrote.
///
/// # Errors
/// If there are conflicts: they stay in the files, with markers, as git leaves them.
fn carry(steps: &Steps, step: &Step) -> Result<Vec<String>> {
    let mut written = Vec::new();
    let mut from = step;
    for to in steps.iter().filter(|later| later.number > step.number) {
        let conflicts = carry_once(&steps.root, from, to, &mut written)?;
        ensure!(
            conflicts.is_empty(),
            "conflicts in {}; mend them there, and go on with: cargo run -- carry {:02}{}{}",
            conflicts.join(", "),
            to.number,
            if to.is_library() { WHO_SERVES } else { "" },
            written
                .iter()
                .map(|file| format!("\nmerged without one: {file}"))
                .collect::<String>(),
        );
        from = to;
    }
    Ok(written)
}

/// What somebody has to know whose `cargo run` is about to stop.
const WHO_SERVES: &str = "\n`cargo run` compiles this step, since it serves the book: \
                          until the conflicts are mended, it says where they are, and stops";

/// Merges into the next step what has changed in one; returns the files with conflicts.
fn carry_once(
    root: &Path,
    from: &Step,
    to: &Step,
    written: &mut Vec<String>,
) -> Result<Vec<String>> {
    let mut conflicts = Vec::new();
    for file in changed_files(root, from)? {
        let theirs = root.join("steps").join(&from.slug).join(&file);
        let ours = root.join("steps").join(&to.slug).join(&file);
        if !ours.exists() && to.files.contains_key(&file) {
            // The step borrows the crate that the file belongs to: there is no copy of it.
            continue;
        }
        let base = committed(root, &format!("steps/{}/{file}", from.slug))?;
        let name = format!("steps/{}/{file}", to.slug);
        let clean = match (theirs.exists(), ours.exists(), base) {
            (true, true, base) => merge(&ours, &base.unwrap_or_default(), &theirs)?,
            // A file that the change brought is new in the later steps too.
            (true, false, None) => copy(&theirs, &ours)?,
            (false, true, Some(base)) if text::read(&ours)? == base => remove(&ours)?,
            (true, false, Some(_)) | (false, true, _) => false,
            (false, false, _) => continue,
        };
        if clean {
            written.push(name);
        } else {
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

/// The text of a file as the last commit has it, if it does.
fn committed(root: &Path, path: &str) -> Result<Option<String>> {
    let output = git(root, &["show", &format!("HEAD:./{path}")])?;
    let text = || text::normal(&String::from_utf8_lossy(&output.stdout));
    Ok(output.status.success().then(text))
}

/// Merges into `ours`; false if there are conflicts.
fn merge(ours: &Path, base: &str, theirs: &Path) -> Result<bool> {
    for file in [ours, theirs] {
        let text = text::read(file)?;
        let is_marked = text.lines().any(|line| line.starts_with("<<<<<<< "));
        ensure!(
            !is_marked,
            "{} has conflicts from before; mend them first",
            file.display()
        );
        if fs::read(file)? != text.as_bytes() {
            // Or every line would be a change.
            fs::write(file, text)?;
        }
    }
    let base_file = ours.with_extension("base");
    fs::write(&base_file, base)?;
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let names = [
        "-L",
        "this step",
        "-L",
        "the step before, as committed",
        "-L",
        "the step before",
    ];
    let files = [path(ours), path(&base_file), path(theirs)];
    let mut arguments = vec!["merge-file"];
    arguments.extend(names);
    arguments.extend(files.iter().map(String::as_str));
    let output = git(Path::new("."), &arguments);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Three steps of one file each, in a repository of their own; none without git.
    fn repository(name: &str, texts: [&str; 3]) -> Option<std::path::PathBuf> {
        let root =
            std::env::temp_dir().join(format!("carry-{name}-{}", std::process::id()));
        for (number, text) in (1..).zip(texts) {
            write(&root, number, text);
        }
        if git(&root, &["init", "--quiet"]).is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        commit(&root);
        Some(root)
    }

    fn commit(root: &Path) {
        let name = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let arguments = [&name[..], &["commit", "--quiet", "-m", "a"]].concat();
        assert!(git(root, &["add", "."]).unwrap().status.success());
        assert!(git(root, &arguments).unwrap().status.success());
    }

    fn write(root: &Path, step: u8, text: &str) {
        let folder = root.join(format!("steps/0{step}-x/src"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.rs"), text).unwrap();
    }

    fn read(root: &Path, step: u8) -> String {
        fs::read_to_string(root.join(format!("steps/0{step}-x/src/main.rs"))).unwrap()
    }

    fn carry_first(root: &Path) -> Result<Vec<String>> {
        let steps = Steps::load(root)?;
        carry(&steps, steps.find("01")?)
    }

    #[test]
    fn a_change_reaches_all_later_steps() {
        let texts = ["a\n1\n2\n3\nb\n", "a\n1\n2\n3\nB\n", "a\n1\n2\n3\nB\nC\n"];
        let Some(root) = repository("clean", texts) else { return };
        write(&root, 1, "A\n1\n2\n3\nb\n");
        let written = carry_first(&root).unwrap();
        assert_eq!(written, ["steps/02-x/src/main.rs", "steps/03-x/src/main.rs"]);
        assert_eq!(read(&root, 3), "A\n1\n2\n3\nB\nC\n");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn other_line_ends_are_no_change() {
        let texts = ["a\n1\n2\n3\nb\n", "a\r\n1\r\n2\r\n3\r\nB\r\n", "a\n1\n2\n3\nB\n"];
        let Some(root) = repository("line-ends", texts) else { return };
        write(&root, 1, "A\r\n1\r\n2\r\n3\r\nb\r\n");
        carry_first(&root).unwrap();
        assert_eq!(read(&root, 2), "A\n1\n2\n3\nB\n");
        assert_eq!(read(&root, 3), "A\n1\n2\n3\nB\n");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_borrowed_crate_has_nothing_to_carry() {
        let Some(root) = repository("borrowed", ["a\n", "a\n", "a\n"]) else { return };
        let manifest = |path| format!("[dependencies]\nr = {{ path = \"{path}\" }}\n");
        for (step, path) in [(1, "r"), (2, "../01-x/r"), (3, "../01-x/r")] {
            let file = root.join(format!("steps/0{step}-x/Cargo.toml"));
            fs::write(file, manifest(path)).unwrap();
        }
        fs::create_dir(root.join("steps/01-x/r")).unwrap();
        fs::write(root.join("steps/01-x/r/lib.rs"), "a\n").unwrap();
        commit(&root);
        fs::write(root.join("steps/01-x/r/lib.rs"), "b\n").unwrap();
        assert!(carry_first(&root).unwrap().is_empty());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_conflict_stays_in_the_file_and_stops_the_carrying() {
        let Some(root) = repository("conflict", ["a\n", "b\n", "b\n"]) else { return };
        write(&root, 1, "c\n");
        let message = carry_first(&root).unwrap_err().to_string();
        assert!(message.contains("go on with: cargo run -- carry 02"), "{message}");
        assert!(!message.contains("serves the book"), "{message}");
        assert!(read(&root, 2).starts_with("<<<<<<< this step\nb\n======="));
        assert_eq!(read(&root, 3), "b\n");
        let message = carry_first(&root).unwrap_err().to_string();
        assert!(message.contains("has conflicts from before"), "{message}");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn whoever_has_a_conflict_in_the_library_is_told_that_the_tool_needs_it() {
        let Some(root) = repository("library", ["a\n", "b\n", "b\n"]) else { return };
        fs::write(root.join("steps/02-x/src/lib.rs"), "").unwrap();
        commit(&root);
        write(&root, 1, "c\n");
        let message = carry_first(&root).unwrap_err().to_string();
        assert!(message.contains("it serves the book"), "{message}");
        fs::remove_dir_all(root).unwrap();
    }
}
