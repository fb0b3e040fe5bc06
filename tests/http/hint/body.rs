//! Why a body may be another than it should be.

use std::borrow::Cow;

use super::sent::{Sent, decode, decode_form};

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
    of_length(sent, expected, received)
        .or_else(|| of_white_space(expected, received))
        .map(Cow::Borrowed)
        .or_else(|| of_coding(sent, expected, received))
        .or_else(|| of_lines(expected, received))
        .or_else(|| {
            expected.starts_with(received).then(|| {
                "The beginning is right, and the rest is missing. Was it read in full, and \
                 written in full?"
                    .into()
            })
        })
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
        return Some(
            "The body has come in chunks, without Content-Length, and your server has taken \
             it for none.",
        );
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
    Some(match surplus.iter().all(|&byte| byte == 0) {
        true => {
            "The beginning is right, and then there are zeros: of a buffer, only that part \
             counts that the read has filled."
        }
        false => {
            "The beginning of the body is right, and then more comes. If it was in the \
             request: the body of that ends after as many bytes as its Content-Length says."
        }
    })
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
fn of_coding(sent: &Sent, expected: &[u8], received: &[u8]) -> Option<Cow<'static, str>> {
    let expected = String::from_utf8_lossy(expected);
    let received = String::from_utf8_lossy(received);
    let bytes_as_characters: String = expected.bytes().map(char::from).collect();
    let without_entities = ENTITIES
        .iter()
        .fold(received.to_string(), |text, (entity, char)| text.replace(entity, char))
        .replace("&amp;", "&");
    let hint = if received.replace('+', " ") == *expected {
        "In a form, `+` is a space; a plus is `%2B`."
    } else if decode(&received) == expected || decode_form(&received) == *expected {
        "It is still encoded: `%` and two digits are a byte, and in a form `+` is a space."
    } else if decode(&expected) == received {
        "It was decoded twice: what a `%25` stands for is a percent sign, and begins \
         nothing."
    } else if received == bytes_as_characters {
        "Each byte has become a character of its own. Put the bytes together first, and \
         then read them as UTF-8."
    } else if without_entities == expected {
        "It was encoded for HTML, and this page is plain text."
    } else {
        return of_cut(sent, &expected, &received).map(Cow::Owned);
    };
    Some(hint.into())
}

/// If a cookie has ended at a character that it can't have.
fn of_cut(sent: &Sent, expected: &str, received: &str) -> Option<String> {
    let is_from_a_response = sent.value("Cookie")?.contains("[=");
    let pairs = expected.chars().zip(received.chars());
    let char = pairs.filter(|(one, other)| one != other).map(|(one, _)| one).next()?;
    let ends_it = !char.is_ascii_graphic() || matches!(char, ';' | ',' | '"' | '\\');
    (is_from_a_response && ends_it).then(|| {
        format!(
            "The value of this cookie has a {char:?} in it, which a cookie can't have. \
             Encode it in the response that sets the cookie, and decode it when it comes \
             back."
        )
    })
}

/// The first line that is not there.
fn of_lines(expected: &[u8], received: &[u8]) -> Option<Cow<'static, str>> {
    let lines = |body| String::from_utf8_lossy(body).lines().map(String::from).collect();
    let (wanted, got): (Vec<String>, Vec<String>) = (lines(expected), lines(received));
    let missing = wanted.iter().find(|line| !got.contains(line))?;
    (wanted.len() > 1).then(|| format!("No line of the body is `{missing}`.").into())
}
