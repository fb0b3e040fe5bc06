//! The chapters, as they were written.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use book::chapter::code_block::CodeBlock;
use book::chapter::manuscript::{Kind, Manuscript};
use book::chapter::transcript::Transcript;
use book::chapter::variant::Variant;
use book::steps::Steps;

/// A file of the book's text.
pub struct Chapter {
    pub path: PathBuf,
    /// `03-if-else`, `mistakes`.
    pub slug: String,
    pub text: String,
    pub variants: Vec<Variant>,
    pub transcripts: Vec<Transcript>,
}

impl Chapter {
    /// Reads all chapters, in order; one for each step has to be there.
    pub fn read_all(folder: &Path, steps: &Steps) -> Result<Vec<Chapter>> {
        let mut chapters = Vec::new();
        let entries = fs::read_dir(folder);
        for entry in entries.with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let at = path.display().to_string();
                chapters.push(Chapter::read(path, steps).context(at)?);
            }
        }
        chapters.sort_by(|one, other| one.path.cmp(&other.path));
        for step in steps.iter() {
            let is_told = chapters.iter().any(|chapter| chapter.slug == step.slug);
            ensure!(is_told, "there is no chapter {}.md", step.slug);
        }
        Ok(chapters)
    }

    fn read(path: PathBuf, steps: &Steps) -> Result<Chapter> {
        let text = fs::read_to_string(&path)?;
        let manuscript = Manuscript::parse(&text)?;
        Ok(Chapter {
            slug: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            variants: Variant::find_all(steps, &manuscript)?,
            transcripts: Transcript::find_all(&manuscript)?,
            path,
            text,
        })
    }

    /// Its code blocks whose first word is this.
    pub fn blocks(&self, word: &str) -> Result<Vec<CodeBlock<'_>>> {
        let parts = Manuscript::parse(&self.text)?.parts;
        let blocks = parts.into_iter().filter_map(|part| match part.kind {
            Kind::Block(block) if block.info[0] == word => Some(block),
            _ => None,
        });
        Ok(blocks.collect())
    }
}
