//! The steps: the crates below `steps/`, in their order.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use fs_err as fs;

use source::{Language, Source};
use suite::steps::{Folder, folders};

pub mod crates;
pub mod source;
pub mod text;

/// Files by their paths inside a folder, written with `/`. Most are the same in most steps,
/// and then they are one.
pub type Files = BTreeMap<String, Arc<Source>>;

/// A crate below `steps/`.
#[derive(Clone, Debug)]
pub struct Step {
    pub number: u8,
    /// The name of its folder, and of its chapter: `02-parser`.
    pub slug: String,
    pub files: Files,
}

impl Step {
    /// The name of the step's package: `step-02`.
    pub fn package(&self) -> String {
        format!("step-{:02}", self.number)
    }

    /// Whether others can build on it. One step is a library, and serves the book.
    pub fn is_library(&self) -> bool {
        self.files.contains_key("src/lib.rs")
    }
}

/// All steps of a repository, in order.
#[derive(Clone, Debug)]
pub struct Steps {
    /// The folder of the repository.
    pub root: PathBuf,
    all: Vec<Step>,
}

impl Steps {
    /// Reads all folders of the form `steps/NN-slug` in a repository.
    ///
    /// # Errors
    /// If a file can't be read or isn't text, or if a number is missing or doubled.
    pub fn load(root: &Path) -> Result<Steps> {
        let mut all = Vec::new();
        let mut known = Known::default();
        for Folder { number, slug, path } in folders(root)? {
            let mut files = known.read_files(&path)?;
            known.borrow(&mut files, &path)?;
            all.push(Step { number, slug, files });
        }
        for (expected, step) in (1..).zip(&all) {
            if step.number != expected {
                bail!("steps/{} stands where step {expected:02} should be", step.slug);
            }
        }
        Ok(Steps { root: root.into(), all })
    }

    /// The steps, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Step> {
        self.all.iter()
    }

    /// Finds a step by its number (`2`, `02`), its package (`step-02`) or its slug.
    ///
    /// # Errors
    /// If there is none; the message lists all steps.
    pub fn find(&self, name: &str) -> Result<&Step> {
        let number = name.strip_prefix("step-").unwrap_or(name).parse().ok();
        let found = self.iter().find(|s| s.slug == name || Some(s.number) == number);
        found.with_context(|| {
            let slugs: Vec<&str> = self.iter().map(|step| step.slug.as_str()).collect();
            format!("there is no step `{name}`; the steps are {}", slugs.join(", "))
        })
    }

    /// The step that the reader comes from; none before the first.
    pub fn before(&self, step: &Step) -> Option<&Step> {
        self.iter().find(|other| other.number + 1 == step.number)
    }
}

/// The files that have been read, each text once.
#[derive(Default)]
struct Known(HashMap<(Language, String), Arc<Source>>);

impl Known {
    fn source(&mut self, path: &str, text: &str) -> Arc<Source> {
        let key = (Language::of(path), text.to_string());
        self.0.entry(key).or_insert_with(|| Arc::new(Source::new(path, text))).clone()
    }

    /// Reads the files of a crate.
    ///
    /// # Errors
    /// If a file can't be read, or isn't text.
    fn read_files(&mut self, root: &Path) -> Result<Files> {
        let mut files = Files::new();
        for (name, path) in files_below(root)? {
            let source = self.source(&name, &text::read(&path)?);
            files.insert(name, source);
        }
        Ok(files)
    }

    /// A step may use a crate of an earlier one, `{ path = "../05-decorators/route" }`. The
    /// reader has it in a folder of their own crate, and so have the files of the step here.
    ///
    /// # Errors
    /// If the crate can't be read.
    fn borrow(&mut self, files: &mut Files, root: &Path) -> Result<()> {
        const PATH: &str = "path = \"";
        let Some(manifest) = files.get("Cargo.toml").cloned() else { return Ok(()) };
        let mut own = manifest.text.clone();
        let places = manifest.text.split(PATH).skip(1);
        for place in places.filter_map(|rest| rest.split('"').next()) {
            let Some((_, name)) = place.rsplit_once('/') else { continue };
            for (path, source) in self.read_files(&root.join(place))? {
                files.insert(format!("{name}/{path}"), source);
            }
            own = own.replace(&format!("{PATH}{place}\""), &format!("{PATH}{name}\""));
        }
        files.insert("Cargo.toml".into(), self.source("Cargo.toml", &own));
        Ok(())
    }
}

/// The files of a crate, without those that Cargo or an editor makes: their paths
/// inside the folder, written with `/`, and where they are.
///
/// # Errors
/// If a folder can't be read.
pub fn files_below(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.into()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_backup = name.ends_with('~') || name.starts_with(['.', '#']);
            if is_backup || name == "target" || name == "Cargo.lock" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((inside, path));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(number: u8, slug: &str) -> Step {
        Step { number, slug: slug.into(), files: Files::new() }
    }

    #[test]
    fn a_step_has_many_names() {
        let all = vec![step(1, "01-tcp-echo"), step(2, "02-parser")];
        let steps = Steps { root: PathBuf::new(), all };
        for name in ["2", "02", "step-02", "02-parser"] {
            assert_eq!(steps.find(name).unwrap().number, 2);
        }
        let error = steps.find("7").unwrap_err().to_string();
        assert_eq!(error, "there is no step `7`; the steps are 01-tcp-echo, 02-parser");
    }
}
