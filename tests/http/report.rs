//! What a failure looks like: everything that one needs to find the mistake.

use std::env;
use std::fmt::Write;
use std::io::{self, IsTerminal};

use libtest_mimic::ColorSetting;
use pretty_assertions::StrComparison;

use crate::case::{Case, Exchange, Request, Response, on_the_wire};
use crate::play::{Failure, Problem};
use crate::step::Step;

/// Tells why a case failed on a step; `chapter` is the one that explains it.
pub fn report(case: &Case, step: &Step, chapter: &str, failure: &Failure) -> String {
    let mut text = format!("step {:02}: {}\n", step.number, case.sentence());
    for exchange in case.exchanges.iter().take(failure.exchange + 1) {
        text += &tell(exchange);
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

/// Colours are for people: none in a file, a pipe, or where they are not wanted.
pub fn set_colors(setting: Option<ColorSetting>) {
    let wanted = match setting {
        Some(ColorSetting::Always) => true,
        Some(ColorSetting::Never) => false,
        _ => env::var_os("NO_COLOR").is_none() && io::stdout().is_terminal(),
    };
    // `pretty_assertions` paints with this crate, and does not ask.
    if wanted { yansi::enable() } else { yansi::disable() }
}

fn tell(exchange: &Exchange) -> String {
    match exchange {
        Exchange::Ask(request, response) => {
            let sent = match request {
                Request::Truncated(_) => "sent, and then closed for writing",
                _ => "sent",
            };
            section(sent, &visible(&request.to_bytes()))
                + &section(
                    "expected",
                    &match response {
                        Response::Http(text) => visible(&on_the_wire(text)),
                        Response::Exactly(bytes) => visible(bytes),
                        Response::Something => "something, at least a byte".into(),
                    },
                )
        }
        Exchange::Leave(bytes) => section("sent, then closed", &visible(bytes)),
        Exchange::Reset(bytes) => section("sent, then reset", &visible(bytes)),
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
                _ => text.extend(char.escape_debug()),
            }
        }
        text += &chunk.invalid().escape_ascii().to_string();
    }
    if text.is_empty() { "(nothing)".into() } else { text }
}
