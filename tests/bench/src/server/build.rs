//! The programs of the steps, compiled as Cargo compiles the peers.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use suite::root;

use super::{Kind, Peers, Server};

/// Builds those steps that are among the servers.
///
/// # Errors
/// If one doesn't compile, or if the peers are not of the profile `release`: a comparison of two
/// profiles would be none.
pub fn build<'a>(
    peers: &Peers,
    servers: impl IntoIterator<Item = &'a Server>,
) -> Result<()> {
    let steps: Vec<String> = servers
        .into_iter()
        .filter(|server| matches!(server.kind, Kind::Step(_)))
        .flat_map(|step| ["--package".to_string(), step.kind.to_string()])
        .collect();
    if steps.is_empty() {
        return Ok(());
    }
    let folder = folder(peers);
    let profile = "the peers must be of the profile `release`: use cargo bench";
    ensure!(folder.ends_with("release"), profile);
    let status = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["build", "--release", "--locked", "--target-dir"])
        .arg(folder.parent().context(profile)?)
        .args(steps)
        .current_dir(root::find()?)
        .status()
        .context("cargo can't be run")?;
    ensure!(status.success(), "cargo build has failed");
    Ok(())
}

/// The program of a step.
pub fn program(peers: &Peers, step: u8) -> PathBuf {
    folder(peers).join(format!("step-{step:02}"))
}

/// The folder of the profile that the peers were built with.
fn folder(peers: &Peers) -> &Path {
    peers.limit.parent().unwrap_or(Path::new(""))
}
