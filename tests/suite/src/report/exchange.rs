//! What a client sends, and what must come back, to be read.

use std::iter;

use super::visible::visible;
use super::{Section, fill};
use crate::case::{Answer, Case, Exchange, How, Or, Request, Response, on_the_wire};
use crate::conversation::ONE_MORE;

/// What the signs in an expected response stand for.
const LEGEND: &[(&str, &str)] = &[
    ("[..]", "any text in a line"),
    ("[date]", "any date"),
    ("[none]", "no such header"),
    ("[hex]", "32 hexadecimal digits or more"),
    ("...", "whatever else there is"),
];

/// How many of several requests are shown.
const MAX_REQUESTS: usize = 5;

/// What `[=key]` stands for in what is sent.
const KEY: &str = "\n([=…] is what an earlier response had in its place)";

/// What an exchange sends; the label says which of several it is.
pub fn sent(exchange: &Exchange, label: &str) -> Vec<Section> {
    let section = |title: &str, bytes: &[u8]| {
        let text = visible(bytes);
        let legend = if text.contains("[=") { KEY } else { "" };
        Section::new(&format!("{label}{title}"), text + legend)
    };
    let one = |title, bytes: &[u8]| vec![section(title, bytes)];
    match exchange {
        Exchange::Ask(Request::Pieces(pieces), _) => {
            let pieces = pieces.iter().enumerate();
            let title =
                |number| format!("sent as piece {} of {}", number + 1, pieces.len());
            pieces.clone().map(|(number, it)| section(&title(number), it)).collect()
        }
        Exchange::Ask(Request::Long { start, piece, times, end }, _) => {
            let text = long(start, piece, *times, end);
            vec![Section::new(&format!("{label}sent"), text)]
        }
        Exchange::Ask(request, _) => one(how(request), &request.to_bytes()),
        Exchange::Continue { head, body, .. } => {
            let mut sections = one("sent", &on_the_wire(head));
            let titles =
                iter::once("sent when asked for it").chain(iter::repeat("sent then"));
            let pieces = titles.zip(*body);
            sections.extend(pieces.map(|(title, it)| section(title, it.as_bytes())));
            sections
        }
        Exchange::Meanwhile { start, others: exchanges, rest, .. } => {
            let others = exchanges.iter().flat_map(|other| sent(other, "")).collect();
            let rest = Some(rest).filter(|rest| !rest.is_empty());
            let mut sections = one("sent", &on_the_wire(start));
            sections.push(Section::of("meanwhile, on other connections", others));
            sections.extend(rest.map(|rest| section("sent at last", &on_the_wire(rest))));
            sections
        }
        Exchange::Times(times, exchange) => {
            vec![Section::of(&format!("{label}{times} times"), sent(exchange, ""))]
        }
        Exchange::Keep { requests, how, .. } => {
            let how = match how {
                How::OneByOne => "when the answer before is there",
                How::WhenTold => "when the answer before is there, the body after a 100",
                How::AtOnce => "in one write with the others",
                How::ByteByByte => "byte by byte",
                How::CutAnywhere => "in two writes, cut somewhere",
                How::AtOnceAndEnds => "in one write, after which the client ends",
                How::TakenSlowly => "in one write, after which little is taken",
            };
            let shown = requests.iter().take(MAX_REQUESTS).enumerate();
            let mut sections: Vec<Section> = shown
                .map(|(number, request)| {
                    let title = format!("sent as number {}, {how}", number + 1);
                    section(&title, &on_the_wire(request))
                })
                .collect();
            sections.push(section("sent after all answers", &on_the_wire(ONE_MORE)));
            sections
        }
        Exchange::Crowd { size, start, other } => {
            let others = Section::of(
                &format!("{label}meanwhile, on {size} other connections"),
                one("sent", &on_the_wire(start)),
            );
            [vec![others], sent(other, label)].concat()
        }
        Exchange::Beside { size, start, piece, other, .. } => {
            let piece = match piece {
                Request::Long { start, piece, times, end } => {
                    long(start, piece, *times, end)
                }
                piece => visible(&piece.to_bytes()),
            };
            let start = Some(*start).filter(|start| !start.is_empty());
            let start = start.map(|start| section("sent", &on_the_wire(start)));
            let piece = Section::new("sent again and again", piece);
            let others = Section::of(
                &format!("{label}meanwhile, on {size} other connections"),
                start.into_iter().chain([piece]).collect(),
            );
            [vec![others], sent(other, label)].concat()
        }
        Exchange::Rush { size, request, other, .. } => {
            let rush = Section::of(
                &format!("{label}on {size} connections"),
                one("sent", &on_the_wire(request)),
            );
            [vec![rush], sent(other, "meanwhile, ")].concat()
        }
        Exchange::Wait { start, drops, .. } => {
            let mut sections = one("sent", &on_the_wire(start));
            let runs = drops.chunk_by(|one, other| one == other);
            sections.extend(runs.map(|run| match run {
                [drop] => section("then, after a second", drop.as_bytes()),
                same => {
                    let title = format!("then {} times, a second apart", same.len());
                    section(&title, same[0].as_bytes())
                }
            }));
            sections
        }
        Exchange::Stuff { request, times, .. } => {
            let title = format!("sent {times} times, while nothing is read");
            vec![section(&title, &request.to_bytes())]
        }
        Exchange::GoOn { request, piece, times, .. } => vec![
            section(how(request), &request.to_bytes()),
            section(&format!("then, up to {times} times"), piece.as_bytes()),
        ],
        Exchange::Leave(bytes) => one("sent, then closed", bytes),
        Exchange::Reset(bytes) => one("sent, then reset", bytes),
    }
}

