//! What is expected and what was received, side by side.

use std::iter::zip;

use crate::message::Message;

/// The two responses without what does not matter: a reason, headers that nobody asked
/// for, what a wildcard stands for. They are equal if all is well, and if not, what
/// differs is what is wrong.
pub fn essentials(expected: &Message, received: &Message) -> (Vec<u8>, Vec<u8>) {
    let (mut expected, mut received) = (expected.clone(), received.clone());
    // RFC 9112 section 4: a client should ignore the reason.
    if expected.status.code == received.status.code {
        received.status.reason.clone_from(&expected.status.reason);
    }
    align_fields(&mut expected, &mut received);
    if matches(&expected.body, &received.body) {
        expected.body.clone_from(&received.body);
    }
    (expected.to_bytes(), received.to_bytes())
}

/// Keeps the fields that are expected, and puts them in one order: RFC 9110 section 5.3
/// gives a meaning only to the order of fields that share a name.
fn align_fields(expected: &mut Message, received: &mut Message) {
    let names: Vec<_> = expected.fields.iter().map(|field| field.name.clone()).collect();
    for message in [&mut *expected, &mut *received] {
        message.fields.retain(|field| names.iter().any(|name| field.is(name)));
        message.fields.sort_by_key(|field| names.iter().position(|name| field.is(name)));
    }
    for (expected, received) in zip(&mut expected.fields, &mut received.fields) {
        if received.is(&expected.name) {
            received.name.clone_from(&expected.name);
            if matches(expected.value.as_bytes(), received.value.as_bytes()) {
                expected.value.clone_from(&received.value);
            }
        }
    }
}

/// Whether a text is as the pattern says. `[..]` stands for any text in a line, a line
/// `...` for any lines.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let lines = |text| <[u8]>::split(text, |&byte| byte == b'\n').collect::<Vec<_>>();
    lines_match(&lines(pattern), &lines(text))
}

fn lines_match(pattern: &[&[u8]], text: &[&[u8]]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b"...", rest @ ..] => {
            (0..=text.len()).any(|skip| lines_match(rest, &text[skip..]))
        }
        [line, rest @ ..] => text.split_first().is_some_and(|(first, others)| {
            line_matches(line, first) && lines_match(rest, others)
        }),
    }
}

fn line_matches(pattern: &[u8], line: &[u8]) -> bool {
    const ANY: &[u8] = b"[..]";
    let Some(start) = pattern.windows(ANY.len()).position(|window| window == ANY) else {
        return pattern == line;
    };
    let (before, after) = (&pattern[..start], &pattern[start + ANY.len()..]);
    line.strip_prefix(before).is_some_and(|rest| {
        (0..=rest.len()).any(|skip| line_matches(after, &rest[skip..]))
    })
}
