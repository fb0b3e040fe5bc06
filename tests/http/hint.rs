//! Hints: what a failure looks like tells where the mistake is likely to be.

use std::borrow::Cow;

use crate::case::{Case, Exchange, Request};
use crate::client::Trouble;
use crate::message::{Field, Message};
use crate::play::{Failure, Problem};

/// Where to look first, if the case knows, or the failure has a usual reason.
pub fn hint(case: &Case, failure: &Failure) -> Option<Cow<'static, str>> {
    let exchange = case.exchanges.get(failure.exchange)?;
    match &failure.problem {
        Problem::Differs { .. } if !case.hint.is_empty() => Some(case.hint.into()),
        Problem::Ended(_) => Some(
            "A client has ended your server: with an exception or a panic that nobody \
             caught. What your server has printed last says where. Whatever one client \
             sends, the next one must be answered."
                .into(),
        ),
        Problem::NoResponse(trouble) => {
            Some(of_trouble(trouble, case, exchange, failure.is_silence()).into())
        }
        Problem::Malformed(_) => of_malformed(&failure.received).map(Cow::Borrowed),
        Problem::Differs { expected, received } => {
            let expected = Message::parse(expected).ok()?;
            of_difference(exchange, &expected, &Message::parse(received).ok()?)
        }
        Problem::Broken(_) => None,
    }
}

fn of_trouble(
    trouble: &Trouble,
    case: &Case,
    exchange: &Exchange,
    is_silent: bool,
) -> &'static str {
    match trouble {
        Trouble::Early | Trouble::HungUp => {
            "TCP delivers bytes, and no messages: one read may bring a part of a request. \
             Read on until the empty line that ends the head, and then as many bytes as \
             Content-Length says. Answer after that."
        }
        Trouble::Blocked => {
            "A handler took its time, and other clients had to wait for it. Look for what \
             they share with it: a thread, or a lock that is held while the handler runs."
        }
        Trouble::Closed | Trouble::Answered => {
            "A client that sends `Expect: 100-continue` waits before it sends the body. \
             When you have read the head, and there is a body to come, send `HTTP/1.1 100 \
             Continue` and an empty line."
        }
        Trouble::Broke(_) => {
            "Who closes a connection while bytes of the client are still unread resets \
             it, and what was sent may never arrive. Read the request to its end before \
             you close; if you won't, stop sending first, and read what still comes."
        }
        Trouble::Silence if !is_silent => {
            "The response has begun, and the client can't tell where it ends. Say in \
             Content-Length how many bytes the body has, or close the connection."
        }
        Trouble::Silence if case.since == 1 => {
            "Your server waits for the end of the connection, and the client keeps it \
             open. Answer what a single read has brought."
        }
        Trouble::Silence => of_silence(exchange),
    }
}

/// Why a server may be waiting for a client that waits for the server.
fn of_silence(exchange: &Exchange) -> &'static str {
    match exchange {
        Exchange::Ask(Request::Truncated(_), _) => {
            "The client has closed its side, and nothing more will come: a read tells so \
             by returning no bytes. Stop reading then, and answer."
        }
        Exchange::Meanwhile(..) => {
            "While one client took its time, another one had to wait for it. Look for \
             what the two share: a thread, or a lock that is held for too long."
        }
        _ => {
            "Your server waits for something that won't come. A client keeps its side \
             open, so a request doesn't end where the connection ends: the head ends with \
             the empty line, and the body after as many bytes as Content-Length says, or \
             with its last chunk. With neither, there is no body. Or is the server busy \
             with another client, such as a browser that holds a connection open?"
        }
    }
}

