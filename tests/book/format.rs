//! The variants are formatted as the steps are: a reader whose editor runs rustfmt sees no
//! other lines change than those of the page.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;

use crate::chapter::Chapter;
use crate::site::Site;
use crate::transcripts::can_run;
use crate::trial;

/// One trial for each chapter that has variants.
pub fn trials(site: &'static Site) -> Vec<Trial> {
    let is_there = can_run("rustfmt");
    let chapters = site.chapters.iter().filter(|chapter| !chapter.variants.is_empty());
    let trials = chapters.map(|chapter| {
        let name = format!("format::{}", site.trial_name(chapter));
        let trial = trial(name, || check(site, chapter));
        match is_there {
            true => trial,
            false => {
                trial.with_kind("skipped: there is no rustfmt").with_ignored_flag(true)
            }
        }
    });
    trials.collect()
}

fn check(site: &Site, chapter: &Chapter) -> Result<()> {
    let mains = chapter.variants.iter().map(|variant| site.programs.main(variant));
    let output = Command::new("rustfmt")
        // What belongs to a main file, rustfmt finds by its `mod`s.
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(site.root.join("rustfmt.toml"))
        .args(mains)
        .output()
        .context("rustfmt can't be run")?;
    let words = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&words));
    Ok(())
}
