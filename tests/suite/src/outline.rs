//! Cases in plain words, for people who write their server in another language.

use std::iter;

use crate::case::{
    Answer, Case, Exchange, How, Or, Request, Response, Then, on_the_wire,
};
use crate::report::{escape, in_one_line};

/// What is true of everything that is not said below.
pub const PREFACE: &str = "\
Before an arrow stands what is sent, and behind it what must come back. Each line of a head
ends in \\r\\n, and an empty line comes after the last. What is not mentioned is as usual: the
version is HTTP/1.1, Host is localhost, and Content-Length the number of bytes of the body.
A form is a body with Content-Type: application/x-www-form-urlencoded. Behind ~ stands what
HTTP allows as well.

  [..]      any text in a line
  ...       whatever else there is: lines of a body, members of a list
  [date]    any date
  [none]    there must be no such header
  [hex]     32 hexadecimal digits or more
  [=name]   what an earlier response had in its place
";

/// The hosts that are as good as each other.
const HOSTS: &[&str] = &["Host: localhost", "Host: it"];
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

/// How many characters of a text are shown.
const MAX_LENGTH: usize = 160;

/// A case in a few lines: its sentence and who says so, what is sent and what must come.
pub fn outline(case: &Case) -> String {
    let mut lines = vec![format!("  {} ({})", case.sentence(), case.clause)];
    if case.at_once {
        lines.push("      at the same time:".into());
    }
    for exchange in case.exchanges {
        lines.extend(
            exchange_in_words(exchange).iter().map(|line| format!("      {line}")),
        );
    }
    lines.extend(case.or.iter().map(|or| format!("      ~ {}", or_in_words(or))));
    if !case.left_open.is_empty() {
        lines.push(format!("      ~ anything else ({})", case.left_open));
    }
    lines.join("\n") + "\n"
}

fn exchange_in_words(exchange: &Exchange) -> Vec<String> {
    let one = |sent: String, response| {
        vec![format!("{sent} → {}", response_in_words(response))]
    };
    match exchange {
        Exchange::Ask(request, response) => one(request_in_words(request), response),
        Exchange::Continue { head, body, response } => {
            let pieces: Vec<String> =
                body.iter().map(|piece| quote(piece.as_bytes())).collect();
            let body =
                format!(", and when a 100 has come, {}", pieces.join(", a pause, "));
            one(text_in_words(head) + &body, response)
        }
        Exchange::Meanwhile { start, others: exchanges, rest, response } => {
            let start = quote(&on_the_wire(start));
            let mut lines =
                vec![format!("{start}, and meanwhile, on other connections:")];
            let others = exchanges.iter().flat_map(exchange_in_words);
            lines.extend(others.map(|line| format!("    {line}")));
            let rest = Some(rest).filter(|rest| !rest.is_empty());
            let rest = rest.map_or("no more".into(), |rest| quote(&on_the_wire(rest)));
            lines.extend(one(format!("then {rest}"), response));
            lines
        }
        Exchange::Times(times, exchange) => {
            let lines = exchange_in_words(exchange).into_iter();
            lines.map(|line| format!("{times} times: {line}")).collect()
        }
        Exchange::Keep { requests, how, responses, then } => {
            let how = match how {
                How::OneByOne => "on one connection, one after the other:",
                How::WhenTold => {
                    "on one connection, one after the other, and a body when a 100 has come:"
                }
                How::AtOnce => "on one connection, at once:",
                How::ByteByByte => "on one connection, byte by byte:",
                How::CutAnywhere => "on one connection, at once, cut anywhere in two:",
                How::AtOnceAndEnds => "on one connection, at once, and the client ends:",
                How::TakenSlowly => {
                    "on one connection, at once, and little is taken for twelve seconds:"
                }
            };
            let answers = responses.iter().map(response_in_words);
            let answers = answers.chain(iter::repeat("no answer".into()));
            let mut lines = vec![how.to_string()];
            let exchanges = requests.iter().zip(answers);
            let exchanges: Vec<String> = exchanges
                .map(|(request, answer)| format!("{} → {answer}", text_in_words(request)))
                .collect();
            let runs = exchanges.chunk_by(|one, other| one == other);
            lines.extend(runs.map(|run| match run {
                [one] => format!("    {one}"),
                same => format!("    {} times: {}", same.len(), same[0]),
            }));
            lines.push(match then {
                Then::Stays => "and the connection stays for another request".into(),
                Then::Closes => {
                    "and the connection is closed, and another request has no answer"
                        .into()
                }
            });
            lines
        }
        Exchange::Crowd { size, start, other } => {
            let start = quote(&on_the_wire(start));
            let mut lines = vec![format!("{size} connections with {start}, and beside:")];
            let other = exchange_in_words(other).into_iter();
            lines.extend(other.map(|line| format!("    {line}")));
            lines
        }
        Exchange::Beside { size, start, piece, pause, takes, other } => {
            let mut sent = quote(&on_the_wire(start));
            sent += &format!(", then again and again {}", request_in_words(piece));
            if !pause.is_zero() {
                sent += &format!(", {} s apart", pause.as_secs());
            }
            let taken = if *takes { "" } else { ", and nothing is read" };
            let mut lines =
                vec![format!("{size} connections with {sent}{taken}, and beside:")];
            let other = exchange_in_words(other).into_iter();
            lines.extend(other.map(|line| format!("    {line}")));
            lines
        }
        Exchange::Rush { size, request, responses, not_before, other } => {
            let answers: Vec<String> = responses.iter().map(response_in_words).collect();
            let mut lines = vec![format!(
                "{size} connections with {} → after {not_before} seconds, {}, and beside:",
                text_in_words(request),
                answers.join(", or ")
            )];
            let other = exchange_in_words(other).into_iter();
            lines.extend(other.map(|line| format!("    {line}")));
            lines
        }
        Exchange::Wait { start, drops, not_before, response } => {
            let mut sent = quote(&on_the_wire(start));
            let mut runs = drops.chunk_by(|one, other| one == other).peekable();
            let is_slow = runs.peek().is_some();
            for run in runs {
                sent += &match run {
                    [drop] => format!(", then {}", quote(drop.as_bytes())),
                    same => format!(
                        ", then {} times {}",
                        same.len(),
                        quote(same[0].as_bytes())
                    ),
                };
            }
            if is_slow {
                sent += ", a second apart";
            }
            let response = response.as_ref().map(response_in_words);
            let response = response.unwrap_or("the connection is closed".into());
            vec![format!("{sent} → after {not_before} seconds, {response}")]
        }
        Exchange::Stuff { request, times, not_before } => vec![format!(
            "{times} times {}, and nothing is read → after {not_before} seconds, the \
             connection is closed",
            request_in_words(request)
        )],
        Exchange::GoOn { request, response, piece, times, pause: _ } => {
            let mut lines = one(request_in_words(request), response);
            let piece = quote(piece.as_bytes());
            lines.push(format!("and then up to {times} times {piece} → it is closed"));
            lines
        }
        Exchange::Leave(b"") => vec!["a connection, and nothing on it".into()],
        Exchange::Leave(bytes) => {
            vec![format!("{}, and the client is gone", quote(bytes))]
        }
        Exchange::Reset(bytes) => {
            vec![format!("{}, and the client resets the connection", quote(bytes))]
        }
    }
}

