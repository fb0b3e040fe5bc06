//! Notices that the book has changed, and builds it again while it is served.

use std::path::{Path, PathBuf};

use anstream::{eprintln, println};

use crate::commands::build;
use crate::serving::edition::Edition;
use crate::sources::Sources;

/// What the book is made of; a change of the tool itself needs a new start.
const SOURCES: &[&str] =
    &["book/book.toml", "book/pictures", "book/src", "book/theme", "steps"];

/// What the book of a repository is made of, as it is now.
pub fn sources(root: &Path) -> Sources {
    let places: Vec<PathBuf> = SOURCES.iter().map(|place| root.join(place)).collect();
    Sources::look(&places)
}

/// Builds the book whenever a source has changed, as long as there is a repository.
pub fn rebuild(root: &Path, mut sources: Sources, edition: &Edition) {
    loop {
        let changed = sources.wait();
        if !root.is_dir() {
            return;
        }
        let changed = changed.strip_prefix(root).unwrap_or(&changed).display();
        // What changes from now on may come too late for this build.
        sources = sources.now();
        match build::build(root, &build::folder(root)) {
            Ok(()) => {
                edition.next();
                println!("{changed} has changed: the book is built again");
            }
            Err(error) => {
                eprintln!(
                    "{changed} has changed, and the pages stay as they were: {error:#}"
                );
            }
        }
    }
}
