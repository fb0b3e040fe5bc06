//! Which diff of which chapter tells a line: the page that compares two steps leads to it.
//!
//! Between two steps that are far from each other, a line may come or go in any of those
//! between them. So lines are followed from step to step: a line that stays, or moves with
//! its item, was told where it came.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Display, Formatter};

use anyhow::Result;
use serde::Serialize;

use crate::chapter::directive::Directive;
use crate::chapter::ledger::{Figure, Ledger};
use crate::chapter::manuscript::{Kind, Manuscript};
use crate::diff::align::Row;
use crate::diff::change::Change;
use crate::diff::fragment;
use crate::steps::text;
use crate::steps::{Step, Steps};

/// A diff or a move: 11.4 is the fourth in the chapter of step 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Number(pub u8, pub usize);

impl Number {
    /// The id of its figure.
    pub fn id(self) -> String {
        format!("diff-{}-{}", self.0, self.1)
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// How many figures are named for one place. Another one says that there are more.
const MOST: usize = 8;

/// For the lines of files, by their paths: the figure that tells what has become of each.
type Lines = BTreeMap<String, Vec<Option<Number>>>;

/// What is told of the lines of all steps. Nothing is step 0.
#[derive(Default)]
pub struct Told {
    /// For each step, where its lines have come.
    come: Vec<Lines>,
    /// For each step, where its lines will go.
    gone: Vec<Lines>,
}

impl Told {
    /// Reads the chapters of all steps.
    ///
    /// # Errors
    /// If a chapter can't be read, or asks for what isn't there.
    pub fn of(steps: &Steps) -> Result<Told> {
        let mut tales = Vec::new();
        for step in steps.iter() {
            let change = Change::of(steps, step);
            let path = steps.root.join(format!("book/src/{}.md", step.slug));
            let tale = Tale::read(&text::read(&path)?, step, &change)?;
            tales.push((change, tale));
        }
        Ok(Told::from(&tales))
    }

    fn from(tales: &[(Change, Tale)]) -> Told {
        let mut come = vec![Lines::new()];
        for (change, tale) in tales {
            come.push(tale.come(change, &come[come.len() - 1]));
        }
        let mut gone = vec![Lines::new()];
        for (change, tale) in tales.iter().rev() {
            gone.push(tale.gone(change, &gone[gone.len() - 1]));
        }
        gone.reverse();
        Told { come, gone }
    }

    /// The figures that tell how lines of a file go after one step, and how others come until
    /// another.
    pub fn between(
        &self,
        (old, new): (usize, usize),
        path: &str,
        goes: &[usize],
        comes: &[usize],
    ) -> Vec<Number> {
        let find = |all: &[Lines], step, lines: &[usize]| -> Vec<Number> {
            let Some(all) = all.get(step) else { return Vec::new() };
            lines.iter().filter_map(|&line| at(all, path, line)).collect()
        };
        let mut told: BTreeSet<Number> =
            find(&self.gone, old, goes).into_iter().collect();
        told.extend(find(&self.come, new, comes));
        // A line may have gone and come back.
        let is_between = |number: &Number| (old + 1..=new).contains(&number.0.into());
        told.into_iter().filter(is_between).take(MOST + 1).collect()
    }
}

fn at(lines: &Lines, path: &str, line: usize) -> Option<Number> {
    *lines.get(path)?.get(line)?
}

/// What the figures of a chapter tell: lines of its step, and of the one before.
#[derive(Default)]
struct Tale {
    added: HashMap<(String, usize), Number>,
    removed: HashMap<(String, usize), Number>,
}

impl Tale {
    /// Reads what a chapter shows.
    fn read(chapter: &str, step: &Step, change: &Change) -> Result<Tale> {
        let mut ledger = Ledger::new(change);
        let mut figures = Vec::new();
        for part in Manuscript::parse(chapter)?.parts {
            if let Kind::Directive(Directive::Diff(selection)) = &part.kind {
                figures.extend(ledger.show(selection, part.lines.start + 1)?);
            }
        }
        Ok(Tale::of(step.number, &figures))
    }

    fn of(chapter: u8, figures: &[Figure]) -> Tale {
        let mut tale = Tale::default();
        for (number, figure) in (1..).zip(figures) {
            tale.note(figure, Number(chapter, number));
        }
        tale
    }

    fn note(&mut self, figure: &Figure, number: Number) {
        // What moves was told where it came.
        let Figure::Diff(fragment) = figure else { return };
        for line in &fragment.lines {
            let key = |line| (fragment.file.path.clone(), line);
            match (&line.kind, line.row) {
                (fragment::Kind::Added, Row::New(new)) => {
                    self.added.insert(key(new), number);
                }
                (fragment::Kind::Removed, Row::Old(old)) => {
                    self.removed.insert(key(old), number);
                }
                _ => {}
            }
        }
    }

    /// Where the lines of the step have come, if one knows it of the step before.
    fn come(&self, change: &Change, before: &Lines) -> Lines {
        let mut come = Lines::new();
        for (index, file) in change.files.iter().enumerate() {
            let mut lines = vec![None; file.new.lines().len()];
            for &row in &file.rows {
                let Some(new) = row.new_line() else { continue };
                lines[new] = match (row, partner(change, index, row)) {
                    (Row::Same { old, .. }, _) => at(before, &file.path, old),
                    (_, Some((path, old))) => at(before, path, old),
                    _ => self.added.get(&(file.path.clone(), new)).copied(),
                };
            }
            come.insert(file.path.clone(), lines);
        }
        come
    }

    /// Where the lines of the step before will go, if one knows it of the step.
    fn gone(&self, change: &Change, after: &Lines) -> Lines {
        let mut gone = Lines::new();
        for (index, file) in change.files.iter().enumerate() {
            let mut lines = vec![None; file.old.lines().len()];
            for &row in &file.rows {
                let Some(old) = row.old_line() else { continue };
                lines[old] = match (row, partner(change, index, row)) {
                    (Row::Same { new, .. }, _) => at(after, &file.path, new),
                    (_, Some((path, new))) => at(after, path, new),
                    _ => self.removed.get(&(file.path.clone(), old)).copied(),
                };
            }
            gone.insert(file.path.clone(), lines);
        }
        gone
    }
}

/// Where a line that moves is on the other side. Blank lines before it may be more here than
/// there, so lines are counted from the end.
fn partner(change: &Change, file: usize, row: Row) -> Option<(&str, usize)> {
    let item = &change.moves[change.move_of(file, row)?];
    let (here, there, line) = match row {
        Row::Old(line) => (&item.from, &item.to, line),
        Row::New(line) => (&item.to, &item.from, line),
        Row::Same { .. } => return None,
    };
    let line = there.lines.end.checked_sub(here.lines.end - line)?;
    there.lines.contains(&line).then(|| (&*change.files[there.file].path, line))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::steps::Files;
    use crate::steps::source::Source;

    /// Of steps with these files, whose chapters tell each file at once.
    fn told(steps: &[&[(&str, &str)]]) -> Told {
        let files = steps.iter().map(|files| {
            let file = |(path, text): &(&str, &str)| {
                (path.to_string(), Arc::new(Source::new(path, text)))
            };
            files.iter().map(file).collect::<Files>()
        });
        let mut before = Files::new();
        let mut tales = Vec::new();
        for (number, files) in (1..).zip(files) {
            let change = Change::between(&before, &files);
            let tale = Tale::of(number, &Ledger::new(&change).show_rest());
            tales.push((change, tale));
            before = files;
        }
        Told::from(&tales)
    }

    #[test]
    fn a_line_is_told_where_it_comes_and_where_it_goes() {
        let told = told(&[
            &[("a.txt", "1\n")],
            &[("a.txt", "1\n2\n")],
            &[("a.txt", "0\n1\n2\n")],
            &[("a.txt", "0\n1\n")],
        ]);
        assert_eq!(
            told.between((0, 3), "a.txt", &[], &[1, 2]),
            [Number(1, 1), Number(2, 1)]
        );
        assert_eq!(
            told.between((2, 4), "a.txt", &[1], &[0]),
            [Number(3, 1), Number(4, 1)]
        );
        assert_eq!(told.between((2, 3), "a.txt", &[1], &[]), [], "it goes later");
        assert_eq!(told.between((2, 3), "b.txt", &[1], &[7]), []);
    }

    #[test]
    fn what_moves_takes_its_tale_along() {
        let told = told(&[
            &[("a.rs", "fn a() {\n    1\n}\n\nfn main() {}\n")],
            &[("a.rs", "mod b;\n\nfn main() {}\n"), ("b.rs", "fn a() {\n    1\n}\n")],
            &[("a.rs", "mod b;\n\nfn main() {}\n"), ("b.rs", "fn a() {\n    2\n}\n")],
        ]);
        let number = told.between((0, 2), "b.rs", &[], &[1]);
        assert_eq!(number, [Number(1, 1)]);
        assert_eq!(told.between((1, 3), "a.rs", &[1], &[]), [Number(3, 1)]);
        assert_eq!(
            (number[0].id(), number[0].to_string()),
            ("diff-1-1".into(), "1.1".into())
        );
    }
}
