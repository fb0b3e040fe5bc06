//! What is expected and what was received, side by side.

use std::iter::zip;

use crate::message::{Field, Message};

mod field;

use field::{cookie_name, is_list, value_matches};

/// The two responses without what does not matter: a reason, headers that nobody asked
/// for, what a wildcard stands for. They are equal if all is well, and if not, what
/// differs is what is wrong.
pub fn essentials(expected: &Message, received: &Message) -> (Vec<u8>, Vec<u8>) {
    let (mut expected, mut received) = (expected.clone(), received.clone());
    if matches(expected.status.code.as_bytes(), received.status.code.as_bytes()) {
        expected.status.code.clone_from(&received.status.code);
        // RFC 9112 section 4: a client should ignore the reason.
        received.status.reason.clone_from(&expected.status.reason);
    }
    align_fields(&mut expected, &mut received);
    expected.body = if matches(&expected.body, &received.body) {
        received.body.clone()
    } else {
        fill_in(&expected.body, &received.body)
    };
    (expected.to_bytes(), received.to_bytes())
}

/// Keeps the fields that are expected, and puts them in one order: RFC 9110 section 5.3
/// gives a meaning only to the order of fields that share a name. Fields that must not be
/// there are kept if they are.
fn align_fields(expected: &mut Message, received: &mut Message) {
    let names: Vec<_> = expected.fields.iter().map(|field| field.name.clone()).collect();
    for message in [&mut *expected, &mut *received] {
        message.fields.retain(|field| names.iter().any(|name| field.is(name)));
        message.fields.sort_by_key(|field| names.iter().position(|name| field.is(name)));
    }
    expected.fields.retain(|field| field.value != "[none]");
    for (expected, received) in zip(&mut expected.fields, &mut received.fields) {
        if received.is(&expected.name) {
            received.name.clone_from(&expected.name);
            if value_matches(&expected.name, &expected.value, &received.value) {
                expected.value.clone_from(&received.value);
            }
        }
    }
}

/// The cookies of the tutorial.
const COOKIES: &[&str] = &["visits", "name", "session"];

/// Brings what a server may say in another form into the one that the cases have: a list
/// in several headers, and cookies that nobody has asked for.
pub fn accept_the_form(expected: &Message, received: &mut Message) {
    let mut fields: Vec<Field> = Vec::new();
    for field in received.fields.drain(..) {
        let same = fields.iter_mut().find(|other| other.is(&field.name));
        match same {
            Some(other) if is_list(&field.name) => {
                other.value = format!("{}, {}", other.value, field.value);
            }
            _ => fields.push(field),
        }
    }
    let is_cookie = |field: &Field| field.is("Set-Cookie");
    let is_absent = |field: &Field| is_cookie(field) && field.value == "[none]";
    if expected.fields.iter().any(is_absent) {
        // It may have others for purposes of its own.
        fields.retain(|field| {
            !is_cookie(field) || COOKIES.contains(&cookie_name(&field.value))
        });
    }
    let wanted: Vec<&str> = expected
        .fields
        .iter()
        .filter(|field| is_cookie(field) && field.value != "[none]")
        .map(|field| cookie_name(&field.value))
        .collect();
    let is_wanted =
        |field: &Field| is_cookie(field) && wanted.contains(&cookie_name(&field.value));
    // If there is none of these, the others may tell why.
    if fields.iter().any(is_wanted) {
        fields.retain(|field| !is_cookie(field) || is_wanted(field));
    }
    received.fields = fields;
}

/// Whether a text is as the pattern says. `[..]` stands for any text in a line, a line
/// `...` for any lines.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    lines_match(&lines_of(pattern), &lines_of(text))
}

/// The pattern with the lines that its wildcards seem to stand for: what still differs is
/// what is wrong.
fn fill_in(pattern: &[u8], text: &[u8]) -> Vec<u8> {
    let mut rest: Vec<&[u8]> = lines_of(text);
    let mut pattern = lines_of(pattern).into_iter().peekable();
    let mut filled: Vec<&[u8]> = Vec::new();
    while let Some(line) = pattern.next() {
        if line == b"..." {
            let end = match pattern.peek() {
                Some(next) => place_of(next, &rest),
                None => rest.len(),
            };
            filled.extend(rest.drain(..end));
        } else if rest.is_empty() {
            filled.push(line);
        } else {
            let other = rest.remove(0);
            filled.push(if line_matches(line, other) { other } else { line });
        }
    }
    filled.join(&b'\n')
}

/// Where a line is among others, or else the one that begins most like it; the end if
/// there is none.
fn place_of(line: &[u8], others: &[&[u8]]) -> usize {
    let likeness = |other: &[u8]| {
        zip(line, other).take_while(|(one, two)| one.eq_ignore_ascii_case(two)).count()
    };
    let matching = others.iter().position(|other| line_matches(line, other));
    let similar = || {
        let places = others.iter().enumerate().rev();
        let (place, other) = places.max_by_key(|(_, other)| likeness(other))?;
        (likeness(other) > 0).then_some(place)
    };
    // What comes after the last line end is no line.
    let end =
        others.len() - usize::from(others.last().is_some_and(|last| last.is_empty()));
    matching.or_else(similar).unwrap_or(end)
}

fn lines_of(text: &[u8]) -> Vec<&[u8]> {
    text.split(|&byte| byte == b'\n').collect()
}

/// Lines one after the other, and not by recursion: a body may have thousands.
fn lines_match(mut pattern: &[&[u8]], mut text: &[&[u8]]) -> bool {
    while let [line, rest @ ..] = pattern {
        if *line == b"..." {
            return (0..=text.len()).any(|skip| lines_match(rest, &text[skip..]));
        }
        match text {
            [first, others @ ..] if line_matches(line, first) => {
                (pattern, text) = (rest, others);
            }
            _ => return false,
        }
    }
    text.is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str, text: &str) -> String {
        assert!(!matches(pattern.as_bytes(), text.as_bytes()));
        String::from_utf8(fill_in(pattern.as_bytes(), text.as_bytes())).unwrap()
    }

    #[test]
    fn what_wildcards_stand_for_does_not_differ() {
        let text = "method: GET\nheader Host: x\nbody: \n";
        assert_eq!(
            filled("...\nheader host: x\n...\n", text),
            "method: GET\nheader host: x\nbody: \n"
        );
        assert_eq!(
            filled("method: [..]\nheader Host: y\n...", text),
            "method: GET\nheader Host: y\nbody: \n"
        );
        assert_eq!(filled("...\nuri: /\n...\n", text), format!("{text}uri: /\n"));
        assert_eq!(filled("a\n...", ""), "a");
    }
}
