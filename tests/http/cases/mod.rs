//! The cases, in one file for the step that introduces them.

use crate::case::Case;

mod step_01;
mod step_02;
mod step_03;
// Step 04 has none of its own: it moves the routes into a dictionary, and the same
// tests pass.

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [step_01::CASES, step_02::CASES, step_03::CASES].into_iter().flatten()
}
