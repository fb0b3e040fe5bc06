//! Keys: what a response said, and a later request of the same case repeats.

use std::collections::BTreeMap;

/// Texts by the names that a case gives them: `[=session]`.
#[derive(Default)]
pub struct Keys(BTreeMap<String, String>);

impl Keys {
    /// Finds what the response has in the places of the names.
    pub fn take(&mut self, pattern: &str, response: &[u8]) {
        let response = String::from_utf8_lossy(response);
        for (before, name, after) in pattern.lines().filter_map(split) {
            let mut values = response
                .lines()
                .filter_map(|line| value_in(line, before, after.chars().next()));
            if let Some(value) = values.next() {
                self.0.insert(name.into(), value.into());
            }
        }
    }

    /// Puts into a request what the names stand for.
    pub fn fill_in(&self, request: Vec<u8>) -> Vec<u8> {
        // What is no text has no names in it.
        let Ok(mut text) = String::from_utf8(request.clone()) else { return request };
        for (name, value) in &self.0 {
            text = text.replace(&format!("[={name}]"), value);
        }
        text.into_bytes()
    }
}

/// What comes after `before`, as far as the character that ends it in the pattern: other
/// attributes of a cookie may follow. The names of headers have no case.
fn value_in<'a>(line: &'a str, before: &str, end: Option<char>) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(before.len())?;
    let value = rest.split(|char| Some(char) == end).next()?;
    start.eq_ignore_ascii_case(before).then_some(value)
}

/// The pattern with `[..]` in the places of the names.
pub fn as_wildcards(pattern: &str) -> String {
    match split(pattern) {
        Some((before, _, after)) => format!("{before}[..]{}", as_wildcards(after)),
        None => pattern.into(),
    }
}

/// Splits `before[=name]after`.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[=")?;
    let (name, after) = rest.split_once(']')?;
    Some((before, name, after))
}
