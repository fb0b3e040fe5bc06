//! Variants of steps, as programs that can be built and run: the solutions of exercises,
//! and servers with a mistake in them.
//!
//! A block that begins with ```` ```rust,solution=02-1 ```` changes step 02: an item in
//! it takes the place of the one of that name in `src/main.rs`, and a new one goes to
//! the end. With `file=src/router.rs` after it, the block changes that file instead.
//! Blocks of one name belong together. In the same way, `wrong=3,step=06` makes wrong
//! server 3 out of step 06, and `mends=3` makes a good one out of that.

use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::chapter::code_block::CodeBlock;
use crate::chapter::manuscript::Manuscript;
use crate::steps::source::{Part, Source};
use crate::steps::text;
use crate::steps::{Step, Steps};

/// The file that a block changes if it doesn't say which.
const MAIN: &str = "src/main.rs";

/// Where the wrong servers are.
const MISTAKES: &str = "book/src/mistakes.md";

/// A step that the blocks of a chapter have changed.
#[derive(Clone, Debug)]
pub struct Variant {
    /// `02-1` for an exercise, `11-guess` for another program, `wrong-3`, `mended-3`.
    pub name: String,
    /// What it changes: a step, or for what is mended the wrong server.
    pub base: Step,
    /// What comes of it.
    pub step: Step,
}

impl Variant {
    /// All variants of a chapter.
    ///
    /// # Errors
    /// If one belongs to no step, or changes a file that the step doesn't have.
    pub fn find_all(steps: &Steps, chapter: &Manuscript) -> Result<Vec<Variant>> {
        let mut variants: Vec<Variant> = Vec::new();
        for block in chapter.blocks().filter(|block| block.info[0] == "rust") {
            let Some(name) = name_of(block) else { continue };
            let at = || format!("line {}: {name}", block.lines.start);
            let known = variants.iter().position(|variant| variant.name == name);
            let index = match known {
                Some(index) => index,
                None => {
                    let base = base(steps, &variants, block).with_context(at)?;
                    let step = base.clone();
                    variants.push(Variant { name: name.clone(), base, step });
                    variants.len() - 1
                }
            };
            variants[index].change(block).with_context(at)?;
        }
        Ok(variants)
    }

    /// The wrong servers that the book offers.
    ///
    /// # Errors
    /// If the chapter can't be read, or is not as it should be.
    pub fn wrong_servers(steps: &Steps) -> Result<Vec<Variant>> {
        let chapter = text::read(&steps.root.join(MISTAKES))?;
        let mut variants = Variant::find_all(steps, &Manuscript::parse(&chapter)?)?;
        variants.retain(|variant| variant.name.starts_with("wrong-"));
        Ok(variants)
    }

    /// Lets the items of a block take their places.
    fn change(&mut self, block: &CodeBlock) -> Result<()> {
        let path = file_of(block);
        let file = self.step.files.get_mut(path);
        let file = file.with_context(|| format!("there is no {path}"))?;
        let block = Source::new(path, &(block.body.join("\n") + "\n"));
        if let Some(problem) = block.problem {
            bail!("the block is not valid Rust: {problem}");
        }
        *file = Arc::new(patch(file, &block));
        Ok(())
    }
}

/// The name of the variant that a block belongs to, if it belongs to any.
pub fn name_of(block: &CodeBlock) -> Option<String> {
    let prefixes = [("solution", ""), ("wrong", "wrong-"), ("mends", "mended-")];
    prefixes.into_iter().find_map(|(attribute, prefix)| {
        Some(format!("{prefix}{}", block.attribute(attribute)?))
    })
}

/// The file that a block changes.
pub fn file_of<'a>(block: &CodeBlock<'a>) -> &'a str {
    block.attribute("file").unwrap_or(MAIN)
}

