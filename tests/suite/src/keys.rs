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
                self.0.insert(name.into(), value);
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

/// White space that may be in a head or not: after the name of a header, around a `=`.
const BLANKS: [char; 2] = [' ', '\t'];

/// What comes after `before`, as far as the character that ends it in the pattern: other
/// attributes of a cookie may follow. The names of headers have no case.
fn value_in(line: &str, before: &str, end: Option<char>) -> Option<String> {
    let mut rest = line;
    for wanted in before.chars().filter(|char| !BLANKS.contains(char)) {
        let mut chars = rest.trim_start_matches(BLANKS).chars();
        if !chars.next()?.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        rest = chars.as_str();
    }
    let value = rest.split(|char| Some(char) == end).next()?;
    Some(value.trim_matches(BLANKS).to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_in_the_head_does_not_matter() {
        let pattern = "HTTP/1.1 200 OK\nSet-Cookie: a=[=key]; ...\n\n";
        for line in ["Set-Cookie: a=1; Path=/", "set-cookie:a=1", "SET-COOKIE:\t a = 1 ;"]
        {
            let mut keys = Keys::default();
            keys.take(pattern, format!("HTTP/1.1 200 OK\r\n{line}\r\n\r\n").as_bytes());
            assert_eq!(keys.fill_in(b"a=[=key]".to_vec()), b"a=1", "{line}");
        }
    }

    #[test]
    fn white_space_in_the_value_stays() {
        let mut keys = Keys::default();
        let response =
            b"HTTP/1.1 200 OK\r\nlast-modified:Thu, 01 Jan 2026 12:00:00 GMT \r\n";
        keys.take("HTTP/1.1 200 OK\nLast-Modified: [=date]\n\n", response);
        assert_eq!(keys.fill_in(b"[=date]".to_vec()), b"Thu, 01 Jan 2026 12:00:00 GMT");
    }
}
