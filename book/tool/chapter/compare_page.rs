//! The page that compares any two steps: the data that its script needs.
//!
//! Each line and each file is in it once, and for each pair of steps an edit script; so
//! the script in the page has nothing to compute but what to show.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diff::align::Row;
use crate::diff::change::Change;
use crate::diff::moves::Move;
use crate::render::html;
use crate::steps::source::{Item, Source};
use crate::steps::{Step, Steps};

/// The line of a chapter that stands for the data.
pub const DIRECTIVE: &str = "{{#compare}}";

/// All steps and all their differences, as a script element that is not run.
pub fn to_html(steps: &Steps) -> String {
    let mut data = Data::default();
    let files: Vec<BTreeMap<&str, usize>> =
        steps.iter().map(|step| data.add_files(step)).collect();
    for (index, new) in steps.iter().enumerate() {
        data.add_pair(None, (new, &files[index]));
        for (old, old_files) in steps.iter().zip(&files).take(index) {
            data.add_pair(Some((old, old_files)), (new, &files[index]));
        }
    }
    let slugs: Vec<&str> = steps.iter().map(|step| step.slug.as_str()).collect();
    let Data { lines, files: sources, scripts, moves, .. } = data;
    let json = json!({
        "steps": slugs, "files": files, "lines": lines, "sources": sources,
        "scripts": scripts, "moves": moves,
    });
    // Or the element would end where the code has an end tag.
    let json = json.to_string().replace("</", "<\\/");
    format!("<script type=\"application/json\" id=\"compare-data\">{json}</script>")
}

#[derive(Default)]
struct Data {
    /// Lines as HTML.
    lines: Vec<String>,
    line_numbers: BTreeMap<String, usize>,
    /// Files: their lines, and the items that begin at some of them.
    files: Vec<Value>,
    file_numbers: BTreeMap<String, usize>,
    /// By the numbers of two files, `3,7`: how many lines are the same, how many go, how
    /// many come, how many are the same, and so on.
    scripts: BTreeMap<String, Vec<usize>>,
    /// By the numbers of two steps, `3,7`; nothing is step 0.
    moves: BTreeMap<String, Vec<Value>>,
}

impl Data {
    /// The numbers of a step's files, by their paths.
    fn add_files<'a>(&mut self, step: &'a Step) -> BTreeMap<&'a str, usize> {
        let number = |(path, source): (&'a String, &'a Source)| {
            (path.as_str(), self.add_file(source))
        };
        step.files.iter().map(number).collect()
    }

    fn add_file(&mut self, source: &Source) -> usize {
        if let Some(&number) = self.file_numbers.get(&source.text) {
            return number;
        }
        let count = source.lines().len();
        let lines: Vec<usize> =
            (0..count).map(|line| self.add_line(html::code(source, line, &[]))).collect();
        let mut items = Vec::new();
        name_items(&source.items, "", &mut items);
        self.files.push(json!([lines, items]));
        self.file_numbers.insert(source.text.clone(), self.files.len() - 1);
        self.files.len() - 1
    }

    fn add_line(&mut self, html: String) -> usize {
        let next = self.lines.len();
        let number = *self.line_numbers.entry(html.clone()).or_insert(next);
        if number == next {
            self.lines.push(html);
        }
        number
    }

    fn add_pair(
        &mut self,
        old: Option<(&Step, &BTreeMap<&str, usize>)>,
        (new, new_files): (&Step, &BTreeMap<&str, usize>),
    ) {
        let nothing = (&BTreeMap::new(), &BTreeMap::new());
        let (old_sources, old_files) =
            old.map_or(nothing, |(s, files)| (&s.files, files));
        let change = Change::between(old_sources, &new.files);
        for file in &change.files {
            let path = file.path.as_str();
            if let (Some(old), Some(new)) = (old_files.get(path), new_files.get(path))
                && old != new
            {
                let script = || script(&file.rows);
                self.scripts.entry(format!("{old},{new}")).or_insert_with(script);
            }
        }
        if !change.moves.is_empty() {
            let number = old.map_or(0, |(step, _)| step.number);
            let moves = change.moves.iter().map(|item| describe(&change, item)).collect();
            self.moves.insert(format!("{number},{}", new.number), moves);
        }
    }
}

/// Where each item begins, and its name with those around it.
fn name_items(items: &[Item], around: &str, named: &mut Vec<(usize, String)>) {
    for item in items.iter().filter(|item| !item.name.is_empty()) {
        let name = format!("{around}{}", html::escape(&item.name));
        named.push((item.lines.start, name.clone()));
        name_items(&item.children, &format!("{name} &gt; "), named);
    }
}

fn describe(change: &Change, item: &Move) -> Value {
    let path = |file: usize| &change.files[file].path;
    let ((from, old), (to, new)) = (&item.from, &item.to);
    json!([
        html::escape(&item.name),
        [path(*from), old.start, old.end],
        [path(*to), new.start, new.end],
    ])
}

/// Lengths of runs: same, old, new, same, old, new, …
fn script(rows: &[Row]) -> Vec<usize> {
    let kind = |row: &Row| match row {
        Row::Same { .. } => 0,
        Row::Old(_) => 1,
        Row::New(_) => 2,
    };
    let mut script: Vec<usize> = Vec::new();
    for row in rows {
        while script.is_empty() || (script.len() - 1) % 3 != kind(row) {
            script.push(0);
        }
        if let Some(last) = script.last_mut() {
            *last += 1;
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_runs_of_same_old_and_new() {
        let same = |old, new| Row::Same { old, new };
        let rows = [same(0, 0), Row::New(1), Row::New(2), same(1, 3), Row::Old(2)];
        assert_eq!(script(&rows), [1, 0, 2, 1, 1]);
        assert_eq!(script(&[Row::New(0), Row::Old(0)]), [0, 0, 1, 0, 1]);
        assert_eq!(script(&[]), [0; 0]);
    }
}
