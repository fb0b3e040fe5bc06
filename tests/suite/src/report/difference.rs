//! What was expected and what was received, side by side.

use std::iter;

use imara_diff::{Algorithm, Diff, InternedInput};
use yansi::Paint;

use super::visible::escape;

/// How long texts may be, in characters, that one would compare line by line.
const MAX_LENGTH: usize = 6000;
/// How much of a line is shown before the first difference, and after it.
const BEFORE: usize = 60;
const AFTER: usize = 60;

/// Both texts in one: `<` is before a line to be expected, `>` before a line received.
/// Nothing if that would be too long.
pub fn difference(expected: &[u8], received: &[u8]) -> String {
    let (expected, received) = (escape(expected), escape(received));
    if expected.len().max(received.len()) > MAX_LENGTH {
        return String::new();
    }
    let mut input = InternedInput::default();
    input.update_before(expected.lines());
    input.update_after(received.lines());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut expected = expected.lines().zip(0..).peekable();
    let mut received = received.lines().zip(0..).peekable();
    let next_line = || {
        if let Some((line, _)) = expected.next_if(|(_, number)| diff.is_removed(*number))
        {
            return Some(format!("{}\n", format!("<{line}").red()));
        }
        if let Some((line, _)) = received.next_if(|(_, number)| diff.is_added(*number)) {
            return Some(format!("{}\n", format!(">{line}").green()));
        }
        received.next();
        expected.next().map(|(line, _)| format!(" {line}\n"))
    };
    iter::from_fn(next_line).collect()
}

/// The line that is the first to differ, a caret below the place, and what should be there.
pub fn first_difference(expected: &[u8], received: &[u8]) -> String {
    let (expected, received) = (escape(expected), escape(received));
    let mut lines = expected.lines().zip(received.lines());
    let Some((expected, received)) = lines.find(|(one, other)| one != other) else {
        return match expected.lines().nth(received.lines().count()) {
            Some(line) => format!("after the last line, where this should be:\n{line}"),
            None => "after the last line that should be there".into(),
        };
    };
    let place = place(expected, received);
    let (line, column) = around(received, place);
    match &*around(expected, place).0.chars().skip(column).collect::<String>() {
        "" => format!("{line}\n{:column$}^ nothing should be here", ""),
        rest => format!("{line}\n{:column$}^ here should be {rest}", ""),
    }
}

/// Where two lines begin to differ, in characters. A number differs as a whole.
fn place(expected: &str, received: &str) -> usize {
    let pairs = expected.chars().zip(received.chars());
    let same: Vec<char> =
        pairs.take_while(|(one, other)| one == other).map(|(one, _)| one).collect();
    let digits = same.iter().rev().take_while(|char| char.is_ascii_digit()).count();
    match received.chars().nth(same.len()) {
        Some(char) if char.is_ascii_digit() && digits < BEFORE => same.len() - digits,
        _ => same.len(),
    }
}

/// What is around a place in a line, and where the place is in that.
fn around(line: &str, place: usize) -> (String, usize) {
    let skipped = place.saturating_sub(BEFORE);
    let mut text = String::from(if skipped > 0 { "…" } else { "" });
    let column = text.chars().count() + place - skipped;
    text.extend(line.chars().skip(skipped).take(place - skipped + AFTER));
    if line.chars().count() > place + AFTER {
        text.push('…');
    }
    (text, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_is_below_the_first_difference() {
        let first = |expected: &str, received: &str| {
            first_difference(expected.as_bytes(), received.as_bytes())
        };
        assert_eq!(first("a\nbc", "a\nbd"), "bd\n ^ here should be c");
        assert_eq!(first("a", "ab"), "ab\n ^ nothing should be here");
        // A number differs as a whole.
        assert_eq!(first("x 12", "x 13"), "x 13\n  ^ here should be 12");
        assert_eq!(first("x 12", "x 1"), "x 1\n   ^ here should be 2");
        assert!(first("a\nb", "a\n").contains("where this should be:\nb"));
        assert!(first("a\n", "a\nb").starts_with("after the last line that"));
    }

    #[test]
    fn both_texts_are_in_the_difference() {
        yansi::disable();
        let text = difference(b"a\nb\nc\n", b"a\nc\nd\n");
        assert_eq!(text, " a\\n\n<b\\n\n c\\n\n>d\\n\n");
    }

    #[test]
    fn a_difference_far_to_the_right_can_be_seen() {
        let (expected, received) = (vec![b'0'; 300_000], vec![b'0'; 299_999]);
        let first = first_difference(&expected, &received);
        assert!(first.ends_with("^ here should be 0"), "{first}");
        let longest = first.lines().map(|line| line.chars().count()).max();
        assert!(longest < Some(100), "{first}");
        assert_eq!(difference(&expected, &received), "");
    }
}
