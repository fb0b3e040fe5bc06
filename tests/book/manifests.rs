//! A step is a crate that one can copy away: its manifest is what `cargo new` writes,
//! with nothing from the workspace. Only the last one is a library, too: of two with one name,
//! Cargo would keep one.

use anyhow::{Context, Result, ensure};
use book::steps::Step;

/// The step that is a library, and says what it is to whoever looks for one.
const LIBRARY: u8 = 62;

pub fn check(step: &Step) -> Result<()> {
    let manifest = &step.files.get("Cargo.toml").context("there is no Cargo.toml")?.text;
    let written = format!(
        "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{}",
        step.package(),
        if step.number == LIBRARY { "description = " } else { "\n[dependencies]\n" }
    );
    ensure!(
        manifest.starts_with(&written),
        "steps/{}/Cargo.toml must begin as `cargo new` writes it:\n{written}",
        step.slug
    );
    for word in ["workspace", "[lib]", "[lints", "[profile"] {
        let is_lib = word == "[lib]" && step.number == LIBRARY;
        ensure!(
            is_lib || !manifest.contains(word),
            "steps/{}/Cargo.toml has `{word}`",
            step.slug
        );
    }
    Ok(())
}
