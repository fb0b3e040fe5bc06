//! What comes into the pages after mdBook has rendered them: the whole of each step, and the
//! data of the page that compares steps. It is HTML already, and more than all the rest, so
//! there is nothing in it for mdBook to do; and who searches for a word does not look for it
//! in the code of all later steps.
//!
//! In the page for the printer, `print.html`, the places stay empty.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use fs_err as fs;

use crate::chapter::compare_page;
use crate::chapter::ledger::Ledger;
use crate::diff::change::Change;
use crate::render::html::{Role, Writer};
use crate::steps::{Step, Steps};

/// The chapter that has the data of the page that compares steps.
pub const COMPARE: &str = "compare";

/// What stands in a chapter where its insert belongs: a comment, which mdBook lets pass.
pub fn place_in(chapter: &str) -> String {
    format!("<!-- insert {chapter} -->")
}

/// The inserts of a book, by the names of their chapters.
pub struct Inserts(BTreeMap<String, String>);

impl Inserts {
    /// Writes the inserts for these steps.
    pub fn of(steps: &Steps) -> Inserts {
        let writer = Writer::default();
        let whole = |step: &Step| (step.slug.clone(), whole_step(steps, step, &writer));
        let mut inserts: BTreeMap<String, String> = steps.iter().map(whole).collect();
        inserts.insert(COMPARE.into(), compare_page::to_html(steps, &writer));
        Inserts(inserts)
    }

    /// A chapter with its insert, if it has a place for one.
    pub fn fill(&self, chapter: &str, text: &str) -> String {
        let insert = self.0.get(chapter).map_or("", String::as_str);
        text.replacen(&place_in(chapter), insert, 1)
    }

    /// Puts the inserts into the pages in a folder.
    ///
    /// # Errors
    /// If a page can't be read or written.
    pub fn fill_pages(&self, folder: &Path) -> Result<()> {
        for chapter in self.0.keys() {
            let page = folder.join(chapter).with_extension("html");
            let text = fs::read_to_string(&page)?;
            fs::write(&page, self.fill(chapter, &text))?;
        }
        Ok(())
    }
}

/// All files of a step and all that it changes, folded.
fn whole_step(steps: &Steps, step: &Step, writer: &Writer) -> String {
    let change = Change::of(steps, step);
    let sources: String =
        step.files.iter().map(|(path, source)| writer.source(path, source)).collect();
    let whole = writer.figures(&Ledger::new(&change).show_rest(), Role::Whole);
    let number = step.number;
    let (from, command) = match steps.before(step) {
        Some(Step { number: before, .. }) => (
            format!("step {before:02}"),
            format!("cargo run -- diff {before:02} {number:02}"),
        ),
        None => ("nothing".into(), format!("cargo run -- diff {number:02}")),
    };
    let (added, removed) = change.count();
    format!(
        "<details class=\"whole\">\n<summary>All files of step {number:02}</summary>\n\
         {sources}</details>\n\n\
         <details class=\"whole\">\n<summary>All changes from {from} to step {number:02}: \
         {added} lines added, {removed} removed</summary>\n\
         <p>In a terminal: <code>{command}</code></p>\n{whole}</details>\n"
    )
}