fn of_malformed(received: &[u8]) -> Option<&'static str> {
    let has = |bytes: &[u8]| received.windows(bytes.len()).any(|window| window == bytes);
    if received.is_empty() {
        return Some(
            "The connection was closed without an answer. Either a handler has failed, \
             and your server has printed why, or the response was never written.",
        );
    }
    if !received.starts_with(b"HTTP/") {
        return Some(
            "A response begins with its status line, like `HTTP/1.1 200 OK`. Here it is \
             missing, or something comes before it.",
        );
    }
    let Ok(message) = Message::parse(received) else {
        return match (has(b"\r\n\r\n"), has(b"\n\n")) {
            (false, true) => Some(
                "Your lines end in `\\n`. In HTTP each line of the head ends in `\\r\\n`, \
                 the empty one too.",
            ),
            (false, false) => Some(
                "After the last header comes one more `\\r\\n`: the empty line that ends \
                 the head. Without it, the body is taken for a header.",
            ),
            (true, _) => None,
        };
    };
    let announced = message.value("Content-Length")?.parse::<usize>().ok()?;
    let characters = String::from_utf8_lossy(&message.body).chars().count();
    match message.body.len() {
        length if length == announced => None,
        _ if characters == announced => Some(
            "Content-Length counts bytes, and yours has counted characters. Count what \
             you send, after it has become bytes.",
        ),
        length if length < announced => Some(
            "The body is shorter than its Content-Length. Was all of it written, and \
             was the length taken from the same bytes?",
        ),
        _ => Some(
            "More bytes come than Content-Length says, and a client ignores them, or \
             takes them for the next response. If the request was HEAD, there must be \
             none at all.",
        ),
    }
}

fn of_difference(
    exchange: &Exchange,
    expected: &Message,
    received: &Message,
) -> Option<Cow<'static, str>> {
    let (wanted, got) = (&*expected.status.code, &*received.status.code);
    if wanted != got {
        let is_get = matches!(exchange, Exchange::Ask(request, _)
            if request.to_bytes().starts_with(b"GET "));
        return of_status(wanted, got, is_get).map(Cow::Borrowed);
    }
    let surplus = received.body.strip_prefix(&expected.body[..]).unwrap_or_default();
    if !expected.body.is_empty() && !surplus.trim_ascii().is_empty() {
        return Some(
            "The beginning of the body is right, and then more comes. If it was in the \
             request: the body of that ends after as many bytes as its Content-Length says."
                .into(),
        );
    }
    for Field { name, value } in &expected.fields {
        match received.value(name) {
            Some(other) if other == value => {}
            Some(_) => {
                return Some(format!("`{name}` is another. {}", about(name)).into());
            }
            None => return Some(format!("`{name}` is missing. {}", about(name)).into()),
        }
    }
    let is_surplus = |field: &&Field| expected.value(&field.name).is_none();
    if let Some(Field { name, .. }) = received.fields.iter().find(is_surplus) {
        return Some(format!("`{name}` should not be there.").into());
    }
    of_body(&expected.body, &received.body)
}

/// Why a status may be another than it should be.
fn of_status(wanted: &str, got: &str, is_get: bool) -> Option<&'static str> {
    Some(match (wanted, got) {
        ("500", _) => {
            "A handler has failed, and that is the server's fault: catch it, and say 500."
        }
        (_, "500") => {
            "A handler has failed, or what comes before it. Your server has printed why."
        }
        ("200" | "303", "404") => {
            "No route has taken it. Compare what your router looks at with the request: \
             the method, and the path without query, scheme and host."
        }
        ("200" | "303", "400") => {
            "There is nothing wrong with this request, and your parser refuses it. Look \
             for a place where it is stricter than the standard, also in how it finds a \
             header by its name."
        }
        ("404", "200") if is_get => {
            "There is no page at this path, and it was answered like one. Compare the \
             whole path, and not only how it begins; for all that is left, say 404."
        }
        ("404" | "405", "200") => {
            "This was answered like a GET. Has your router looked at the method?"
        }
        ("404", _) => {
            "No route has this path, whatever the method: look for the path first."
        }
        ("405", _) => {
            "There is such a path, but not with this method. Look for the path first, and \
             then for the method; `Allow` says which methods there are."
        }
        ("501", _) => {
            "Nobody knows this method, so the server can't do it: 501. A method that you \
             know, and that this page doesn't have, is a 405."
        }
        ("400" | "413" | "431" | "505", "200" | "404") => {
            "This request must be refused, and was taken. Check it while you parse it, \
             before any handler sees it."
        }
        ("400" | "413" | "431" | "505", _) => {
            "This request is refused, as it must be, but for another reason. Which of your \
             checks comes first?"
        }
        ("200" | "303", "401") => {
            "The client has shown a key, and your server doesn't know it, or not any more. \
             Follow the key from the login that has made it."
        }
        ("401", _) => {
            "Whoever is not known must not get in. Ask the session, and nothing else that \
             the client has sent."
        }
        _ => return None,
    })
}

