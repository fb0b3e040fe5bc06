//! One idea a step: its difference stays small enough to be typed in one sitting.

use std::ops::RangeInclusive;

use anyhow::{Result, ensure};
use book::diff::change::Change;
use book::steps::Step;

use crate::site::Site;

/// How many lines a step may add and remove together, as [`Change::typed`] counts; most need
/// fewer than 120.
const BUDGET: usize = 150;

/// The steps whose one idea needs more, and would be wrong on purpose in two halves; and
/// those that give code another form, so that its old one counts as well.
const LARGE: [RangeInclusive<u8>; 8] =
    [11..=14, 18..=20, 22..=22, 29..=29, 33..=33, 51..=52, 56..=56, 59..=59];
const LARGE_BUDGET: usize = 165;

/// The step that takes the threads out, and their file: a third of its lines are gone when it
/// is done.
const LOOP: u8 = 21;
const LOOP_BUDGET: usize = 225;

/// The step in which whoever receives answers, too: four functions of the connection take
/// another form, and none of them can before the others.
const WHOLE: u8 = 54;
const WHOLE_BUDGET: usize = 180;

pub fn check(site: &Site, step: &Step) -> Result<()> {
    let cost = Change::of(&site.steps, step).typed();
    let budget = match step.number {
        LOOP => LOOP_BUDGET,
        WHOLE => WHOLE_BUDGET,
        number if LARGE.iter().any(|steps| steps.contains(&number)) => LARGE_BUDGET,
        _ => BUDGET,
    };
    ensure!(
        cost <= budget,
        "steps/{} adds and removes {cost} lines; the budget of a step is {budget}: does it \
         have one idea, or two?",
        step.slug,
    );
    Ok(())
}
