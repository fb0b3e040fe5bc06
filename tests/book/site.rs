//! The book, built for the tests into a folder of their own.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use book::steps::{Step, Steps};
use suite::root;

use crate::chapter::Chapter;
use crate::page::Element;
use crate::programs::Programs;
use crate::scratch::Scratch;

/// The built book and what it was built from.
pub struct Site {
    pub root: PathBuf,
    /// The folder with the pages.
    pub folder: PathBuf,
    pub steps: Steps,
    pub chapters: Vec<Chapter>,
    /// The programs of the variants.
    pub programs: Programs,
    /// For what a reader has in between.
    pub scratch: Scratch,
}

impl Site {
    pub fn build() -> Result<Site> {
        let root = root::find()?;
        let folder = root::scratch().join("site");
        book::commands::build::build(&root, &folder)?;
        let steps = Steps::load(&root)?;
        ensure!(steps.iter().next().is_some(), "there are no steps");
        let chapters = Chapter::read_all(&root.join("book/src"), &steps)?;
        let programs = Programs::new(&root, &chapters)?;
        let scratch = Scratch::new(&root, "scratch");
        Ok(Site { root, folder, steps, chapters, programs, scratch })
    }

    /// The page of a step's chapter.
    pub fn page(&self, step: &Step) -> Result<Element> {
        Element::read(&self.folder.join(format!("{}.html", step.slug)))
    }

    /// A chapter by its slug, which for a step's is the step's.
    pub fn chapter(&self, slug: &str) -> Result<&Chapter> {
        let chapter = self.chapters.iter().find(|chapter| chapter.slug == slug);
        chapter.with_context(|| format!("there is no chapter {slug}.md"))
    }
}
