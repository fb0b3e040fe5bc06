//! The cases: what must hold of a server, as data, and what is needed to play them. The
//! tests run them on the steps, and `cargo run -- check` on a reader's server.

pub mod by_hand;
pub mod case;
pub mod cases;
pub mod client;
pub mod compare;
pub mod hint;
pub mod keys;
pub mod message;
pub mod outline;
pub mod play;
pub mod report;
pub mod root;
