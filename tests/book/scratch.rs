//! Crates of the reader's: files in folders of their own, and Cargo to ask.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use suite::root;

use crate::harness::build;

/// The files of a crate: their paths and texts.
pub type Files = BTreeMap<String, String>;

/// The crate that the reader writes in chapter 5, in a folder of their own crate. Here it
/// lies beside that crate: all that have the same one share what is built of it.
const ROUTE: &str = "route";

/// A folder for crates, which share a target folder.
pub struct Scratch {
    pub folder: PathBuf,
    /// The versions of other people's crates.
    lock: PathBuf,
    /// Cargo does one thing at a time in a target folder.
    cargo: Mutex<()>,
}

impl Scratch {
    /// A folder of this name, for the repository at this root.
    pub fn new(root: &Path, name: &str) -> Scratch {
        Scratch {
            folder: root::scratch().join(name),
            lock: root.join("Cargo.lock"),
            cargo: Mutex::default(),
        }
    }

    /// What `cargo check` says of a crate, and whether it succeeds. If the crate of this
    /// name is as it was before, Cargo says what it said before.
    pub fn check(&self, name: &str, mut files: Files) -> Result<(bool, String)> {
        let manifest = files.get_mut("Cargo.toml").context("there is no Cargo.toml")?;
        // Or Cargo would look for the workspace in the folders above.
        *manifest += "\n[workspace]\n";
        self.write(name, files)?;
        self.cargo(&self.folder.join(name), &["check"])
    }

    /// Writes the files of a crate, and leaves no others in its folder. In a target folder
    /// that is shared, Cargo tells crates apart by their names, so it is named as that is.
    pub fn write(&self, name: &str, files: Files) -> Result<()> {
        let (route, mut files): (Files, Files) =
            files.into_iter().partition(|(path, _)| path.starts_with("route/"));
        let manifest = files.get_mut("Cargo.toml").context("there is no Cargo.toml")?;
        *manifest = rename(manifest, name)?;
        if !route.is_empty() {
            let place = format!("path = \"../{}\"", self.write_route(&route)?);
            *manifest = manifest.replace("path = \"route\"", &place);
        }
        let folder = self.folder.join(name);
        for (path, text) in &files {
            write(&folder.join(path), text)?;
        }
        let keep = files.keys().map(|path| folder.join(path));
        remove_others(&folder, &keep.chain([folder.join("Cargo.lock")]).collect())
    }

    /// Writes the crate `route`, and returns the name of its folder.
    fn write_route(&self, files: &Files) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        files.hash(&mut hasher);
        let name = format!("{ROUTE}-{:016x}", hasher.finish());
        for (path, text) in files {
            write(&self.folder.join(path.replacen(ROUTE, &name, 1)), text)?;
        }
        Ok(name)
    }

    /// What Cargo says in a folder, and whether it succeeds.
    pub fn cargo(&self, folder: &Path, arguments: &[&str]) -> Result<(bool, String)> {
        let _guard = self.cargo.lock().unwrap_or_else(PoisonError::into_inner);
        fs::copy(&self.lock, folder.join("Cargo.lock"))?;
        let output = Command::new(build::cargo())
            .args(arguments)
            .args(["--offline", "--color", "never", "--target-dir"])
            .arg(self.folder.join("target"))
            // Nobody debugs these, and no state of a crate is built twice.
            .envs([("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")])
            .current_dir(folder)
            .output()
            .context("cargo can't be run")?;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.success(), words))
    }
}

/// Gives a package another name.
fn rename(manifest: &str, name: &str) -> Result<String> {
    let (before, rest) = manifest.split_once("name = \"").context("no name")?;
    let (_, after) = rest.split_once('"').context("the name has no end")?;
    Ok(format!("{before}name = \"{name}\"{after}"))
}

/// Writes a file, unless it is so already: Cargo goes by the time of the last change.
pub fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let at = || path.display().to_string();
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(at)?;
    fs::write(path, text).with_context(at)
}

fn remove_others(folder: &Path, keep: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, keep)?;
        } else if !keep.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The texts of files, by their paths.
pub fn texts(files: &book::steps::Files) -> Files {
    files.iter().map(|(path, source)| (path.clone(), source.text.clone())).collect()
}