/// What the first block of a variant changes.
fn base(steps: &Steps, variants: &[Variant], block: &CodeBlock) -> Result<Step> {
    if let Some(number) = block.attribute("mends") {
        let is_wrong = |variant: &&Variant| variant.name == format!("wrong-{number}");
        let wrong = variants.iter().find(is_wrong).context("it mends nothing above")?;
        return Ok(wrong.step.clone());
    }
    let step = match block.attribute("wrong") {
        Some(_) => block.attribute("step").context("write wrong=3,step=06")?,
        None => {
            let exercise = block.attribute("solution").and_then(|it| it.split_once('-'));
            exercise.context("write solution=02-1")?.0
        }
    };
    Ok(steps.find(step)?.clone())
}

/// A file with the items of a block in the places of those of the same names, or at the
/// end.
fn patch(file: &Source, block: &Source) -> Source {
    let mut parts: Vec<Part> =
        file.items.iter().map(|item| Part::of(file, item)).collect();
    for item in &block.items {
        let part = Part::of(block, item);
        match parts.iter_mut().find(|old| old.item.name == item.name) {
            // What the step uses, it still needs.
            Some(uses) if item.name == "use" => uses.append(&part),
            Some(old) => *old = part.after_blanks(old.blanks),
            None => parts.push(part.after_blanks(1)),
        }
    }
    Source::of_parts(file.language, &parts)
}

#[cfg(test)]
mod tests {
    use suite::root;

    use super::*;

    fn find(chapter: &str) -> Result<Vec<Variant>> {
        let steps = Steps::load(&root::find().unwrap()).unwrap();
        Variant::find_all(&steps, &Manuscript::parse(chapter)?)
    }

    #[test]
    fn a_block_changes_main_or_the_file_that_it_names() {
        let find = |file: &str| {
            find(&format!(
                "```rust,solution=07-1\nfn a() {{}}\n```\n\
                 ```rust,solution=07-1{file}\nfn b() {{}}\n```\n"
            ))
        };
        let variants = find(",file=src/server.rs").unwrap();
        let files = &variants[0].step.files;
        assert_eq!(variants.len(), 1);
        assert!(files["src/main.rs"].text.ends_with("\n}\n\nfn a() {}\n"));
        assert!(files["src/server.rs"].text.ends_with("\n}\n\nfn b() {}\n"));
        assert!(find("").unwrap()[0].step.files["src/main.rs"].text.contains("fn b()"));
        let error = format!("{:#}", find(",file=src/nope.rs").unwrap_err());
        assert_eq!(error, "line 4: 07-1: there is no src/nope.rs");
        let error = find("\nfn c( {}").unwrap_err();
        let error = format!("{error:#}");
        let start = "line 4: 07-1: the block is not valid Rust: line 1: ";
        assert!(error.starts_with(start), "{error}");
    }

    #[test]
    fn what_is_mended_was_wrong_before() {
        let wrong = "```rust,wrong=3,step=07\nfn a() {}\n```\n";
        let mends = "```rust,mends=3\nfn a() { b() }\n```\n";
        let variants = find(&format!("{wrong}{mends}")).unwrap();
        let [wrong_server, mended] = &variants[..] else { panic!("{}", variants.len()) };
        assert_eq!((&*wrong_server.name, &*mended.name), ("wrong-3", "mended-3"));
        let text = |step: &Step| step.files[MAIN].text.clone();
        assert_eq!(text(&mended.base), text(&wrong_server.step));
        assert!(text(&mended.step).ends_with("\nfn a() { b() }\n"));
        let error = format!("{:#}", find(mends).unwrap_err());
        assert_eq!(error, "line 1: mended-3: it mends nothing above");
    }

    #[test]
    fn items_are_replaced_by_name_or_added() {
        let source = |text| Source::new("a.rs", text);
        let old = source("use a;\n\nfn f() {}\n\n/// g\nfn g() {}\n");
        let new = source("use b;\n\n/// new\nfn g() { h() }\n\nfn h() {}\n");
        let patched = patch(&old, &new);
        assert_eq!(
            patched.text,
            "use a;\nuse b;\n\nfn f() {}\n\n/// new\nfn g() { h() }\n\nfn h() {}\n"
        );
        assert_eq!(patched.items, source(&patched.text).items);
    }
}
