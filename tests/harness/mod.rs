//! What both suites need: the programs of the steps, their processes, and colours.

pub mod build;
pub mod colors;
pub mod process;
