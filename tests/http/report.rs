//! What a failure looks like: everything that one needs to find the mistake.

use std::fmt::Write;

use pretty_assertions::StrComparison;

use crate::case::{Answer, Case, Exchange, Or, Request, Response, on_the_wire};
use crate::hint;
use crate::play::{Failure, Problem};

/// How wide prose may be, in characters.
const WIDTH: usize = 76;

/// How many exchanges before the one that failed are worth seeing.
const MAX_EARLIER: usize = 4;

/// Tells why a case failed on a step; `chapter` is the one that explains it.
pub fn report(case: &Case, step: u8, chapter: &str, failure: &Failure) -> String {
    let mut text = format!("step {step:02}: {}\n", case.sentence());
    let mut earlier = &case.exchanges[..failure.exchange.min(case.exchanges.len())];
    if earlier.len() > MAX_EARLIER {
        text += &format!("\n{} exchanges have gone well, and then:\n", earlier.len());
        earlier = &[];
    }
    let this = case.exchanges.get(failure.exchange);
    text.extend(earlier.iter().chain(this).map(sent));
    if text.contains("[=") {
        text += "\n[=…] stands for what an earlier response had in its place.\n";
    }
    if let Some(response) = this.and_then(response_of) {
        text += &section("expected", &expected(response));
        text += &others(case, response);
    }
    text += &outcome(failure);
    if let Some(hint) = hint::hint(case, failure) {
        text += &section("hint", &fill(&hint));
    }
    let _ = write!(
        text,
        "\nsee {}\n    book/src/{chapter}.md\n    http://127.0.0.1:3000/{chapter}.html\n",
        case.clause
    );
    text
}

/// Tells which odd request a step has not survived; its number is the seed that makes it.
pub fn report_odd(name: &str, step: u8, sent: &[u8], failure: &Failure) -> String {
    let Failure { exchange: number, .. } = failure;
    let mut text = format!("step {step:02}: {}\n", name.replace('_', " "));
    text += &section(&format!("sent, as request {number}"), &visible(sent));
    text + &outcome(failure)
}

/// What came back, and what is wrong with it.
fn outcome(failure: &Failure) -> String {
    let received = match &*failure.received {
        [] => String::new(),
        received => section("received", &visible(received)),
    };
    received
        + &match &failure.problem {
            Problem::Differs { expected, received } => {
                section("expected < > received", &difference(expected, received))
                    + &section(
                        "the first difference",
                        &first_difference(expected, received),
                    )
            }
            Problem::NoResponse(trouble) => {
                section("problem", &fill(&trouble.to_string()))
            }
            Problem::Malformed(problem) => section("problem", &fill(problem)),
            Problem::Ended(end) => section("the server has ended", end),
            Problem::Broken(problem) => section("the case could not be played", problem),
        }
}

fn sent(exchange: &Exchange) -> String {
    match exchange {
        Exchange::Ask(request @ Request::Truncated(_), _) => {
            section("sent, then closed for writing", &visible(&request.to_bytes()))
        }
        Exchange::Ask(Request::Pieces(pieces), _) => {
            pieces.iter().map(|piece| section("sent", &visible(piece))).collect()
        }
        Exchange::Ask(Request::ByteByByte(bytes), _) => {
            section("sent, byte by byte", &visible(bytes))
        }
        Exchange::Ask(Request::Long(start, piece, times, end), _) => {
            let (start, piece) =
                (visible(&on_the_wire(start)), visible(piece.as_bytes()));
            let end =
                if end.is_empty() { String::new() } else { visible(end.as_bytes()) };
            section("sent", &format!("{start}\n({piece} {times} times)\n{end}"))
        }
        Exchange::Ask(request, _) => section("sent", &visible(&request.to_bytes())),
        Exchange::Continue(head, body, _) => {
            let body = section("sent when asked for it", &visible(body.as_bytes()));
            section("sent", &visible(&on_the_wire(head))) + &body
        }
        Exchange::Meanwhile(start, exchanges, rest, _) => {
            let exchanges: String = exchanges.iter().map(sent).collect();
            let rest = match *rest {
                "" => String::new(),
                rest => section("sent", &visible(&on_the_wire(rest))),
            };
            section("sent", &visible(&on_the_wire(start)))
                + &section("meanwhile, on other connections", &exchanges)
                + &rest
        }
        Exchange::Times(times, exchange) => {
            section(&format!("{times} times"), &sent(exchange))
        }
        Exchange::Leave(bytes) => section("sent, then closed", &visible(bytes)),
        Exchange::Reset(bytes) => section("sent, then reset", &visible(bytes)),
    }
}

