//! Servers as processes: started, listened to, and never left behind.

use std::io::{self, PipeReader, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::root;

/// How long the program of a step may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often we look whether a process has ended. No system tells so in a way that all do.
const POLL: Duration = Duration::from_millis(5);
/// How long what a process has started may go on printing after its end.
const LAST_BREATH: Duration = Duration::from_secs(5);
/// How many files a process may have open, if the system allows it.
const MAX_FILES: u64 = 20_000;
/// How much of what a server has printed is kept, in bytes.
const MAX_PRINTED: usize = 1024 * 1024;
/// How many of the lines that a server has printed are of use.
const LAST_LINES: usize = 20;

/// A process, which ends when this value does.
pub struct Process {
    child: Box<dyn ChildWrapper>,
    output: Arc<Output>,
}

/// What a process prints, read to its end by a thread: a process that fills a pipe waits until
/// somebody reads.
#[derive(Default)]
struct Output {
    printed: Mutex<Printed>,
    news: Condvar,
}

#[derive(Default)]
struct Printed {
    /// On standard output and standard error, in the order in which it came.
    text: Vec<u8>,
    /// Whether we print it as well, on standard error.
    is_shown: bool,
    /// Whether nobody is left who could print.
    is_over: bool,
}

/// Who has many clients needs many files: lets us have them, and all that we start. Where
/// there may not be so many, whoever needs them finds out.
pub fn allow_files() {
    let _ = rlimit::increase_nofile_limit(MAX_FILES);
}

impl Process {
    /// Starts the program of a step on a free port. It shows the folder of the cases.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn of_step(program: &Path) -> Result<Process> {
        Process::of_step_with(program, &root::folder()?)
    }

    /// Starts the program of a step on a free port. If it knows what to do with a folder, it
    /// shows this one.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn of_step_with(program: &Path, folder: &Path) -> Result<Process> {
        let mut command = Command::new(program);
        command.arg("127.0.0.1:0").arg(folder);
        Process::start(command)
    }

    /// Starts a command. On a terminal, Ctrl-C ends it as it ends us.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start(command: Command) -> Result<Process> {
        Process::start_wrapped(command.into(), false)
    }

    /// Starts a command that will end with all that it has started, and only then. What it
    /// prints is shown until [`Process::hide`].
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start_group(command: Command) -> Result<Process> {
        let mut wrap = CommandWrap::from(command);
        #[cfg(unix)]
        wrap.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrap.wrap(process_wrap::std::JobObject);
        Process::start_wrapped(wrap, true)
    }

    fn start_wrapped(mut wrap: CommandWrap, is_shown: bool) -> Result<Process> {
        let command = wrap.command_mut();
        let name = command.get_program().display().to_string();
        let (reader, writer) = io::pipe()?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        allow_files();
        // There is room for the message of a panic, not for all of the stack.
        command.env("RUST_BACKTRACE", "0");
        let child = wrap.spawn().with_context(|| format!("cannot start {name}"))?;
        let output = Arc::new(Output::default());
        output.lock().is_shown = is_shown;
        let ours = Arc::clone(&output);
        thread::spawn(move || ours.read(reader));
        // With the command end our own copies of the pipe's other side.
        Ok(Process { child, output })
    }

    /// What the system calls it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until a program of ours says where it listens, which it does in its first line.
    ///
    /// # Errors
    /// If it says something else, or nothing.
    pub fn address(&mut self) -> Result<SocketAddr> {
        let promise = "the first line must be `listening on http://127.0.0.1:PORT`";
        let has_line = |printed: &Printed| printed.text.contains(&b'\n');
        let printed = self.output.wait(PATIENCE, has_line);
        let Some(line) = printed.lines().first().cloned() else {
            drop(printed);
            let end = self.end_in_words(LAST_BREATH);
            bail!("{promise}, but {}", end.unwrap_or("nothing is printed".into()));
        };
        let address = line.strip_prefix("listening on http://");
        let address = address.and_then(|address| address.parse().ok());
        address.with_context(|| format!("{promise}, not {line:?}"))
    }

    /// How the process has ended, if it does so within this time.
    pub fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            let status = self.child.try_wait().ok()?;
            if status.is_some() || start.elapsed() >= patience {
                return status;
            }
            thread::sleep(POLL);
        }
    }

    /// How the process has ended, if it does so within this time, and what it has said last.
    pub fn end_in_words(&mut self, patience: Duration) -> Option<String> {
        let status = self.ended(patience)?;
        Some(format!("{status}\n{}", self.output.wait_for_its_end().last_lines()))
    }

    /// All that it has printed so far.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&self.output.lock().text).into_owned()
    }

    /// All that it has printed, now that it has ended.
    pub fn printed_to_its_end(&self) -> String {
        String::from_utf8_lossy(&self.output.wait_for_its_end().text).into_owned()
    }

    /// The last lines that it has printed.
    pub fn last_lines(&self) -> String {
        self.output.lock().last_lines()
    }

    /// The whole lines that it has printed since this was last asked.
    pub fn take_lines(&self) -> String {
        let mut printed = self.output.lock();
        let whole = printed.text.iter().rposition(|&byte| byte == b'\n');
        let whole = whole.map_or(0, |end| end + 1);
        // Last words may have no line end.
        let end = if printed.is_over { printed.text.len() } else { whole };
        let lines: Vec<u8> = printed.text.drain(..end).collect();
        String::from_utf8_lossy(&lines).into_owned()
    }

    /// From now on, what it prints is only kept.
    pub fn hide(&self) {
        self.output.lock().is_shown = false;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only if it has ended.
        let _ = self.child.start_kill();
        let _ = self.child.wait();
        // What it has started may live a little longer, and keep its address.
        drop(self.output.wait_for_its_end());
    }
}

