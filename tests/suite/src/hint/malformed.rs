//! Hints for what is no response of HTTP, or is longer or shorter than it says.

use crate::case::Response;
use crate::message::Message;

use super::sent::Sent;

/// If a line end that the client has sent is in the head of the response.
pub fn of_split(sent: &Sent, received: &[u8]) -> Option<&'static str> {
    let has = |text: &String| {
        let bytes = text.as_bytes();
        let start = received.windows(bytes.len()).position(|window| window == bytes);
        let end = received.windows(4).position(|window| window == b"\r\n\r\n");
        start.is_some_and(|start| end.is_none_or(|end| start < end))
    };
    sent.values_with_line_ends().iter().any(has).then_some(
        "A line end that the client has sent got into a header, and what came after it is \
         a header of the client's making, or the body: this is called response splitting. \
         Before you write what a client has sent into a header, encode `\\r` and `\\n`, or \
         refuse them.",
    )
}

/// If what came is no response, or none of the length that it says.
pub fn of_malformed(
    sent: &Sent,
    response: Option<&Response>,
    received: &[u8],
) -> Option<&'static str> {
    let has = |bytes: &[u8]| received.windows(bytes.len()).any(|window| window == bytes);
    if received.is_empty() && response.and_then(Response::code) == Some("500") {
        return Some(
            "A handler has failed, and the client was told nothing. That is the server's \
             fault: catch it, and say 500.",
        );
    }
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
    match Message::parse(received) {
        Ok(message) => of_length(sent, &message),
        Err(_) if has(b"\r\n\r\n") => head_of(received).any(is_control).then_some(
            "A header has a control character in it. Did the client send it? Encode what a \
             client has sent, or refuse it, before you write it into a header.",
        ),
        Err(_) if has(b"\n\n") => Some(
            "Your lines end in `\\n`. In HTTP each line of the head ends in `\\r\\n`, the \
             empty one too.",
        ),
        Err(_) => Some(
            "After the last header comes one more `\\r\\n`: the empty line that ends the \
             head. Without it, the body is taken for a header.",
        ),
    }
}

/// The characters of the head, but for the line ends.
fn head_of(received: &[u8]) -> impl Iterator<Item = char> {
    let text = String::from_utf8_lossy(received).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    head.replace("\r\n", "").chars().collect::<Vec<_>>().into_iter()
}

fn is_control(char: char) -> bool {
    char.is_ascii_control() && char != '\t'
}

/// If the body is not as long as the response says.
fn of_length(sent: &Sent, message: &Message) -> Option<&'static str> {
    if sent.is_head() && !message.body.is_empty() {
        return Some(
            "To HEAD, send the same head as to GET, with the Content-Length of the body, and \
             not the body.",
        );
    }
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
             takes them for the next response.",
        ),
    }
}