/// The response that an exchange expects.
fn response_of(exchange: &Exchange) -> Option<&Response> {
    match exchange {
        Exchange::Ask(_, response)
        | Exchange::Continue(_, _, response)
        | Exchange::Meanwhile(_, _, _, response) => Some(response),
        Exchange::Leave(_) | Exchange::Reset(_) | Exchange::Times(..) => None,
    }
}

fn expected(response: &Response) -> String {
    match response {
        Response::Http(text) => visible(&on_the_wire(text)),
        Response::Refusal(text) => {
            visible(&on_the_wire(text)) + "\n(or in words of your own)"
        }
        Response::Echo(text) => {
            visible(&on_the_wire(text)) + "\n(and the body of the request)"
        }
        Response::Exactly(bytes) => visible(bytes),
        Response::Something => "something, one byte at least".into(),
    }
}

/// What a server that is not ours may answer instead, and who allows it.
fn others(case: &Case, response: &Response) -> String {
    let is_for = |or: &&Or| response.code() == Some(or.instead_of);
    let lines = case.or.iter().filter(is_for).map(|or| {
        let answer = match or.answer {
            Answer::Http(text) => in_short(text),
            Answer::Headless => "a page without a head".into(),
            Answer::Nothing => "nothing".into(),
        };
        format!("{answer} ({})\n", or.because)
    });
    match lines.collect::<String>() {
        lines if lines.is_empty() => lines,
        lines => section("or, if the server is not ours", &lines),
    }
}

/// `HTTP/1.1 200 OK`, with what the body must be if that matters.
fn in_short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match text.split_once("\n\n") {
        Some((_, "...")) | None => line.into(),
        Some((_, "")) => format!("{line}, without a body"),
        Some((_, body)) => format!("{line}, with the body {body:?}"),
    }
}

/// Prose in lines that are not too long.
fn fill(prose: &str) -> String {
    textwrap::fill(prose, WIDTH)
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

/// The line that is the first to differ, a caret below the place, and what should be there.
fn first_difference(expected: &[u8], received: &[u8]) -> String {
    let (expected, received) = (visible(expected), visible(received));
    let mut lines = expected.lines().zip(received.lines());
    let Some((expected, received)) = lines.find(|(one, other)| one != other) else {
        return match expected.lines().nth(received.lines().count()) {
            Some(line) => format!("after the last line, where this should be:\n{line}"),
            None => "after the last line that should be there".into(),
        };
    };
    let column = place(expected, received);
    let rest: String = expected.chars().skip(column).collect();
    match &*rest {
        "" => format!("{received}\n{:column$}^ nothing should be here", ""),
        rest => format!("{received}\n{:column$}^ here should be {rest}", ""),
    }
}

/// Where two lines begin to differ, in characters. A number differs as a whole.
fn place(expected: &str, received: &str) -> usize {
    let pairs = expected.chars().zip(received.chars());
    let same: Vec<char> =
        pairs.take_while(|(one, other)| one == other).map(|(one, _)| one).collect();
    let digits = same.iter().rev().take_while(|char| char.is_ascii_digit()).count();
    match received.chars().nth(same.len()) {
        Some(char) if char.is_ascii_digit() => same.len() - digits,
        _ => same.len(),
    }
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
