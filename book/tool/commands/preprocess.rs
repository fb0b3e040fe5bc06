//! `preprocess`: speaks mdBook's protocol for preprocessors, on standard input and output.

use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use anstream::eprintln;
use anyhow::{Context, Result};
use mdbook_preprocessor::Preprocessor;

use crate::chapter::inserts::Inserts;
use crate::chapter::measured;
use crate::chapter::preprocessor::{Narrator, Rest};
use crate::cli::Question;

/// Expands the chapters that mdBook sends, or answers its question.
///
/// # Errors
/// If the book and the steps disagree, or mdBook doesn't listen.
pub fn run(question: Option<&Question>) -> Result<ExitCode> {
    if let Some(Question::Supports { renderer }) = question {
        return Ok(if Narrator::supports(renderer) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let steps = Arc::new(super::steps()?);
    // mdBook listens to the standard output only.
    if let Ok(Some(stale)) = measured::stale(&steps.root) {
        eprintln!("note: {stale}");
    }
    let rest = Rest::Here(Box::new(Inserts::of(&steps)));
    let book = Narrator { steps, rest }.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book).context("mdBook does not listen")?;
    Ok(ExitCode::SUCCESS)
}
