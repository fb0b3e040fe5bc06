//! What is wrong with a server, and which cases fail for it.

use anyhow::{Result, ensure};
use suite::case::Case;
use suite::cases;
use suite::report::Chapter;
use suite::{root, steps};

/// A reason, and the cases that fail for it.
pub struct Fault {
    /// What the server should have done, and who says so; or what our page lacks.
    pub because: &'static str,
    pub cases: &'static [&'static str],
}

/// What is wrong with a server.
pub struct Faults {
    /// The versions that have been asked, by a part of what they say of themselves.
    pub versions: &'static [&'static str],
    /// What is wrong in all of these.
    pub always: &'static [Fault],
    /// What is wrong in some.
    pub sometimes: &'static [Fault],
}

impl Faults {
    /// The reason for which a case fails, or may fail.
    pub fn find(&self, case: &str) -> Option<&'static str> {
        find(self.always, case).or(find(self.sometimes, case))
    }

    /// The reason for which a case must fail in this version.
    pub fn find_certain(&self, case: &str, version: &str) -> Option<&'static str> {
        let is_known = self.versions.iter().any(|known| version.contains(known));
        is_known.then(|| find(self.always, case))?
    }

    /// Finds a name that is not the one of a case that is asked.
    pub fn check_names(&self, is_asked: impl Fn(&Case) -> bool) -> Result<()> {
        let faults = self.always.iter().chain(self.sometimes);
        for name in faults.flat_map(|fault| fault.cases) {
            let is_it = |case: &&Case| case.name == *name && is_asked(case);
            ensure!(
                cases::all().find(is_it).is_some(),
                "a server has a fault in {name}, which is not asked"
            );
        }
        Ok(())
    }
}

fn find(faults: &[Fault], case: &str) -> Option<&'static str> {
    let fault = faults.iter().find(|fault| fault.cases.contains(&case))?;
    Some(fault.because)
}

/// The chapter that explains a case.
pub fn chapter(case: &Case) -> Chapter {
    let folders = root::find().and_then(|root| steps::folders(&root)).unwrap_or_default();
    Chapter::of(case, folders.iter().map(|step| (step.number, &*step.slug)))
}
