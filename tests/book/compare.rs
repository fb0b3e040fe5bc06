//! The page that compares steps tells the truth: what it has for any two steps, applied
//! to the earlier one, gives the later one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use book::steps::Step;
use serde::Deserialize;

use crate::page::Element;
use crate::site::Site;

/// What is in the page, as book/tool/chapter/compare_page.rs writes it and book/theme/compare.js
/// reads it.
#[derive(Deserialize)]
struct Data {
    steps: Vec<String>,
    files: Vec<BTreeMap<String, usize>>,
    /// In colour; as text, once they are read.
    lines: Vec<String>,
    /// The numbers of a file's lines.
    sources: Vec<Vec<usize>>,
    /// By two steps, `3,7`.
    changes: BTreeMap<String, Change>,
    diffs: Vec<Vec<Hunk>>,
}

/// The files that differ, each with the number of its difference, and the items that move.
type Change = (Vec<(String, usize)>, Vec<(String, Place, Place, bool)>);

/// A path, and the lines from the one to before the other.
type Place = (String, usize, usize);

#[derive(Deserialize)]
struct Hunk {
    start: (usize, usize),
    runs: Vec<(String, usize)>,
}

pub fn check(site: &Site) -> Result<()> {
    let page = Element::read(&site.folder.join("compare.html"))?;
    let elements = page.descendants();
    let script = elements.iter().find(|e| e.attr("id") == Some("compare-data"));
    let mut data: Data =
        serde_json::from_str(&script.context("there are no data")?.text())?;
    for line in &mut data.lines {
        *line = Element::parse(line).text();
    }
    let steps: Vec<&Step> = site.steps.iter().collect();
    ensure!(data.steps.len() == steps.len(), "some steps are missing");
    for (index, step) in steps.iter().enumerate() {
        ensure!(data.steps[index] == step.slug, "{} is not in its place", step.slug);
        data.check_files(index, step)?;
        for old in 0..=index {
            let new = index + 1;
            data.check_pair(old, new).with_context(|| format!("{old} to {new}"))?;
        }
    }
    Ok(())
}

impl Data {
    /// The lines of a file, as the page shows them.
    fn lines(&self, source: usize) -> Vec<&str> {
        self.sources[source].iter().map(|&line| &*self.lines[line]).collect()
    }

    /// The lines of a step's file; none if it isn't there. Nothing is step 0.
    fn lines_of(&self, step: usize, path: &str) -> Vec<&str> {
        let files = step.checked_sub(1).map(|index| &self.files[index]);
        let source = files.and_then(|files| files.get(path));
        source.map_or_else(Vec::new, |&source| self.lines(source))
    }

    fn check_files(&self, index: usize, step: &Step) -> Result<()> {
        let files = &self.files[index];
        ensure!(files.keys().eq(step.files.keys()), "the files of {}", step.slug);
        for (path, source) in &step.files {
            let lines = self.lines(files[path]);
            ensure!(source.lines().eq(lines), "{path} of {} differs", step.slug);
        }
        Ok(())
    }

    /// Removes and adds what the page shows, and takes what moves to its place: that must
    /// make the later files of the earlier ones.
    fn check_pair(&self, old: usize, new: usize) -> Result<()> {
        let (changed, moves) = &self.changes[&format!("{old},{new}")];
        let mut is_gone = BTreeSet::new();
        let mut arrives = BTreeSet::new();
        for (name, from, to, _) in moves {
            let text = |step: usize, (path, start, end): &Place| {
                self.lines_of(step, path)[*start..*end].concat().replace("pub ", "")
            };
            ensure!(text(old, from) == text(new, to), "{name} does not move");
            is_gone.extend((from.1..from.2).map(|line| (&from.0, line)));
            arrives.extend((to.1..to.2).map(|line| (&to.0, line)));
        }
        let before =
            old.checked_sub(1).into_iter().flat_map(|old| self.files[old].keys());
        for path in before.chain(self.files[new - 1].keys()) {
            let diff = changed.iter().find(|(changed, _)| changed == path);
            let hunks = diff.map_or(&[][..], |(_, diff)| &self.diffs[*diff]);
            let (mut removed, mut added) = (BTreeSet::new(), BTreeSet::new());
            for hunk in hunks {
                hunk.collect(&mut removed, &mut added);
            }
            let rest = |step, is_out: &dyn Fn(usize) -> bool| {
                let lines = self.lines_of(step, path).into_iter().enumerate();
                let lines =
                    lines.filter(|(line, _)| !is_out(*line)).map(|(_, text)| text);
                lines
                    .filter(|text| !text.starts_with("name = \"step-"))
                    .collect::<Vec<_>>()
            };
            let stays = rest(old, &|line| {
                removed.contains(&line) || is_gone.contains(&(path, line))
            });
            let is_same = rest(new, &|line| {
                added.contains(&line) || arrives.contains(&(path, line))
            });
            ensure!(stays == is_same, "{path}: what stays is not the same");
        }
        Ok(())
    }
}

impl Hunk {
    /// The lines of the old file that it removes, and those of the new one that it adds.
    fn collect(&self, removed: &mut BTreeSet<usize>, added: &mut BTreeSet<usize>) {
        let (mut old, mut new) = self.start;
        for (run, length) in &self.runs {
            let is_removed = matches!(run.as_str(), "removed" | "gone");
            let is_added = matches!(run.as_str(), "added" | "arrived");
            if run == "removed" {
                removed.extend(old..old + length);
            }
            if run == "added" {
                added.extend(new..new + length);
            }
            old += if is_added { 0 } else { *length };
            new += if is_removed { 0 } else { *length };
        }
    }
}

/// Whether the page can show what stands after the `#`: `03..07`, where 00 is nothing.
pub fn understands(site: &Site, fragment: &str) -> bool {
    let steps = fragment.split("..").map(|number| match number {
        "00" => true,
        number => number.len() == 2 && site.steps.find(number).is_ok(),
    });
    steps.collect::<Vec<_>>() == [true, true]
}
