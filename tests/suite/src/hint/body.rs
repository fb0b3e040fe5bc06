//! Why a body may be another than it should be.

use std::borrow::Cow;
use std::iter::zip;

use super::sent::{Sent, decode, decode_form};
use crate::message;

const CHUNKS: &str = "The body has come in chunks, without Content-Length. Has it been put together, or taken \
     for none?";

const ZEROS: &str = "The beginning is right, and then there are zeros: of a buffer, only that part counts that \
     the read has filled.";

const MORE: &str = "The beginning is right, and then more comes. If it was in the request: a body ends after \
     as many bytes as its Content-Length says.";

const REST: &str = "The beginning is right, and the rest is missing. Was it read in full, and written in \
     full?";

/// What HTML writes in the place of some characters.
const ENTITIES: &[(&str, &str)] =
    &[("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];

/// Where to look, if a case expects one body and another has come.
pub fn of_body(
    sent: &Sent,
    expected: &[u8],
    received: &[u8],
) -> Option<Cow<'static, str>> {
    if expected == received {
        return None;
    }
    let texts = [expected, received].map(String::from_utf8_lossy);
    let [wanted, got] = texts.each_ref().map(|text| &**text);
    of_length(sent, expected, received)
        .or_else(|| of_coding(wanted, got))
        .map(Cow::Borrowed)
        .or_else(|| of_cut(sent, wanted, got))
        .or_else(|| of_white_space(expected, received).map(Cow::Borrowed))
        .or_else(|| of_number(sent, wanted, got))
        .or_else(|| of_lines(sent, wanted, got))
        .or_else(|| expected.starts_with(received).then_some(Cow::Borrowed(REST)))
}

/// If all of the body is missing, or it has more than it should.
fn of_length(sent: &Sent, expected: &[u8], received: &[u8]) -> Option<&'static str> {
    if sent.is_chunked() && !received.is_empty() && sent.body().starts_with(received) {
        return Some(
            "The chunks are still what came: the lines with their sizes belong to the \
             coding, and not to the body. Take them out, and join what is between them.",
        );
    }
    if received.is_empty() && sent.is_chunked() {
        return Some(CHUNKS);
    }
    if received.is_empty() {
        return Some(
            "The head has come, and nothing after it. Is the body written, and is the \
             empty line before it and not behind it?",
        );
    }
    let surplus = received.strip_prefix(expected).unwrap_or_default();
    if expected.is_empty() || surplus.trim_ascii().is_empty() {
        return None;
    }
    let are_zeros = surplus.iter().all(|&byte| byte == 0);
    Some(if are_zeros { ZEROS } else { MORE })
}

fn of_white_space(expected: &[u8], received: &[u8]) -> Option<&'static str> {
    let letters = |body: &[u8]| -> Vec<u8> {
        body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
    };
    if expected.eq_ignore_ascii_case(received) {
        return Some("They differ in upper and lower case only.");
    }
    (letters(expected) == letters(received)).then_some(
        "They differ in white space only: look at the line ends, also at the last one.",
    )
}

/// If a text was decoded too often, or not often enough.
fn of_coding(expected: &str, received: &str) -> Option<&'static str> {
    let bytes_as_characters: String = expected.bytes().map(char::from).collect();
    let without_entities = ENTITIES
        .iter()
        .fold(received.to_string(), |text, (entity, char)| text.replace(entity, char))
        .replace("&amp;", "&");
    let is_plus = |(wanted, got)| wanted == got || (wanted, got) == (' ', '+');
    Some(
        if zip(expected.chars(), received.chars()).all(is_plus)
            && expected.len() == received.len()
        {
            "In a form, `+` is a space; a plus is `%2B`."
        } else if decode(received) == expected || decode_form(received) == expected {
            "It is still encoded: `%` and two digits are a byte, and in a form `+` is a space."
        } else if decode(expected) == received {
            "It was decoded twice: what a `%25` stands for is a percent sign, and begins \
         nothing."
        } else if received == bytes_as_characters {
            "Each byte has become a character of its own. Put the bytes together first, and \
         then read them as UTF-8."
        } else if without_entities == expected {
            "It was encoded for HTML, and this page is plain text."
        } else {
            return None;
        },
    )
}

/// If a cookie has ended at a character that it can't have.
fn of_cut(sent: &Sent, expected: &str, received: &str) -> Option<Cow<'static, str>> {
    let is_from_a_response = sent.value("Cookie")?.contains("[=");
    let mut pairs = zip(expected.chars(), received.chars());
    let (char, _) = pairs.find(|(one, other)| one != other)?;
    let ends_it = !char.is_ascii_graphic() || matches!(char, ';' | ',' | '"' | '\\');
    (is_from_a_response && ends_it).then(|| {
        let hint = format!(
            "The value of this cookie has a `{}` in it, which a cookie can't have. Encode it \
             in the response that sets the cookie, and decode it when it comes back.",
            char.escape_debug()
        );
        hint.into()
    })
}

/// If only numbers differ: which one is the first.
fn of_number(sent: &Sent, expected: &str, received: &str) -> Option<Cow<'static, str>> {
    let is_digit = |char: char| char.is_ascii_digit();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|char| !is_digit(char));
        words.filter(|word| !word.is_empty()).map(String::from).collect()
    };
    if expected.replace(is_digit, "") != received.replace(is_digit, "") {
        return None;
    }
    let (wanted, got) = (words(expected), words(received));
    let (wanted, got) = zip(wanted, got).find(|(one, other)| one != other)?;
    let hint = format!(
        "Only a number differs: it is `{got}`, and should be `{wanted}`. If a client keeps it, \
         nothing counts but what this client has sent: {}. Have you found it in that?",
        sent.cookies()
    );
    Some(hint.into())
}

/// The first line that is not there.
fn of_lines(sent: &Sent, expected: &str, received: &str) -> Option<Cow<'static, str>> {
    let missing =
        expected.lines().find(|line| !received.lines().any(|other| other == *line))?;
    if received.lines().any(|line| line.starts_with(missing)) {
        return Some(MORE.into());
    }
    let body = message::decode(sent.body()).filter(|body| !body.is_empty());
    let has_body = |body: Vec<u8>| missing.as_bytes().ends_with(&body);
    if sent.is_chunked() && body.is_some_and(has_body) {
        return Some(CHUNKS.into());
    }
    let is_one_of_many = expected.lines().count() > 1;
    is_one_of_many.then(|| format!("No line of the body is `{missing}`.").into())
}
