//! How two steps differ.

pub mod align;
pub mod change;
pub mod fragment;
pub mod in_words;
pub mod moves;
pub mod words;
