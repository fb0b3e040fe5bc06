//! Solutions of exercises, as programs that can be built and run.
//!
//! A block that begins with ```` ```rust,solution=02-1 ```` changes step 02: an item in
//! it takes the place of the one of that name in `src/main.rs`, and a new one goes to
//! the end. With `file=src/router.rs` after it, the block changes that file instead.
//! Blocks of one name belong together.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::block::Block;
use crate::source::{Item, Source};
use crate::step::{Step, Steps};

/// The file that a block changes if it doesn't say which.
pub const MAIN: &str = "src/main.rs";

/// A step with a solution's changes.
#[derive(Clone, Debug)]
pub struct Solution {
    /// `02-1`: the step, and the number of the exercise.
    pub name: String,
    /// The step that it changes.
    pub step: Step,
}

impl Solution {
    /// All solutions of a chapter.
    ///
    /// # Errors
    /// If one belongs to no step, or changes a file that the step doesn't have.
    pub fn find_all(steps: &Steps, chapter: &str) -> Result<Vec<Solution>> {
        let mut solutions: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for block in Block::find_all(chapter)?.iter().filter(|b| b.info[0] == "rust") {
            let Some(name) = block.attribute("solution") else { continue };
            let file = block.attribute("file").unwrap_or(MAIN);
            let text = solutions.entry(name).or_default().entry(file).or_default();
            *text += &block.body.join("\n");
            text.push('\n');
        }
        let solutions = solutions.into_iter().map(|(name, texts)| {
            let (number, _) = name.split_once('-').context("write solution=02-1")?;
            let mut step = steps.find(number)?.clone();
            for (path, text) in texts {
                let file = step.files.get_mut(path);
                let file = file.with_context(|| format!("{name}: there is no {path}"))?;
                *file = Source::new(path, patch(file, &text));
            }
            Ok(Solution { name: name.into(), step })
        });
        solutions.collect()
    }
}

fn patch(old: &Source, text: &str) -> String {
    let new = Source::new("solution.rs", text.into());
    // Each item with the lines that stand between it and the one before.
    let lines_of = |source: &Source, item: &Item| -> String {
        source.lines()[item.lines.clone()]
            .iter()
            .map(|line| format!("{line}\n"))
            .collect()
    };
    let mut parts: Vec<(&str, String)> =
        old.items.iter().map(|item| (item.name.as_str(), lines_of(old, item))).collect();
    for item in &new.items {
        let text = lines_of(&new, item);
        let text = text.trim_start_matches('\n');
        match parts.iter_mut().find(|(name, _)| *name == item.name) {
            // What the step uses, it still needs.
            Some(("use", uses)) => *uses += text,
            Some((_, old)) => {
                let blanks = old.len() - old.trim_start_matches('\n').len();
                *old = format!("{}{text}", "\n".repeat(blanks));
            }
            None => parts.push((&item.name, format!("\n{text}"))),
        }
    }
    parts.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_block_changes_main_or_the_file_that_it_names() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../steps");
        let steps = Steps::load(&folder).unwrap();
        let find = |file: &str| {
            let chapter = format!(
                "```rust,solution=07-1\nfn a() {{}}\n```\n\
                 ```rust,solution=07-1{file}\nfn b() {{}}\n```\n"
            );
            Solution::find_all(&steps, &chapter)
        };
        let solutions = find(",file=src/server.rs").unwrap();
        let files = &solutions[0].step.files;
        assert_eq!(solutions.len(), 1);
        assert!(files["src/main.rs"].text.ends_with("\n}\n\nfn a() {}\n"));
        assert!(files["src/server.rs"].text.ends_with("\n}\n\nfn b() {}\n"));
        assert!(find("").unwrap()[0].step.files["src/main.rs"].text.contains("fn b()"));
        let error = find(",file=src/nope.rs").unwrap_err().to_string();
        assert_eq!(error, "07-1: there is no src/nope.rs");
    }

    #[test]
    fn items_are_replaced_by_name_or_added() {
        let old = Source::new("a.rs", "use a;\n\nfn f() {}\n\n/// g\nfn g() {}\n".into());
        let patched = patch(&old, "use b;\n\n/// new\nfn g() { h() }\n\nfn h() {}\n");
        assert_eq!(
            patched,
            "use a;\nuse b;\n\nfn f() {}\n\n/// new\nfn g() { h() }\n\nfn h() {}\n"
        );
    }
}
