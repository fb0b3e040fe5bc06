//! Asks a reader's server what the tests ask of a step, one case after the other.

use std::fmt::Write;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use anyhow::{Context, Result, bail, ensure};
use process_wrap::std::{ChildWrapper, CommandWrap};
use suite::case::Case;
use suite::play::Failure;
use suite::{cases, client, play, report};

use crate::step::{Step, Steps};

const HOLDS: Style = AnsiColor::Green.on_default();
const FAILS: Style = AnsiColor::Red.on_default();
const BOLD: Style = Style::new().bold();

/// How often we look whether a server that was started listens.
const POLL: Duration = Duration::from_millis(50);

/// What is asked, of whom.
pub struct Examination<'a> {
    root: &'a Path,
    steps: &'a Steps,
    step: &'a Step,
    address: SocketAddr,
}

impl<'a> Examination<'a> {
    /// Prepares to ask the server at this address.
    pub fn new(
        root: &'a Path,
        steps: &'a Steps,
        step: &'a Step,
        address: SocketAddr,
    ) -> Examination<'a> {
        Examination { root, steps, step, address }
    }

    /// Asks all cases of the step, and says of each how it went. Returns whether all hold.
    ///
    /// # Errors
    /// If the server ends.
    pub fn run(&self, mut say: impl FnMut(&str)) -> Result<bool> {
        let number = u8::try_from(self.step.number)?;
        let is_asked = |case: &&Case| case.holds(number) && !case.our_choice;
        let cases: Vec<&Case> = cases::all().filter(is_asked).collect();
        let mut failures = 0;
        for case in &cases {
            match play::play(case, self.address, false) {
                Ok(()) => say(&format!("{HOLDS}✓{HOLDS:#} {}\n", case.sentence())),
                Err(failure) => {
                    failures += 1;
                    say(&format!("{FAILS}✗ {}{FAILS:#}\n", case.sentence()));
                    say(&self.explain(case, number, &failure));
                    ensure!(
                        client::is_there(self.address),
                        "the server has ended, and answers nobody"
                    );
                }
            }
        }
        let all = cases.len();
        say(&format!(
            "\n{BOLD}step {number:02}: {} of {all} hold{BOLD:#}\n",
            all - failures
        ));
        Ok(failures == 0)
    }

    /// What was sent and what came back, who says otherwise, and how to try it by hand.
    fn explain(&self, case: &Case, step: u8, failure: &Failure) -> String {
        let chapter = self.chapter(case);
        let report = report::report(case, step, &chapter, failure);
        let mut text = String::new();
        // Its first line is the sentence, which has been said.
        for line in report.lines().skip(1) {
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
        if let Some(title) = self.title(&chapter) {
            let _ = writeln!(text, "        chapter {title}");
        }
        if let Some(command) = report::by_hand(case, failure, self.address) {
            let _ = writeln!(text, "\n    by hand:\n        {command}");
        }
        text + "\n"
    }

    /// The slug of the chapter that explains a case.
    fn chapter(&self, case: &Case) -> String {
        let since = self.steps.iter().find(|step| step.number == u32::from(case.since));
        let slug = since.map(|step| step.slug.as_str());
        case.chapter.or(slug).unwrap_or_default().to_string()
    }

    /// The heading of a chapter, with its number.
    fn title(&self, slug: &str) -> Option<String> {
        let chapter = self.root.join(format!("book/src/{slug}.md"));
        let text = fs::read_to_string(chapter).ok()?;
        let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
        let number: u32 = slug.split('-').next()?.parse().ok()?;
        Some(format!("{number}, {title}"))
    }
}

/// A server that was started, and that ends with this value, whatever it has started
/// itself; and also with Ctrl-C.
pub struct Started(Arc<Mutex<Box<dyn ChildWrapper>>>);

impl Started {
    /// Starts a command in a folder, and waits until somebody listens at one of the
    /// addresses.
    ///
    /// # Errors
    /// If somebody listens there already, or the command can't be run, or has ended.
    pub fn new(
        root: &Path,
        addresses: &[SocketAddr],
        folder: &Path,
        command: &[String],
    ) -> Result<Started> {
        if let Some(address) = client::find(addresses) {
            bail!(
                "somebody listens at {address} already, and would be asked in the place of yours"
            );
        }
        let words = command.join(" ");
        ensure!(
            !(words.starts_with("cargo run") && is_inside(folder, root)),
            "`{words}` would start the book here: say where your crate is, with --dir ../my-server"
        );
        let (program, arguments) = command.split_first().context("start what?")?;
        let mut wrap = CommandWrap::with_new(program, |command| {
            command.args(arguments).current_dir(folder);
        });
        #[cfg(unix)]
        wrap.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrap.wrap(process_wrap::std::JobObject);
        let child = wrap.spawn().with_context(|| format!("cannot start `{words}`"))?;
        let started = Started(Arc::new(Mutex::new(child)));
        let child = Arc::clone(&started.0);
        ctrlc::set_handler(move || {
            kill(&child);
            std::process::exit(130);
        })?;
        while client::find(addresses).is_none() {
            let mut child = started.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(status) = child.try_wait()? {
                bail!("`{words}` has ended before it listened: {status}");
            }
            drop(child);
            thread::sleep(POLL);
        }
        Ok(started)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        kill(&self.0);
    }
}

fn kill(child: &Mutex<Box<dyn ChildWrapper>>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // Both fail only if it has ended.
    let _ = child.start_kill();
    let _ = child.wait();
}

fn is_inside(folder: &Path, root: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or(path.into());
    real(folder).starts_with(real(root))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write as _};
    use std::net::TcpListener;

    use anstream::adapter::strip_str;

    use super::*;
    use crate::site;

    /// Runs the cases of a step on a server that answers whatever comes with these bytes.
    fn ask(number: &str, answer: &'static str) -> (bool, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // It ends with the tests.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let (root, steps) =
            (site::root(), Steps::load(&site::root().join("steps")).unwrap());
        let step = steps.find(number).unwrap();
        let examination = Examination::new(&root, &steps, step, address);
        let mut said = String::new();
        let holds = examination.run(|text| said += text).unwrap();
        (holds, strip_str(&said).to_string())
    }

    #[test]
    fn a_failure_is_explained() {
        let (holds, said) =
            ask("04", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert!(!holds);
        for part in [
            "✗ hi says hello world",
            "sent:\n        GET /hi HTTP/1.1\\r\\n\n",
            "<HTTP/1.1 200 OK\\r\\n\n        >HTTP/1.1 404 Not Found\\r\\n\n",
            "HTTP/1.1 404 Not Found\\r\\n\n                 ^ here should be 200 OK\\r\\n\n",
            "chapter 3, A handler for each page\n",
            "by hand:\n        printf 'GET /hi HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' | curl",
            "✓ an unknown path is not found",
        ] {
            assert!(said.contains(part), "{part}\n\nis not in\n\n{said}");
        }
    }

    #[test]
    fn what_cannot_be_started_says_so() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let start = |address, command: &[&str]| {
            let command: Vec<String> = command.iter().map(ToString::to_string).collect();
            let root = site::root();
            Started::new(&root, &[address], &root, &command).err().unwrap().to_string()
        };
        assert!(start(address, &["rustc", "--version"]).contains("has ended before"));
        assert!(start(address, &["cargo", "run"]).contains("would start the book"));
        assert!(start(address, &["no-such-program"]).contains("cannot start"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // Who asks gets no answer, but a connection that ends.
        thread::spawn(move || drop(listener.accept()));
        assert!(start(address, &["rustc", "--version"]).contains("listens"));
    }
}
