//! Asks a reader's server what the tests ask of a step, one case after the other.

use std::path::PathBuf;

use anstream::adapter::strip_str;
use anyhow::Result;
use suite::case::Case;
use suite::play::{Failure, Outcome, Whose};
use suite::report::{self, Chapter, Report};
use suite::{by_hand, cases, folder, outline, play};

use crate::check::server::Server;
use crate::check::verdict::{BOLD, FAILS, Finding, HOLDS, OTHERWISE, Verdict};
use crate::steps::text;
use crate::steps::{Step, Steps};

/// After how many cases in a row in which nothing comes we don't wait any more.
const MAX_SILENCES: usize = 3;
/// How many of the lines that a server has printed are of use.
const PRINTED_LINES: usize = 20;

/// How much of such a line is of use, in characters.
const MAX_WIDTH: usize = 400;

/// What is asked.
pub struct Examination<'a> {
    steps: &'a Steps,
    number: u8,
    cases: Vec<&'static Case>,
    /// Whether all is said of each failure, also of one that looks like another.
    is_full: bool,
}

impl<'a> Examination<'a> {
    /// Prepares to ask what is asked of a step, but for what is only our choice.
    ///
    /// # Errors
    /// If the step has a number that no case can have.
    pub fn new(steps: &'a Steps, step: &Step) -> Result<Examination<'a>> {
        let number = step.number;
        let is_asked = |case: &&Case| case.is_asked(number);
        Ok(Examination {
            steps,
            number,
            cases: cases::all().filter(is_asked).collect(),
            is_full: false,
        })
    }

    /// The same, with all that can be said of each failure.
    #[must_use]
    pub fn in_full(self, is_full: bool) -> Examination<'a> {
        Examination { is_full, ..self }
    }

    /// What is asked, in words, by the chapters that explain it.
    pub fn outline(&self) -> String {
        let (number, count) = (self.number, self.cases.len());
        let mut text = format!(
            "What step {number:02} asks for, in {count} cases.\n\n{}",
            outline::PREFACE
        );
        if self.cases.iter().any(|case| case.has_folder) {
            text += &format!("\nThe files are those of {}.\n", self.folder().display());
        }
        let mut chapters: Vec<Chapter> =
            self.cases.iter().map(|case| self.chapter(case)).collect();
        chapters.sort();
        chapters.dedup();
        for chapter in chapters {
            text += &format!("\n{BOLD}{chapter}{BOLD:#}\n");
            let its = self.cases.iter().filter(|case| self.chapter(case) == chapter);
            text.extend(its.map(|case| format!("\n{}", outline::outline(case))));
        }
        text
    }

    /// Asks all cases, and says of each how it went.
    ///
    /// # Errors
    /// If the server ends, and can't be started again.
    pub fn run(&self, server: Server, mut say: impl FnMut(&str)) -> Result<Verdict> {
        self.run_again(None, server, || true, &mut say)
    }

    /// Asks all cases, as long as the sources of the server are as they were. If they have
    /// been asked before, those that failed come first, and of the others it says only
    /// what fails, or has another mark than before. What has to wait comes last.
    ///
    /// # Errors
    /// If the server ends, and can't be started again.
    pub fn run_again(
        &self,
        before: Option<&Verdict>,
        server: Server,
        is_current: impl Fn() -> bool,
        mut say: impl FnMut(&str),
    ) -> Result<Verdict> {
        let has_failed = |case: &Case| {
            let finding = before.and_then(|before| before.finding(case));
            matches!(finding, Some(Finding::Fails { .. }))
        };
        let mut cases = self.cases.clone();
        let is_folder = |case: &Case| case.name == cases::FOLDER;
        cases.sort_by_key(|case| (!is_folder(case), !has_failed(case), case.waits()));
        self.ask(&cases, server, is_current, before, &mut say)
    }

