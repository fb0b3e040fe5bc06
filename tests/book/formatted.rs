//! The programs of the variants are written as `cargo fmt` writes them: a reader who has
//! typed one, and formats it, sees no other change.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::site::Site;

/// Whether this machine has a `rustfmt`.
pub fn is_possible() -> bool {
    let mut rustfmt = Command::new("rustfmt");
    let version = rustfmt.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

pub fn check(site: &Site) -> Result<()> {
    // With a program, rustfmt looks at all of its modules.
    let variants = site.chapters.iter().flat_map(|chapter| &chapter.variants);
    let programs =
        variants.map(|variant| site.programs.folder(variant).join("src/main.rs"));
    let programs: Vec<PathBuf> = programs.collect();
    ensure!(!programs.is_empty(), "no chapter has a variant");
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024", "--config-path"]).arg(&site.root);
    let output = rustfmt.args(programs).output().context("rustfmt")?;
    let [difference, problem] = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    ensure!(output.status.success(), "{difference}{problem}");
    Ok(())
}
