//! What is left to do when mdBook has rendered the pages.

use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;

use crate::chapter::figures::Figures;
use crate::chapter::frame;
use crate::chapter::paper;
use crate::chapter::published::Address;
use crate::chapter::search_index;
use crate::chapter::words;

/// The page for the printer, in which all chapters are.
const PRINT: &str = "print.html";

/// The table of contents, for browsers without scripts. It is only shown inside of others.
const CONTENTS: &str = "toc.html";

/// Finishes all pages in a folder; `address` is where they will be, if that is known.
///
/// # Errors
/// If a page can't be read or written, or isn't as mdBook writes it.
pub fn finish(folder: &Path, figures: &Figures, address: Option<&Address>) -> Result<()> {
    let names = pages_in(folder)?;
    for name in names.iter().filter(|name| *name != CONTENTS) {
        let path = folder.join(name);
        let mut page = figures.put_back(&fs::read_to_string(&path)?);
        if name == PRINT {
            page = paper::for_paper(&page);
        }
        let page = frame::mend(&words::keep_whole(&page), name, address);
        fs::write(&path, page.with_context(|| name.clone())?)?;
    }
    if let Some(address) = address {
        address.write(folder, &names)?;
    }
    search_index::shrink(folder)
}

fn pages_in(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".html") {
            names.push(name);
        }
    }
    Ok(names)
}
