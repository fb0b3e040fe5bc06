//! The server that is asked, and whether it is still there.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use suite::client;
use suite::play::Failure;

use crate::check::launch::Launch;

/// The server that is asked.
pub enum Server<'a> {
    /// Somebody else has started it.
    Found(SocketAddr),
    /// We have started it, and can do so again.
    Launched(&'a mut Launch, SocketAddr),
}

impl<'a> Server<'a> {
    /// Finds who listens at one of the addresses that this place stands for.
    ///
    /// # Errors
    /// If nobody does.
    pub fn find(addresses: &[SocketAddr], place: &str, step: &str) -> Result<Server<'a>> {
        let address = client::find(addresses).with_context(|| {
            format!(
                "nobody listens at {place}: start your server, or have it started: cargo run \
                 -- check {step} --dir ../my-server -- cargo run"
            )
        })?;
        Ok(Server::Found(address))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        let (Server::Found(address) | Server::Launched(_, address)) = self;
        *address
    }

    /// What the server has printed, as far as we can see it.
    pub fn printed(&self) -> String {
        match self {
            Server::Found(_) => String::new(),
            Server::Launched(launch, _) => launch.take_printed(),
        }
    }

    /// Leaves out what the server has printed in other cases.
    pub fn forget(&self) {
        self.printed();
    }

    /// If the server has ended, that is the problem.
    ///
    /// # Errors
    /// If we have ended it ourselves: then nothing is wrong with it.
    pub fn blame_the_end(&mut self, failure: Failure) -> Result<Failure> {
        if let Server::Launched(launch, _) = self {
            launch.check_interrupted()?;
        }
        let is_silence = failure.is_silence();
        Ok(failure.blame_the_end(|patience| match self {
            Server::Found(address) => (is_silence && !client::is_there(*address))
                .then(|| format!("nobody listens at {address} any more")),
            Server::Launched(launch, _) => launch.has_ended(patience),
        }))
    }

    /// Sees to it that there is a server for the next case.
    pub fn revive(&mut self, failure: &Failure) -> Result<()> {
        match self {
            _ if !failure.is_end() => {}
            Server::Found(_) => bail!(
                "the server has ended: start it again, and then this. (If this starts the \
                 server, with `-- cargo run` behind it, it also starts it again.)"
            ),
            Server::Launched(launch, address) => *address = launch.start()?,
        }
        Ok(())
    }
}
