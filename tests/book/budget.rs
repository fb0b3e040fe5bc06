//! One idea a step: its difference stays small enough to be typed in one sitting.

use anyhow::{Result, ensure};
use book::step::Step;

use crate::site::Site;

/// How many lines a step may add and remove together; most need fewer than 120. What moves
/// is not counted, for nobody types it.
const BUDGET: usize = 150;

pub fn check(site: &Site, step: &Step) -> Result<()> {
    let (added, removed) = site.steps.change(step).count();
    ensure!(
        added + removed <= BUDGET,
        "steps/{} adds {added} lines and removes {removed}, {} in all; the budget of a step \
         is {BUDGET}: does it have one idea, or two?",
        step.slug,
        added + removed
    );
    Ok(())
}
