//! Programs that may be on this machine, or not.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program, and which version of it.
pub struct Program {
    pub path: PathBuf,
    pub version: String,
}

impl Program {
    /// A program that is built with the tests.
    pub fn built(path: PathBuf) -> Program {
        Program { path, version: "axum, built with the tests".into() }
    }

    /// Finds a program, also where those of the administrator are, or says that there is
    /// none.
    pub fn find(name: &str, version: &str) -> Result<Program, String> {
        let mut paths =
            [PathBuf::from(name), PathBuf::from("/usr/sbin").join(name)].into_iter();
        let program = paths.find_map(|path| Program::ask(path, version));
        program.ok_or_else(|| format!("there is no {name}"))
    }

    /// Asks a program for its version.
    fn ask(path: PathBuf, version: &str) -> Option<Program> {
        let output =
            Command::new(&path).arg(version).stdin(Stdio::null()).output().ok()?;
        // nginx says it on standard error.
        let text = [output.stdout, output.stderr].concat();
        let version = String::from_utf8_lossy(&text).lines().next()?.to_string();
        output.status.success().then_some(Program { path, version })
    }
}
