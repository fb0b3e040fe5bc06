//! What a reader names who starts a crate, or has one checked: a step, or a wrong server.

use anyhow::{Context, Result};

use crate::chapter::variant::Variant;
use crate::steps::{Step, Steps};

/// What a crate may begin as: the files, and what to call them.
pub struct Origin {
    pub name: String,
    pub step: Step,
}

impl Origin {
    /// Finds a step (`3`, `03`, `03-if-else`) or a wrong server (`wrong-3`).
    ///
    /// # Errors
    /// If there is none of that name; the message lists those that there are.
    pub fn find(steps: &Steps, name: &str) -> Result<Origin> {
        if !name.starts_with("wrong") {
            let step = steps.find(name)?.clone();
            return Ok(Origin { name: step.slug.clone(), step });
        }
        let mut servers = Variant::wrong_servers(steps)?;
        let names: Vec<&str> =
            servers.iter().map(|server| server.name.as_str()).collect();
        let index = names.iter().position(|other| *other == name).with_context(|| {
            format!("there is no `{name}`; the wrong servers are {}", names.join(", "))
        })?;
        let step = servers.swap_remove(index).step;
        Ok(Origin {
            name: format!("{name}, a step {:02} with a mistake", step.number),
            step,
        })
    }
}
