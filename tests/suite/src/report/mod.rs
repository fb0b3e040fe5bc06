//! What a failure looks like: everything that one needs to find the mistake.

use std::fmt::{self, Display, Formatter};

use textwrap::{Options, WordSplitter};

use crate::case::Case;
use crate::hint;
use crate::play::{Failure, Problem};

mod difference;
mod exchange;
mod section;
mod visible;

pub use exchange::{in_one_line, response_of};
pub use section::Section;
pub use visible::escape;

use difference::{difference, first_difference};
use exchange::{expected, others, sent};
use visible::{in_short, visible};

/// How wide prose may be, in characters.
const WIDTH: usize = 76;

/// How many exchanges before the one that failed are worth seeing.
const MAX_EARLIER: usize = 2;

/// A title, and below it what was sent and what came back, a hint, and who says otherwise.
pub struct Report {
    title: String,
    sections: Vec<Section>,
}

/// The chapter that explains a case.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Chapter {
    /// The name of its file: `03-if-else`.
    pub slug: String,
    /// Its number and its heading: `3, A handler for each page`. Not everybody knows it.
    pub title: Option<String>,
}

impl Report {
    /// Tells why a case failed.
    pub fn new(
        title: String,
        case: &Case,
        chapter: &Chapter,
        failure: &Failure,
    ) -> Report {
        let mut report = Report { title, sections: Vec::new() };
        report.tell_exchanges(case, failure);
        report.tell_outcome(failure);
        if let Some(hint) = hint::hint(case, failure) {
            report.add("hint", fill(&hint));
        }
        report.add("see", chapter.lines(case.clause));
        report
    }

    /// Tells which odd request a step has not survived; its number is the seed that makes
    /// it.
    pub fn odd(title: String, sent: &[u8], failure: &Failure) -> Report {
        let mut report = Report { title, sections: Vec::new() };
        report.add(&format!("sent, as request {}", failure.exchange), visible(sent));
        report.tell_outcome(failure);
        report
    }

    /// Adds a section, if there is anything in it.
    pub fn add(&mut self, title: &str, text: impl Into<String>) {
        let section = Section::new(title, text);
        self.sections.extend(Some(section).filter(|section| !section.is_empty()));
    }

    /// What was sent, what came back before, and what was to come back at last.
    fn tell_exchanges(&mut self, case: &Case, failure: &Failure) {
        let count = case.exchanges.len();
        let label = |number: usize| match count {
            1 => String::new(),
            _ => format!("request {} of {count}, ", number + 1),
        };
        let Some(last) = case.exchanges.get(failure.exchange) else { return };
        let skipped = failure.exchange.saturating_sub(MAX_EARLIER);
        if skipped > 0 {
            let have =
                if skipped == 1 { "request that has" } else { "requests that have" };
            self.add("before", format!("{skipped} {have} gone well"));
        }
        for number in skipped..failure.exchange {
            self.sections.extend(sent(&case.exchanges[number], &label(number)));
            if let Some(received) = failure.earlier.get(number) {
                self.add(&format!("{}received", label(number)), in_short(received));
            }
        }
        self.sections.extend(sent(last, &label(failure.exchange)));
        if let Some(response) = response_of(last) {
            self.add("expected", expected(response));
            self.add("HTTP allows as well", others(case, response));
        }
    }

    /// What came back, and what is wrong with it.
    fn tell_outcome(&mut self, failure: &Failure) {
        if !failure.received.is_empty() {
            self.add("received", visible(&failure.received));
        }
        match &failure.problem {
            Problem::Differs { expected, received } => {
                self.add("expected < > received", difference(expected, received));
                self.add("the first difference", first_difference(expected, received));
            }
            Problem::NoResponse(trouble) => {
                self.add("problem", fill(&trouble.to_string()));
            }
            Problem::Malformed(problem) => self.add("problem", fill(problem)),
            Problem::Ended(end) => self.add("the server has ended", end),
            Problem::Broken(problem) => self.add("the case could not be played", problem),
        }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        self.sections.iter().try_for_each(|section| write!(f, "\n{section}"))
    }
}

impl Chapter {
    /// The chapter that explains a case: the one that it names, or else that of its step,
    /// which is one of these. Of its title nothing is known.
    pub fn of<'a>(
        case: &Case,
        steps: impl IntoIterator<Item = (u8, &'a str)>,
    ) -> Chapter {
        let its = || steps.into_iter().find(|(number, _)| *number == case.since);
        let slug = case.chapter.or_else(|| its().map(|(_, slug)| slug));
        Chapter { slug: slug.unwrap_or_default().into(), title: None }
    }

