//! A server to test: the process of a step, or one that the reader has started.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use suite::client;
use suite::play::Whose;
use suite::process::Process;

/// A server that listens.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The name of the case that has asked it last, or nothing.
    pub last_case: &'static str,
    process: Option<Process>,
}

impl Server {
    /// Starts the program of a step.
    pub fn start(program: &Path) -> Result<Server> {
        let mut process = Process::of_step(program)?;
        let address = process.address().with_context(|| program.display().to_string())?;
        Ok(Server { address, last_case: "", process: Some(process) })
    }

    /// Finds the server that listens at `host:port`, also written as the URL of it.
    pub fn find(place: &str) -> Result<Server> {
        let address = client::find(&client::addresses(place)?);
        let address = address.with_context(|| {
            format!("nobody listens at {place}: start your server, then run this again")
        })?;
        Ok(Server { address, last_case: "", process: None })
    }

    /// Whether it is a step's program, or the reader's own server.
    pub fn whose(&self) -> Whose {
        if self.process.is_some() { Whose::Ours } else { Whose::Theirs }
    }

    /// How the server has ended, if it does so within this time. Of the reader's own
    /// server we cannot know.
    pub fn end(&mut self, patience: Duration) -> Option<String> {
        self.process.as_mut()?.end_in_words(patience)
    }
}
