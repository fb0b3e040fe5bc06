//! The command line.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use suite::{root, steps};

use crate::server::{Kind, Server, has_nginx};

/// Measures what a request costs: the steps beside other servers, on this machine.
///
/// All servers send the same status, headers and body, and each byte is looked at. (hyper and
/// axum write the names of headers in small letters, and order them in another way; nginx calls
/// itself nginx.) The server has a core of its own if there are two. `limit` is a loop that reads and writes as a server has to, and doesn't
/// look at what it reads; it is always there, since all is compared with it.
#[derive(Debug, Parser)]
#[command(name = "cargo bench -p bench --", bin_name = "cargo bench -p bench --")]
pub struct Arguments {
    /// Numbers of steps, and hyper, axum, nginx. One with arguments is in quotes:
    /// '30 book/book'. The steps write no log, unless one says 'RUST_LOG=info 30'.
    /// [default: 15, 21, the last step, hyper, axum, and nginx if it is installed]
    pub servers: Vec<Server>,

    /// How often everybody is measured
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub rounds: usize,

    /// Only counts instructions, with valgrind
    #[arg(long)]
    pub instructions: bool,

    /// Writes all that is measured, and instructions, into a file: a path from the root of the
    /// repository. What the file has of other servers stays there
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// Counts the instructions of the last step that such a file has, and fails if they have
    /// grown by more than 5 %
    #[arg(long, value_name = "FILE", conflicts_with_all = ["servers", "instructions", "record"])]
    pub check_instructions: Option<PathBuf>,

    /// Cargo says so.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Arguments {
    /// The servers that were named, or those that are measured if none was; before them the
    /// limit.
    ///
    /// # Errors
    /// If there are no steps.
    pub fn servers(&self) -> Result<Vec<Server>> {
        let named =
            if self.servers.is_empty() { default()? } else { self.servers.clone() };
        let mut servers = vec![Server::new(Kind::Limit)];
        for server in named {
            if !servers.contains(&server) {
                servers.push(server);
            }
        }
        Ok(servers)
    }
}

/// The last step with nothing but threads, the first with a loop, the last, and all peers.
fn default() -> Result<Vec<Server>> {
    let last = steps::folders(&root::find()?)?.pop().context("there are no steps")?;
    let steps = [15, 21, last.number].map(Kind::Step);
    let nginx = has_nginx().then_some(Kind::Nginx);
    let kinds = steps.into_iter().chain([Kind::Hyper, Kind::Axum]).chain(nginx);
    Ok(kinds.map(Server::new).collect())
}
