//! On top of each step's chapter stands what it asks for, and that is true.

use anyhow::{Context, Result, ensure};
use book::chapter::bearings::{Outcomes, minutes};
use book::steps::Step;

use crate::page::Element;
use crate::site::Site;

pub fn check(site: &Site) -> Result<()> {
    let readme = std::fs::read_to_string(site.root.join("README.md"))?;
    let outcomes = Outcomes::read(&readme);
    for step in site.steps.iter() {
        let slug = &step.slug;
        let link = format!("](steps/{slug}) |");
        ensure!(readme.contains(&link), "the README's table has no row for {slug}");
        let outcome = outcomes.of(slug);
        check_step(site, step, outcome).with_context(|| format!("{slug}.html"))?;
    }
    Ok(())
}

fn check_step(site: &Site, step: &Step, outcome: Option<&str>) -> Result<()> {
    let page = site.page(step)?;
    let line = line(&page).context("there is nothing below the title")?;
    let minutes = minutes(&site.chapter(&step.slug)?.text).context("no minutes")?;
    ensure!(line.contains(&format!("{minutes} minutes in a workshop")), "{line}");
    ensure!(outcome.is_some() == line.contains("at the end: "), "{line}");
    let numbers: Vec<usize> = ["to type", "of tests"]
        .into_iter()
        .filter_map(|what| number_before(&line, what))
        .collect();
    let added = added(&page);
    ensure!(
        numbers.iter().sum::<usize>() == added,
        "the diffs add {added} lines: {line}"
    );
    Ok(())
}

/// What stands below the title.
fn line(page: &Element) -> Option<String> {
    let elements = page.descendants();
    let main = elements.iter().find(|element| element.name == "main")?;
    let line = main.children().nth(1)?;
    line.has_class("bearings").then(|| line.text().trim().to_string())
}

/// The number in `12 lines to type`.
fn number_before(line: &str, what: &str) -> Option<usize> {
    let (before, _) = line.split_once(what)?;
    before.split_whitespace().rev().nth(1)?.parse().ok()
}

/// How many lines the diffs of a page add that tell a part of the step.
fn added(page: &Element) -> usize {
    let is_part = |figure: &&&Element| {
        figure.has_class("diff") && figure.attr("data-variant").is_none()
    };
    let elements = page.descendants();
    let figures = elements.iter().filter(is_part);
    let rows = figures.flat_map(|figure| figure.descendants());
    rows.filter(|row| row.name == "ins").count()
}
