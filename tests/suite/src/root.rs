//! Where the repository is. It is looked for when the program runs: it may be on another
//! machine than the one that compiled it, or in a copy of the folder.

use std::path::{Path, PathBuf};
use std::{env, io};

/// The folder of the repository: that which `cargo run` or `cargo test` was told of, or
/// else the one that the current folder is in.
///
/// # Errors
/// If it is neither.
pub fn find() -> io::Result<PathBuf> {
    let of_cargo = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let places = of_cargo.into_iter().chain(env::current_dir());
    let mut roots = places.filter_map(|place| above(&place));
    roots.next().ok_or_else(|| {
        io::Error::other(
            "the steps and the book are not here: start this with cargo run, or in the \
             folder of the repository",
        )
    })
}

/// The folder that a server shows when it is asked a case about files.
///
/// # Errors
/// If the repository is not found.
pub fn folder() -> io::Result<PathBuf> {
    Ok(find()?.join("tests/suite/folder"))
}

/// Where a test keeps its files: it runs as `target/debug/deps/http-1a2b3c`, and the
/// folder is `target/tmp`, which Cargo tells only to those who compile.
pub fn scratch() -> PathBuf {
    let test = env::current_exe().unwrap_or_default();
    test.ancestors().nth(3).map(|target| target.join("tmp")).unwrap_or_default()
}

/// The repository that a folder is in, if it is in one.
fn above(folder: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        folder.join("steps").is_dir() && folder.join("book/src").is_dir()
    };
    folder.ancestors().find(is_root).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_around_its_folders_and_nowhere_else() {
        let root = find().unwrap();
        assert_eq!(above(&root.join("steps/02-parser/src")), Some(root.clone()));
        assert_eq!(above(&root), Some(root.clone()));
        assert_eq!(above(&env::temp_dir()), None);
    }
}
