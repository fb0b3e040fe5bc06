//! A step is a crate that one can copy away: its manifest is what `cargo new` writes,
//! with nothing from the workspace.

use anyhow::{Context, Result, ensure};
use book::steps::Step;

pub fn check(step: &Step) -> Result<()> {
    let manifest = &step.files.get("Cargo.toml").context("there is no Cargo.toml")?.text;
    let written = format!(
        "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{}",
        step.package(),
        // A library says what it is to whoever looks for one.
        if step.is_library() { "description = " } else { "\n[dependencies]\n" }
    );
    ensure!(
        manifest.starts_with(&written),
        "steps/{}/Cargo.toml must begin as `cargo new` writes it:\n{written}",
        step.slug
    );
    for word in ["workspace", "[lib]", "[lints", "[profile"] {
        let is_lib = word == "[lib]" && step.is_library();
        ensure!(
            is_lib || !manifest.contains(word),
            "steps/{}/Cargo.toml has `{word}`",
            step.slug
        );
    }
    Ok(())
}
