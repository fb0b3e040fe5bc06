//! The sources of a server or of the book, and whether they have changed.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use ignore::{DirEntry, WalkBuilder};

/// How often we look. Sources are few, and to be told by the system would mean to be told
/// of all that Cargo does in `target`.
const POLL: Duration = Duration::from_millis(200);

/// What is made out of sources, or fetched, even if no `.gitignore` says so.
const NOT_SOURCES: &[&str] = &["target", "node_modules", "__pycache__"];

/// The files in some folders, each with its length and the time of its last change. Hidden
/// files are not looked at, nor what `.gitignore` names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    places: Vec<PathBuf>,
    files: BTreeMap<PathBuf, Option<(u64, SystemTime)>>,
}

impl Sources {
    /// Looks at the files as they are now.
    pub fn look(places: &[PathBuf]) -> Sources {
        let Some((first, others)) = places.split_first() else {
            return Sources::default();
        };
        let is_source = |entry: &DirEntry| {
            entry.depth() == 0
                || !NOT_SOURCES.iter().any(|name| entry.file_name() == *name)
        };
        let mut walk = WalkBuilder::new(first);
        for place in others {
            walk.add(place);
        }
        let entries = walk
            // A crate need not be a repository.
            .require_git(false)
            .filter_entry(is_source)
            .build()
            // What can't be read can't be compiled either.
            .flatten();
        let files = entries
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| (entry.path().into(), entry.metadata().ok().and_then(stamp)))
            .collect();
        Sources { places: places.into(), files }
    }

    /// Looks again, at the same places.
    #[must_use]
    pub fn now(&self) -> Sources {
        Sources::look(&self.places)
    }

    /// A file that has changed since then, or has come or gone.
    pub fn changed(&self) -> Option<PathBuf> {
        let now = self.now();
        let mut paths = self.files.keys().chain(now.files.keys());
        paths.find(|path| self.files.get(*path) != now.files.get(*path)).cloned()
    }

    /// Waits until a file changes, and says which.
    pub fn wait(&self) -> PathBuf {
        loop {
            if let Some(path) = self.changed() {
                return path;
            }
            thread::sleep(POLL);
        }
    }
}

fn stamp(metadata: Metadata) -> Option<(u64, SystemTime)> {
    Some((metadata.len(), metadata.modified().ok()?))
}

#[cfg(test)]
mod tests {
    use std::{fs, slice};

    use super::*;

    #[test]
    fn only_sources_count() {
        let folder = std::env::temp_dir().join(format!("watch-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("target")).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
        write("src/main.rs", "fn main() {}");
        write(".gitignore", "*.log\n");
        let sources = Sources::look(slice::from_ref(&folder));
        assert_eq!(sources.changed(), None);
        write("target/made", "");
        write("server.log", "");
        write(".hidden", "");
        assert_eq!(sources.changed(), None);
        write("src/main.rs", "fn main() { }");
        assert_eq!(sources.changed(), Some(folder.join("src/main.rs")));
        let sources = Sources::look(slice::from_ref(&folder));
        write("src/new.rs", "");
        assert_eq!(sources.wait(), folder.join("src/new.rs"));
        fs::remove_file(folder.join("src/new.rs")).unwrap();
        assert_eq!(sources.changed(), None);
        fs::remove_dir_all(folder).unwrap();
    }
}
