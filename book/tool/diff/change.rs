//! The difference between two steps: rows of each file, and items that moved.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diff::align::{Row, align};
use crate::diff::moves::{Move, Place, find_moves};
use crate::steps::source::Source;
use crate::steps::{Files, Step, Steps};

/// The difference between two sets of files.
#[derive(Clone, Debug)]
pub struct Change {
    /// Every file of either side, in the order of their paths.
    pub files: Vec<FileChange>,
    pub moves: Vec<Move>,
}

/// A file before and after. One that isn't there is empty.
#[derive(Clone, Debug)]
pub struct FileChange {
    pub path: String,
    pub old: Arc<Source>,
    pub new: Arc<Source>,
    pub rows: Vec<Row>,
}

impl Change {
    /// What a step changes: what its chapter has to tell.
    pub fn of(steps: &Steps, step: &Step) -> Change {
        let nothing = Files::new();
        let before = steps.before(step).map_or(&nothing, |before| &before.files);
        Change::between(before, &step.files)
    }

    /// Compares the files of two steps, or of a step and nothing.
    pub fn between(old: &Files, new: &Files) -> Change {
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let side = |files: &Files, path| files.get(path).cloned().unwrap_or_default();
        let files: Vec<FileChange> = paths
            .into_iter()
            .map(|path| FileChange::new(path, side(old, path), side(new, path)))
            .collect();
        let moves = find_moves(&files);
        let mut change = Change { files, moves };
        change.trim();
        change
    }

    /// Keeps what neighbouring removed and added lines have in common at their beginnings
    /// and ends, such as the blank line between two items, which belongs to neither. What
    /// moves stays as it is.
    fn trim(&mut self) {
        for index in 0..self.files.len() {
            let is_moved = |row: &Row| self.move_of(index, *row).is_some();
            let file = &self.files[index];
            let belong_together = |a: &Row, b: &Row| {
                a.is_changed() && b.is_changed() && is_moved(a) == is_moved(b)
            };
            let runs = file.rows.chunk_by(belong_together);
            let rows = runs.flat_map(|run| match run {
                [row, ..] if row.is_changed() && !is_moved(row) => file.trim(run),
                _ => run.to_vec(),
            });
            self.files[index].rows = rows.collect();
        }
    }

    /// The move that a row belongs to.
    pub fn move_of(&self, file: usize, row: Row) -> Option<usize> {
        let is_in =
            |place: &Place, line| place.file == file && place.lines.contains(&line);
        self.moves.iter().position(|item| match row {
            Row::Same { .. } => false,
            Row::Old(line) => is_in(&item.from, line),
            Row::New(line) => is_in(&item.to, line),
        })
    }

    /// How many lines have to be written or taken out. What moves isn't counted, for nobody
    /// types it, nor what documents an item or tests it.
    pub fn typed(&self) -> usize {
        let is_doc = |line: &str| {
            line.trim_start().starts_with("///") || line.trim_start().starts_with("//!")
        };
        let is_program =
            |(_, file): &(usize, &FileChange)| !file.path.ends_with("tests.rs");
        let files = self.files.iter().enumerate().filter(is_program);
        files
            .map(|(index, file)| {
                let counts = |row: &&Row| {
                    row.is_changed()
                        && self.move_of(index, **row).is_none()
                        && !is_doc(file.line(**row))
                };
                file.rows.iter().filter(counts).count()
            })
            .sum()
    }

    /// How many lines were added and removed, moved ones not counted.
    pub fn count(&self) -> (usize, usize) {
        let (mut added, mut removed) = (0, 0);
        for (index, file) in self.files.iter().enumerate() {
            for &row in &file.rows {
                match row {
                    Row::New(_) if self.move_of(index, row).is_none() => added += 1,
                    Row::Old(_) if self.move_of(index, row).is_none() => removed += 1,
                    _ => {}
                }
            }
        }
        (added, removed)
    }
}

