//! What a failure looks like: everything that one needs to find the mistake.

use std::fmt::Write;

use pretty_assertions::StrComparison;

use crate::case::{Case, Exchange, Request, Response, on_the_wire};
use crate::play::{Failure, Problem};
use crate::step::Step;

/// Tells why a case failed on a step; `chapter` is the one that explains it.
pub fn report(case: &Case, step: &Step, chapter: &str, failure: &Failure) -> String {
    let mut text = format!("step {:02}: {}\n", step.number, case.sentence());
    for exchange in case.exchanges.iter().take(failure.exchange + 1) {
        text += &sent(exchange);
    }
    if let Some(Exchange::Ask(_, response)) = case.exchanges.get(failure.exchange) {
        text += &section("expected", &expected(response));
    }
    if !failure.received.is_empty() {
        text += &section("received", &visible(&failure.received));
    }
    text += &match &failure.problem {
        Problem::Differs { expected, received } => {
            section("expected < > received", &difference(expected, received))
        }
        Problem::NoResponse(problem) => section("problem", problem),
        Problem::Ended(end) => section("the server has ended", end),
        Problem::Broken(problem) => section("the case could not be played", problem),
    };
    let _ = write!(
        text,
        "\nsee {}\n    book/src/{chapter}.md\n    http://127.0.0.1:3000/{chapter}.html\n",
        case.clause
    );
    text
}

fn sent(exchange: &Exchange) -> String {
    match exchange {
        Exchange::Ask(request @ Request::Truncated(_), _) => {
            section("sent, then closed for writing", &visible(&request.to_bytes()))
        }
        Exchange::Ask(request, _) => section("sent", &visible(&request.to_bytes())),
        Exchange::Leave(bytes) => section("sent, then closed", &visible(bytes)),
        Exchange::Reset(bytes) => section("sent, then reset", &visible(bytes)),
    }
}

fn expected(response: &Response) -> String {
    match response {
        Response::Http(text) | Response::Refusal(text) => visible(&on_the_wire(text)),
        Response::Exactly(bytes) => visible(bytes),
        Response::Something => "something, one byte at least".into(),
    }
}

/// A title, and below it some lines.
fn section(title: &str, lines: &str) -> String {
    let mut text = format!("\n{title}:\n");
    for line in lines.lines() {
        let _ = writeln!(text, "    {line}");
    }
    text
}

/// Both texts in one: `<` is before a line to be expected, `>` before a line received.
fn difference(expected: &[u8], received: &[u8]) -> String {
    let (expected, received) = (visible(expected), visible(received));
    let text = StrComparison::new(&expected, &received).to_string();
    // Its first line calls them left and right.
    text.split_once('\n').map(|(_, lines)| lines.to_string()).unwrap_or(text)
}

/// Bytes that one can see: a line ends in `\r\n`, or in whatever it does end in.
fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '\n' => text += "\\n\n",
                '"' | '\'' => text.push(char),
                _ if char.is_ascii() => {
                    text.extend((char as u8).escape_ascii().map(char::from))
                }
                _ => text.extend(char.escape_debug()),
            }
        }
        text += &chunk.invalid().escape_ascii().to_string();
    }
    match text.trim_end_matches('\n') {
        "" => "(nothing)".into(),
        lines => lines.into(),
    }
}
