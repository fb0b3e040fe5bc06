//! What one crate has and another has not, in words.

use std::sync::Arc;

use crate::steps::crates::Crate;
use crate::steps::source::Source;

/// In words: which items the one crate has and the other has not, or has elsewhere.
pub fn missing(old: &Crate, new: &Crate) -> Vec<String> {
    let mut sentences = Vec::new();
    for (one, other) in [(old, new), (new, old)] {
        for (path, source) in &one.files {
            sentences.extend(missing_of(one, other, path, source));
        }
    }
    sentences
}

fn missing_of(one: &Crate, other: &Crate, path: &str, source: &Source) -> Vec<String> {
    let Some(counterpart) = other.files.get(path) else {
        return vec![format!("{one} has the file {path}, {other} has none")];
    };
    if source.problem.is_some() || counterpart.problem.is_some() {
        return Vec::new();
    }
    let theirs = counterpart.paths();
    let is_new = |item: &String| !theirs.contains(item);
    let is_inside = |item: &str| match item.rsplit_once(" > ") {
        Some((around, _)) => theirs.iter().any(|path| path == around),
        None => true,
    };
    let items = source.paths().into_iter().filter(is_new);
    // What is in an item that is missing itself goes without saying.
    let items =
        items.filter(|item| is_inside(item) && !matches!(item.as_str(), "use" | "//!"));
    items.map(|item| sentence(one, other, path, &item)).collect()
}

fn sentence(one: &Crate, other: &Crate, path: &str, item: &str) -> String {
    let has_it =
        |(_, source): &(&String, &Arc<Source>)| source.paths().iter().any(|p| p == item);
    match other.files.iter().find(has_it) {
        Some((elsewhere, _)) => {
            format!("{one} has `{item}` in {path}, {other} has it in {elsewhere}")
        }
        None => format!("{one} has `{item}` in {path}, {other} has none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::terminal::in_words;

    fn own(name: &str, files: &[(&str, &str)]) -> Crate {
        let file = |(path, text): &(&str, &str)| {
            (path.to_string(), Arc::new(Source::new(path, text)))
        };
        Crate { name: name.into(), files: files.iter().map(file).collect(), is_own: true }
    }

    #[test]
    fn what_is_missing_is_said_in_words() {
        let step = own(
            "step 07",
            &[
                ("src/main.rs", "fn main() {}\n"),
                ("src/a.rs", "fn a() {}\n\nimpl X {\n    fn b() {}\n    fn c() {}\n}\n"),
                ("src/d.rs", "fn d() {}\n"),
            ],
        );
        let mine = own(
            "mine",
            &[
                ("src/main.rs", "fn main() {}\n\nfn a() {}\n"),
                ("src/a.rs", "impl X {\n    fn b() {}\n}\n\nfn e() {}\n"),
            ],
        );
        let sentences = [
            "step 07 has `fn a` in src/a.rs, mine has it in src/main.rs",
            "step 07 has `impl X > fn c` in src/a.rs, mine has none",
            "step 07 has the file src/d.rs, mine has none",
            "mine has `fn e` in src/a.rs, step 07 has none",
            "mine has `fn a` in src/main.rs, step 07 has it in src/a.rs",
        ];
        assert_eq!(missing(&step, &mine), sentences);
    }

    #[test]
    fn what_is_not_rust_is_compared_all_the_same() {
        let (step, mine) = ("fn a() {}\n", "fn a( {}\n");
        let step = own("step 01", &[("src/main.rs", step)]);
        let mine = own("mine", &[("src/main.rs", mine), ("notes.md", "")]);
        assert_eq!(missing(&step, &mine.without_notes(&step)), [""; 0]);
        let problem = mine.problems().concat();
        assert!(
            problem.starts_with("src/main.rs of mine is not valid Rust"),
            "{problem}"
        );
    }

    #[test]
    fn of_steps_is_said_only_what_is_not_rust() {
        let step =
            |name, text| Crate { is_own: false, ..own(name, &[("src/main.rs", text)]) };
        let (old, new) = (step("step 01", "fn a() {}\n"), step("step 02", "fn b() {}\n"));
        assert_eq!(in_words(&old, &new), "");
        let words = in_words(&old, &step("step 02", "fn b( {}\n"));
        assert!(words.starts_with("src/main.rs of step 02 is not valid Rust"), "{words}");
    }
}
