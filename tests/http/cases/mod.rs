//! The cases, in one file for the step that introduces them.

use crate::case::Case;

mod step_01;
mod step_02;
mod step_03;
// Step 04 has none of its own: it moves the routes into a dictionary, and the same
// tests pass.
// Nor has step 05: its decorator is another way to write the dictionary.
mod step_06;
// Nor has step 07: it moves everything into modules, and nothing changes.
mod step_08;
mod step_09;
mod step_10;

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let cases = [
        step_01::CASES,
        step_02::CASES,
        step_03::CASES,
        step_06::CASES,
        step_08::CASES,
        step_09::CASES,
        step_10::CASES,
    ];
    cases.into_iter().flatten()
}
