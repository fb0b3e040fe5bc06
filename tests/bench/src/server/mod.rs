//! The servers that can be measured.

mod build;
mod command;
mod name;
mod nginx;
pub mod process;
mod version;

use std::path::PathBuf;

use suite::record::Mode;

pub use build::{build, program};
pub use command::Start;
pub use nginx::is_installed as has_nginx;
pub use version::{of_program, of_rustc};

/// The first step that doesn't close after a response.
const KEEPS_ALIVE: u8 = 17;
/// The first with a loop in the place of threads, each of which is there for one client.
const LOOPS: u8 = 21;
/// How many threads there are before.
const THREADS: usize = 8;

/// The programs of the peers.
pub struct Peers {
    pub limit: PathBuf,
    pub hyper: PathBuf,
    pub axum: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Limit,
    Hyper,
    Axum,
    Nginx,
    Step(u8),
}

/// A server, and what is said to it besides the address: `15`, `hyper`,
/// `'RUST_LOG=info 30 book/book'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub kind: Kind,
    /// Names and values, as they are written before a command.
    pub environment: Vec<(String, String)>,
    pub arguments: Vec<String>,
}

impl Server {
    pub fn new(kind: Kind) -> Server {
        Server { kind, environment: Vec::new(), arguments: Vec::new() }
    }

    /// On how many connections it is asked; `None` if it can't do that.
    pub fn connections(&self, mode: Mode) -> Option<usize> {
        match (self.kind, mode) {
            (_, Mode::Each) => Some(64),
            (Kind::Step(..KEEPS_ALIVE), _) => None,
            (Kind::Step(..LOOPS), Mode::Many) => None,
            (Kind::Step(..LOOPS), _) => Some(THREADS),
            (_, Mode::Many) => Some(5_000),
            _ => Some(64),
        }
    }

    /// Whether it has room for thousands.
    pub fn has_room(&self) -> bool {
        self.connections(Mode::Many).is_some()
    }
}