impl FileChange {
    fn new(path: &str, old: Arc<Source>, new: Arc<Source>) -> FileChange {
        let mut rows = align(&old, &new);
        if path == "Cargo.toml" {
            ignore_the_name(&mut rows, &old, &new);
        }
        FileChange { path: path.into(), old, new, rows }
    }

    /// A run of removed and added lines, in which those at the ends that are the same are
    /// no change.
    fn trim(&self, run: &[Row]) -> Vec<Row> {
        let old: Vec<usize> = run.iter().filter_map(|row| row.old_line()).collect();
        let new: Vec<usize> = run.iter().filter_map(|row| row.new_line()).collect();
        let is_same =
            |(old, new): &(usize, usize)| self.old.line(*old) == self.new.line(*new);
        let same = |(old, new)| Row::Same { old, new };
        let pairs = old.iter().copied().zip(new.iter().copied());
        let mut start: Vec<Row> = pairs.take_while(is_same).map(same).collect();
        let (old, new) = (&old[start.len()..], &new[start.len()..]);
        let pairs = old.iter().rev().copied().zip(new.iter().rev().copied());
        let end: Vec<Row> = pairs.take_while(is_same).map(same).collect();
        let (old, new) = (&old[..old.len() - end.len()], &new[..new.len() - end.len()]);
        let is_left = |row: &&Row| match row {
            Row::Old(line) => old.binary_search(line).is_ok(),
            Row::New(line) => new.binary_search(line).is_ok(),
            Row::Same { .. } => false,
        };
        start.extend(run.iter().filter(is_left));
        start.extend(end.iter().rev());
        start
    }

    /// The text of a row.
    pub fn line(&self, row: Row) -> &str {
        let (source, line) = self.place(row);
        source.line(line)
    }

    /// Where a row is: in the new file, if it is in both.
    fn place(&self, row: Row) -> (&Source, usize) {
        match row {
            Row::Old(line) => (&self.old, line),
            Row::Same { new: line, .. } | Row::New(line) => (&self.new, line),
        }
    }

    /// The names of the items that a row belongs to, outermost first.
    pub fn path_of(&self, row: Row) -> Vec<&str> {
        let (source, line) = self.place(row);
        source.path_of(line)
    }

    /// A row as error messages show it: `+ 12: let x = 1;`
    pub fn describe(&self, row: Row) -> String {
        let (sign, line) = match row {
            Row::Same { new, .. } => (' ', new),
            Row::Old(old) => ('-', old),
            Row::New(new) => ('+', new),
        };
        format!("{sign} {}: {}", line + 1, self.line(row).trim())
    }
}

