//! Starts a reader's server, waits until it listens, and ends it.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{error, fmt, thread};

use anstream::eprintln;
use anyhow::{Context, Result, bail, ensure};
use suite::client;
use suite::process::Process;

use crate::check::time_wait::TimeWait;

/// How often we look whether a server that was started listens.
const POLL: Duration = Duration::from_millis(50);
/// After how long we say what we wait for: compiling takes its time.
const PATIENCE: Duration = Duration::from_secs(8);

/// How to start a server, and the process of it while there is one. It ends with this
/// value, whatever it has started itself.
pub struct Launch {
    addresses: Vec<SocketAddr>,
    folder: PathBuf,
    command: Vec<String>,
    /// How long it may take until it listens.
    patience: Duration,
    running: Arc<Mutex<Running>>,
    time_wait: TimeWait,
}

/// The process, while there is one.
#[derive(Default)]
struct Running {
    process: Option<Process>,
    /// Whether there must be no other: somebody has pressed Ctrl-C.
    is_interrupted: bool,
}

/// Somebody has pressed Ctrl-C, so whatever fails now says nothing about the server.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl error::Error for Interrupted {}

impl Launch {
    /// Prepares to run a command in a folder, for a server that will listen at one of the
    /// addresses before we run out of patience. The root is that of the repository.
    ///
    /// # Errors
    /// If there is no such folder, or the command would start the book.
    pub fn new(
        root: &Path,
        addresses: &[SocketAddr],
        folder: &Path,
        command: &[String],
        patience: Duration,
    ) -> Result<Launch> {
        ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        let words = command.join(" ");
        ensure!(
            !(words.starts_with("cargo run") && is_inside(folder, root)),
            "`{words}` would start the book here: say where your crate is, with --dir ../my-server"
        );
        Ok(Launch {
            addresses: addresses.into(),
            folder: folder.into(),
            command: command.into(),
            patience,
            running: Arc::default(),
            time_wait: TimeWait::default(),
        })
    }

    /// Ends the server for good when it is called, from wherever: for Ctrl-C.
    pub fn ender(&self) -> impl Fn() + Send + use<> {
        let running = Arc::clone(&self.running);
        move || {
            let mut running = lock(&running);
            running.is_interrupted = true;
            running.process = None;
        }
    }

    /// # Errors
    /// If somebody has pressed Ctrl-C.
    pub fn check_interrupted(&self) -> Result<()> {
        ensure!(!self.running().is_interrupted, Interrupted);
        Ok(())
    }

    /// Starts the server, waits until somebody listens, and says where. Until then, the
    /// reader sees what it prints.
    ///
    /// # Errors
    /// If somebody listens there already, or the command can't be run, or has ended.
    pub fn start(&mut self) -> Result<SocketAddr> {
        self.running().process = None;
        if let Some(address) = client::find(&self.addresses) {
            bail!(
                "somebody listens at {address} already, and would be asked in the place of \
                 yours: end it, or let yours listen somewhere else, as with --addr \
                 127.0.0.1:8081 -- cargo run 127.0.0.1:8081"
            );
        }
        let result = self.try_to_start();
        let printed = self.running().process.as_ref().map(Process::printed);
        let lacks_its_address = result.is_err()
            && self
                .time_wait
                .is_in_the_way(&self.addresses, &printed.unwrap_or_default());
        if lacks_its_address && self.time_wait.pass(&self.addresses) {
            return self.try_to_start();
        }
        result
    }

    fn try_to_start(&mut self) -> Result<SocketAddr> {
        self.spawn()?;
        let address = self.wait_until_it_listens();
        if let (Ok(_), Some(process)) = (&address, &self.running().process) {
            // What it has printed until now has been seen.
            process.hide();
            drop(process.take_lines());
        }
        address
    }

