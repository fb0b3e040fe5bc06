//! Which versions are compared.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use suite::{root, steps};

use super::{Kind, Server};

/// The version of rustc: all but nginx is compiled by it.
///
/// # Errors
/// If it can't be run.
pub fn of_rustc() -> Result<String> {
    of_program("rustc", &["--version"])
}

/// What a program says of itself, in its first line.
///
/// # Errors
/// If it can't be run.
pub fn of_program(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root::find()?)
        .output()
        .with_context(|| format!("{program} can't be run"))?;
    ensure!(output.status.success(), "{program} {arguments:?} has failed");
    // nginx tells it as an error.
    let text = [output.stdout, output.stderr].concat();
    Ok(String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_string())
}

impl Server {
    /// The version of a peer, or the name of a step's folder.
    ///
    /// # Errors
    /// If it can't be found out.
    pub fn version(&self) -> Result<String> {
        match self.kind {
            Kind::Limit => Ok("a loop that doesn't parse".into()),
            Kind::Hyper => of_crate("hyper"),
            Kind::Axum => of_crate("axum"),
            Kind::Nginx => {
                let version = of_program("nginx", &["-v"])?;
                Ok(version.replace("nginx version: nginx/", "nginx "))
            }
            Kind::Step(number) => {
                let mut folders = steps::folders(&root::find()?)?.into_iter();
                let folder = folders.find(|folder| folder.number == number);
                Ok(folder.with_context(|| format!("there is no step {number}"))?.slug)
            }
        }
    }
}

/// The version of a crate in `Cargo.lock`: what comes after the last `@` of its address.
fn of_crate(name: &str) -> Result<String> {
    let cargo = env::var("CARGO").unwrap_or("cargo".into());
    let id = of_program(&cargo, &["pkgid", "--locked", name])?;
    let version = id.rsplit(['@', '#']).next().unwrap_or_default();
    Ok(format!("{name} {version}"))
}
