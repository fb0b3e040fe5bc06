//! The book, built for the tests into a folder of their own.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use book::step::{Step, Steps};
use suite::root;

use crate::page::Element;

/// The built book and what it was built from.
pub struct Site {
    pub root: PathBuf,
    /// The folder with the pages.
    pub folder: PathBuf,
    pub steps: Steps,
}

impl Site {
    pub fn build() -> Result<Site> {
        let root = root::find()?;
        let folder = root::scratch().join("site");
        book::site::build(&root, &folder)?;
        let steps = Steps::load(&root.join("steps"))?;
        Ok(Site { root, folder, steps })
    }

    /// The page of a step's chapter.
    pub fn page(&self, step: &Step) -> Result<Element> {
        Element::read(&self.folder.join(format!("{}.html", step.slug)))
    }

    /// The names and texts of all chapters, as they were written.
    pub fn chapters(&self) -> Result<Vec<(PathBuf, String)>> {
        let folder = self.root.join("book/src");
        let mut chapters = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path)?;
                chapters.push((path, text));
            }
        }
        chapters.sort();
        Ok(chapters)
    }
}