impl Output {
    fn read(&self, mut reader: PipeReader) {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            let mut printed = self.lock();
            printed.text.extend(&buffer[..length]);
            if printed.text.len() > 2 * MAX_PRINTED {
                let surplus = printed.text.len() - MAX_PRINTED;
                printed.text.drain(..surplus);
            }
            let is_shown = printed.is_shown;
            drop(printed);
            self.news.notify_all();
            if is_shown {
                // If nobody can see it, there is nobody to tell. It may take its time.
                let _ = io::stderr().write_all(&buffer[..length]);
            }
        }
        self.lock().is_over = true;
        self.news.notify_all();
    }

    /// Waits until there is enough of it, or no more to come.
    fn wait(
        &self,
        patience: Duration,
        is_enough: impl Fn(&Printed) -> bool,
    ) -> MutexGuard<'_, Printed> {
        let goes_on = |printed: &mut Printed| !printed.is_over && !is_enough(printed);
        let waited = self.news.wait_timeout_while(self.lock(), patience, goes_on);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Waits for the last words of a process that has ended: they may still be on their way.
    fn wait_for_its_end(&self) -> MutexGuard<'_, Printed> {
        self.wait(LAST_BREATH, |_| false)
    }

    fn lock(&self) -> MutexGuard<'_, Printed> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Printed {
    fn lines(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.text).lines().map(ToString::to_string).collect()
    }

    fn last_lines(&self) -> String {
        let lines = self.lines();
        lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn what_is_printed_is_kept_in_its_order() {
        let mut process =
            Process::start(sh("echo a; echo b >&2; printf c; exit 3")).unwrap();
        let end = process.end_in_words(PATIENCE).unwrap();
        assert_eq!(end, "exit status: 3\na\nb\nc");
        assert_eq!(process.take_lines(), "a\nb\nc");
        assert_eq!(process.printed(), "");
    }

    #[test]
    fn of_much_the_end_is_kept() {
        let script = "head -c 5000000 /dev/zero | tr '\\0' x; echo; echo end";
        let mut process = Process::start(sh(script)).unwrap();
        process.end_in_words(PATIENCE).unwrap();
        let printed = process.take_lines();
        assert!(printed.ends_with("x\nend\n"));
        assert!(printed.len() <= 2 * MAX_PRINTED, "{}", printed.len());
    }

    #[test]
    fn to_close_ones_output_is_not_to_end() {
        let script =
            "echo listening on http://127.0.0.1:9; exec >/dev/null 2>&1; exec sleep 600";
        let mut process = Process::start(sh(script)).unwrap();
        assert_eq!(process.address().unwrap().port(), 9);
        assert_eq!(process.ended(Duration::ZERO), None);
    }

    #[test]
    fn the_first_line_is_a_promise() {
        let problem = |script| {
            let mut process = Process::start(sh(script)).unwrap();
            format!("{:#}", process.address().unwrap_err())
        };
        assert!(problem("echo hello").ends_with("not \"hello\""));
        assert!(problem("exit 7").contains("but exit status: 7"));
    }

    #[test]
    fn what_a_process_has_started_ends_with_it() {
        let process = Process::start_group(sh("sleep 600 & wait")).unwrap();
        let output = Arc::clone(&process.output);
        drop(process);
        assert!(output.lock().is_over, "somebody holds the pipe");
    }
}
