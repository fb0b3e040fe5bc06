//! A server that runs.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use suite::port::Port;
use tempfile::TempDir;

use crate::machine::proc;

/// How long a server may take until it listens, and until it has ended. With valgrind it may be
/// long.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long we wait until it has nothing to do.
const REST: Duration = Duration::from_millis(100);
/// How often we look.
const POLL: Duration = Duration::from_millis(2);

/// A server that runs, with its port and its files. It ends when this value does.
pub struct Process {
    child: Child,
    port: Port,
    _folder: TempDir,
}

impl Process {
    /// Starts it. Nobody reads what it says: a pipe would cost the load its time, and the steps
    /// since 29 say something for each response.
    pub fn start(mut command: Command, port: Port, folder: TempDir) -> Result<Process> {
        let name = format!("{command:?}");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child =
            command.spawn().with_context(|| format!("{name} can't be started"))?;
        Ok(Process { child, port, _folder: folder })
    }

    /// Waits until it listens.
    pub fn listening(mut self) -> Result<Process> {
        let start = Instant::now();
        while TcpStream::connect(self.address()).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server has ended: {status}");
            }
            ensure!(start.elapsed() < PATIENCE, "the server doesn't listen");
            thread::sleep(POLL);
        }
        Ok(self)
    }

    pub fn address(&self) -> SocketAddr {
        self.port.address
    }

    /// The process that was started, and all that it has started. nginx has workers.
    pub fn family(&self) -> io::Result<Vec<Pid>> {
        proc::family(self.child.id())
    }

    /// Waits until its [`family`](Self::family) has nothing to do; or not for long, as it may be
    /// one that never rests.
    pub fn wait_for(family: &[Pid]) -> Result<()> {
        let start = Instant::now();
        // One that was asleep may have been woken by one that has gone to sleep since.
        let mut times = 0;
        while times < 2 && start.elapsed() < REST {
            let mut are_asleep = true;
            for &member in family {
                are_asleep &= proc::is_asleep(member)?;
            }
            times = if are_asleep { times + 1 } else { 0 };
        }
        Ok(())
    }

    /// Ends it, and waits until it is gone: only then has a tool that watches it written down
    /// what it has seen. (strace itself takes no notice of the signal.)
    pub fn end(mut self) -> Result<()> {
        self.stop()
    }

    fn stop(&mut self) -> Result<()> {
        for member in self.family()? {
            // It may have gone with another.
            _ = kill(member, Signal::SIGTERM);
        }
        let start = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(start.elapsed() < PATIENCE, "the server doesn't end");
            thread::sleep(POLL);
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.stop().is_err() {
            // Both fail only if it has ended.
            _ = self.child.kill();
            _ = self.child.wait();
        }
    }
}