/// A piece many times, between a start and an end.
fn long(start: &str, piece: &str, times: usize, end: &str) -> String {
    let start = match start {
        "" => String::new(),
        start => visible(&on_the_wire(start)) + "\n",
    };
    let end = if end.is_empty() { String::new() } else { visible(end.as_bytes()) };
    format!("{start}({} {times} times)\n{end}", visible(piece.as_bytes()))
}

/// How a request is sent.
fn how(request: &Request) -> &'static str {
    match request {
        Request::Truncated(_) => "sent, then closed for writing",
        Request::ByteByByte(_) => "sent, byte by byte",
        _ => "sent",
    }
}

/// The response that an exchange expects.
pub fn response_of(exchange: &Exchange) -> Option<&Response> {
    match exchange {
        Exchange::Ask(_, response)
        | Exchange::Continue { response, .. }
        | Exchange::Meanwhile { response, .. }
        | Exchange::GoOn { response, .. } => Some(response),
        Exchange::Wait { response, .. } => response.as_ref(),
        Exchange::Keep { responses: [response], .. } => Some(response),
        Exchange::Times(_, exchange)
        | Exchange::Crowd { other: exchange, .. }
        | Exchange::Beside { other: exchange, .. } => response_of(exchange),
        // There are several, or none.
        Exchange::Keep { .. }
        | Exchange::Rush { .. }
        | Exchange::Stuff { .. }
        | Exchange::Leave(_)
        | Exchange::Reset(_) => None,
    }
}

/// What must come back, and what the signs in it stand for.
pub fn expected(response: &Response) -> String {
    let (text, note) = match response {
        Response::Http(text) => (text, ""),
        Response::Refusal(text) => (text, "\n(or in words of your own)"),
        Response::Echo(text) => (text, "\n(and the body of the request)"),
        Response::Begins(text) => (text, "\n(and it need not have an end)"),
        Response::Exactly(bytes) => return visible(bytes),
        Response::Something => return "something, one byte at least".into(),
    };
    format!("{}{note}{}", visible(&on_the_wire(text)), legend(text))
}

/// What those signs stand for that are in a text.
pub fn legend(text: &str) -> String {
    let is_in = |sign: &str| match sign {
        "..." => text.lines().any(|line| line.ends_with(sign)),
        sign => text.contains(sign),
    };
    let used = LEGEND.iter().filter(|(sign, _)| is_in(sign));
    let signs: Vec<String> =
        used.map(|(sign, meaning)| format!("{sign} is {meaning}")).collect();
    if signs.is_empty() {
        return String::new();
    }
    format!("\n{}", fill(&format!("({})", signs.join("; "))))
}

/// What a server that is not ours may answer instead, and who allows it.
pub fn others(case: &Case, response: &Response) -> String {
    let is_for = |or: &&Or| or.is_for(response);
    let lines = case.or.iter().filter(is_for).map(|or| {
        let answer = match or.answer {
            Answer::Http(text) => in_one_line(text),
            Answer::Kept(text) => {
                format!("{}, and the connection stays open", in_one_line(text))
            }
            Answer::Headless => "a page without a head".into(),
            Answer::Nothing => "nothing".into(),
            Answer::Cut => "the beginning of it".into(),
        };
        format!("{answer} ({})\n", or.because)
    });
    lines.collect()
}

/// `HTTP/1.1 200 OK`, with what the headers and the body must be if that matters.
pub fn in_one_line(text: &str) -> String {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, "..."));
    let mut lines = head.lines();
    let mut line = lines.next().unwrap_or_default().to_string();
    for field in lines {
        line += &match field.strip_suffix(": [none]") {
            Some(name) => format!(", without {name}"),
            None => format!(", with {field}"),
        };
    }
    match body {
        "..." => line,
        "" => format!("{line}, without a body"),
        body => format!("{line}, with the body {body:?}"),
    }
}
