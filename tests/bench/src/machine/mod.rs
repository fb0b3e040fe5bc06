//! What Linux knows: which cores there are, and what has been used of them.

pub mod busy;
pub mod clock;
pub mod cores;
pub mod description;
pub mod proc;
