//! Which line of the new file is which line of the old one.
//!
//! Items are paired by their names first, and only then lines within each pair:
//! a new function is then new as a whole, and never a braid of its neighbours.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::steps::source::{Item, Source};

/// A line of the old file, of the new one, or of both. Lines count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Same { old: usize, new: usize },
    Old(usize),
    New(usize),
}

impl Row {
    /// Its line in the old file.
    pub fn old_line(self) -> Option<usize> {
        match self {
            Row::Same { old, .. } | Row::Old(old) => Some(old),
            Row::New(_) => None,
        }
    }

    /// Its line in the new file.
    pub fn new_line(self) -> Option<usize> {
        match self {
            Row::Same { new, .. } | Row::New(new) => Some(new),
            Row::Old(_) => None,
        }
    }

    /// Whether the line is in one of the files only.
    pub fn is_changed(self) -> bool {
        !matches!(self, Row::Same { .. })
    }
}

/// All lines of both files, in the order of the files. If one of them is Rust with a
/// mistake in it, they are compared line by line, without regard to items.
pub fn align(old: &Source, new: &Source) -> Vec<Row> {
    let mut aligner = Aligner { old, new, rows: Vec::new() };
    if old.text == new.text || old.problem.is_some() || new.problem.is_some() {
        aligner.lines(0..old.lines().len(), 0..new.lines().len());
    } else {
        aligner.items(&old.items, &new.items);
    }
    aligner.rows
}

/// Which tokens of both sides have changed, as `imara-diff` finds it.
pub fn changed_tokens<T: AsRef<[u8]> + Default + Eq + Hash>(
    old: impl IntoIterator<Item = T>,
    new: impl IntoIterator<Item = T>,
) -> (Vec<bool>, Vec<bool>) {
    let mut input = InternedInput::default();
    input.update_before(old.into_iter());
    input.update_after(new.into_iter());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let removed = (0..input.before.len()).map(|index| diff.is_removed(index as u32));
    let added = (0..input.after.len()).map(|index| diff.is_added(index as u32));
    (removed.collect(), added.collect())
}

struct Aligner<'a> {
    old: &'a Source,
    new: &'a Source,
    rows: Vec<Row>,
}

impl Aligner<'_> {
    fn items(&mut self, old: &[Item], new: &[Item]) {
        let (mut next_old, mut next_new) = (0, 0);
        for (index_old, index_new) in pair(old, new) {
            self.unpaired(&old[next_old..index_old], &new[next_new..index_new]);
            self.item(&old[index_old], &new[index_new]);
            (next_old, next_new) = (index_old + 1, index_new + 1);
        }
        self.unpaired(&old[next_old..], &new[next_new..]);
    }

    fn unpaired(&mut self, old: &[Item], new: &[Item]) {
        self.rows.extend(old.iter().flat_map(|item| item.lines.clone()).map(Row::Old));
        self.rows.extend(new.iter().flat_map(|item| item.lines.clone()).map(Row::New));
    }

    fn item(&mut self, old: &Item, new: &Item) {
        if let (Some(inside_old), Some(inside_new)) = (inside(old), inside(new)) {
            self.lines(
                old.lines.start..inside_old.start,
                new.lines.start..inside_new.start,
            );
            self.items(&old.children, &new.children);
            self.lines(inside_old.end..old.lines.end, inside_new.end..new.lines.end);
        } else {
            self.lines(old.lines.clone(), new.lines.clone());
        }
    }

    fn lines(&mut self, old: Range<usize>, new: Range<usize>) {
        if self.old.slice(old.clone()) == self.new.slice(new.clone()) {
            let pairs = old.zip(new);
            self.rows.extend(pairs.map(|(old, new)| Row::Same { old, new }));
            return;
        }
        let (removed, added) = changed_tokens(
            self.old.lines().skip(old.start).take(old.len()),
            self.new.lines().skip(new.start).take(new.len()),
        );
        let (mut line_old, mut line_new) = (0, 0);
        while line_old < old.len() || line_new < new.len() {
            if removed.get(line_old) == Some(&true) {
                self.rows.push(Row::Old(old.start + line_old));
                line_old += 1;
            } else if added.get(line_new) == Some(&true) {
                self.rows.push(Row::New(new.start + line_new));
                line_new += 1;
            } else {
                let (old, new) = (old.start + line_old, new.start + line_new);
                self.rows.push(Row::Same { old, new });
                (line_old, line_new) = (line_old + 1, line_new + 1);
            }
        }
    }
}

