//! The words in which two lines differ.

use std::ops::Range;

use crate::diff::align::changed_tokens;

/// Ranges of bytes in a line.
pub type Marks = Vec<Range<usize>>;

/// The changed byte ranges of two lines, or `None` if less than half of them is the same.
pub fn changed_words(old: &str, new: &str) -> Option<(Marks, Marks)> {
    let (old, new) = (words(old), words(new));
    let (removed, added) = changed_tokens(old.iter().copied(), new.iter().copied());
    let length =
        |words: &[&str]| words.iter().map(|word| word.trim().len()).sum::<usize>();
    let kept: Vec<&str> =
        new.iter().zip(&added).filter(|(_, is)| !**is).map(|(word, _)| *word).collect();
    if length(&kept) * 2 < length(&old).max(length(&new)) {
        return None;
    }
    Some((ranges(&old, &removed), ranges(&new, &added)))
}

/// Cuts a line into words, runs of white space, and single other characters.
fn words(line: &str) -> Vec<&str> {
    let class = |c: char| match c {
        _ if c.is_alphanumeric() || c == '_' => 1,
        _ if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((_, char)) = chars.next() {
        let end = chars.peek().map_or(line.len(), |(index, _)| *index);
        let goes_on = chars.peek().is_some_and(|(_, next)| class(*next) == class(char));
        if !goes_on || class(char) == 3 {
            words.push(&line[start..end]);
            start = end;
        }
    }
    words
}

/// The byte ranges of the chosen words, neighbours joined.
fn ranges(words: &[&str], is_chosen: &[bool]) -> Marks {
    let mut ranges: Marks = Vec::new();
    let mut start = 0;
    for (word, is_chosen) in words.iter().zip(is_chosen) {
        let end = start + word.len();
        match ranges.last_mut() {
            _ if !is_chosen => {}
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
        start = end;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_are_marked_when_half_of_the_line_stays() {
        let (old, new) = ("fn hello() -> String {", "fn hello(_r: &Request) -> String {");
        let (removed, added) = changed_words(old, new).unwrap();
        assert!(removed.is_empty());
        assert_eq!(
            added.iter().map(|r| &new[r.clone()]).collect::<Vec<_>>(),
            ["_r: &Request"]
        );
        assert_eq!(changed_words("let a = 1;", "return Ok(other);"), None);
    }

    #[test]
    fn lines_are_cut_into_words_without_loss() {
        let line = "    let x2 = \"é\";";
        assert_eq!(
            words(line),
            ["    ", "let", " ", "x2", " ", "=", " ", "\"", "é", "\"", ";"]
        );
    }
}
