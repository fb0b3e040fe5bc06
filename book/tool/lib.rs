//! The tool behind the book.
//!
//! The way of a chapter, from Markdown to HTML:
//!
//! 1. [`commands::build`] runs mdBook, and that [`chapter::preprocessor`] over the chapters;
//! 2. [`steps`] reads the crates, and [`steps::source`] splits their files into items;
//! 3. [`diff`] says how a step differs from the one before: [`diff::align`] pairs the lines,
//!    [`diff::moves`] finds what stands elsewhere, and [`diff::change`] is both;
//! 4. [`chapter::expand`] finds what a chapter asks for, [`chapter::directive`] which lines
//!    that are, and [`chapter::ledger`] keeps count of them, so that none is left out;
//! 5. [`diff::fragment`] picks what to show around them, and [`render::html`] writes it down.
//!
//! The way of a `check`, from the command line to its report:
//!
//! 1. [`cli`] reads the options, and [`commands::check`] finds the step and the server;
//! 2. [`check::launch`] starts the server, if that is wanted, and ends it afterwards;
//! 3. [`check::examination`] asks it one case after the other: the crate [`suite`] has the
//!    cases, plays them, and judges what comes back;
//! 4. for a case that fails, [`suite::hint`] says why, and [`suite::report`] what was sent
//!    and what has come;
//! 5. [`check::verdict`] sums up.

pub mod chapter;
pub mod check;
pub mod cli;
pub mod commands;
pub mod diff;
pub mod render;
pub mod serving;
pub mod steps;
