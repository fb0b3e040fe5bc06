//! Crates on either side of a comparison: a step, or a folder of the reader's.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, ensure};

use crate::steps::source::Source;
use crate::steps::text;
use crate::steps::{Files, Step, Steps, files_below};

/// The files of a crate, and what to call it.
#[derive(Clone, Debug)]
pub struct Crate {
    pub name: String,
    pub files: Files,
    /// Whether it is the reader's, and no step.
    pub is_own: bool,
}

impl Crate {
    /// Finds a step (`4`, `04`, `04-route-dictionary`), or reads the crate in a folder.
    ///
    /// # Errors
    /// If it is neither, or a file can't be read.
    pub fn find(steps: &Steps, place: &str) -> Result<Crate> {
        let no_step = match steps.find(place) {
            Ok(step) => return Ok(Crate::of(step)),
            Err(error) => error,
        };
        let folder = Path::new(place);
        ensure!(folder.is_dir(), "there is no folder `{place}`, and {no_step}");
        Ok(Crate { name: place.into(), files: read(folder)?, is_own: true })
    }

    /// What a step is compared with if nothing is said: the step before, or nothing.
    pub fn before(steps: &Steps, step: &Step) -> Crate {
        match steps.before(step) {
            Some(before) => Crate::of(before),
            None => Crate { name: "nothing".into(), files: Files::new(), is_own: false },
        }
    }

    fn of(step: &Step) -> Crate {
        let name = format!("step {:02}", step.number);
        Crate { name, files: step.files.clone(), is_own: false }
    }

    /// Leaves out of a reader's crate what the other has nothing to say about, notes and
    /// data, but no Rust.
    #[must_use]
    pub fn without_notes(&self, other: &Crate) -> Crate {
        let mut own = self.clone();
        own.files.retain(|path, _| {
            !self.is_own || path.ends_with(".rs") || other.files.contains_key(path)
        });
        own
    }

    /// What is said of files that can't be taken apart into items.
    pub fn problems(&self) -> Vec<String> {
        let problem = |(path, source): (&String, &Arc<Source>)| {
            let problem = source.problem.as_ref()?;
            Some(format!(
                "{path} of {self} is not valid Rust, so it is compared line by line: {problem}"
            ))
        };
        self.files.iter().filter_map(problem).collect()
    }
}

impl fmt::Display for Crate {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Reads the texts of a folder that is a crate; other files don't matter.
fn read(folder: &Path) -> Result<Files> {
    ensure!(
        folder.join("Cargo.toml").is_file(),
        "there is no Cargo.toml in {}: is this the folder of a crate?",
        folder.display()
    );
    let mut files = Files::new();
    for (name, path) in files_below(folder)? {
        match text::read(&path) {
            Ok(text) => {
                let source = Source::new(&name, &text);
                files.insert(name, Arc::new(source));
            }
            // A picture, say.
            Err(_) if !is_code(&name) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

fn is_code(path: &str) -> bool {
    path.ends_with(".rs") || path.ends_with(".toml")
}
