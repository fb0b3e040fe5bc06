//! What `check` does: it starts a reader's server, asks it, and says how that went.

pub mod examination;
pub mod launch;
pub mod server;
pub mod verdict;
