//! Colours in the output of the tests.

use std::env;
use std::io::{self, IsTerminal};

use libtest_mimic::ColorSetting;

/// Colours are for people: none in a file, a pipe, or where they are not wanted.
pub fn set_colors(setting: Option<ColorSetting>) {
    let wanted = match setting {
        Some(ColorSetting::Always) => true,
        Some(ColorSetting::Never) => false,
        _ => env::var_os("NO_COLOR").is_none() && io::stdout().is_terminal(),
    };
    // `pretty_assertions` and the reports paint with this crate, and do not ask.
    if wanted { yansi::enable() } else { yansi::disable() }
}
