//! The server that is asked, and whether it is still there.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, bail};
use suite::client;
use suite::play::{Failure, Problem};

use crate::check::launch::Launch;

/// How long a server that did not answer may take to end, before we say that it lives.
const LAST_BREATH: Duration = Duration::from_secs(1);

/// The server that is asked.
pub enum Server<'a> {
    /// Somebody else has started it.
    Found(SocketAddr),
    /// We have started it, and can do so again.
    Launched(&'a mut Launch, SocketAddr),
}

impl Server<'_> {
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
    pub fn blame_the_end(&mut self, mut failure: Failure) -> Result<Failure> {
        if let Server::Launched(launch, _) = self {
            launch.check_interrupted()?;
        }
        let end = match self {
            // It is there, and says nothing.
            _ if failure.is_timeout() => None,
            Server::Found(address) => (failure.is_silence()
                && !client::is_there(*address))
            .then(|| format!("nobody listens at {address} any more")),
            Server::Launched(launch, _) => {
                let is_silence = failure.is_silence();
                launch.has_ended(if is_silence { LAST_BREATH } else { Duration::ZERO })
            }
        };
        if let Some(end) = end {
            // If there was nobody to connect to, the case before has done it.
            let is_late =
                failure.exchange == 0 && matches!(failure.problem, Problem::Broken(_));
            let when = if is_late { "in the case before: " } else { "" };
            failure.problem = Problem::Ended(format!("{when}{end}"));
        }
        Ok(failure)
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
