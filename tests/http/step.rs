//! The steps: found in their folder, and started when a first case needs it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io};

use crate::harness::build;
use crate::server::Server;
use suite::case::Case;
use suite::play::{self, Failure, Problem, Whose};
use suite::root;

/// How long a server that did not answer may take to end, before we say that it lives.
const LAST_BREATH: Duration = Duration::from_secs(1);

/// A folder `steps/NN-slug`, and its server if that has been started.
pub struct Step {
    /// The number of the step: NN.
    pub number: u8,
    /// The name of the folder: NN-slug.
    pub slug: String,
    /// Until step 15 a server has one client at a time, so a case locks it.
    /// What came of starting the server is kept, be it an error.
    server: Mutex<Option<Result<Server, String>>>,
}

impl Step {
    /// Finds all steps, in order.
    pub fn all() -> io::Result<Vec<Step>> {
        let folder = root::find()?.join("steps");
        let mut steps = Vec::new();
        for entry in fs::read_dir(folder)? {
            let slug = entry?.file_name().to_string_lossy().into_owned();
            let number = slug.split_once('-').and_then(|(number, _)| number.parse().ok());
            steps.extend(number.map(|number| Step {
                number,
                slug,
                server: Mutex::default(),
            }));
        }
        steps.sort_by_key(|step| step.number);
        Ok(steps)
    }

    /// Puts the reader's own server in the place of the step's.
    pub fn replace_server(&mut self, server: Server) {
        self.server = Mutex::new(Some(Ok(server)));
    }

    /// Plays a case against the server of the step.
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

    /// Talks to the server of the step, in the name of a case.
    pub fn talk(
        &self,
        name: &'static str,
        talk: impl FnOnce(&Server) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut slot = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let started =
            slot.take().unwrap_or_else(|| Server::start(&build::program(self.number)));
        let mut server = match started {
            Ok(server) => server,
            Err(error) => {
                // The next case need not wait for the same.
                *slot = Some(Err(error.clone()));
                return Err(Failure::broken(error));
            }
        };
        if let Some(end) = server.end(Duration::ZERO) {
            let culprit = server.last_case;
            return Err(Failure::broken(format!(
                "{culprit} has ended the server: {end}"
            )));
        }
        server.last_case = name;

        let result = talk(&server).map_err(|failure| blame_the_end(failure, &mut server));
        // A server that has ended stays away, and the next case starts another.
        if !result.as_ref().is_err_and(Failure::is_end) {
            *slot = Some(Ok(server));
        }
        result
    }
}

/// If the server has ended, that is the problem.
fn blame_the_end(mut failure: Failure, server: &mut Server) -> Failure {
    let patience = if failure.is_silence() { LAST_BREATH } else { Duration::ZERO };
    if let Some(end) = server.end(patience) {
        failure.problem = Problem::Ended(end);
    }
    failure
}
