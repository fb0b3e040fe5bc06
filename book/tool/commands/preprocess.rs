//! `preprocess`: speaks mdBook's protocol for preprocessors, on standard input and output.

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use mdbook_preprocessor::Preprocessor;

use crate::chapter::preprocessor::Narrator;
use crate::cli::Question;

/// Expands the chapters that mdBook sends, or answers its question.
///
/// # Errors
/// If the book and the steps disagree, or mdBook doesn't listen.
pub fn run(question: Option<&Question>) -> Result<ExitCode> {
    if let Some(Question::Supports { renderer }) = question {
        let is_supported = Narrator.supports_renderer(renderer)?;
        return Ok(if is_supported { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let book = Narrator.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book).context("mdBook does not listen")?;
    Ok(ExitCode::SUCCESS)
}
