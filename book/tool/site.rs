//! Builds the book with mdBook as a library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;

use crate::preprocess::Narrator;

/// Builds the book of a repository into a folder, which it replaces.
///
/// # Errors
/// If the book and the steps disagree, or a file can't be read or written. The folder
/// then keeps what it had.
pub fn build(root: &Path, folder: &Path) -> Result<()> {
    let fresh = folder.with_extension("new");
    let mut book = MDBook::load(root.join("book"))?;
    book.config.build.build_dir = std::path::absolute(&fresh)?;
    book.with_preprocessor(Narrator);
    let result = book.build().and_then(|()| replace(folder, &fresh));
    if result.is_err() {
        // What is half built is of no use, and the first error is the one to tell.
        let _ = fs::remove_dir_all(&fresh);
    }
    result
}

/// Puts the fresh folder in the place of the old one, which stays until that is done.
fn replace(folder: &Path, fresh: &Path) -> Result<()> {
    let old = folder.with_extension("old");
    if old.exists() {
        fs::remove_dir_all(&old).with_context(|| old.display().to_string())?;
    }
    if folder.exists() {
        fs::rename(folder, &old).with_context(|| folder.display().to_string())?;
    }
    fs::rename(fresh, folder).with_context(|| folder.display().to_string())?;
    // It is out of the way, and the next build tries again.
    let _ = fs::remove_dir_all(old);
    Ok(())
}
