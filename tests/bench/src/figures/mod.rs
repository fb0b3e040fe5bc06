//! What is measured of a server, each in a file.

mod all;
mod callgrind;
pub mod cost;
pub mod idle;
mod inlined;
pub mod instructions;
pub mod latency;
mod profile;
pub mod rounds;
mod statistics;
pub mod system_calls;
pub mod tool;
pub mod two_cores;

pub use all::{Measured, all};
