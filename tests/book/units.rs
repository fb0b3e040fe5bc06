//! A step's own tests hold. `cargo test` runs those of the default members only, and the
//! steps aren't among them.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use book::steps::Step;

use crate::harness::build;
use crate::site::Site;

/// Whether the step has tests of its own.
pub fn concerns(step: &Step) -> bool {
    step.files.values().any(|file| file.text.contains("#[test]"))
}

pub fn check(site: &Site, step: &Step) -> Result<()> {
    let output = Command::new(build::cargo())
        .args(["test", "--quiet", "--color", "never", "--package", &step.package()])
        .current_dir(&site.root)
        .output()
        .context("cargo can't be run")?;
    let words = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&words));
    Ok(())
}
