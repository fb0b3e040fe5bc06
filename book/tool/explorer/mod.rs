//! A request that one can touch: its bytes on one side, what a step makes of them on the
//! other, and what each part of it is.

pub mod html;
pub mod meaning;
pub mod parts;