/// A package is called `step-02` here and as the reader likes elsewhere: the line
/// that names it is no change.
fn ignore_the_name(rows: &mut Vec<Row>, old: &Source, new: &Source) {
    let name = |source: &Source| source.lines().position(|l| l.starts_with("name = "));
    let (Some(old), Some(new)) = (name(old), name(new)) else { return };
    let Some(position) = rows.iter().position(|&row| row == Row::Old(old)) else {
        return;
    };
    rows.retain(|&row| row != Row::New(new));
    rows[position] = Row::Same { old, new };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        let source = |(path, text): &(&str, &str)| {
            (path.to_string(), Arc::new(Source::new(path, text)))
        };
        files.iter().map(source).collect()
    }

    #[test]
    fn modules_that_move_together_are_one_move() {
        let old = files(&[("a.rs", "mod b;\nmod c;\nmod d;\nmod e;\n\nfn main() {}\n")]);
        let new = files(&[
            ("a.rs", "mod c;\n\nfn main() {}\n"),
            ("l.rs", "mod b;\nmod d;\nmod e;\n"),
        ]);
        let moves = Change::between(&old, &new).moves;
        let names: Vec<&str> = moves.iter().map(|item| item.name.as_str()).collect();
        // What stays where it is separates them.
        assert_eq!(names, ["mod b", "mod d to mod e"]);
        assert_eq!((&moves[1].from.lines, &moves[1].to.lines), (&(2..4), &(1..3)));
    }

    #[test]
    fn an_item_in_another_file_has_moved() {
        let old = files(&[("a.rs", "use x;\n\nfn a() {\n    x();\n}\n\nfn main() {}\n")]);
        let new = files(&[
            ("a.rs", "mod b;\n\nfn main() {}\n"),
            ("b.rs", "use x;\n\nfn a() {\n    x();\n}\n"),
        ]);
        let change = Change::between(&old, &new);
        let expected = Move {
            name: "fn a".into(),
            is_republished: false,
            from: Place { file: 0, lines: 1..5 },
            to: Place { file: 1, lines: 1..5 },
        };
        assert_eq!(change.moves, [expected]);
        assert_eq!(change.count(), (2, 1), "`mod b;`, and `use x;` there and here");
    }

    /// The rows of one file, as a diff shows them.
    fn draw(old: &str, new: &str) -> String {
        let change = Change::between(&files(&[("a.rs", old)]), &files(&[("a.rs", new)]));
        let file = &change.files[0];
        let rows = file.rows.iter().map(|row| {
            let sign = match row {
                Row::Same { .. } => ' ',
                Row::Old(_) => '-',
                Row::New(_) => '+',
            };
            format!("{sign}{}\n", file.line(*row))
        });
        rows.collect()
    }

    #[test]
    fn the_blank_line_between_two_items_belongs_to_neither() {
        let (old, new) = ("//! A.\n\nmod c;\n", "//! A.\n\nmod b;\nmod c;\n");
        assert_eq!(draw(old, new), " //! A.\n \n+mod b;\n mod c;\n");
        assert_eq!(draw(new, old), " //! A.\n \n-mod b;\n mod c;\n");
    }

    #[test]
    fn an_item_in_the_place_of_another_shares_its_ends() {
        let old = "mod m {\n    fn a() {}\n\n    fn b() {\n        1\n    }\n}\n";
        let new = "mod m {\n    fn a() {}\n\n    fn c() {\n        2\n    }\n}\n";
        let expected = " mod m {\n     fn a() {}\n \n-    fn b() {\n-        1\n\
                        +    fn c() {\n+        2\n     }\n }\n";
        assert_eq!(draw(old, new), expected);
    }

    #[test]
    fn a_line_that_is_no_change_stays() {
        let manifest = |name| format!("[package]\nname = \"{name}\"\n\n[a]\n");
        let files = |name| files(&[("Cargo.toml", &*manifest(name))]);
        let change = Change::between(&files("step-01"), &files("step-02"));
        assert_eq!(change.files[0].rows.len(), 4);
    }

    #[test]
    fn what_moves_keeps_its_ends() {
        let old = files(&[("a.rs", "fn a() {\n    1\n}\nfn z() {}\n")]);
        let new = files(&[
            ("a.rs", "fn b() {\n    2\n}\nfn z() {}\n"),
            ("b.rs", "fn a() {\n    1\n}\n"),
        ]);
        let change = Change::between(&old, &new);
        assert_eq!(change.moves.len(), 1);
        assert_eq!(change.count(), (3, 0));
    }

    #[test]
    fn an_item_may_become_public_on_the_way() {
        let old = files(&[("a.rs", "fn a() {}\nfn main() {}\n")]);
        let new = files(&[("a.rs", "fn main() {}\n"), ("b.rs", "pub fn a() {}\n")]);
        assert!(Change::between(&old, &new).moves[0].is_republished);
    }

    #[test]
    fn an_item_that_changes_on_the_way_has_not_moved() {
        let old = files(&[("a.rs", "fn a() {}\nfn main() {}\n")]);
        let new = files(&[("a.rs", "fn main() {}\n"), ("b.rs", "fn a() { b() }\n")]);
        assert_eq!(Change::between(&old, &new).moves, []);
    }

    #[test]
    fn the_name_of_the_package_is_no_change() {
        let manifest =
            |name| format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
        let old = files(&[("Cargo.toml", &manifest("step-01"))]);
        let new = files(&[("Cargo.toml", &manifest("step-02"))]);
        assert_eq!(Change::between(&old, &new).count(), (0, 0));
    }
}
