//! The log: what we say on standard error.

use std::fmt::Display;
use std::io::{self, Write};

/// Says what happens. `eprintln` panics when nobody reads it any more, and that is no
/// reason to stop serving.
pub fn log(message: impl Display) {
    let _ = writeln!(io::stderr(), "{message}");
}
