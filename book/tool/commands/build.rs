//! `build`: makes the pages of the book, with mdBook as a library.

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::thread;

use anstream::{eprintln, println};
use anyhow::{Result, anyhow};
use fs_err as fs;
use mdbook_driver::MDBook;
use suite::root;

use crate::chapter::figures::Figures;
use crate::chapter::inserts::Inserts;
use crate::chapter::measured;
use crate::chapter::pages;
use crate::chapter::preprocessor::{Narrator, Rest};
use crate::chapter::published::Address;
use crate::chapter::way::Pages;
use crate::steps::Steps;

/// Builds the book, and says where it is.
///
/// # Errors
/// As [`build`].
pub fn run() -> Result<ExitCode> {
    let root = root::find()?;
    let folder = folder(&root);
    build(&root, &folder)?;
    println!("the book is in {}", folder.display());
    Ok(ExitCode::SUCCESS)
}

/// Where a repository has its built book.
pub fn folder(root: &Path) -> PathBuf {
    root.join("book/book")
}

/// Builds the book of a repository into a folder, which it replaces.
///
/// # Errors
/// If the book and the steps disagree, or a file can't be read or written. The folder
/// then keeps what it had.
pub fn build(root: &Path, folder: &Path) -> Result<()> {
    // Somebody may be building it in another terminal.
    let fresh = folder.with_extension(format!("new-{}", process::id()));
    let result = render(root, &fresh).and_then(|()| replace(folder, &fresh));
    if result.is_err() {
        // What is half built is of no use, and the first error is the one to tell.
        let _ = fs::remove_dir_all(&fresh);
    }
    // A reader who changes a step need not measure it, so that is no error here.
    if let Ok(Some(stale)) = measured::stale(root) {
        eprintln!("note: {stale}");
    }
    result
}

/// Lets mdBook render the chapters, and writes what comes into their pages meanwhile. Then
/// it puts that into them, and mends what is around them.
fn render(root: &Path, folder: &Path) -> Result<()> {
    let steps = Arc::new(Steps::load(root)?);
    let mut book = MDBook::load(root.join("book"))?;
    book.config.build.build_dir = std::path::absolute(folder)?;
    let html = book.config.html_config().unwrap_or_default();
    let address = Address::of(html.site_url.as_deref());
    let figures = Arc::new(Figures::default());
    let rest = Rest::Later(figures.clone());
    book.with_preprocessor(Narrator { steps: steps.clone(), rest });
    thread::scope(|scope| {
        let inserts = scope.spawn(|| Inserts::of(&steps));
        book.build()?;
        let inserts =
            inserts.join().map_err(|_| anyhow!("the inserts can't be written"))?;
        inserts.fill_pages(folder)?;
        Pages::of(&book.book, &steps).mend(folder)?;
        pages::finish(folder, &figures, address.as_ref())
    })
}

/// Puts the fresh folder in the place of the old one, which stays until that is done.
fn replace(folder: &Path, fresh: &Path) -> Result<()> {
    let old = folder.with_extension(format!("old-{}", process::id()));
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    if folder.exists() {
        fs::rename(folder, &old)?;
    }
    fs::rename(fresh, folder)?;
    // It is out of the way, and the next build tries again.
    let _ = fs::remove_dir_all(old);
    Ok(())
}
