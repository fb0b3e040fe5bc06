//! Starts a reader's server, keeps what it prints, and ends it.

use std::io::{self, IsTerminal, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use std::{error, fmt, mem};

use anstream::eprintln;
use anyhow::{Context, Result, bail, ensure};
use process_wrap::std::{ChildWrapper, CommandWrap};
use suite::client;

/// How often we look whether a server that was started listens.
const POLL: Duration = Duration::from_millis(50);
/// After how long we say what we wait for: compiling takes its time.
const PATIENCE: Duration = Duration::from_secs(8);
/// How many of the lines that a server has printed are of use.
const PRINTED_LINES: usize = 20;
/// How long a server that was killed may keep its address.
const LAST_BREATH: Duration = Duration::from_secs(5);
/// How long a system may keep an address whose server has ended, if the server has not
/// said with `SO_REUSEADDR` that it doesn't mind: Linux a minute (TIME-WAIT, RFC 9293
/// section 3.3.2).
const TIME_WAIT: Duration = Duration::from_secs(65);
/// How often we try to have such an address.
const RETRY: Duration = Duration::from_secs(1);

/// How to start a server, and the process of it while there is one. It ends with this
/// value, whatever it has started itself.
pub struct Launch {
    addresses: Vec<SocketAddr>,
    folder: PathBuf,
    command: Vec<String>,
    /// How long it may take until it listens.
    patience: Duration,
    process: Shared<Process>,
    printed: Shared<Printed>,
    /// Hangs up when nobody is left who could print.
    open: Option<Receiver<()>>,
    /// Whether we have already said why we wait for an address.
    has_explained: bool,
}

type Shared<T> = Arc<Mutex<T>>;

/// The process, while there is one.
#[derive(Default)]
struct Process {
    child: Option<Box<dyn ChildWrapper>>,
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

/// What the server has printed, and whether it is for the reader to see at once.
#[derive(Default)]
struct Printed {
    text: Vec<u8>,
    is_shown: bool,
}

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
            process: Shared::default(),
            printed: Shared::default(),
            open: None,
            has_explained: false,
        })
    }

    /// Ends the server for good when it is called, from wherever: for Ctrl-C.
    pub fn ender(&self) -> impl Fn() + Send + use<> {
        let process = Arc::clone(&self.process);
        move || {
            let mut process = lock(&process);
            process.is_interrupted = true;
            process.kill();
        }
    }

    /// # Errors
    /// If somebody has pressed Ctrl-C.
    pub fn check_interrupted(&self) -> Result<()> {
        ensure!(!lock(&self.process).is_interrupted, Interrupted);
        Ok(())
    }

    /// Starts the server, waits until somebody listens, and says where. Until then, the
    /// reader sees what it prints.
    ///
    /// # Errors
    /// If somebody listens there already, or the command can't be run, or has ended.
    pub fn start(&mut self) -> Result<SocketAddr> {
        self.end();
        if let Some(address) = client::find(&self.addresses) {
            bail!(
                "somebody listens at {address} already, and would be asked in the place of \
                 yours: end it, or let yours listen somewhere else, as with --addr \
                 127.0.0.1:8081 -- cargo run 127.0.0.1:8081"
            );
        }
        let mut result = self.try_to_start(true);
        if result.is_err() && self.lacks_its_address() {
            eprintln!("{}", self.reason_to_wait());
            let start = Instant::now();
            while result.is_err()
                && self.lacks_its_address()
                && start.elapsed() < TIME_WAIT
            {
                thread::sleep(RETRY);
                result = self.try_to_start(false);
            }
        }
        result
    }

    /// Why we wait for the address; the second time only that we do.
    fn reason_to_wait(&mut self) -> &'static str {
        match mem::replace(&mut self.has_explained, true) {
            true => "once more, for the old connections",
            false => {
                "nobody listens there, but the system still keeps the address, for the \
                 connections that the server had before it ended: Linux does so for a \
                 minute, unless the server sets SO_REUSEADDR. We try again, for a minute"
            }
        }
    }

    fn try_to_start(&mut self, is_shown: bool) -> Result<SocketAddr> {
        *lock(&self.printed) = Printed { text: Vec::new(), is_shown };
        self.spawn()?;
        let address = self.wait_until_it_listens();
        lock(&self.printed).is_shown = false;
        match address {
            // What it has printed until now has been seen.
            Ok(_) => drop(self.take_printed()),
            Err(_) => self.end(),
        }
        address
    }

    /// Whether the server has printed that somebody has its address, in the words of Unix
    /// or of Windows.
    fn lacks_its_address(&self) -> bool {
        let text = String::from_utf8_lossy(&lock(&self.printed).text).into_owned();
        ["ddress already in use", "Only one usage of each socket address"]
            .iter()
            .any(|words| text.contains(words))
    }

    fn spawn(&mut self) -> Result<()> {
        let (program, arguments) = self.command.split_first().context("start what?")?;
        let mut wrap = CommandWrap::with_new(program, |command| {
            command.args(arguments).current_dir(&self.folder);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            // There is room for the message of a panic, not for all of the stack.
            command.env("RUST_BACKTRACE", "0");
            if io::stderr().is_terminal() {
                // It can't see that its words end up there.
                command.env("CARGO_TERM_COLOR", "always");
            }
        });
        #[cfg(unix)]
        wrap.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrap.wrap(process_wrap::std::JobObject);
        let words = self.command.join(" ");
        // Locked, so that no process starts after the last one was ended.
        let mut process = lock(&self.process);
        ensure!(!process.is_interrupted, Interrupted);
        let mut child =
            wrap.spawn().with_context(|| format!("cannot start `{words}`"))?;
        let (sender, open) = mpsc::channel();
        keep(child.stdout().take(), &self.printed, &sender);
        keep(child.stderr().take(), &self.printed, &sender);
        self.open = Some(open);
        process.child = Some(child);
        Ok(())
    }

    fn wait_until_it_listens(&mut self) -> Result<SocketAddr> {
        let start = Instant::now();
        let mut was_said = false;
        let words = self.command.join(" ");
        loop {
            if let Some(address) = client::find(&self.addresses) {
                return Ok(address);
            }
            let end = self.has_ended(POLL);
            self.check_interrupted()?;
            if let Some(status) = end {
                bail!("`{words}` has ended before it listened: {status}");
            }
            ensure!(start.elapsed() < self.patience, self.give_up());
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
        let printed = String::from_utf8_lossy(&lock(&self.printed).text).into_owned();
        let surplus = printed.lines().count().saturating_sub(PRINTED_LINES);
        let lines: Vec<&str> = printed.lines().skip(surplus).collect();
        let said = match &lines[..] {
            [] => "It has printed nothing.".to_string(),
            lines => format!("It has printed:\n    {}", lines.join("\n    ")),
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
        let Err(RecvTimeoutError::Disconnected) =
            self.open.as_ref()?.recv_timeout(patience)
        else {
            return None;
        };
        // It can print no more. So it ends, or it is one that never prints.
        let deadline = Instant::now() + patience.max(POLL);
        loop {
            let status = lock(&self.process).child.as_mut()?.try_wait().ok()?;
            if status.is_some() || Instant::now() > deadline {
                return status.map(|status| status.to_string());
            }
            thread::sleep(POLL / 10);
        }
    }

    /// The lines that the server has printed since it listens, or since this was last
    /// asked.
    pub fn take_printed(&self) -> String {
        let text = &mut lock(&self.printed).text;
        let end = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let lines: Vec<u8> = text.drain(..end).collect();
        String::from_utf8_lossy(&lines).into_owned()
    }

    /// Ends the server, if it runs.
    fn end(&mut self) {
        lock(&self.process).kill();
        if let Some(open) = self.open.take() {
            // What it has started may live a little longer, and keep the address.
            let _ = open.recv_timeout(LAST_BREATH);
        }
    }
}

impl Drop for Launch {
    fn drop(&mut self) {
        self.end();
    }
}

impl Process {
    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Both fail only if it has ended.
            let _ = child.start_kill();
            let _ = child.wait();
        }
    }
}

