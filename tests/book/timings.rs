//! The plans for workshops are made of the chapters' own timings, and add up.

use anyhow::{Context, Result, ensure};
use book::chapter::bearings;

use crate::site::Site;

pub fn check(site: &Site) -> Result<()> {
    let page = &site.chapter("leader")?.text;
    let mut sum = 0;
    let mut chapters = Vec::new();
    for row in page.lines() {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [what, minutes, ..] = cells[..] else { continue };
        let Ok(minutes) = minutes.parse::<u32>() else {
            // The head of a table: a new plan.
            sum = 0;
            continue;
        };
        if what == "together" {
            ensure!(sum == minutes, "a plan for {minutes} minutes takes {sum}");
            continue;
        }
        sum += minutes;
        let link = what.split_once("](").and_then(|(_, link)| link.strip_suffix(".md)"));
        if let Some(slug) = link {
            let chapter = &site.chapter(slug)?.text;
            let own = bearings::minutes(chapter)
                .with_context(|| format!("{slug} has no timing"))?;
            ensure!(own == minutes, "{slug} takes {own} minutes, not {minutes}");
            chapters.push(slug);
        }
    }
    for step in site.steps.iter() {
        ensure!(chapters.contains(&step.slug.as_str()), "{} is missing", step.slug);
    }
    Ok(())
}
