//! The preprocessor: what mdBook runs over the chapters before it renders them.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, ensure};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::chapter::expand::Expander;
use crate::chapter::figures::Figures;
use crate::chapter::inserts::Inserts;
use crate::steps::text;
use crate::steps::{Step, Steps};

/// What mdBook replaces with a file.
const INCLUDE: &str = "{{#include ";

/// Replaces the directives and transcripts in all chapters, and refuses to go on if a
/// chapter doesn't tell the whole of its step.
pub struct Narrator {
    pub steps: Arc<Steps>,
    pub rest: Rest,
}

/// What mdBook has nothing to do with.
pub enum Rest {
    /// It stays in the chapters, or comes into them.
    Here(Box<Inserts>),
    /// It comes into the pages when they are rendered: the inserts, and the figures that are
    /// taken out of the chapters.
    Later(Arc<Figures>),
}

impl Narrator {
    /// Whether the chapters can be told for this renderer of mdBook's.
    pub fn supports(renderer: &str) -> bool {
        renderer == "html"
    }
}

impl Preprocessor for Narrator {
    fn name(&self) -> &str {
        "steps"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        ensure_valid(&self.steps)?;
        let expander = Expander::new(&self.steps);
        let mut told = Vec::new();
        let mut problems = String::new();
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            let path = path.to_string_lossy().replace('\\', "/");
            chapter.content = text::normal(&chapter.content);
            let missing = missing_include(&context.root.join("src"), &chapter.content);
            let slug = path.trim_end_matches(".md");
            match missing.and_then(|()| expander.expand(slug, &chapter.content)) {
                Ok(content) => {
                    chapter.content = match &self.rest {
                        Rest::Here(inserts) => inserts.fill(slug, &content),
                        Rest::Later(figures) => figures.take_out(&content),
                    }
                }
                Err(error) => {
                    let _ = writeln!(problems, "book/src/{path}: {error:#}");
                }
            }
            told.push(path);
        });
        let is_told = |step: &&Step| told.contains(&format!("{}.md", step.slug));
        for step in self.steps.iter().filter(|step| !is_told(step)) {
            let slug = &step.slug;
            let _ = writeln!(
                problems,
                "steps/{slug} has no chapter: write book/src/{slug}.md, and name it in \
                 book/src/SUMMARY.md"
            );
        }
        ensure!(problems.is_empty(), "book and steps disagree:\n{}", problems.trim_end());
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(Narrator::supports(renderer))
    }
}

/// The difference between steps is that between their items.
///
/// # Errors
/// If a file of a step is not valid Rust; the message names all of them.
fn ensure_valid(steps: &Steps) -> Result<()> {
    let mut problems = String::new();
    for step in steps.iter() {
        for (path, source) in &step.files {
            // A crate that later steps borrow is in all of them.
            let is_there = steps.before(step).is_some_and(|before| {
                before.files.get(path).is_some_and(|file| file.text == source.text)
            });
            if let Some(problem) = source.problem.as_ref().filter(|_| !is_there) {
                let slug = &step.slug;
                let _ = writeln!(problems, "steps/{slug}/{path}: {problem}");
            }
        }
    }
    ensure!(problems.is_empty(), "this is not valid Rust:\n{}", problems.trim_end());
    Ok(())
}

/// mdBook only logs when a file is missing.
///
/// # Errors
/// If a chapter includes a file that isn't there.
fn missing_include(folder: &Path, content: &str) -> Result<()> {
    for (index, line) in content.lines().enumerate() {
        let Some((_, rest)) = line.split_once(INCLUDE) else { continue };
        let file = rest.split(['}', ':']).next().unwrap_or_default().trim();
        ensure!(
            folder.join(file).exists(),
            "line {}: there is no file {file}",
            index + 1
        );
    }
    Ok(())
}