    fn ask(
        &self,
        cases: &[&'static Case],
        mut server: Server,
        is_current: impl Fn() -> bool,
        before: Option<&Verdict>,
        say: &mut impl FnMut(&str),
    ) -> Result<Verdict> {
        let mut verdict = Verdict::new(self.number, cases.len());
        let mut silences = 0;
        for case in cases.iter().copied() {
            if !is_current() {
                return Ok(verdict);
            }
            if case.has_folder && verdict.fails_in(cases::FOLDER) {
                continue;
            }
            let (finding, is_silence) = self.ask_one(case, &mut server, &verdict, say)?;
            silences = if is_silence { silences + 1 } else { 0 };
            let known = before.and_then(|before| before.finding(case));
            if known != Some(&finding) {
                say(&in_one_line(case, &finding));
            }
            verdict.add(case, finding);
            if silences == MAX_SILENCES && !verdict.is_whole() {
                say(&format!(
                    "\n{MAX_SILENCES} times in a row the client has waited in vain: the \
                     other cases are left out until that is mended\n"
                ));
                break;
            }
        }
        if cases.iter().any(|case| case.has_folder && verdict.fails_in(case.name)) {
            say(&self.ask_for_folder(&server, &verdict)?);
        }
        say(&format!("\n{verdict}"));
        Ok(verdict)
    }

    /// What to do if the server shows no files, or others.
    fn ask_for_folder(&self, server: &Server, verdict: &Verdict) -> Result<String> {
        let folder = self.folder();
        let changed = folder::changed(&folder, server.address())?.join(", ");
        let others = match changed.as_str() {
            "" => String::new(),
            changed => {
                format!("\nit shows other files than those of this name: {changed}\n")
            }
        };
        let what_to_do = if verdict.fails_in(cases::FOLDER) {
            "your server doesn't show the files that the cases ask for, so those cases are \
             left out: start it with this folder, or with a copy, as its second argument"
        } else if !changed.is_empty() {
            "some of what fails may be about files, of which your server has others: start it \
             with this folder, or with a new copy"
        } else {
            return Ok(others);
        };
        Ok(format!("\n{what_to_do}\n    {}\n{others}", folder.display()))
    }

    /// The folder that a server has to show.
    fn folder(&self) -> PathBuf {
        self.steps.root.join("tests/suite/folder")
    }

    /// Asks one case, explains a failure, and says whether the client has waited in vain.
    fn ask_one(
        &self,
        case: &'static Case,
        server: &mut Server,
        verdict: &Verdict,
        say: &mut impl FnMut(&str),
    ) -> Result<(Finding, bool)> {
        server.forget();
        let failure = match play::play(case, server.address(), Whose::Theirs) {
            Ok(Outcome::Holds) => return Ok((Finding::Holds, false)),
            Ok(Outcome::Otherwise(words)) => {
                return Ok((Finding::Otherwise(words), false));
            }
            Err(failure) => server.blame_the_end(failure)?,
        };
        if let Some(words) = failure.otherwise(case) {
            return Ok((Finding::Otherwise(words), false));
        }
        let cause = report::cause(case, &failure);
        say(&self.explain(case, &failure, verdict.first_of(&cause), server));
        server.revive(&failure)?;
        Ok((Finding::Fails { cause }, failure.is_timeout()))
    }

    /// What was sent and what came back, who says otherwise, how to try it by hand, and
    /// what the server says to it; or only what it looks like.
    fn explain(
        &self,
        case: &Case,
        failure: &Failure,
        first: Option<&Case>,
        server: &Server,
    ) -> String {
        let title = format!("{FAILS}✗ {}{FAILS:#}", case.sentence());
        if let Some(first) = first.filter(|_| !self.is_full) {
            return format!("{title} (looks like: {})\n", first.sentence());
        }
        let mut report = Report::new(title, case, &self.chapter(case), failure);
        let commands = by_hand::commands(case, failure, server.address());
        report.add("by hand", commands.unwrap_or_default());
        let printed = server.printed();
        let surplus = printed.lines().count().saturating_sub(PRINTED_LINES);
        let last: Vec<String> = printed.lines().skip(surplus).map(tidy).collect();
        report.add("your server has printed", last.join("\n"));
        format!("{report}\n")
    }

    /// The chapter that explains a case.
    fn chapter(&self, case: &Case) -> Chapter {
        let steps = self.steps.iter().map(|step| (step.number, &*step.slug));
        let chapter = Chapter::of(case, steps);
        Chapter { title: self.title(&chapter.slug), ..chapter }
    }

    /// The heading of a chapter, with its number.
    fn title(&self, slug: &str) -> Option<String> {
        let chapter = self.steps.root.join(format!("book/src/{slug}.md"));
        let text = text::read(&chapter).ok()?;
        let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
        let number: u8 = slug.split('-').next()?.parse().ok()?;
        Some(format!("{number}, {title}"))
    }
}

/// A line that a server has printed, of a length that one reads, and without what would
/// do something to the terminal.
fn tidy(line: &str) -> String {
    let line = strip_str(line).to_string();
    let mut chars = line.chars().map(|char| if char.is_control() { ' ' } else { char });
    let mut text: String = chars.by_ref().take(MAX_WIDTH).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    text
}

/// A case that holds, and how.
fn in_one_line(case: &Case, finding: &Finding) -> String {
    let sentence = case.sentence();
    match finding {
        Finding::Holds => format!("{HOLDS}✓{HOLDS:#} {sentence}\n"),
        Finding::Otherwise(words) => {
            format!("{OTHERWISE}~{OTHERWISE:#} {sentence}: {words}\n")
        }
        // That has been explained.
        Finding::Fails { .. } => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::fs;
    use std::io::{Read, Write as _};
    use std::net::{SocketAddr, TcpListener};
    use std::thread;
    #[cfg(unix)]
    use std::time::Duration;

    use suite::root;

    use super::*;
    #[cfg(unix)]
    use crate::check::launch::{Interrupted, Launch};

    /// Runs the cases of a step on a server that answers whatever comes with these bytes.
    fn ask(number: &str, answer: &'static str, is_full: bool) -> (Verdict, String) {
        let address = serve(answer);
        let mut said = String::new();
        let verdict = with_examination(number, |examination| {
            let server = Server::Found(address);
            examination.in_full(is_full).run(server, |text| said += text).unwrap()
        });
        (verdict, strip_str(&said).to_string())
    }

    /// A server that ends with the tests.
    fn serve(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        address
    }

    fn with_examination<T>(number: &str, then: impl FnOnce(Examination) -> T) -> T {
        let steps = Steps::load(&root::find().unwrap()).unwrap();
        let step = steps.find(number).unwrap();
        then(Examination::new(&steps, step).unwrap())
    }

    const NOT_FOUND: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    #[test]
    fn who_does_not_show_the_folder_is_told_so_once() {
        let server = Server::Found(serve(NOT_FOUND));
        let mut said = String::new();
        let verdict = with_examination("24", |mut examination| {
            examination.cases.retain(|case| case.has_folder);
            assert!(examination.cases.len() > 1);
            examination.run(server, |text| said += text).unwrap()
        });
        assert!(!verdict.passes());
        assert_eq!(said.matches("start it with this folder").count(), 1, "{said}");
        assert!(said.contains(" 0 of ") && said.contains(", 1 fails, "), "{said}");
    }

    #[test]
    fn a_file_that_is_another_is_named() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server::Found(listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, mut request) = (stream.unwrap(), [0; 4096]);
                let _ = stream.read(&mut request);
                let answer = match request.starts_with(b"GET /ten.txt ") {
                    true => "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine",
                    false => NOT_FOUND,
                };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let mut said = String::new();
        with_examination("24", |mut examination| {
            examination.cases.retain(|case| case.name == cases::FOLDER);
            examination.run(server, |text| said += text).unwrap()
        });
        let line = "\nit shows other files than those of this name: ten.txt\n";
        assert!(said.contains(line), "{said}");
    }

    #[test]
    fn a_failure_is_explained() {
        let (verdict, said) = ask("04", NOT_FOUND, true);
        assert!(!verdict.passes());
        for part in [
            "✗ hi says hello world\n\n    sent:\n        GET /hi HTTP/1.1\\r\\n\n",
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

    #[test]
    fn failures_that_look_alike_are_a_list() {
        let (_, said) = ask("04", NOT_FOUND, false);
        let (_, full) = ask("04", NOT_FOUND, true);
        let hint = "No route has taken it.";
        assert_eq!(said.matches(hint).count(), 1, "{said}");
        assert!(full.matches(hint).count() > 10, "{full}");
        let line =
            "\n✗ namaste says namaste (looks like: the status line is well formed)\n";
        assert!(said.contains(line), "{said}");
        assert!(said.contains("\n✗ the status line is well formed\n    ✗ "), "{said}");
    }

    #[test]
    fn what_is_as_it_was_is_not_said_again() {
        let server = || Server::Found(serve(NOT_FOUND));
        let mut said = [String::new(), String::new()];
        let [first, second] = &mut said;
        with_examination("08", |examination| {
            let ask = |before: Option<&Verdict>, said: &mut String| {
                let say = |text: &str| *said += text;
                examination.run_again(before, server(), || true, say).unwrap()
            };
            let before = ask(None, first);
            ask(Some(&before), second);
        });
        let [first, second] = said.map(|text| strip_str(&text).to_string());
        let (marks, summary) = second.rsplit_once("\n\n").unwrap();
        assert!(first.contains("\n✓ ") && first.contains("\n~ "), "{first}");
        assert!(!marks.contains("\n✓ ") && !marks.contains("\n~ "), "{marks}");
        assert!(marks.starts_with("✗ "), "{marks}");
        assert!(summary.starts_with("~ ") && summary.contains("\n✗ "), "{summary}");
    }

    #[test]
    fn what_a_server_prints_does_nothing_to_the_terminal() {
        assert_eq!(tidy("\u{1b}[2Ja\tb"), "a b");
        assert_eq!(tidy("a\u{7}"), "a");
        assert_eq!(tidy(&"x".repeat(1_000_000)).chars().count(), MAX_WIDTH + 1);
    }

    #[test]
    fn what_is_asked_can_be_read() {
        let text = with_examination("04", |examination| examination.outline());
        let text = strip_str(&text).to_string();
        for part in [
            "What step 04 asks for, in ",
            "\nChapter 3, A handler for each page\n\n  hi says hello world (RFC 9110 section",
            ")\n      GET /hi → 200 OK, with the body \"Hello World!\"\n",
        ] {
            assert!(text.contains(part), "{part}\n\nis not in\n\n{text}");
        }
        let first = text.find("Chapter 1,");
        assert!(first.is_some() && first < text.find("Chapter 2,"), "{text}");
    }

    /// Somebody presses Ctrl-C while a case is asked: no case fails for that.
    #[cfg(unix)]
    #[test]
    fn ctrl_c_is_no_failure() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let folder = std::env::temp_dir();
        let mark = folder.join(format!("ctrl-c-{}", std::process::id()));
        let script = format!("touch '{}'; exec sleep 600", mark.display());
        let command = ["sh", "-c", &script].map(String::from);
        let patience = Duration::from_secs(60);
        let mut launch =
            Launch::new(&root::find().unwrap(), &[address], &folder, &command, patience)
                .unwrap();
        let end = launch.ender();
        // It listens in the place of the command, once that was started.
        thread::spawn(move || {
            while !mark.exists() {
                thread::yield_now();
            }
            fs::remove_file(mark).unwrap();
            let listener = TcpListener::bind(address).unwrap();
            // The first one only looks whether somebody is there.
            drop(listener.accept());
            let _connection = listener.accept();
            end();
        });
        let mut said = String::new();
        let address = launch.start().unwrap();
        let server = Server::Launched(&mut launch, address);
        let ended = with_examination("04", |it| it.run(server, |text| said += text));
        assert!(ended.err().unwrap().is::<Interrupted>());
        assert_eq!(said, "");
    }
}