    fn spawn(&mut self) -> Result<()> {
        let (program, arguments) = self.command.split_first().context("start what?")?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder);
        if io::stderr().is_terminal() {
            // It can't see that its words end up there.
            command.env("CARGO_TERM_COLOR", "always");
        }
        // Locked, so that no process starts after the last one was ended.
        let mut running = self.running();
        ensure!(!running.is_interrupted, Interrupted);
        running.process = Some(Process::start_group(command)?);
        Ok(())
    }

    fn wait_until_it_listens(&mut self) -> Result<SocketAddr> {
        let start = Instant::now();
        let mut was_said = false;
        let words = self.command.join(" ");
        loop {
            let found = client::find(&self.addresses);
            let patience = if found.is_some() { Duration::ZERO } else { POLL };
            let end = self.has_ended(patience);
            self.check_interrupted()?;
            match (found, end) {
                (Some(address), None) => return Ok(address),
                (Some(address), Some(status)) => bail!(
                    "`{words}` has ended, and somebody else listens at {address}: {status}"
                ),
                (None, Some(status)) => {
                    bail!("`{words}` has ended before it listened: {status}")
                }
                (None, None) => {}
            }
            if start.elapsed() >= self.patience {
                let words = self.give_up();
                self.running().process = None;
                bail!(words);
            }
            if !was_said && start.elapsed() > PATIENCE {
                was_said = true;
                eprintln!(
                    "nobody listens at {} yet; if your server listens somewhere else, say \
                     where with --addr",
                    self.places()
                );
            }
        }
    }

    /// What to say when a server takes too long.
    fn give_up(&self) -> String {
        let (words, places) = (self.command.join(" "), self.places());
        let printed = self.running().process.as_ref().map(Process::last_lines);
        let said = match printed.unwrap_or_default().as_str() {
            "" => "It has printed nothing.".to_string(),
            lines => format!("It has printed:\n    {}", lines.replace('\n', "\n    ")),
        };
        format!(
            "`{words}` runs, but for {} seconds nobody has listened at {places}: given up. \
             If it listens somewhere else, say where with --addr; if it needs more time, \
             --wait. {said}",
            self.patience.as_secs()
        )
    }

    /// Where the server may listen.
    fn places(&self) -> String {
        let places: Vec<String> =
            self.addresses.iter().map(ToString::to_string).collect();
        places.join(" or ")
    }

    /// How the server has ended, if it does so within this time.
    pub fn has_ended(&mut self, patience: Duration) -> Option<String> {
        let start = Instant::now();
        loop {
            // Not locked for long: somebody may press Ctrl-C.
            let status = self.running().process.as_mut()?.ended(Duration::ZERO);
            if status.is_some() || start.elapsed() >= patience {
                return status.map(|status| status.to_string());
            }
            thread::sleep(POLL / 10);
        }
    }

    /// The lines that the server has printed since it listens, or since this was last
    /// asked.
    pub fn take_printed(&self) -> String {
        self.running().process.as_ref().map(Process::take_lines).unwrap_or_default()
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        lock(&self.running)
    }
}

impl Drop for Launch {
    fn drop(&mut self) {
        self.running().process = None;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_inside(folder: &Path, root: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or(path.into());
    real(folder).starts_with(real(root))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use suite::root;

    use super::*;

    /// Somewhere nobody listens.
    fn free_address() -> SocketAddr {
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
    }

    fn launch(address: SocketAddr, command: &[&str], patience: Duration) -> Launch {
        let command: Vec<String> = command.iter().map(ToString::to_string).collect();
        let folder = std::env::temp_dir();
        Launch::new(&root::find().unwrap(), &[address], &folder, &command, patience)
            .unwrap()
    }

    #[test]
    fn what_cannot_be_started_says_so() {
        let problem = |address, command: &[&str]| {
            launch(address, command, PATIENCE).start().unwrap_err().to_string()
        };
        assert!(
            problem(free_address(), &["rustc", "--version"]).contains("has ended before")
        );
        assert!(problem(free_address(), &["no-such-program"]).contains("cannot start"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // Who asks gets no answer, but a connection that ends.
        thread::spawn(move || drop(listener.accept()));
        assert!(problem(address, &["rustc", "--version"]).contains("listens"));
        let command = ["cargo".to_string(), "run".to_string()];
        let root = root::find().unwrap();
        let problem = Launch::new(&root, &[free_address()], &root, &command, PATIENCE);
        assert!(problem.err().unwrap().to_string().contains("would start the book"));
    }

    #[cfg(unix)]
    #[test]
    fn a_server_that_never_listens_is_given_up() {
        let address = free_address();
        let command = ["sh", "-c", "echo I have started; exec sleep 600"];
        let mut launch = launch(address, &command, Duration::from_secs(1));
        let problem = launch.start().unwrap_err().to_string();
        for part in
            ["for 1 seconds", &address.to_string(), "--wait", "\n    I have started"]
        {
            assert!(problem.contains(part), "{part:?} is not in {problem:?}");
        }
        assert!(launch.running().process.is_none(), "it still runs");
    }

    #[test]
    fn who_listens_must_be_the_one_that_was_started() {
        let address = free_address();
        let mut launch = launch(address, &["rustc", "--version"], PATIENCE);
        launch.spawn().unwrap();
        assert!(launch.has_ended(PATIENCE).is_some());
        let listener = TcpListener::bind(address).unwrap();
        // Who asks gets no answer, but a connection that ends.
        thread::spawn(move || drop(listener.accept()));
        let problem = launch.wait_until_it_listens().unwrap_err().to_string();
        assert!(problem.contains("has ended, and somebody else listens"), "{problem}");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_starts_after_ctrl_c() {
        let mut launch = launch(free_address(), &["sleep", "600"], PATIENCE);
        let end = launch.ender();
        let running = Arc::clone(&launch.running);
        thread::spawn(move || {
            while lock(&running).process.is_none() {
                thread::yield_now();
            }
            end();
        });
        assert!(launch.start().unwrap_err().is::<Interrupted>());
        assert!(launch.start().unwrap_err().is::<Interrupted>());
        assert!(launch.running().process.is_none(), "it still runs");
    }
}
