//! Whether a step is still what was measured.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

use super::{Record, Server};
use crate::steps;

impl Record {
    /// The steps that are no longer what was measured.
    ///
    /// # Errors
    /// If the steps of this repository can't be read.
    pub fn stale(&self, root: &Path) -> io::Result<Vec<String>> {
        let mut now = BTreeMap::new();
        for folder in steps::folders(root)? {
            now.insert(folder.slug, hash(&folder.path)?);
        }
        let is_stale = |server: &&Server| {
            server.sources.is_some()
                && server.sources.as_ref() != now.get(&server.version)
        };
        Ok(self.servers.iter().filter(is_stale).map(|it| it.name.clone()).collect())
    }
}

/// A hash of what a step is built from: its manifest, and all that is in `src`, each file with
/// its path and its length. It is the same on every system, and wherever the folder is.
///
/// # Errors
/// If a file can't be read.
pub fn hash(step: &Path) -> io::Result<String> {
    let mut files = vec![step.join("Cargo.toml")];
    add_files(&step.join("src"), &mut files)?;
    let mut named = Vec::new();
    for file in files {
        let path = file.strip_prefix(step).map_err(io::Error::other)?;
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        named.push((parts.join("/"), fs::read(&file)?));
    }
    named.sort();
    let mut hash = Sha256::new();
    for (name, text) in named {
        hash.update(format!("{name} {}\n", text.len()));
        hash.update(text);
    }
    Ok(hex::encode(hash.finalize()))
}

/// Adds the files of a folder, and of those in it.
fn add_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FILE;
    use crate::root;

    #[test]
    fn a_hash_is_of_a_step_alone() {
        let root = root::find().unwrap();
        let folders = steps::folders(&root).unwrap();
        let hashes: Vec<String> =
            folders.iter().map(|folder| hash(&folder.path).unwrap()).collect();
        let mut different = hashes.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), folders.len());
        assert_eq!(hash(&folders[0].path).unwrap(), hashes[0]);
        assert_eq!(hashes[0].len(), 64);
    }

    #[test]
    fn a_step_is_stale_when_its_hash_is_another() {
        let root = root::find().unwrap();
        let mut record = Record::read(&root.join(FILE)).unwrap();
        let steps = steps::folders(&root).unwrap();
        for server in &mut record.servers {
            let folder = steps.iter().find(|folder| folder.slug == server.version);
            server.sources = folder.map(|folder| hash(&folder.path).unwrap());
        }
        assert_eq!(record.stale(&root).unwrap(), [""; 0]);
        let step = record.servers.iter_mut().find(|server| server.sources.is_some());
        let step = step.unwrap();
        step.sources = Some("0".into());
        let name = step.name.clone();
        assert_eq!(record.stale(&root).unwrap(), [name]);
    }
}
