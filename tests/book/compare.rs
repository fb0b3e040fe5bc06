//! The page that compares steps tells the truth: what it has for any two steps, applied
//! to the earlier one, gives the later one. And a diff to which it leads tells what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    paths: Vec<String>,
    items: Vec<String>,
    /// Of each step, the numbers of its paths and files, in turn.
    files: Vec<Vec<usize>>,
    /// In colour; as text, once they are read.
    lines: Vec<String>,
    /// The numbers of a file's lines: the first one of those that follow each other, and
    /// their count, in turn.
    sources: Vec<Vec<usize>>,
    /// By two steps, `3,7`: the paths and differences, in turn, and the moves.
    changes: BTreeMap<String, (Vec<usize>, Vec<usize>)>,
    moves: Vec<Move>,
    diffs: Vec<Vec<Hunk>>,
}

/// An item, and twice a path and the lines there, from the one to before the other.
type Move = (usize, Place, Place, bool);
type Place = (usize, usize, usize);

/// An item, how many lines come before it in the two files, runs such as `3=1-`, and the
/// diffs of chapters that tell it.
type Hunk = (usize, usize, usize, String, Vec<(usize, usize)>);

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
        data.check_told(site, index).with_context(|| format!("to {}", step.slug))?;
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
        let runs = self.sources[source].chunks(2);
        let numbers = runs.flat_map(|run| run[0]..run[0] + run[1]);
        numbers.map(|line| &*self.lines[line]).collect()
    }

    /// The files of a step, by their paths. Nothing is step 0.
    fn files_of(&self, step: usize) -> BTreeMap<&str, usize> {
        let files = step.checked_sub(1).map_or(&[][..], |index| &self.files[index]);
        files.chunks(2).map(|file| (&*self.paths[file[0]], file[1])).collect()
    }

    /// The lines of a step's file; none if it isn't there.
    fn lines_of(&self, step: usize, path: &str) -> Vec<&str> {
        let source = self.files_of(step).get(path).copied();
        source.map_or_else(Vec::new, |source| self.lines(source))
    }

    fn check_files(&self, index: usize, step: &Step) -> Result<()> {
        let files = self.files_of(index + 1);
        ensure!(files.keys().eq(step.files.keys()), "the files of {}", step.slug);
        for (path, source) in &step.files {
            let lines = self.lines(files[&**path]);
            ensure!(source.lines().eq(lines), "{path} of {} differs", step.slug);
        }
        Ok(())
    }

    /// What has changed since the step before is told in the diffs of the step's chapter to
    /// which the page leads.
    fn check_told(&self, site: &Site, old: usize) -> Result<()> {
        let step = site.steps.find(&self.steps[old])?;
        let page = site.page(step)?;
        let elements = page.descendants();
        let (changed, _) = &self.changes[&format!("{old},{}", old + 1)];
        for pair in changed.chunks(2) {
            let path = &self.paths[pair[0]];
            for hunk in &self.diffs[pair[1]] {
                let (.., told) = hunk;
                // There are more.
                if told.len() > 8 {
                    continue;
                }
                let (mut removed, mut added) = (BTreeSet::new(), BTreeSet::new());
                collect(hunk, &mut removed, &mut added)?;
                for (chapter, figure) in told {
                    let id = format!("diff-{chapter}-{figure}");
                    let figure = elements.iter().find(|it| it.attr("id") == Some(&id));
                    let figure = figure.with_context(|| format!("there is no {id}"))?;
                    ensure!(figure.attr("data-file") == Some(path), "{id}: not {path}");
                    for line in lines_of(figure, "ins", "data-new") {
                        added.remove(&line);
                    }
                    for line in lines_of(figure, "del", "data-old") {
                        removed.remove(&line);
                    }
                }
                ensure!(added.is_empty(), "{path}: nothing tells that {added:?} come");
                ensure!(removed.is_empty(), "{path}: nothing tells that {removed:?} go");
            }
        }
        Ok(())
    }

    /// Removes and adds what the page shows, and takes what moves to its place: that must
    /// make the later files of the earlier ones.
    fn check_pair(&self, old: usize, new: usize) -> Result<()> {
        let (changed, moves) = &self.changes[&format!("{old},{new}")];
        let mut is_gone = BTreeSet::new();
        let mut arrives = BTreeSet::new();
        for &number in moves {
            let (name, from, to, _) = self.moves[number];
            let [from, to] =
                [from, to].map(|(path, start, end)| (&*self.paths[path], start..end));
            let text = |step, (path, lines): &(&str, Range<usize>)| {
                self.lines_of(step, path)[lines.clone()].concat().replace("pub ", "")
            };
            let is_same = text(old, &from) == text(new, &to);
            ensure!(is_same, "{} does not move", self.items[name]);
            is_gone.extend(from.1.map(|line| (from.0, line)));
            arrives.extend(to.1.map(|line| (to.0, line)));
        }
        let (before, after) = (self.files_of(old), self.files_of(new));
        for path in before.keys().chain(after.keys()) {
            let mut changed = changed.chunks(2);
            let diff = changed.find(|pair| self.paths[pair[0]] == **path);
            let hunks = diff.map_or(&[][..], |pair| &self.diffs[pair[1]]);
            let (mut removed, mut added) = (BTreeSet::new(), BTreeSet::new());
            for hunk in hunks {
                collect(hunk, &mut removed, &mut added)?;
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
                removed.contains(&line) || is_gone.contains(&(*path, line))
            });
            let is_same = rest(new, &|line| {
                added.contains(&line) || arrives.contains(&(*path, line))
            });
            ensure!(stays == is_same, "{path}: what stays is not the same");
        }
        Ok(())
    }
}

/// The lines of the old file that a hunk removes, and those of the new one that it adds.
fn collect(
    (_, old, new, runs, _): &Hunk,
    removed: &mut BTreeSet<usize>,
    added: &mut BTreeSet<usize>,
) -> Result<()> {
    let (mut old, mut new) = (*old, *new);
    for run in runs.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let (length, sign) = run.split_at(run.len() - 1);
        let length: usize = length.parse()?;
        match sign {
            "-" => removed.extend(old..old + length),
            "+" => added.extend(new..new + length),
            _ => {}
        }
        old += if matches!(sign, "+" | ">") { 0 } else { length };
        new += if matches!(sign, "-" | "<") { 0 } else { length };
    }
    Ok(())
}

/// The lines, counted from 0, that the rows of a figure have in one of its files.
fn lines_of(figure: &Element, row: &str, number: &str) -> Vec<usize> {
    let rows = figure.descendants().into_iter().filter(|it| it.name == row);
    let numbers = rows.filter_map(|row| row.attr(number)?.parse::<usize>().ok());
    numbers.map(|number| number - 1).collect()
}

/// Whether the page can show what stands after the `#`: `03..07`, where 00 is nothing.
pub fn understands(site: &Site, fragment: &str) -> bool {
    let steps = fragment.split("..").map(|number| match number {
        "00" => true,
        number => number.len() == 2 && site.steps.find(number).is_ok(),
    });
    steps.collect::<Vec<_>>() == [true, true]
}
