//! Words that a browser must not break: it breaks lines behind any hyphen, and `lsof -i` with
//! its two halves on two lines is another command.

/// Longer words may have to be broken on a phone, but not behind a hyphen.
const LONGEST: usize = 32;

/// Where code in a sentence and a command begin and end.
const PLACES: [(&str, &str); 3] =
    [("<code>", "</code>"), ("<kbd>", "</kbd>"), ("<kbd class=\"more\">", "</kbd>")];

/// A page in which commands and code break at spaces only.
pub fn keep_whole(page: &str) -> String {
    let mut html = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((start, (open, close))) = next_place(rest) {
        let inside = start + open.len();
        let Some(length) = rest[inside..].find(close) else { break };
        html += &rest[..inside];
        html += &mark_words(&rest[inside..inside + length]);
        rest = &rest[inside + length..];
    }
    html + rest
}

fn next_place(html: &str) -> Option<(usize, (&'static str, &'static str))> {
    let found = PLACES.iter().filter_map(|place| Some((html.find(place.0)?, *place)));
    found.min_by_key(|(start, _)| *start)
}

fn mark_words(code: &str) -> String {
    // With markup in it, it is coloured, and no command.
    if !code.contains('-') || code.contains('<') {
        return code.into();
    }
    let words = code.split_inclusive([' ', '\n']).map(|part| {
        let word = part.trim_end_matches([' ', '\n']);
        let marked = match word {
            _ if !word.contains('-') => word.into(),
            _ if word.len() <= LONGEST => mark(word),
            _ => mark_hyphens(word),
        };
        marked + &part[word.len()..]
    });
    words.collect()
}

fn mark(word: &str) -> String {
    format!("<span class=\"word\">{word}</span>")
}

/// Keeps each hyphen, or each row of them, with the letter that comes next.
fn mark_hyphens(word: &str) -> String {
    let mut html = String::new();
    let mut rest = word;
    while let Some(start) = rest.find('-') {
        let end =
            rest[start..].find(|c| c != '-').map_or(rest.len(), |next| start + next);
        let end = end + first_letter(&rest[end..]).len();
        html += &rest[..start];
        html += &mark(&rest[start..end]);
        rest = &rest[end..];
    }
    html + rest
}

/// The first letter of some HTML; `&quot;` is one.
fn first_letter(html: &str) -> &str {
    let end = match html.starts_with('&') {
        true => html.find(';').map(|end| end + 1),
        false => html.chars().next().map(char::len_utf8),
    };
    &html[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_hyphen_stays_whole() {
        let page = "a-b <code>lsof -i :8080</code> <kbd>cargo run -- check\n</kbd>";
        let expected = "a-b <code>lsof <span class=\"word\">-i</span> :8080</code> \
                        <kbd>cargo run <span class=\"word\">--</span> check\n</kbd>";
        assert_eq!(keep_whole(page), expected);
        let block = "<pre><code class=\"language-sh\">a -b</code></pre>";
        assert_eq!(keep_whole(block), block);
    }

    #[test]
    fn what_is_too_long_breaks_elsewhere() {
        let long = "long".repeat(9);
        let page = format!("<code>{long}--data-&quot;é-</code>");
        let expected = format!(
            "<code>{long}<span class=\"word\">--d</span>ata<span class=\"word\">-&quot;</span>\
             é<span class=\"word\">-</span></code>"
        );
        assert_eq!(keep_whole(&page), expected);
    }
}
