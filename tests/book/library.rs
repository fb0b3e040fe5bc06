//! The library stands alone: taken out of the repository, with the crate of its decorator, it
//! builds, and its tests hold. And crates.io would take the two.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use book::steps::Step;

use crate::harness::build;
use crate::scratch::{Scratch, texts};
use crate::site::Site;

/// The first Cargo that packs a crate together with one that it needs and that isn't
/// published yet.
const PACKS_BOTH: u32 = 90;

pub fn check(site: &Site) -> Result<()> {
    let library = site.steps.iter().last().context("there are no steps")?;
    for step in site.steps.iter() {
        // Of two with one name, Cargo would keep one.
        let is_last = step.number == library.number;
        ensure!(
            step.is_library() == is_last,
            "steps/{}: the last is the library",
            step.slug
        );
    }
    let mut files = texts(&library.files);
    *files.get_mut("Cargo.toml").context("it has no Cargo.toml")? += "\n[workspace]\n";
    let scratch = Scratch::new(&site.root, "library");
    scratch.write("alone", files)?;
    let (holds, words) = scratch.cargo(&scratch.folder.join("alone"), &["test"])?;
    ensure!(holds, "alone, it doesn't hold:\n{words}");
    pack(site, library)
}

/// Packs both as for crates.io, and builds what is in the packages.
fn pack(site: &Site, library: &Step) -> Result<()> {
    if minor_version()? < PACKS_BOTH {
        return Ok(());
    }
    let output = Command::new(build::cargo())
        .args(["package", "--offline", "--allow-dirty", "--color", "never"])
        .args(["--package", "longhand-route", "--package", &library.package()])
        .current_dir(&site.root)
        .output()
        .context("cargo can't be run")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "it can't be packed:\n{words}");
    Ok(())
}

/// The 95 of Cargo 1.95.0.
fn minor_version() -> Result<u32> {
    let output = Command::new(build::cargo()).arg("--version").output()?;
    let version = String::from_utf8(output.stdout)?;
    let minor = version.split('.').nth(1).context("cargo has no version")?;
    Ok(minor.parse()?)
}
