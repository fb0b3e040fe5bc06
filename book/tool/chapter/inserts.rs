//! What comes into the pages after mdBook has rendered them: the end of each step, and the
//! data of the page that compares steps. It is HTML already, and more than all the rest, so
//! there is nothing in it for mdBook to do; and who searches for a word does not look for it
//! in the code of all later steps.
//!
//! In the page for the printer, `print.html`, the places stay empty.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;

use crate::chapter::compare_page;
use crate::chapter::whole::Whole;
use crate::render::html::Writer;
use crate::steps::{Step, Steps};

/// The chapter that has the data of the page that compares steps.
pub const COMPARE: &str = "compare";

/// What stands in a chapter where its insert belongs: a comment, which mdBook lets pass.
pub fn place_in(chapter: &str) -> String {
    format!("<!-- insert {chapter} -->")
}

/// The inserts of a book.
pub struct Inserts {
    /// By the names of their chapters.
    wholes: BTreeMap<String, Whole>,
    compare: String,
}

impl Inserts {
    /// Writes the inserts for these steps.
    pub fn of(steps: &Steps) -> Inserts {
        let writer = Writer::default();
        let whole = |step: &Step| (step.slug.clone(), Whole::of(steps, step, &writer));
        let wholes = steps.iter().map(whole).collect();
        Inserts { wholes, compare: compare_page::to_html(steps, &writer) }
    }

    /// A chapter with its insert, if it has a place for one.
    pub fn fill(&self, chapter: &str, text: &str) -> String {
        let text = text.replacen(&place_in(COMPARE), &self.compare, 1);
        let whole = self.wholes.get(chapter).map(Whole::folded).unwrap_or_default();
        text.replacen(&place_in(chapter), &whole, 1)
    }

    /// Puts the inserts into the pages in a folder, or links to pages of their own.
    ///
    /// # Errors
    /// If a page can't be read or written.
    pub fn fill_pages(&self, folder: &Path) -> Result<()> {
        for (chapter, whole) in &self.wholes {
            let path = folder.join(chapter).with_extension("html");
            let page = fs::read_to_string(&path)?;
            let of_its_own = whole
                .to_page(&page, chapter)
                .with_context(|| format!("{} has no <main>", path.display()))?;
            fs::write(folder.join(whole.page()), of_its_own)?;
            fs::write(path, page.replacen(&place_in(chapter), &whole.links(), 1))?;
        }
        let path = folder.join(COMPARE).with_extension("html");
        let page = fs::read_to_string(&path)?;
        fs::write(path, page.replacen(&place_in(COMPARE), &self.compare, 1))?;
        Ok(())
    }
}
