//! Hints: what a failure looks like tells where the mistake is likely to be. They are read
//! off what was sent and what came back.

use std::borrow::Cow;

use crate::case::{Answer, Case, Response};
use crate::message::Message;
use crate::play::{self, Failure, Problem, Whose};
use crate::report::response_of;

mod body;
mod connection;
mod field;
mod malformed;
mod sent;
mod status;
mod target;

use sent::Sent;

/// Where to look first, if the failure has a usual reason, or the case knows one.
pub fn hint(case: &Case, failure: &Failure) -> Option<Cow<'static, str>> {
    let exchange = case.exchanges.get(failure.exchange)?;
    let sent = Sent::new(exchange);
    let received = &failure.received;
    match &failure.problem {
        Problem::Ended(_) => Some(
            "A client has ended your server: with an exception or a panic that nobody \
             caught. What your server has printed last says where. Whatever one client \
             sends, the next one must be answered."
                .into(),
        ),
        Problem::NoResponse(trouble) => {
            let response = response_of(exchange);
            Some(connection::of_trouble(trouble, case, &sent, response, received).into())
        }
        Problem::Malformed(_) => malformed::of_split(&sent, received)
            .or_else(|| malformed::of_malformed(&sent, response_of(exchange), received))
            .map(Cow::Borrowed),
        Problem::Differs { expected, received: essentials } => {
            malformed::of_split(&sent, received)
                .map(Cow::Borrowed)
                .or_else(|| {
                    of_other_answer(case, response_of(exchange)?, &sent, received)
                })
                .or_else(|| of_difference(case.hint, &sent, expected, essentials))
        }
        Problem::Broken(_) => None,
    }
}

/// If the response has a status that HTTP allows here, too, and lacks what goes with it.
fn of_other_answer(
    case: &Case,
    response: &Response,
    sent: &Sent,
    received: &[u8],
) -> Option<Cow<'static, str>> {
    let code = Message::parse(received).ok()?.status.code;
    // Where both have one status, the report has what else is right.
    if response.code() == Some(&*code) {
        return None;
    }
    let others = case.or.iter().filter(|or| or.is_for(response));
    others
        .filter_map(|or| match or.answer {
            Answer::Http(text) | Answer::Kept(text) => {
                Some((Response::Http(text), or.because))
            }
            Answer::Headless | Answer::Nothing | Answer::Cut => None,
        })
        .filter(|(other, _)| other.code() == Some(&*code))
        .find_map(|(other, because)| {
            let judged = play::judge(&other, sent.bytes(), received, Whose::Theirs);
            let Err(Problem::Differs { expected, received }) = judged else {
                return None;
            };
            let hint = of_difference("", sent, &expected, &received)?;
            Some(format!("A {code} is right as well ({because}), but: {hint}").into())
        })
}

