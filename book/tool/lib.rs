//! The tool behind the book.
//!
//! The way of a chapter, from Markdown to HTML:
//!
//! 1. [`commands::build`] runs mdBook, and that [`chapter::preprocessor`] over the chapters;
//!    [`steps`] has read the crates, and [`steps::source`] split their files into items;
//! 2. [`chapter::manuscript`] takes a chapter apart, and [`chapter::directive`] says what it
//!    asks for; [`chapter::expand`] puts the answer in its place;
//! 3. [`diff`] says how a step differs from the one before: [`diff::align`] pairs the lines,
//!    [`diff::moves`] finds what stands elsewhere, and [`diff::change`] is both;
//! 4. [`chapter::ledger`] keeps count of what has been shown, so that nothing is left out;
//!    [`diff::fragment`] picks what to show around it, and [`render::html`] writes it down;
//! 5. [`explorer`] takes a request apart, for the panels that show one;
//! 6. [`chapter::figures`] and [`chapter::inserts`] come into the pages when mdBook has
//!    rendered them, [`chapter::way`] says where they lead, and [`chapter::pages`] does what is
//!    left to do there.
//!
//! The way of a `check`, from the command line to its report:
//!
//! 1. [`cli`] reads the options, and [`commands::check`] finds the step and the server;
//! 2. [`check::launch`] starts the server, if that is wanted, as a [`suite::process`], which
//!    ends with it;
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
pub mod explorer;
pub mod render;
pub mod serving;
pub mod sources;
pub mod steps;
