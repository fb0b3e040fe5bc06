//! Which function an instruction was inlined into: callgrind knows only the function that the
//! linker knows, which may have been made of many.

use std::path::Path;

use addr2line::Loader;
use anyhow::{Error, Result};

/// A program, with its table of lines.
pub struct Program(Loader);

impl Program {
    /// # Errors
    /// If the file can't be read, or is no program.
    pub fn open(file: &Path) -> Result<Program> {
        let loader = Loader::new(file).map_err(|error| Error::msg(error.to_string()))?;
        Ok(Program(loader))
    }

    /// The files that an instruction comes from, innermost first: of its line, of the call
    /// that was replaced with that, and so on.
    pub fn files(&self, address: u64) -> Vec<String> {
        let mut files = Vec::new();
        let Ok(mut frames) = self.0.find_frames(address) else { return files };
        while let Ok(Some(frame)) = frames.next() {
            files.extend(frame.location.and_then(|at| at.file).map(ToString::to_string));
        }
        files
    }
}