fn request_in_words(request: &Request) -> String {
    match request {
        Request::Text(text) => text_in_words(text),
        Request::Truncated(text) => {
            format!("{}, and the client closes its side", quote(&on_the_wire(text)))
        }
        Request::Bytes(bytes) => match str::from_utf8(bytes) {
            Ok(text) if !text.replace("\r\n", "").contains(['\r', '\n']) => {
                text_in_words(&text.replace("\r\n", "\n"))
            }
            _ => quote(bytes),
        },
        Request::Pieces(pieces) => {
            let pieces: Vec<String> = pieces.iter().map(|piece| quote(piece)).collect();
            pieces.join(", a pause, ")
        }
        Request::ByteByByte(bytes) => format!("byte by byte, {}", quote(bytes)),
        Request::Long { start, piece, times, end } => {
            let end = Some(end).filter(|end| !end.is_empty());
            format!(
                "{}, then {times} times {}{}",
                quote(&on_the_wire(start)),
                quote(piece.as_bytes()),
                end.map(|end| format!(", then {}", quote(end.as_bytes())))
                    .unwrap_or_default()
            )
        }
    }
}

/// A request without what is as usual, or its bytes if it is not well-formed.
fn text_in_words(text: &str) -> String {
    let Some((head, body)) = text.split_once("\n\n") else {
        return quote(&on_the_wire(text));
    };
    let mut lines = head.lines();
    let line = lines.next().unwrap_or_default();
    let mut words = match line.split(' ').collect::<Vec<_>>()[..] {
        [method, target, "HTTP/1.1"] if !method.is_empty() && !target.is_empty() => {
            format!("{method} {target}")
        }
        _ => quote(line.as_bytes()),
    };
    let length = format!("Content-Length: {}", body.len());
    let is_usual = |field: &&str| *field == length || HOSTS.contains(field);
    let fields: Vec<&str> = lines.collect();
    if !fields.iter().any(|field| field.to_ascii_lowercase().starts_with("host:")) {
        words += ", without Host";
    }
    let (usual, unusual): (Vec<&str>, Vec<&str>) =
        fields.iter().partition(|field| is_usual(field) || **field == FORM);
    let again = usual.iter().filter(|field| HOSTS.contains(field)).skip(1);
    for field in unusual.iter().chain(again) {
        words += &format!(", with {}", quote(field.as_bytes()));
    }
    if fields.contains(&FORM) {
        words += &format!(", with the form {}", quote(body.as_bytes()));
    } else if !body.is_empty() {
        words += &format!(", with the body {}", quote(body.as_bytes()));
    }
    words
}