/// If a whole response has come, and it is another: `special` is what the case knows.
fn of_difference(
    special: &'static str,
    sent: &Sent,
    expected: &[u8],
    received: &[u8],
) -> Option<Cow<'static, str>> {
    let special = Some(Cow::Borrowed(special)).filter(|hint| !hint.is_empty());
    let parse = |bytes| Message::parse(bytes).ok();
    let (Some(wanted), Some(got)) = (parse(expected), parse(received)) else {
        return special.or_else(|| body::of_body(sent, expected, received));
    };
    let (code, other) = (&*wanted.status.code, &*got.status.code);
    if code != other {
        let usual = status::of_status(code, other, sent).map(Cow::Borrowed);
        return if status::is_absence(code, other) { usual } else { special.or(usual) };
    }
    field::of_missing(&wanted, &got)
        .or(special)
        .or_else(|| field::of_fields(sent, &wanted, &got))
        .or_else(|| body::of_body(sent, &wanted.body, &got.body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Exchange, Or, Request};
    use crate::cases;
    use crate::client::Trouble;

    const HI: &str = "GET /hi HTTP/1.1\nHost: it\n\n";

    /// The hint for a server that answers a request with these bytes.
    fn hint_for(
        request: &'static str,
        expected: &'static str,
        received: &str,
        or: &'static [Or],
    ) -> String {
        let request = Request::Text(request);
        let response = Response::Http(expected);
        let sent = request.to_bytes();
        let problem = play::judge(&response, &sent, received.as_bytes(), Whose::Theirs);
        let problem = problem.expect_err("something should be wrong");
        let exchange = Exchange::Ask(request, response);
        let exchanges = Box::leak(Box::new([exchange]));
        let case = Case { exchanges, or, ..Case::DEFAULT };
        let failure = Failure::new(0, received.into(), problem);
        hint(&case, &failure).unwrap_or_default().into_owned()
    }

    fn assert_hint(
        request: &'static str,
        expected: &'static str,
        received: &str,
        part: &str,
    ) {
        let hint = hint_for(request, expected, received, &[]);
        assert!(
            hint.contains(part),
            "{request:?}, answered with {received:?}, has the hint {hint:?}, not {part:?}"
        );
    }

    #[test]
    fn each_mistake_has_its_hint() {
        const OK: &str = "HTTP/1.1 200 OK\n\nHello!";
        const DATED: &str = "HTTP/1.1 200 OK\nDate: [date]\n\n...";
        for (expected, received, part) in [
            (OK, "", "closed without an answer"),
            (OK, "HTTP/1.1 200 OK\n\nHello!", "end in `\\n`"),
            (OK, "HTTP/1.1 200 OK\r\nServer: it\r\nHello!", "one more `\\r\\n`"),
            (
                OK,
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHällo",
                "counted characters",
            ),
            (OK, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHello!", "is shorter"),
            (OK, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nHello!", "More bytes"),
            (OK, "HTTP/1.1 404 Not Found\r\n\r\n", "No route has taken it"),
            (OK, "HTTP/1.1 405 No\r\n\r\n", "Which methods does your route have"),
            (OK, "HTTP/1.1 431 No\r\n\r\n", "not too long"),
            (OK, "HTTP/1.1 500 Oh\r\n\r\n", "has printed why"),
            (OK, "HTTP/1.1 200 OK\r\n\r\n", "and nothing after it"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHello!\n", "white space"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHel", "the rest is missing"),
            (DATED, "HTTP/1.1 200 OK\r\n\r\n", "`Date` is missing"),
            (DATED, "HTTP/1.1 200 OK\r\nDate: now\r\n\r\n", "`Date` is another"),
            ("HTTP/1.1 404 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "whole path"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHello!?", "then more comes"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHello!\0\0\0", "the read has filled"),
            (
                "HTTP/1.1 200 OK\n\n...\na: b\n...",
                "HTTP/1.1 200 OK\r\n\r\nx\na: c\n",
                "is `a: b`",
            ),
            (OK, "Hello!", "begins with its status line"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHELLO!", "upper and lower case"),
            ("HTTP/1.1 400 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "was taken"),
            ("HTTP/1.1 400 No\n\n...", "HTTP/1.1 501 No\r\n\r\n", "another reason"),
            ("HTTP/1.1 413 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "Count the bytes"),
            ("HTTP/1.1 405 No\n\n...", "HTTP/1.1 404 No\r\n\r\n", "`Allow`"),
            ("HTTP/1.1 405 No\n\n...", "HTTP/1.1 400 No\r\n\r\n", "nothing wrong"),
            ("HTTP/1.1 500 No\n\n...", "", "told nothing"),
            (OK, "HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", "control character"),
            ("HTTP/1.1 405 No\n\n...", "HTTP/1.1 501 No\r\n\r\n", "is known to you"),
            ("HTTP/1.1 303 No\n\n...", "HTTP/1.1 307 No\r\n\r\n", "posts again"),
            ("HTTP/1.1 303 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "Answer 303"),
            ("HTTP/1.1 401 No\n\n...", "HTTP/1.1 403 No\r\n\r\n", "help to log in"),
            (
                "HTTP/1.1 200 OK\nDate: [none]\n\n...",
                "HTTP/1.1 200 OK\r\nDate: x\r\n\r\n",
                "should not",
            ),
            (
                "HTTP/1.1 405 No\nAllow: GET, POST, ...\n\n...",
                "HTTP/1.1 405 No\r\nAllow: GET\r\n\r\n",
                "`Allow` lacks POST",
            ),
        ] {
            assert_hint(HI, expected, received, part);
        }
    }

    #[test]
    fn a_hint_is_about_the_target_that_was_sent() {
        const OK: &str = "HTTP/1.1 200 OK\n\nHello!";
        for (request, part) in [
            ("GET http://localhost?to=/hi HTTP/1.1\n\n", "it has no path"),
            ("GET http://localhost/HI HTTP/1.1\n\n", "begins after the host"),
            ("GET /HI HTTP/1.1\n\n", "Upper and lower case"),
            ("GET /history HTTP/1.1\n\n", "not only how it begins"),
            ("GET /%2Fhi HTTP/1.1\n\n", "`%2F` is no `/`"),
            ("GET /bye?u=http://it/hi HTTP/1.1\n\n", "in the query"),
            ("POST /hi HTTP/1.1\n\n", "looked at the method"),
        ] {
            let found = "HTTP/1.1 200 OK\r\n\r\n";
            assert_hint(request, "HTTP/1.1 404 Not Found\n\n...", found, part);
        }
        for (request, part) in [
            ("OPTIONS * HTTP/1.1\n\n", "no path"),
            ("GET http://localhost/hi HTTP/1.1\n\n", "after scheme and host"),
            ("GET /hi?name=ada HTTP/1.1\n\n", "Cut it off"),
            ("GET /hi?u=http://it/bye HTTP/1.1\n\n", "in the query"),
            ("GET /%68i HTTP/1.1\n\n", "decode the path"),
            ("HEAD /hi HTTP/1.1\n\n", "with GET"),
        ] {
            let missed = "HTTP/1.1 404 Not Found\r\n\r\n";
            assert_hint(request, OK, missed, part);
        }
        let chunked =
            "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n5\r\nhello\r\n0\r\n\r\n";
        for (request, part) in [
            ("\nGET /hi HTTP/1.1\n\n", "empty line before"),
            ("GET /hi HTTP/1.0\n\n", "only from HTTP/1.1"),
            (chunked, "comes in chunks"),
            (HI, "stricter than"),
        ] {
            assert_hint(request, OK, "HTTP/1.1 400 Bad Request\r\n\r\n", part);
        }
        let length = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nHello!";
        assert_hint(
            "HEAD /hi HTTP/1.1\n\n",
            "HTTP/1.1 200 OK\n\n",
            length,
            "not the body",
        );
        for (expected, body, part) in [
            ("Content-Length: 5\n\nhello", "5\r\nhello\r\n0\r\n\r\n", "still what came"),
            ("Content-Length: 5\n\nhello", "", "taken for none"),
            ("Content-Length: 5\n\nhello", "hello!", "then more comes"),
            ("X: [none]\n\n...\nbody: hello\n", "a\nbody: \n", "taken for none"),
            ("X: [none]\n\n...\nbody: hello\n", "a\nbody: hello!\n", "then more comes"),
        ] {
            let expected =
                Box::leak(format!("HTTP/1.1 200 OK\n{expected}").into_boxed_str());
            let length = body.len();
            let received =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
            assert_hint(chunked, expected, &received, part);
        }
    }

    #[test]
    fn what_was_taken_has_something_wrong_with_it() {
        for (head, part) in [
            ("Host: it\nX: a\rb", "ends in `\\r\\n`, and in nothing else"),
            ("Host: it\nTransfer-Encoding: \u{a0}chunked", "the space and the tab"),
            ("Host: it\nContent-Length: \u{665}", "0 to 9"),
            ("Host: it\nhost: it", "keeps only one"),
            ("Host: it\nContent-Length: 5\nTransfer-Encoding: chunked", "refuse it"),
            ("Host: it\nContent-Length: +5", "a sign"),
            ("Accept: */*", "There is no Host"),
            ("Host: it:80:80", "a name, an IPv4"),
            ("Host: it\nX : a", "before any handler"),
        ] {
            let request =
                Box::leak(format!("GET / HTTP/1.1\n{head}\n\n").into_boxed_str());
            let taken = "HTTP/1.1 200 OK\r\n\r\n";
            assert_hint(request, "HTTP/1.1 400 Bad Request\n\n...", taken, part);
        }
    }

    #[test]
    fn what_goes_with_another_answer_is_named() {
        const OR: &[Or] = &[Or {
            instead_of: "501",
            answer: Answer::Http("HTTP/1.1 405 No\nAllow: ...\n\n..."),
            because: "who says so",
        }];
        let hint = hint_for(
            "BREW /hi HTTP/1.1\n\n",
            "HTTP/1.1 501 No\n\n...",
            "HTTP/1.1 405 No\r\n\r\n",
            OR,
        );
        assert!(hint.starts_with("A 405 is right as well (who says so)"), "{hint}");
        assert!(hint.contains("`Allow` is missing"), "{hint}");
    }

    #[test]
    fn a_hint_says_which_part_of_a_cookie_is_another() {
        const REQUEST: &str = "GET /visits HTTP/1.1\nCookie: visits=4\n\n";
        for (cookie, part) in [
            ("visits=1; Path=/; HttpOnly", "value of `visits` is `1`, and should be `5`"),
            ("visits=1; Path=/; HttpOnly", "`Cookie: visits=4`"),
            ("visits=5; Path=/", "lacks `HttpOnly`"),
            ("Visits=5; Path=/; HttpOnly", "should be `visits`"),
        ] {
            assert_hint(
                REQUEST,
                "HTTP/1.1 200 OK\nSet-Cookie: visits=5; HttpOnly; ...\n\n...",
                &format!("HTTP/1.1 200 OK\r\nSet-Cookie: {cookie}\r\n\r\n"),
                part,
            );
        }
        assert_hint(
            HI,
            "HTTP/1.1 200 OK\nSet-Cookie: session=[hex]; ...\n\n...",
            "HTTP/1.1 200 OK\r\nSet-Cookie: session=12; Path=/\r\n\r\n",
            "can be guessed",
        );
    }

    #[test]
    fn a_line_end_of_the_client_in_a_header_is_named() {
        const KEPT: &str =
            "HTTP/1.1 303 No\nSet-Cookie: name=[..]; ...\nX-Evil: [none]\n\n...";
        const FORM: &str = "POST /name HTTP/1.1\nHost: it\n\nname=ada%0D%0AX-Evil:+no";
        const LOW: &str =
            "POST /name HTTP/1.1\nHost: it\n\nname=ada%E5%98%8D%E5%98%8AX-Evil:+no";
        const RAW: &str = "POST /name HTTP/1.1\nHost: it\n\nname=ada\r\nX-Evil: no";
        for request in [FORM, LOW, RAW] {
            let split =
                "HTTP/1.1 303 No\r\nSet-Cookie: name=ada\r\nX-Evil: no; Path=/\r\n\r\n";
            assert_hint(request, KEPT, split, "response splitting");
        }
        // A header with a bare carriage return in it is none.
        assert_hint(
            "POST /name HTTP/1.1\nHost: it\n\nname=ada%0DX-Evil:+no",
            KEPT,
            "HTTP/1.1 303 No\r\nSet-Cookie: name=ada\rX-Evil: no; Path=/\r\n\r\n",
            "response splitting",
        );
        // In a body, it does no harm.
        let body = "HTTP/1.1 200 OK\r\n\r\nada\r\nX-Evil: no";
        assert!(!hint_for(FORM, KEPT, body, &[]).contains("splitting"));
    }

    #[test]
    fn a_hint_says_how_a_text_was_decoded() {
        const COME_BACK: &str = "GET /visits HTTP/1.1\nCookie: name=[=name]\n\n";
        for (expected, body, part) in [
            ("HTTP/1.1 200 OK\n\nZoë b!", "Zo%C3%AB+b!", "still encoded"),
            ("HTTP/1.1 200 OK\n\nAda L", "Ada+L", "`+` is a space"),
            ("HTTP/1.1 200 OK\n\n%41!", "A!", "decoded twice"),
            ("HTTP/1.1 200 OK\n\nZoë!", "ZoÃ«!", "a character of its own"),
            ("HTTP/1.1 200 OK\n\n<b> & c", "&lt;b&gt; &amp; c", "encoded for HTML"),
            ("HTTP/1.1 200 OK\n\n1+1 + a b", "1+1++ a b", "`+` is a space"),
            ("HTTP/1.1 200 OK\n\nada; Path, 1.", "ada, 1.", "has a `;` in it"),
            ("HTTP/1.1 200 OK\n\n  ada , 1.", "ada , 1.", "has a ` ` in it"),
            ("HTTP/1.1 200 OK\n\nada, visit 2.", "ada, visit 17.", "is `17`, and should"),
        ] {
            let received = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
            assert_hint(COME_BACK, expected, &received, part);
        }
    }

    /// The hint for a server that keeps the connection open, and says nothing.
    fn hint_for_silence(exchange: Exchange) -> String {
        let exchanges = Box::leak(Box::new([exchange]));
        let case = Case { exchanges, since: 9, ..Case::DEFAULT };
        let failure = Failure::new(0, Vec::new(), Trouble::Silence.into());
        hint(&case, &failure).unwrap_or_default().into_owned()
    }

    #[test]
    fn a_silence_has_a_reason_in_what_was_sent() {
        let ask = |request| Exchange::Ask(request, Response::Something);
        for (exchange, part) in [
            (ask(Request::Truncated("GET /hi")), "has closed its side"),
            (ask(Request::Bytes(b"GET /hi HTTP/1.1\nHost: it\n\n")), "`\\n` alone"),
            (ask(Request::Bytes(b"GET /hi\r\n")), "Judge each line"),
            (
                ask(Request::Text(
                    "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n0\r\n\r\n",
                )),
                "the chunk of size 0",
            ),
            (ask(Request::Text(HI)), "the head ends with the empty line"),
            (
                Exchange::Continue {
                    head: "POST / HTTP/1.1\n\n",
                    body: &["x"],
                    response: Response::Something,
                },
                "100",
            ),
        ] {
            let hint = hint_for_silence(exchange);
            assert!(hint.contains(part), "{hint:?} is not about {part:?}");
        }
    }

    #[test]
    fn what_has_no_usual_reason_has_no_hint() {
        let received = "HTTP/1.1 200 OK\r\n\r\nBye!";
        assert_eq!(hint_for(HI, "HTTP/1.1 200 OK\n\nHello!", received, &[]), "");
    }

    /// What only the case knows is said if there is a page, and not if there is none.
    #[test]
    fn the_hint_of_a_case_does_not_hide_what_is_missing() {
        let case =
            cases::all().find(|case| case.name.contains("has_a_name_without_case"));
        let case = case.unwrap();
        let hint = |received: &str| {
            let Exchange::Ask(request, response) = &case.exchanges[0] else { panic!() };
            let sent = request.to_bytes();
            let problem =
                play::judge(response, &sent, received.as_bytes(), Whose::Theirs);
            hint(case, &Failure::new(0, received.into(), problem.unwrap_err())).unwrap()
        };
        assert!(hint("HTTP/1.1 404 No\r\n\r\n").contains("No route"));
        assert!(hint("HTTP/1.1 200 OK\r\n\r\nx").contains("`Set-Cookie` is missing"));
        let first = "HTTP/1.1 200 OK\r\nSet-Cookie: visits=1; Path=/\r\n\r\n\
            Stranger, this is visit 1.\n";
        assert_eq!(hint(first), case.hint);
    }
}
