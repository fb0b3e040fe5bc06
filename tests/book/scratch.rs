//! A crate of the reader's: files in a folder of their own, and Cargo to build them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use suite::root;

use crate::harness::build;

/// A crate outside of the workspace.
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes an empty folder, one for each name; what Cargo has built there before stays.
    pub fn new(name: &str) -> Result<Scratch> {
        let folder = root::scratch().join("scratch").join(name);
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true if path.ends_with("target") => {}
                true => fs::remove_dir_all(path)?,
                false => fs::remove_file(path)?,
            }
        }
        Ok(Scratch { folder })
    }

    /// Writes the files of the crate.
    pub fn write<'a>(
        &self,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<()> {
        for (path, text) in files {
            let file = self.folder.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&self.folder))?;
            let text = match path {
                // Or Cargo would look for the workspace in the folders above.
                "Cargo.toml" => format!("{text}\n[workspace]\n"),
                _ => text.to_string(),
            };
            fs::write(file, text)?;
        }
        Ok(())
    }

    /// What `cargo check` has to say, and whether it succeeds.
    pub fn check(&self) -> Result<(bool, String)> {
        let output = self.cargo("check")?;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.success(), words))
    }

    /// Builds the crate, and returns its program.
    pub fn build(&self, package: &str) -> Result<PathBuf> {
        let output = self.cargo("build")?;
        let words = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success() && !words.contains("warning"), "{words}");
        let program = self.folder.join("target/debug").join(package);
        Ok(program.with_extension(env::consts::EXE_EXTENSION))
    }

    fn cargo(&self, command: &str) -> Result<Output> {
        Command::new(build::cargo())
            .args([command, "--offline", "--color", "never"])
            .args(["--target-dir", "target"])
            .current_dir(&self.folder)
            .output()
            .context("cargo can't be run")
    }
}

/// The texts of files, by their paths.
pub fn texts(files: &BTreeMap<String, book::source::Source>) -> BTreeMap<&str, &str> {
    files.iter().map(|(path, source)| (path.as_str(), source.text.as_str())).collect()
}
