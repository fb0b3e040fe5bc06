//! Asks a reader's server what the tests ask of a step, one case after the other.

use std::fmt::Write;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use suite::case::Case;
use suite::play::{Failure, Problem};
use suite::{by_hand, cases, client, play, report};

use crate::launch::Launch;
use crate::step::{Step, Steps};

const HOLDS: Style = AnsiColor::Green.on_default();
const FAILS: Style = AnsiColor::Red.on_default();
const BOLD: Style = Style::new().bold();

/// How long a server that did not answer may take to end, before we say that it lives.
const LAST_BREATH: Duration = Duration::from_secs(1);
/// How many of the lines that a server has printed are of use.
const PRINTED_LINES: usize = 20;

/// The server that is asked.
pub enum Server<'a> {
    /// Somebody else has started it.
    Found(SocketAddr),
    /// We have started it, and can do so again.
    Launched(&'a mut Launch, SocketAddr),
}

/// How an examination has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    AllHold,
    SomeFail,
    /// It was not played to its end.
    Interrupted,
}

/// What is asked.
pub struct Examination<'a> {
    root: &'a Path,
    steps: &'a Steps,
    number: u8,
    cases: Vec<&'static Case>,
}

impl<'a> Examination<'a> {
    /// Prepares to ask what is asked of a step, but for what is only our choice.
    ///
    /// # Errors
    /// If the step has a number that no case can have.
    pub fn new(root: &'a Path, steps: &'a Steps, step: &Step) -> Result<Examination<'a>> {
        let number = u8::try_from(step.number)?;
        let is_asked = |case: &&Case| case.is_asked(number);
        Ok(Examination {
            root,
            steps,
            number,
            cases: cases::all().filter(is_asked).collect(),
        })
    }

    /// Asks all cases, and says of each how it went. Goes on as long as it is told to.
    ///
    /// # Errors
    /// If the server ends, and can't be started again.
    pub fn run(
        &self,
        mut server: Server,
        go_on: impl Fn() -> bool,
        mut say: impl FnMut(&str),
    ) -> Result<Verdict> {
        let mut failures = 0;
        for case in &self.cases {
            if !go_on() {
                return Ok(Verdict::Interrupted);
            }
            server.forget();
            match play::play(case, server.address(), false) {
                Ok(()) => say(&format!("{HOLDS}✓{HOLDS:#} {}\n", case.sentence())),
                Err(failure) => {
                    failures += 1;
                    let failure = server.blame_the_end(failure);
                    say(&format!("{FAILS}✗ {}{FAILS:#}\n", case.sentence()));
                    say(&self.explain(case, &failure, &server));
                    server.revive()?;
                }
            }
        }
        let (number, all) = (self.number, self.cases.len());
        say(&format!(
            "\n{BOLD}step {number:02}: {} of {all} hold{BOLD:#}\n",
            all - failures
        ));
        Ok(if failures == 0 { Verdict::AllHold } else { Verdict::SomeFail })
    }

    /// What was sent and what came back, who says otherwise, how to try it by hand, and
    /// what the server says to it.
    fn explain(&self, case: &Case, failure: &Failure, server: &Server) -> String {
        let chapter = self.chapter(case);
        let report = report::report(case, self.number, &chapter, failure);
        let mut text = String::new();
        // Its first line is the sentence, which has been said.
        for line in report.lines().skip(1) {
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
        if let Some(title) = self.title(&chapter) {
            let _ = writeln!(text, "        chapter {title}");
        }
        let commands = by_hand::commands(case, failure, server.address());
        text += &section("by hand", commands.unwrap_or_default().lines());
        let printed = server.printed();
        let surplus = printed.lines().count().saturating_sub(PRINTED_LINES);
        text += &section("your server has printed", printed.lines().skip(surplus));
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

/// A title and some lines, if there are any.
fn section<'a>(title: &str, lines: impl Iterator<Item = &'a str>) -> String {
    let lines: String = lines.map(|line| format!("        {line}\n")).collect();
    if lines.is_empty() { lines } else { format!("\n    {title}:\n{lines}") }
}

impl Server<'_> {
    fn address(&self) -> SocketAddr {
        let (Server::Found(address) | Server::Launched(_, address)) = self;
        *address
    }

    /// What the server has printed, as far as we can see it.
    fn printed(&self) -> String {
        match self {
            Server::Found(_) => String::new(),
            Server::Launched(launch, _) => launch.take_printed(),
        }
    }

    /// Leaves out what the server has printed in other cases.
    fn forget(&self) {
        self.printed();
    }

    /// If the server has ended, that is the problem.
    fn blame_the_end(&mut self, mut failure: Failure) -> Failure {
        let patience = if failure.is_silence() { LAST_BREATH } else { Duration::ZERO };
        if let Server::Launched(launch, _) = self
            && let Some(status) = launch.has_ended(patience)
        {
            // If there was nobody to connect to, the case before has done it.
            let is_late =
                failure.exchange == 0 && matches!(failure.problem, Problem::Broken(_));
            let when = if is_late { " in the case before" } else { "" };
            failure.problem = Problem::Ended(format!("it has ended{when}: {status}"));
        }
        failure
    }

    /// Sees to it that there is a server for the next case.
    fn revive(&mut self) -> Result<()> {
        match self {
            Server::Found(address) if client::is_there(*address) => {}
            Server::Found(address) => bail!(
                "the server has ended, and nobody listens at {address} any more: start it \
                 again, and then this. (A server that is started by this, after `--`, is \
                 also started again by this.)"
            ),
            Server::Launched(launch, address) => {
                if launch.has_ended(Duration::ZERO).is_some() {
                    *address = launch.start()?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use anstream::adapter::strip_str;

    use super::*;
    use crate::site;

    /// Runs the cases of a step on a server that answers whatever comes with these bytes.
    fn ask(number: &str, answer: &'static str) -> (Verdict, String) {
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
        let examination = Examination::new(&root, &steps, step).unwrap();
        let mut said = String::new();
        let server = Server::Found(address);
        let verdict = examination.run(server, || true, |text| said += text).unwrap();
        (verdict, strip_str(&said).to_string())
    }

    #[test]
    fn a_failure_is_explained() {
        let (verdict, said) =
            ask("04", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(verdict, Verdict::SomeFail);
        for part in [
            "✗ hi says hello world",
            "sent:\n        GET /hi HTTP/1.1\\r\\n\n",
            "<HTTP/1.1 200 OK\\r\\n\n        >HTTP/1.1 404 Not Found\\r\\n\n",
            "HTTP/1.1 404 Not Found\\r\\n\n                 ^ here should be 200 OK\\r\\n\n",
            "chapter 3, A handler for each page\n",
            "hint:\n        No route has taken it.",
            "by hand:\n        printf 'GET /hi HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' | curl",
            "✓ an unknown path is not found",
        ] {
            assert!(said.contains(part), "{part}\n\nis not in\n\n{said}");
        }
    }
}