fn response_in_words(response: &Response) -> String {
    match response {
        Response::Http(text) => answer_in_words(text),
        Response::Refusal(text) => {
            answer_in_words(text.split_once("\n\n").map_or(*text, |(head, _)| head))
        }
        Response::Echo(text) => {
            let head = text.split_once("\n\n").map_or(*text, |(head, _)| head);
            format!("{}, with the body that was sent", answer_in_words(head))
        }
        Response::Begins(text) => {
            format!("the beginning of this: {}", answer_in_words(text))
        }
        Response::Exactly(bytes) => quote(bytes),
        Response::Something => "something, one byte at least".into(),
    }
}

fn or_in_words(Or { answer, because, .. }: &Or) -> String {
    let answer = match answer {
        Answer::Http(text) => answer_in_words(text),
        Answer::Kept(text) => {
            format!("{}, if the connection stays open", answer_in_words(text))
        }
        Answer::Headless => "a page without a head".into(),
        Answer::Nothing => "nothing: the connection is closed".into(),
        Answer::Cut => "the beginning of it: the connection is closed".into(),
    };
    format!("{answer} ({because})")
}

fn answer_in_words(text: &str) -> String {
    let line = in_one_line(text);
    // Where any status will do, any reason will.
    let line = line.replace(" [..] whatever", " any status").replace(" whatever", "");
    let line = line.strip_prefix("HTTP/1.1 ").unwrap_or(&line);
    cut(line).map_or(line.into(), |start| format!("{start}…"))
}

/// Bytes in one line, as a text in a source would have them.
fn quote(bytes: &[u8]) -> String {
    let text = escape(bytes).replace("\\n\n", "\\n");
    match (bytes, cut(&text)) {
        ([], _) => "nothing".into(),
        (_, None) => format!("\"{text}\""),
        (bytes, Some(start)) => format!("\"{start}…\" ({} bytes)", bytes.len()),
    }
}

/// The beginning of a text that is too long.
fn cut(text: &str) -> Option<&str> {
    text.char_indices().nth(MAX_LENGTH).map(|(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases;

    #[test]
    fn a_request_is_told_without_what_is_usual() {
        for (text, words) in [
            ("GET /hi HTTP/1.1\nHost: localhost\n\n", "GET /hi"),
            ("GET /hi HTTP/1.1\n\n", "GET /hi, without Host"),
            ("GET  /hi HTTP/1.1\nHost: it\n\n", "\"GET  /hi HTTP/1.1\""),
            (
                "POST /a HTTP/1.1\nHost: it\nHost: b\nContent-Length: 2\n\nhi",
                "POST /a, with \"Host: b\", with the body \"hi\"",
            ),
            (
                "POST /a HTTP/1.1\nHost: it\nContent-Length: 3\n\nhi",
                "POST /a, with \"Content-Length: 3\", with the body \"hi\"",
            ),
            (
                "POST /a HTTP/1.1\nHost: it\nHost: localhost\n\n",
                "POST /a, with \"Host: localhost\"",
            ),
            (
                "POST /a HTTP/1.1\nHost: it\n\
                 Content-Type: application/x-www-form-urlencoded\nContent-Length: 3\n\na=b",
                "POST /a, with the form \"a=b\"",
            ),
            ("GET /hi", "\"GET /hi\""),
        ] {
            assert_eq!(text_in_words(text), words);
        }
    }

    #[test]
    fn what_http_leaves_open_is_told() {
        let case =
            Case { name: "a_b", left_open: "RFC 1", clause: "RFC 2", ..Case::DEFAULT };
        assert_eq!(outline(&case), "  a b (RFC 2)\n      ~ anything else (RFC 1)\n");
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = format!("GET /{} HTTP/1.1\nHost: it\n\n", "x".repeat(1000));
        assert_eq!(quote(long.as_bytes()).chars().count(), 1 + MAX_LENGTH + 15);
        assert!(quote(long.as_bytes()).ends_with("x…\" (1025 bytes)"));
    }

    #[test]
    fn a_response_is_told_in_one_line() {
        let http = "HTTP/1.1 405 No\nAllow: GET, ...\nDate: [none]\n\n...";
        let words = response_in_words(&Response::Http(http));
        assert_eq!(words, "405 No, with Allow: GET, ..., without Date");
        let words = response_in_words(&Response::Http("HTTP/1.1 [..] whatever\n\n..."));
        assert_eq!(words, "any status");
        // Its words are ours.
        let words = response_in_words(&Response::Refusal("HTTP/1.1 400 No\n\nBad.\n"));
        assert_eq!(words, "400 No");
    }

    #[test]
    fn every_case_has_an_outline_that_can_be_read() {
        for case in cases::all() {
            let outline = outline(case);
            assert!(outline.lines().count() > 1, "{}", case.name);
            let longest = outline.lines().map(|line| line.chars().count()).max();
            assert!(longest < Some(700), "{longest:?}: {outline}");
            assert!(!outline.contains("\n\n"), "{outline}");
        }
    }
}
