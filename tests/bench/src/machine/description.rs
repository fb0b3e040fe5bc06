//! The machine, for people.

use std::fs;

use anyhow::Result;
use suite::record::Machine;

use super::proc::Cores;
use crate::server::of_program;

/// What there is to say of it.
///
/// # Errors
/// If it can't be found out.
pub fn describe(busy_otherwise: f64) -> Result<Machine> {
    let text = fs::read_to_string("/proc/cpuinfo")?;
    let model = text.lines().find_map(|line| line.strip_prefix("model name"));
    // Not every architecture has a model.
    let model =
        model.map_or("unknown", |model| model.trim_start_matches([' ', '\t', ':']));
    Ok(Machine {
        processor: format!("{model} ({})", std::env::consts::ARCH),
        cores: Cores::now()?.count,
        system: system()?,
        busy_otherwise,
    })
}

/// `Linux 6.12`: what comes after is of whoever has compiled it.
fn system() -> Result<String> {
    let release = of_program("uname", &["-r"])?;
    let version: Vec<&str> = release.split(['.', '-']).take(2).collect();
    Ok(format!("Linux {}", version.join(".")))
}
