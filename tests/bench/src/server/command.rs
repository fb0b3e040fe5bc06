//! How a server is started.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use suite::port::Port;
use suite::record::Mode;

use super::process::Process;
use super::{Kind, Peers, Server, build, nginx};
use crate::load::request;
use crate::machine::cores::Cores;

/// What there is to say about a start.
#[derive(Clone, Copy)]
pub struct Start<'a> {
    pub peers: &'a Peers,
    pub cores: &'a Cores,
    /// How many threads a server may have of which the number can be chosen.
    pub threads: usize,
    /// How many connections there may be at most: each is a file that is open here and there.
    pub max_connections: usize,
    /// A program, with its arguments, that starts the server and watches it.
    pub tool: &'a [String],
}

impl Start<'_> {
    /// Starts a server that will be asked in a certain way, and waits until it listens.
    ///
    /// # Errors
    /// If it can't be started, or doesn't listen.
    pub fn server(&self, server: &Server, mode: Mode) -> Result<Process> {
        let port = Port::reserve()?;
        let folder = tempfile::tempdir()?;
        let command = self.command(server, mode, port.address, folder.path())?;
        let command = under(self.tool, command);
        self.cores.for_server(|| Process::start(command, port, folder))?.listening()
    }

    /// On how many connections it is asked; `None` if it can't do that.
    pub fn connections(&self, server: &Server, mode: Mode) -> Option<usize> {
        Some(server.connections(mode)?.min(self.max_connections))
    }

    fn command(
        &self,
        server: &Server,
        mode: Mode,
        address: SocketAddr,
        folder: &Path,
    ) -> Result<Command> {
        let mut command = match server.kind {
            Kind::Limit => Command::new(&self.peers.limit),
            Kind::Hyper => Command::new(&self.peers.hyper),
            Kind::Axum => Command::new(&self.peers.axum),
            Kind::Nginx => return Ok(nginx::command(self.threads, address, folder)?),
            Kind::Step(number) => Command::new(build::program(self.peers, number)),
        };
        command.arg(address.to_string()).args(&server.arguments);
        // The peers write no log.
        command.env("RUST_LOG", "error").envs(server.environment.iter().cloned());
        if !matches!(server.kind, Kind::Step(_)) {
            command.args(["--threads", &self.threads.to_string()]);
        }
        // It doesn't find out by itself, as it doesn't parse.
        if server.kind == Kind::Limit {
            command.args(["--length", &request(address, mode).len().to_string()]);
            command.args((mode == Mode::Each).then_some("--close"));
        }
        Ok(command)
    }
}

/// The same command, started by a tool.
fn under(tool: &[String], command: Command) -> Command {
    let [program, arguments @ ..] = tool else { return command };
    let mut outer = Command::new(program);
    outer.args(arguments).arg(command.get_program()).args(command.get_args());
    outer.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    outer
}
