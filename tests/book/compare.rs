//! The page that compares steps tells the truth: what it has for any two steps, applied
//! to the earlier one, gives the later one.

use std::collections::BTreeMap;

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
    lines: Vec<String>,
    sources: Vec<SourceLines>,
    /// How many lines are the same, go, come, are the same, …
    scripts: BTreeMap<String, Vec<usize>>,
    moves: BTreeMap<String, Vec<(String, Place, Place)>>,
}

/// The numbers of a file's lines; where its items begin, and their names.
type SourceLines = (Vec<usize>, Vec<(usize, String)>);

/// A path, and the lines from the one to before the other.
type Place = (String, usize, usize);

pub fn check(site: &Site) -> Result<()> {
    let page = Element::read(&site.folder.join("compare.html"))?;
    let elements = page.descendants();
    let script = elements.iter().find(|e| e.attr("id") == Some("compare-data"));
    let data: Data = serde_json::from_str(&script.context("there are no data")?.text())?;
    let steps: Vec<&Step> = site.steps.iter().collect();
    ensure!(data.steps.len() == steps.len(), "some steps are missing");
    for (index, step) in steps.iter().enumerate() {
        ensure!(data.steps[index] == step.slug, "{} is not in its place", step.slug);
        data.check_files(index, step)?;
        for old in 0..index {
            data.check_pair(old, index).with_context(|| format!("{old} to {index}"))?;
        }
    }
    Ok(())
}

impl Data {
    /// The lines of a file, as the page shows them.
    fn lines(&self, file: usize) -> Vec<String> {
        let lines = self.sources[file].0.iter();
        lines.map(|&line| Element::parse(&self.lines[line]).text()).collect()
    }

    fn check_files(&self, index: usize, step: &Step) -> Result<()> {
        let files = &self.files[index];
        ensure!(files.keys().eq(step.files.keys()), "the files of {}", step.slug);
        for (path, source) in &step.files {
            let lines = self.lines(files[path]);
            ensure!(lines == source.lines(), "{path} of {} differs", step.slug);
        }
        Ok(())
    }

    fn check_pair(&self, old: usize, new: usize) -> Result<()> {
        for (path, &file) in &self.files[new] {
            let Some(&before) = self.files[old].get(path) else { continue };
            if before == file {
                continue;
            }
            let script = &self.scripts[&format!("{before},{file}")];
            let (old, new) = (self.lines(before), self.lines(file));
            let (mut line, mut next) = (0, 0);
            for (index, &length) in script.iter().enumerate() {
                let (removed, added) = (line + length, next + length);
                match index % 3 {
                    0 => {
                        let is_same = |(a, b): (&String, &String)| {
                            a == b || a.starts_with("name = \"step-")
                        };
                        let mut pairs = old[line..removed].iter().zip(&new[next..added]);
                        ensure!(pairs.all(is_same), "{path} differs at line {line}");
                        (line, next) = (removed, added);
                    }
                    1 => line = removed,
                    _ => next = added,
                }
            }
            ensure!(line == old.len() && next == new.len(), "{path} goes on");
        }
        let moves = self.moves.get(&format!("{},{}", old + 1, new + 1));
        for (name, from, to) in moves.into_iter().flatten() {
            let text = |step: usize, (path, start, end): &Place| {
                let lines = self.lines(self.files[step][path]);
                lines[*start..*end].concat().replace("pub ", "")
            };
            ensure!(text(old, from) == text(new, to), "{name} does not move");
        }
        Ok(())
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