    /// Who says what was expected, and where it is explained.
    fn lines(&self, clause: &str) -> String {
        let Chapter { slug, title } = self;
        let title = title.iter().map(|title| format!("chapter {title}\n"));
        format!(
            "{clause}\n{}book/src/{slug}.md\nhttp://127.0.0.1:3000/{slug}.html\n",
            title.collect::<String>()
        )
    }
}

impl Display for Chapter {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "Chapter {}", self.title.as_ref().unwrap_or(&self.slug))
    }
}

/// What failures have in common that seem to have one cause: the hint, but for the values
/// that it quotes, or else what is wrong.
pub fn cause(case: &Case, failure: &Failure) -> String {
    if let Some(hint) = hint::hint(case, failure) {
        let is_name =
            |part: &str| part.chars().all(|char| char.is_alphabetic() || char == '-');
        let parts = hint.split('`').enumerate();
        let kept =
            parts.filter(|(number, part)| number.is_multiple_of(2) || is_name(part));
        return kept.map(|(_, part)| part).collect();
    }
    match &failure.problem {
        Problem::Differs { expected, received } => first_difference(expected, received),
        Problem::NoResponse(trouble) => trouble.to_string(),
        Problem::Malformed(problem)
        | Problem::Ended(problem)
        | Problem::Broken(problem) => problem.clone(),
    }
}

/// Prose in lines that are not too long. A hyphen may belong to a name.
fn fill(prose: &str) -> String {
    textwrap::fill(prose, Options::new(WIDTH).word_splitter(WordSplitter::NoHyphenation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Exchange, Request, Response};

    const ASK: Exchange = Exchange::Ask(
        Request::Text("GET /hi HTTP/1.1\n\n"),
        Response::Http("HTTP/1.1 200 OK\nDate: [date]\nX: [none]\nServer: [..]\n\n..."),
    );

    fn failure(exchange: usize, received: &str) -> Failure {
        let problem = Problem::Differs {
            expected: b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
            received: received.into(),
        };
        let earlier =
            (0..exchange).map(|it| format!("answer {it}").into_bytes()).collect();
        Failure { earlier, ..Failure::new(exchange, received.into(), problem) }
    }

    fn report(exchanges: &'static [Exchange], failure: &Failure) -> String {
        let case = Case { exchanges, clause: "RFC", ..Case::DEFAULT };
        let chapter = Chapter { slug: "03-it".into(), title: Some("3, Pages".into()) };
        Report::new("✗ it".into(), &case, &chapter, failure).to_string()
    }

    #[test]
    fn each_request_is_labelled_and_what_came_back_before() {
        const CASE: &[Exchange] = &[ASK, ASK, ASK, ASK];
        let text = report(CASE, &failure(3, "HTTP/1.1 404 No\r\n\r\n"));
        let titles: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(':'))
            .filter(|line| !line.starts_with(' '))
            .collect();
        assert_eq!(
            titles,
            [
                "before",
                "request 2 of 4, sent",
                "request 2 of 4, received",
                "request 3 of 4, sent",
                "request 3 of 4, received",
                "request 4 of 4, sent",
                "expected",
                "received",
                "expected < > received",
                "the first difference",
                "hint",
                "see",
            ]
        );
        assert!(text.contains("received:\n        answer 2\n"), "{text}");
        assert!(
            text.contains("before:\n        1 request that has gone well\n"),
            "{text}"
        );
        let text = report(&[ASK], &failure(0, "HTTP/1.1 404 No\r\n\r\n"));
        assert!(text.starts_with("✗ it\n\n    sent:\n        GET /hi"), "{text}");
    }

    #[test]
    fn signs_have_a_legend_where_they_are_used() {
        let text = report(&[ASK], &failure(0, ""));
        assert!(
            text.contains("\n        ([..] is any text in a line; [date] is any"),
            "{text}"
        );
        assert!(text.contains("[none] is no such header"), "{text}");
        assert!(!text.contains("[hex]"), "{text}");
        const PLAIN: &[Exchange] =
            &[Exchange::Ask(Request::Text("x"), Response::Http("HTTP/1.1 200 OK\n\nhi"))];
        assert!(!report(PLAIN, &failure(0, "")).contains(" is any"));
    }

    #[test]
    fn failures_of_one_cause_look_alike() {
        let case = |name| Case { name, exchanges: &[ASK], ..Case::DEFAULT };
        let cause = |received: &str| cause(&case("a"), &failure(0, received));
        let missed = cause("HTTP/1.1 404 No\r\n\r\n");
        assert_eq!(missed, cause("HTTP/1.1 404 Not Found\r\nServer: it\r\n\r\n"));
        assert_ne!(missed, cause("HTTP/1.1 500 Oh\r\n\r\n"));
        assert_ne!(cause("HTTP/1.1 299 A\r\n\r\n"), cause("HTTP/1.1 298 A\r\n\r\n"));
    }
}
