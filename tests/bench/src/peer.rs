//! What the peers have in common: all of them answer as the steps do.

use std::io;
use std::net::SocketAddr;

use clap::Parser;
use tokio::runtime::{Builder, Runtime};

pub const SERVER: &str = "from-scratch";
pub const CONTENT_TYPE: &str = "text/plain; charset=utf-8";
pub const BODY: &str = "Hello World!";

/// A server with one page, `/hi`, to compare the steps with.
#[derive(Parser)]
pub struct Arguments {
    /// Where it listens.
    pub address: SocketAddr,
    /// How many threads it has.
    #[arg(long, default_value_t = 1)]
    pub threads: usize,
}

impl Arguments {
    /// What runs the tasks of hyper and axum. With one thread it has no locks and no queues to
    /// steal from.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn runtime(&self) -> io::Result<Runtime> {
        let mut builder = match self.threads {
            1 => Builder::new_current_thread(),
            _ => Builder::new_multi_thread(),
        };
        builder.worker_threads(self.threads).enable_io().build()
    }
}
