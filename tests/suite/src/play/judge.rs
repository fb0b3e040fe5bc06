//! Judges what came back.

use super::{Problem, Whose};
use crate::case::{Answer, Response, is_head, on_the_wire};
use crate::compare;
use crate::keys::as_wildcards;
use crate::message::{self, Field, Message};

/// Whether this is the response that was expected to what was sent.
pub fn judge(
    response: &Response,
    sent: &[u8],
    received: &[u8],
    whose: Whose,
) -> Result<(), Problem> {
    judge_form(response, sent, received, whose, Length::IsWanted)
}

/// Whether it is, but for a Content-Length: it ends with its connection (RFC 9112 section
/// 6.3).
pub fn lacks_only_its_length(response: &Response, sent: &[u8], received: &[u8]) -> bool {
    let ends = Message::parse(received).is_ok_and(|message| message.ends_by_closing());
    ends && judge_form(response, sent, received, Whose::Theirs, Length::MayLack).is_ok()
}

/// Whether a response has to say how long it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    IsWanted,
    MayLack,
}

fn judge_form(
    response: &Response,
    sent: &[u8],
    received: &[u8],
    whose: Whose,
    length: Length,
) -> Result<(), Problem> {
    let is_to_head = is_head(sent);
    let (expected, received) = match response {
        Response::Http(text)
        | Response::Refusal(text)
        | Response::Echo(text)
        | Response::Begins(text) => {
            let mut expected = Message::parse(&on_the_wire(&as_wildcards(text)))
                .map_err(|error| {
                    Problem::Broken(format!("the case's response: {error}"))
                })?;
            let mut received = Message::parse(received).map_err(Problem::Malformed)?;
            if whose == Whose::Theirs {
                received.leave_out_the_next(is_to_head);
            }
            match response {
                Response::Begins(_) => received.end_here().map_err(Problem::Malformed)?,
                _ => received.check(is_to_head).map_err(Problem::Malformed)?,
            }
            if matches!(response, Response::Refusal(_)) && whose == Whose::Theirs {
                expected.body.clone_from(&received.body);
            }
            if whose == Whose::Theirs {
                accept_the_form(&mut expected, &received);
                let is_dispensable = |field: &Field| {
                    length == Length::MayLack && field.is("Content-Length")
                };
                expected.fields.retain(|field| !is_dispensable(field));
                compare::accept_the_form(&expected, &mut received);
            }
            if let Response::Echo(_) = response {
                expected.body = body_of(sent);
            }
            compare::essentials(&expected, &received)
        }
        Response::Exactly(bytes) => (bytes.to_vec(), received.to_vec()),
        Response::Something if received.is_empty() => {
            return Err(Problem::Malformed("the reply is empty".into()));
        }
        Response::Something => return Ok(()),
    };
    if expected == received {
        Ok(())
    } else {
        Err(Problem::Differs { expected, received })
    }
}

impl Answer {
    /// Whether the connection must stay open after it.
    pub fn is_kept(&self) -> bool {
        matches!(self, Answer::Kept(_))
    }

    /// Whether this is the answer to what was sent. If it is not over, the client has
    /// waited for more in vain, or was not ready for it.
    pub fn is(&self, sent: &[u8], received: &[u8], is_over: bool) -> bool {
        // Who refuses an empty line has not seen what comes after it.
        let sent = if sent.starts_with(b"\r\n") { b"" } else { sent };
        match self {
            Answer::Http(text) | Answer::Kept(text) => {
                let has_an_end = |message: Message| message.has_an_end(is_head(sent));
                (is_over || Message::parse(received).is_ok_and(has_an_end))
                    && judge(&Response::Http(text), sent, received, Whose::Theirs).is_ok()
            }
            Answer::Headless => {
                is_over && !received.is_empty() && !received.starts_with(b"HTTP/")
            }
            Answer::Nothing => is_over && received.is_empty(),
            Answer::Cut => {
                is_over
                    && Message::parse(received).is_ok()
                    && Message::end_of(received, is_head(sent)).is_none()
            }
        }
    }
}

/// What a response of the same meaning may look like as well.
fn accept_the_form(expected: &mut Message, received: &Message) {
    // A server that knows only HTTP/1.0 may say so (RFC 9110 section 2.5).
    if received.status.version == "HTTP/1.0" {
        expected.status.version.clone_from(&received.status.version);
    }
    // Chunks, too, say where a body ends (RFC 9112 section 6.3).
    if received.is_chunked() {
        expected.fields.retain(|field| !field.is("Content-Length"));
    }
}

/// What comes after the head, put together if it is in chunks.
fn body_of(request: &[u8]) -> Vec<u8> {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Vec::new();
    };
    let (head, body) = request.split_at(end + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if head.contains("\r\ntransfer-encoding:") {
        message::decode(body).unwrap_or_default()
    } else {
        body.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: Response = Response::Http("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");

    /// Whether the response says hello, to us and to others.
    fn says_hello(received: &[u8]) -> [bool; 2] {
        let sent = b"GET /hi HTTP/1.1\r\n\r\n";
        [Whose::Ours, Whose::Theirs]
            .map(|whose| judge(&HELLO, sent, received, whose).is_ok())
    }

    #[test]
    fn another_form_is_right_of_another_server() {
        let hello = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(says_hello(hello), [true, true]);
        let old = b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(says_hello(old), [false, true]);
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
            5\r\nhello\r\n0\r\n\r\n";
        assert_eq!(says_hello(chunked), [false, true]);
        let without = b"HTTP/1.1 200 OK\r\n\r\nhello";
        assert_eq!(says_hello(without), [false, false]);
    }

    #[test]
    fn the_next_response_is_none_of_this_one() {
        let next = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        let hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n";
        let kept = format!("{hello}\r\nhello{next}");
        assert_eq!(says_hello(kept.as_bytes()), [false, true]);
        let closed = format!("{hello}Connection: close\r\n\r\nhello{next}");
        assert_eq!(says_hello(closed.as_bytes()), [false, false]);
        let longer = format!("{hello}\r\nhello, all");
        assert_eq!(says_hello(longer.as_bytes()), [false, false]);
    }

    #[test]
    fn an_answer_has_an_end() {
        let is = |received, is_over| {
            Answer::Http("HTTP/1.1 400 Bad Request\n\n...").is(
                b"GET /hi\r\n",
                received,
                is_over,
            )
        };
        let early = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno";
        assert!(is(early, true));
        assert!(is(early, false));
        let endless = b"HTTP/1.1 400 Bad Request\r\n\r\nno";
        assert!(is(endless, true));
        assert!(!is(endless, false));
        let cut = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno";
        assert!(!is(cut, true));
    }

    #[test]
    fn an_answer_may_have_no_head_or_be_none() {
        let is = |answer: Answer, received, is_over| {
            answer.is(b"GET /hi\r\n", received, is_over)
        };
        assert!(is(Answer::Headless, b"Hello World!", true));
        assert!(!is(Answer::Headless, b"HTTP/1.1 200 OK\r\n\r\n", true));
        assert!(!is(Answer::Headless, b"", true));
        assert!(is(Answer::Nothing, b"", true));
        assert!(!is(Answer::Nothing, b"", false));
    }
}
