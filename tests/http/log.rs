//! A server whose log nobody reads any more, as in `cargo run 2>&1 | head -1`, goes on
//! serving.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

use anyhow::{Context, Result};
use suite::case::{Case, Exchange, Request, Response};
use suite::play::{self, Whose};

use crate::harness::build;

/// The first step of which it is true.
pub const SINCE: u8 = 16;

/// More connections than a step has workers.
const CASE: Case = Case {
    exchanges: &[Exchange::Times(
        20,
        &Exchange::Ask(
            Request::Text("GET /hi HTTP/1.1\nHost: localhost\n\n"),
            Response::Http("HTTP/1.1 200 OK\n\nHello World!"),
        ),
    )],
    ..Case::DEFAULT
};

/// Whether the server of the step answers when nobody reads its log.
///
/// # Errors
/// If it can't be started.
pub fn goes_unread(step: u8) -> Result<bool> {
    let (reader, writer) = std::io::pipe()?;
    let mut command = Command::new(build::program(step));
    command.arg("127.0.0.1:0").stdout(writer.try_clone()?).stderr(writer);
    let _server = Server(command.spawn()?);
    // Our own copies of the pipe's other side.
    drop(command);

    let mut line = String::new();
    BufReader::new(reader).read_line(&mut line)?;
    let address = line.trim_end().strip_prefix("listening on http://");
    let address = address.context("it doesn't say where it listens")?.parse()?;
    Ok(play::play(&CASE, address, Whose::Ours).is_ok())
}

/// A process that ends with this value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended already, that is what the trial says.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
