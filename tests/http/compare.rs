//! What is expected and what was received, side by side.

use std::collections::HashSet;
use std::iter::zip;
use std::ops::RangeInclusive;

use crate::message::{Field, Message};

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
    expected.body = match matches(&expected.body, &received.body) {
        true => received.body.clone(),
        false => fill_in(&expected.body, &received.body),
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
            if field_matches(expected, received) {
                expected.value.clone_from(&received.value);
            }
        }
    }
}

/// Whether a field is as the pattern says.
fn field_matches(pattern: &Field, field: &Field) -> bool {
    match &*pattern.value {
        "[date]" => is_date(&field.value),
        value if pattern.is("Allow") => is_set(value, &field.value, ','),
        value if pattern.is("Set-Cookie") => is_cookie(value, &field.value),
        value => matches(value.as_bytes(), field.value.as_bytes()),
    }
}

/// Whether a list has the members that the pattern names, and others only if `...` is one
/// of them.
fn is_set(pattern: &str, list: &str, separator: char) -> bool {
    let members =
        |text| -> HashSet<&str> { str::split(text, separator).map(str::trim).collect() };
    let (mut expected, received) = (members(pattern), members(list));
    match expected.remove("...") {
        true => expected.is_subset(&received),
        false => expected == received,
    }
}

/// Whether a cookie has the name and the value that the pattern says, and the same
/// attributes: neither their order nor their case matters (RFC 6265 section 5.2).
fn is_cookie(pattern: &str, cookie: &str) -> bool {
    let split = |text| str::split_once(text, ';').unwrap_or((text, ""));
    let ((expected, attributes), (pair, others)) = (split(pattern), split(cookie));
    let is_expected = match expected.strip_suffix("[hex]") {
        Some(name) => pair.strip_prefix(name).is_some_and(is_hex_key),
        None => matches(expected.as_bytes(), pair.as_bytes()),
    };
    let (attributes, others) =
        (attributes.to_ascii_lowercase(), others.to_ascii_lowercase());
    is_expected && is_set(&attributes, &others, ';')
}

/// Whether these are hexadecimal digits, enough of them for 128 bits.
fn is_hex_key(text: &str) -> bool {
    text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether this is a date as HTTP writes it (RFC 9110 section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
fn is_date(text: &str) -> bool {
    const DAYS: &str = "Mon Tue Wed Thu Fri Sat Sun";
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let is_one_of = |word, words: &str| words.split(' ').any(|one| one == word);
    let is_number = |word: &str, length, range: RangeInclusive<u32>| {
        word.len() == length
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && word.parse().is_ok_and(|number| range.contains(&number))
    };
    let words: Vec<&str> = text.split(' ').collect();
    let [weekday, day, month, year, time, "GMT"] = words[..] else { return false };
    let time: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = time[..] else { return false };
    weekday.strip_suffix(',').is_some_and(|weekday| is_one_of(weekday, DAYS))
        && is_number(day, 2, 1..=31)
        && is_one_of(month, MONTHS)
        && is_number(year, 4, 0..=9999)
        && is_number(hour, 2, 0..=23)
        && is_number(minute, 2, 0..=59)
        // 60 is a leap second.
        && is_number(second, 2, 0..=60)
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
