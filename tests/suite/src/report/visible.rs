//! Bytes that one can see.

/// How long a line may be, in characters.
const MAX_LINE: usize = 240;
/// How much of a longer one is shown of its beginning, and of its end.
const BEGINNING: usize = 120;
const END: usize = 40;
/// How many lines one wants to see of what matters, and of what only led to it.
const MAX_LINES: usize = 60;
const FEW_LINES: usize = 12;

/// Bytes as they are, but for what is too much of them: a line ends in `\r\n`, or in
/// whatever it does end in.
pub fn visible(bytes: &[u8]) -> String {
    cut(&escape(bytes), MAX_LINES)
}

/// No more than the first lines.
pub fn in_short(bytes: &[u8]) -> String {
    cut(&escape(bytes), FEW_LINES)
}

/// All of the bytes.
pub fn escape(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '\n' => text += "\\n\n",
                '"' | '\'' => text.push(char),
                _ if char.is_ascii() => {
                    text.extend((char as u8).escape_ascii().map(char::from))
                }
                _ => text.extend(char.escape_debug()),
            }
        }
        text += &chunk.invalid().escape_ascii().to_string();
    }
    match text.trim_end_matches('\n') {
        "" => "(nothing)".into(),
        lines => lines.into(),
    }
}

fn cut(text: &str, max_lines: usize) -> String {
    let lines: Vec<String> = text.lines().map(cut_line).collect();
    // A line that says how many are left out takes as much room as one of them.
    match lines.len().checked_sub(max_lines) {
        Some(left_out @ 2..) => {
            lines[..max_lines].join("\n") + &format!("\n(and {left_out} more lines)")
        }
        _ => lines.join("\n"),
    }
}

/// The beginning and the end of a line that is too long.
fn cut_line(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    if chars.len() <= MAX_LINE {
        return line.into();
    }
    let (beginning, rest) = chars.split_at(BEGINNING);
    let (middle, end) = rest.split_at(rest.len() - END);
    let text = |chars: &[char]| chars.iter().collect::<String>();
    format!("{} (… {} characters …) {}", text(beginning), middle.len(), text(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_can_be_seen() {
        assert_eq!(
            visible(b"a: \"\xFF\0\xC3\xA9\"\r\n\n"),
            "a: \"\\xff\\x00é\"\\r\\n\n\\n"
        );
        assert_eq!(visible(b""), "(nothing)");
    }

    #[test]
    fn what_is_too_much_is_cut() {
        let long = visible(&[b'x'; 1024 * 1024]);
        assert!(long.len() < 300, "{} characters", long.len());
        assert!(long.contains("(… 1048416 characters …)"), "{long}");
        let lines = "line\n".repeat(100);
        assert!(visible(lines.as_bytes()).ends_with("(and 40 more lines)"));
        assert!(in_short(lines.as_bytes()).ends_with("(and 88 more lines)"));
    }
}
