//! The steps of the tutorial: found in their folder, and started when the first case needs it.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io};

use crate::build;
use crate::case::Case;
use crate::play::{self, Failure, Problem};
use crate::server::Server;

/// How long a server that did not answer may take to end, before we say that it lives.
const LAST_BREATH: Duration = Duration::from_secs(1);

/// A folder `steps/NN-slug`, and its server if that has been started.
pub struct Step {
    /// The number of the step: NN.
    pub number: u8,
    /// The name of the folder: NN-slug.
    pub slug: String,
    /// Until step 15 a server has one client at a time, so a case locks it.
    server: Mutex<Option<Server>>,
}

impl Step {
    /// Finds all steps, in order.
    pub fn all() -> io::Result<Vec<Step>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("steps");
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
        self.server = Mutex::new(Some(server));
    }

    /// Plays a case against the server of the step.
    pub fn play(&self, case: &Case) -> Result<(), Failure> {
        let mut slot = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let mut server = match slot.take() {
            Some(server) => server,
            None => {
                Server::start(&build::program(self.number)).map_err(Failure::broken)?
            }
        };
        if let Some(end) = server.end(Duration::ZERO) {
            let culprit = server.last_case;
            return Err(Failure::broken(format!(
                "{culprit} has ended the server: {end}"
            )));
        }
        server.last_case = case.name;

        let result = play::play(case, server.address).map_err(|mut failure| {
            let patience =
                if failure.is_silence() { LAST_BREATH } else { Duration::ZERO };
            if let Some(end) = server.end(patience) {
                failure.problem = Problem::Ended(end);
            }
            failure
        });
        // A server that has ended stays away, and the next case starts another.
        if !result.as_ref().is_err_and(Failure::is_end) {
            *slot = Some(server);
        }
        result
    }
}
