//! The variants of the chapters as programs: the members of one workspace, so that what
//! they have in common is built once.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, anyhow, ensure};
use book::chapter::variant::Variant;

use crate::chapter::Chapter;
use crate::scratch::{Scratch, texts, write};

/// The programs of all variants.
pub struct Programs {
    scratch: Scratch,
    /// The chapters whose variants have been built, and what came of it.
    built: Mutex<BTreeMap<String, Result<(), String>>>,
}

impl Programs {
    /// Writes the crates of the variants.
    pub fn new(root: &Path, chapters: &[Chapter]) -> Result<Programs> {
        let scratch = Scratch::new(root, "variants");
        let mut members = Vec::new();
        for variant in chapters.iter().flat_map(|chapter| &chapter.variants) {
            scratch.write(&package(variant), texts(&variant.step.files))?;
            members.push(package(variant));
        }
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        write(&scratch.folder.join("Cargo.toml"), &manifest)?;
        Ok(Programs { scratch, built: Mutex::default() })
    }

    /// Builds the variants of a chapter, all of which must compile without a warning.
    pub fn build(&self, chapter: &Chapter) -> Result<()> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let build =
            || self.build_all(&chapter.variants).map_err(|error| format!("{error:#}"));
        let result = built.entry(chapter.slug.clone()).or_insert_with(build);
        result.clone().map_err(|words| anyhow!("the variants do not build: {words}"))
    }

    fn build_all(&self, variants: &[Variant]) -> Result<()> {
        // Libraries of one name get into each other's way, unless each is built by itself.
        let is_program = |variant: &Variant| !variant.step.is_library();
        for group in variants.chunk_by(|a, b| is_program(a) && is_program(b)) {
            let packages: Vec<String> = group.iter().map(package).collect();
            let packages = packages.iter().flat_map(|name| ["--package", name.as_str()]);
            let what = ["build", "--bins", "--examples"];
            let arguments: Vec<&str> = what.into_iter().chain(packages).collect();
            let (success, words) =
                self.scratch.cargo(&self.scratch.folder, &arguments)?;
            ensure!(success && !words.contains("warning"), "{words}");
        }
        Ok(())
    }

    /// Where the crate of a variant is.
    pub fn folder(&self, variant: &Variant) -> PathBuf {
        self.scratch.folder.join(package(variant))
    }

    /// Where the program of a variant is, once its chapter's are built.
    pub fn path(&self, variant: &Variant) -> PathBuf {
        let program = format!("{}{}", package(variant), env::consts::EXE_SUFFIX);
        self.scratch.folder.join("target/debug").join(program)
    }
}

fn package(variant: &Variant) -> String {
    format!("variant-{}", variant.name)
}
