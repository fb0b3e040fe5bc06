//! A server to test: the process of a step, or one that the reader has started.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use crate::harness::process::Process;
use suite::client;
use suite::play::Whose;

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
    pub fn start(program: &Path) -> Result<Server, String> {
        let name = program.display();
        let mut process = Process::start(program)
            .map_err(|error| format!("cannot start {name}: {error}"))?;
        let address = process.address().map_err(|error| format!("{name}: {error}"))?;
        Ok(Server { address, last_case: "", process: Some(process) })
    }

    /// Finds the server that listens at `host:port`, also written as the URL of it.
    pub fn find(place: &str) -> Result<Server, String> {
        let address = client::find(&client::addresses(place)?);
        let address = address.ok_or_else(|| {
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
        self.process.as_mut()?.end(patience)
    }
}
