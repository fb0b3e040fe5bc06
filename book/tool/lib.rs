//! The tool behind the book: it computes the difference between neighbouring
//! steps, draws the fragments that the chapters ask for, and makes sure that
//! every changed line is shown exactly once.
//!
//! The way of a fragment: [`step`] reads the crates, [`source`] splits their
//! files into items, [`align`] pairs the lines, [`change`] adds what moved,
//! [`directive`] says which lines a chapter wants, [`chapter`] keeps count of
//! them, [`draw`] picks what to show around them, [`html`] writes it down, and
//! [`expand`] puts it into the chapter.

pub mod align;
pub mod block;
pub mod carry;
pub mod change;
pub mod chapter;
pub mod check;
pub mod cli;
pub mod compare;
pub mod console;
pub mod crates;
pub mod directive;
pub mod draw;
pub mod examine;
pub mod expand;
pub mod highlight;
pub mod html;
pub mod launch;
pub mod preprocess;
pub mod recorder;
pub mod request;
pub mod rfc;
pub mod serve;
pub mod site;
pub mod source;
pub mod start;
pub mod step;
pub mod subject;
pub mod terminal;
pub mod text;
pub mod variant;
pub mod verdict;
pub mod watch;
