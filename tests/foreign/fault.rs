//! What is wrong with a server, and which cases fail for it.

use std::fs;
use std::path::Path;

use suite::case::Case;
use suite::cases;

/// A reason, and the cases that fail for it.
pub struct Fault {
    /// What the server should have done, and who says so; or what our page lacks.
    pub because: &'static str,
    pub cases: &'static [&'static str],
}

/// The reason for which a case fails.
pub fn find(faults: &[Fault], case: &str) -> Option<&'static str> {
    let fault = faults.iter().find(|fault| fault.cases.contains(&case))?;
    Some(fault.because)
}

/// Finds a name that is not the one of a case that the server is asked.
pub fn check_names(server: &str, faults: &[Fault], last_step: u8) -> Result<(), String> {
    for name in faults.iter().flat_map(|fault| fault.cases) {
        let is_named = |case: &&Case| case.name == *name && !case.our_choice;
        let case = cases::all().find(is_named);
        if case.is_none_or(|case| case.since > last_step) {
            return Err(format!("{server} has a fault in {name}, which it is not asked"));
        }
    }
    Ok(())
}

/// The chapter that explains a case.
pub fn chapter(case: &Case) -> String {
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("steps");
    let number = format!("{:02}-", case.since);
    let entries = fs::read_dir(steps).into_iter().flatten().flatten();
    let mut slugs = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let slug = slugs.find(|slug| slug.starts_with(&number));
    case.chapter.map(String::from).or(slug).unwrap_or_default()
}