/// The lines of an item's children, if it has any.
fn inside(item: &Item) -> Option<Range<usize>> {
    Some(item.children.first()?.lines.start..item.children.last()?.lines.end)
}

/// The longest common subsequence of the items' names, longer items first:
/// when two items swap places, the smaller one has moved.
fn pair(old: &[Item], new: &[Item]) -> Vec<(usize, usize)> {
    let weight = |o: &Item, n: &Item| 1 + o.lines.len().min(n.lines.len());
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i][j] = best[i + 1][j].max(best[i][j + 1]);
            if old[i].name == new[j].name {
                let paired = weight(&old[i], &new[j]) + best[i + 1][j + 1];
                best[i][j] = best[i][j].max(paired);
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if best[i][j] == best[i + 1][j] {
            i += 1;
        } else if best[i][j] == best[i][j + 1] {
            j += 1;
        } else {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(old: &str, new: &str) -> String {
        let (old, new) = (Source::new("a.rs", old), Source::new("a.rs", new));
        let rows = align(&old, &new).into_iter().map(|row| match row {
            Row::Same { new: line, .. } => format!(" {}\n", new.line(line)),
            Row::Old(line) => format!("-{}\n", old.line(line)),
            Row::New(line) => format!("+{}\n", new.line(line)),
        });
        rows.collect()
    }

    #[test]
    fn what_is_not_rust_is_paired_line_by_line() {
        let old = "fn a() {\n    x();\n}\n";
        let new = "fn a() \n    x();\n}\n";
        assert_eq!(draw(old, new), "-fn a() {\n+fn a() \n     x();\n }\n");
        assert_eq!(draw(new, old), "-fn a() \n+fn a() {\n     x();\n }\n");
    }

    #[test]
    fn a_new_function_is_new_as_a_whole() {
        let old = "fn a() {\n    x();\n}\n";
        let new = "fn b() {\n    x();\n}\n\nfn a() {\n    x();\n}\n";
        assert_eq!(
            draw(old, new),
            "+fn b() {\n+    x();\n+}\n+\n fn a() {\n     x();\n }\n"
        );
    }

    #[test]
    fn lines_are_paired_within_methods() {
        let old = "impl A {\n    fn a() {\n        x();\n    }\n}\n";
        let new =
            "impl A {\n    fn a() {\n        y();\n    }\n\n    fn b() {\n    }\n}\n";
        let expected = " impl A {\n     fn a() {\n-        x();\n+        y();\n     }\n\
                        +\n+    fn b() {\n+    }\n }\n";
        assert_eq!(draw(old, new), expected);
    }

    #[test]
    fn of_two_items_that_swap_the_smaller_moves() {
        let old = "fn a() {}\nfn b() {\n    x();\n}\n";
        let new = "fn b() {\n    x();\n}\nfn a() {}\n";
        assert_eq!(draw(old, new), "-fn a() {}\n fn b() {\n     x();\n }\n+fn a() {}\n");
    }

    #[test]
    fn every_line_appears_once() {
        let (old, new) = ("fn a() {\n1;\n2;\n}\n", "use x;\n\nfn a() {\n2;\n3;\n}\n");
        let rows = draw(old, new);
        assert_eq!(rows, "+use x;\n+\n fn a() {\n-1;\n 2;\n+3;\n }\n");
    }
}
