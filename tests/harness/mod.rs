//! What all suites need: their arguments, and the programs of the steps.

pub mod build;
mod colors;

use libtest_mimic::Arguments;

/// How many trials run at the same time if nothing else is said: most of them wait, for a
/// server or for time to pass, and for that they need no core.
const THREADS: usize = 16;

/// The arguments of the test.
pub fn arguments() -> Arguments {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(THREADS);
    colors::set_colors(arguments.color);
    arguments
}
