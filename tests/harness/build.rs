//! The programs of the steps, built as this test was built.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Error, Result, bail, ensure};
use suite::root;

/// Builds the programs of all steps, once.
pub fn build_steps() -> Result<()> {
    static BUILT: OnceLock<Result<(), String>> = OnceLock::new();
    // Not `--workspace`: that would build the book here, too.
    let build = || build(&["--package", "step-*"]).map_err(|error| format!("{error:#}"));
    let built = BUILT.get_or_init(build).clone();
    built.map_err(Error::msg).context("the steps")
}

/// Builds what these arguments name, as this test was built.
pub fn build(what: &[&str]) -> Result<()> {
    let folder = folder();
    let profile = match folder.file_name() {
        // The one profile whose folder has another name.
        Some(name) if name == "debug" => OsStr::new("dev"),
        Some(name) => name,
        None => bail!("{} is not a target folder", folder.display()),
    };
    let status = Command::new(cargo())
        .args(["build", "--quiet"])
        .args(what)
        .args([OsStr::new("--profile"), profile])
        .args([OsStr::new("--target-dir"), folder.join("..").as_os_str()])
        .current_dir(root::find()?)
        .status()
        .context("cargo can't be run")?;
    ensure!(status.success(), "cargo build has failed");
    Ok(())
}

/// The program `cargo`.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or("cargo".into())
}

/// The program of a step.
pub fn program(step: u8) -> PathBuf {
    folder().join(format!("step-{step:02}{}", env::consts::EXE_SUFFIX))
}

/// The folder of this test's profile: it runs as `target/debug/deps/http-1a2b3c`.
pub fn folder() -> PathBuf {
    let test = env::current_exe().unwrap_or_default();
    test.ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}
