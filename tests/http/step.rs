//! The steps: found in their folder, and started when a case needs it.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::harness::build;
use crate::server::Server;
use suite::case::Case;
use suite::play::{self, Failure, Whose};
use suite::root;
use suite::steps::{self, Folder};

/// A folder `steps/NN-slug`, and its servers if any have been started.
pub struct Step {
    /// The number of the step: NN.
    pub number: u8,
    /// The name of the folder: NN-slug.
    pub slug: String,
    /// What starts a server; nothing, if the one there is is the reader's.
    program: Option<PathBuf>,
    /// The servers that no case is talking to. Until step 15 a server has one client at a
    /// time, so a case has one for itself.
    idle: Mutex<Vec<Server>>,
    /// Why no server can be started. The next case need not wait for the same.
    broken: OnceLock<String>,
}

impl Step {
    /// Finds all steps, in order.
    pub fn all() -> Result<Vec<Step>> {
        let step = |Folder { number, slug, .. }| Step {
            number,
            slug,
            program: Some(build::program(number)),
            idle: Mutex::default(),
            broken: OnceLock::new(),
        };
        Ok(steps::folders(&root::find()?)?.into_iter().map(step).collect())
    }

    /// Puts the reader's own server in the place of the step's.
    pub fn replace_server(&mut self, server: Server) {
        self.program = None;
        self.idle = Mutex::new(vec![server]);
    }

    /// Plays a case against a server of the step.
    pub fn play(&self, case: &Case) -> Result<(), Failure> {
        self.talk(case.name, |server| {
            match play::play(case, server.address, server.whose()) {
                Ok(_) => Ok(()),
                Err(failure)
                    if server.whose() == Whose::Theirs
                        && failure.otherwise(case).is_some() =>
                {
                    Ok(())
                }
                Err(failure) => Err(failure),
            }
        })
    }

    /// Talks to a server of the step, in the name of a case.
    pub fn talk(
        &self,
        name: &'static str,
        talk: impl FnOnce(&Server) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut server =
            self.take().map_err(|error| Failure::broken(format!("{error:#}")))?;
        server.last_case = name;
        let result = talk(&server);
        let result = result.map_err(|failure| failure.blame_the_end(|it| server.end(it)));
        // A server that has ended stays away, and so does one of ours that has failed: it may
        // have work to do for somebody who has given up.
        if result.is_ok() || self.program.is_none() {
            self.idle().push(server);
        }
        result
    }

    /// A server for a case: one that is idle, or another.
    fn take(&self) -> Result<Server> {
        let idle = self.idle().pop();
        match (idle, &self.program) {
            (Some(mut server), _) => match end(&mut server) {
                Some(end) => bail!(end),
                None => Ok(server),
            },
            (None, Some(program)) => match self.broken.get() {
                Some(error) => bail!(error.clone()),
                None => Server::start(program)
                    .inspect_err(|error| drop(self.broken.set(format!("{error:#}")))),
            },
            (None, None) => bail!("another case is asking your server"),
        }
    }

    /// How a server has ended behind the back of the case that asked it last, if one has.
    pub fn end(&self) -> Option<String> {
        self.idle().iter_mut().find_map(end)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Server>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a server has ended that nobody is talking to.
fn end(server: &mut Server) -> Option<String> {
    let end = server.end(Duration::ZERO)?;
    Some(format!("{} has ended the server: {end}", server.last_case))
}
