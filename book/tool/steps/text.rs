//! Texts as editors on other systems write them: with any line ends, and perhaps with a
//! byte order mark. Everything else in the tool knows line feeds only.

use std::path::Path;

use anyhow::{Result, bail};
use fs_err as fs;

/// Reads a text, and writes its line ends as line feeds.
///
/// # Errors
/// If the file can't be read, or isn't in UTF-8.
pub fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(normal(&text)),
        Err(_) => bail!("{} is not in UTF-8: let your editor save it so", path.display()),
    }
}

/// The text with line feeds, and without a byte order mark.
pub fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_become_line_feeds() {
        assert_eq!(normal("\u{feff}a\r\n\r\nb\rc\n"), "a\n\nb\nc\n");
    }
}
