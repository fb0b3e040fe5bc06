//! Asks a reader's server what the tests ask of a step, one case after the other.

use std::fmt::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use suite::case::Case;
use suite::play::Failure;
use suite::{by_hand, cases, play, report};

use crate::step::{Step, Steps};
use crate::subject::Subject;
use crate::text;

const HOLDS: Style = AnsiColor::Green.on_default();
const FAILS: Style = AnsiColor::Red.on_default();
const BOLD: Style = Style::new().bold();

/// After how many cases in a row in which nothing comes we don't wait any more.
const MAX_SILENCES: usize = 3;
/// How many of the lines that a server has printed are of use.
const PRINTED_LINES: usize = 20;

/// How an examination has ended.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The names of the cases that fail.
    pub failed: Vec<&'static str>,
    /// Whether all cases were asked.
    pub is_whole: bool,
}

impl Verdict {
    /// Whether all is well.
    pub fn all_hold(&self) -> bool {
        self.is_whole && self.failed.is_empty()
    }
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

    /// Asks all cases, and says of each how it went.
    ///
    /// # Errors
    /// If the server ends, and can't be started again.
    pub fn run(&self, server: Subject, mut say: impl FnMut(&str)) -> Result<Verdict> {
        self.ask(&self.cases, server, || true, |_| true, &mut say)
    }

    /// Asks all cases, as long as the sources of the server are as they were. If they have
    /// been asked before, those that failed come first, and of the others it says only
    /// what fails.
    ///
    /// # Errors
    /// If the server ends, and can't be started again.
    pub fn run_again(
        &self,
        before: Option<&Verdict>,
        server: Subject,
        is_current: impl Fn() -> bool,
        mut say: impl FnMut(&str),
    ) -> Result<Verdict> {
        let is_news =
            |case: &Case| before.is_none_or(|before| before.failed.contains(&case.name));
        let mut cases = self.cases.clone();
        cases.sort_by_key(|case| !is_news(case));
        self.ask(&cases, server, is_current, is_news, &mut say)
    }

    fn ask(
        &self,
        cases: &[&'static Case],
        mut server: Subject,
        is_current: impl Fn() -> bool,
        is_news: impl Fn(&Case) -> bool,
        say: &mut impl FnMut(&str),
    ) -> Result<Verdict> {
        let mut verdict = Verdict::default();
        let mut silences = 0;
        for (number, case) in cases.iter().enumerate() {
            if !is_current() {
                return Ok(verdict);
            }
            server.forget();
            let failure = match play::play(case, server.address(), false) {
                Ok(()) => {
                    silences = 0;
                    if is_news(case) {
                        say(&format!("{HOLDS}✓{HOLDS:#} {}\n", case.sentence()));
                    }
                    continue;
                }
                Err(failure) => server.blame_the_end(failure),
            };
            verdict.failed.push(case.name);
            say(&format!("{FAILS}✗ {}{FAILS:#}\n", case.sentence()));
            say(&self.explain(case, &failure, &server));
            server.revive(&failure)?;
            silences = if failure.is_timeout() { silences + 1 } else { 0 };
            if silences == MAX_SILENCES {
                say(&self.sum_up(&verdict, cases.len() - number - 1));
                return Ok(verdict);
            }
        }
        verdict.is_whole = true;
        say(&self.sum_up(&verdict, 0));
        Ok(verdict)
    }

    /// How many cases hold, and once more which ones fail.
    fn sum_up(&self, verdict: &Verdict, left: usize) -> String {
        let (number, all, failed) = (self.number, self.cases.len(), verdict.failed.len());
        let mut text = String::from("\n");
        for case in self.cases.iter().filter(|case| verdict.failed.contains(&case.name)) {
            let _ = writeln!(text, "{FAILS}✗ {}{FAILS:#}", case.sentence());
        }
        if left > 0 {
            let _ = writeln!(
                text,
                "{MAX_SILENCES} times in a row the client has waited in vain: the {left} other \
                 cases are left out until that is mended"
            );
        }
        let holds = all - failed - left;
        text + &format!("{BOLD}step {number:02}: {holds} of {all} hold{BOLD:#}\n")
    }

    /// What was sent and what came back, who says otherwise, how to try it by hand, and
    /// what the server says to it.
    fn explain(&self, case: &Case, failure: &Failure, server: &Subject) -> String {
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
        let text = text::read(&chapter).ok()?;
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use anstream::adapter::strip_str;
    use suite::root;

    use super::*;

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
        let (root, steps) = (
            root::find().unwrap(),
            Steps::load(&root::find().unwrap().join("steps")).unwrap(),
        );
        let step = steps.find(number).unwrap();
        let examination = Examination::new(&root, &steps, step).unwrap();
        let mut said = String::new();
        let server = Subject::Found(address);
        let verdict = examination.run(server, |text| said += text).unwrap();
        (verdict, strip_str(&said).to_string())
    }

    #[test]
    fn a_failure_is_explained() {
        let (verdict, said) =
            ask("04", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert!(!verdict.all_hold());
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
