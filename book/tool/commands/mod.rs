//! What one can ask of the tool, one file a command; [`crate::cli`] has their options.

use anyhow::Result;
use suite::root;

use crate::steps::Steps;

pub mod build;
pub mod carry;
pub mod check;
pub mod diff;
mod origin;
pub mod preprocess;
pub mod serve;
pub mod start;

/// The steps of the repository that we are in.
fn steps() -> Result<Steps> {
    Steps::load(&root::find()?)
}
