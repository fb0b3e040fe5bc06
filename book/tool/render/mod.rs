//! What differences look like: on a page, and in a terminal.

pub mod block;
pub mod highlight;
pub mod html;
pub mod terminal;