/// Reads what somebody prints, to the end; holds the sender until then.
fn keep(
    source: Option<impl Read + Send + 'static>,
    printed: &Shared<Printed>,
    sender: &Sender<()>,
) {
    let (printed, sender) = (Arc::clone(printed), sender.clone());
    let Some(mut source) = source else { return };
    thread::spawn(move || {
        let _sender = sender;
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = source.read(&mut buffer) {
            let mut printed = lock(&printed);
            printed.text.extend(&buffer[..length]);
            if printed.is_shown {
                // If nobody can see it, there is nobody to tell.
                let _ = io::stderr().write_all(&buffer[..length]);
            }
        }
    });
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
        assert!(lock(&launch.process).child.is_none(), "it still runs");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_starts_after_ctrl_c() {
        let mut launch = launch(free_address(), &["sleep", "600"], PATIENCE);
        let end = launch.ender();
        let process = Arc::clone(&launch.process);
        thread::spawn(move || {
            while lock(&process).child.is_none() {
                thread::yield_now();
            }
            end();
        });
        assert!(launch.start().unwrap_err().is::<Interrupted>());
        assert!(launch.start().unwrap_err().is::<Interrupted>());
        assert!(lock(&launch.process).child.is_none(), "it still runs");
    }

    #[test]
    fn the_wait_for_an_address_is_explained_once() {
        let mut launch = launch(free_address(), &["sleep", "600"], PATIENCE);
        assert!(launch.reason_to_wait().contains("SO_REUSEADDR"));
        assert_eq!(launch.reason_to_wait(), "once more, for the old connections");
    }
}
