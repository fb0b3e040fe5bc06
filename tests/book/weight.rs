//! The pages are light: a chapter comes at once, also on a phone that is far from a city.

use std::fs;

use anyhow::{Result, ensure};

use crate::site::Site;

/// What files whose names begin and end so may weigh, in bytes, before they are compressed.
/// The first that fits counts.
const BOUNDS: [(&str, &str, u64); 6] = [
    ("searchindex-", ".js", 1_000_000),
    ("compare", ".html", 2_700_000),
    ("print", ".html", 4_200_000),
    // For looking things up, and loaded when they are unfolded.
    ("", ".whole.html", 1_000_000),
    ("", ".html", 170_000),
    ("", ".js", 50_000),
];

pub fn check(site: &Site) -> Result<()> {
    let mut heavy = Vec::new();
    for entry in fs::read_dir(&site.folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let bound = BOUNDS
            .iter()
            .find(|(start, end, _)| name.starts_with(start) && name.ends_with(end));
        let size = entry.metadata()?.len();
        if let Some((.., bound)) = bound.filter(|(.., bound)| size > *bound) {
            heavy.push(format!("{name} has {size} bytes, and may have {bound}"));
        }
    }
    ensure!(heavy.is_empty(), "these are too heavy:\n{}", heavy.join("\n"));
    Ok(())
}