/// What a header is for.
fn about(name: &str) -> &'static str {
    match &*name.to_ascii_lowercase() {
        "allow" => "It names each method that the path has, and no other.",
        "connection" => "It says whether the connection is closed after the response.",
        "content-length" => "It is the number of bytes in the body.",
        "content-type" => "It says what the bytes of the body are.",
        "date" => "It is the time in GMT, written like `Sun, 06 Nov 1994 08:49:37 GMT`.",
        "location" => "It says where the client shall go.",
        "set-cookie" => "It has one cookie: a name, a value, and attributes after `;`.",
        "www-authenticate" => "A 401 says with it how one can log in.",
        _ => "Look at the line with it in what should come.",
    }
}

/// How a body may differ.
fn of_body(expected: &[u8], received: &[u8]) -> Option<Cow<'static, str>> {
    if expected == received {
        return None;
    }
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let letters = |body: &[u8]| -> Vec<u8> {
        body.iter().copied().filter(|byte| !is_blank(byte)).collect()
    };
    if received.is_empty() {
        return Some(
            "The head has come, and nothing after it. Is the body written, and is the \
             empty line before it and not behind it?"
                .into(),
        );
    }
    if expected.eq_ignore_ascii_case(received) {
        return Some("They differ in upper and lower case only.".into());
    }
    if letters(expected) == letters(received) {
        return Some(
            "They differ in white space only: look at the line ends, also at the last one."
                .into(),
        );
    }
    let lines = |body| String::from_utf8_lossy(body).lines().map(String::from).collect();
    let (wanted, got): (Vec<String>, Vec<String>) = (lines(expected), lines(received));
    if let (2.., Some(line)) = (wanted.len(), wanted.iter().find(|it| !got.contains(it)))
    {
        return Some(format!("No line of the body is `{line}`.").into());
    }
    expected.starts_with(received).then(|| {
        "The beginning is right, and the rest is missing. Was it read in full, and written \
         in full?"
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Response;
    use crate::play;

    /// The hint for a server that answers `GET /hi` with these bytes.
    fn hint_for(expected: &'static str, received: &str) -> String {
        let response = Response::Http(expected);
        let problem = play::judge(&response, b"GET /hi", received.as_bytes(), false);
        let problem = problem.expect_err("something should be wrong");
        let exchange = Exchange::Ask(Request::Text("GET /hi HTTP/1.1\n\n"), response);
        let case = Case { exchanges: Box::leak(Box::new([exchange])), ..Case::DEFAULT };
        let failure = Failure { exchange: 0, received: received.into(), problem };
        hint(&case, &failure).unwrap_or_default().into_owned()
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
            (OK, "HTTP/1.1 500 Oh\r\n\r\n", "has printed why"),
            (OK, "HTTP/1.1 200 OK\r\n\r\n", "and nothing after it"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHello!\n", "white space"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHel", "the rest is missing"),
            (DATED, "HTTP/1.1 200 OK\r\n\r\n", "`Date` is missing"),
            (DATED, "HTTP/1.1 200 OK\r\nDate: now\r\n\r\n", "`Date` is another"),
            ("HTTP/1.1 404 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "whole path"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHello!?", "then more comes"),
            (
                "HTTP/1.1 200 OK\n\n...\na: b\n...",
                "HTTP/1.1 200 OK\r\n\r\nx\na: c\n",
                "is `a: b`",
            ),
            (OK, "Hello!", "begins with its status line"),
            (OK, "HTTP/1.1 200 OK\r\n\r\nHELLO!", "upper and lower case"),
            ("HTTP/1.1 400 No\n\n...", "HTTP/1.1 200 OK\r\n\r\n", "was taken"),
            ("HTTP/1.1 400 No\n\n...", "HTTP/1.1 501 No\r\n\r\n", "another reason"),
            ("HTTP/1.1 405 No\n\n...", "HTTP/1.1 404 No\r\n\r\n", "`Allow`"),
            (
                "HTTP/1.1 200 OK\nDate: [none]\n\n...",
                "HTTP/1.1 200 OK\r\nDate: x\r\n\r\n",
                "should not",
            ),
        ] {
            let hint = hint_for(expected, received);
            assert!(
                hint.contains(part),
                "{received:?} has the hint {hint:?}, not {part:?}"
            );
        }
    }

    #[test]
    fn what_has_no_usual_reason_has_no_hint() {
        assert_eq!(
            hint_for("HTTP/1.1 200 OK\n\nHello!", "HTTP/1.1 200 OK\r\n\r\nBye!"),
            ""
        );
    }
}
