//! The folders of the steps: `steps/NN-slug`.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folder of a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// The number of the step: NN.
    pub number: u8,
    /// The name of the folder, and of the chapter: NN-slug.
    pub slug: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The folders of all steps of a repository, in order.
///
/// # Errors
/// If `steps` is not there.
pub fn folders(root: &Path) -> io::Result<Vec<Folder>> {
    let steps = root.join("steps");
    let at = |error: io::Error| {
        io::Error::new(error.kind(), format!("{}: {error}", steps.display()))
    };
    let mut folders = Vec::new();
    for entry in fs::read_dir(&steps).map_err(at)? {
        let path = entry?.path();
        let slug = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = slug.split_once('-').and_then(|(number, _)| number.parse().ok());
        folders.extend(number.map(|number| Folder { number, slug, path }));
    }
    folders.sort();
    Ok(folders)
}
