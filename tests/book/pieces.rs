//! No directive can get lost: a chapter without any one of them doesn't build. A directive
//! for all the rest of an item would swallow what a lost one has left.

use anyhow::{Result, ensure};
use book::chapter::directive::Directive;
use book::chapter::expand::Expander;
use book::steps::Step;

use crate::site::Site;

pub fn check(site: &Site, step: &Step) -> Result<()> {
    let expander = Expander::new(&site.steps);
    let lines: Vec<&str> = site.chapter(&step.slug)?.text.lines().collect();
    let mut directives = 0;
    for (index, line) in lines.iter().enumerate() {
        if !matches!(Directive::parse(line)?, Some(Directive::Diff(_))) {
            continue;
        }
        directives += 1;
        let mut without = lines.clone();
        without[index] = "";
        ensure!(
            expander.expand(&step.slug, &without.join("\n")).is_err(),
            "{}.md, line {}: nobody would miss {line}: another directive shows its lines then; \
             name the pieces of that one",
            step.slug,
            index + 1
        );
    }
    ensure!(directives > 0, "{}.md has no directives", step.slug);
    Ok(())
}
