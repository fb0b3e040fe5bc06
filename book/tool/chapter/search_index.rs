//! What the search looks through. mdBook writes down an index as it is in memory, where each
//! word has a branch of a tree for each of its letters, and beside it all texts. Here only the
//! texts stay, each page and each frequent word of them once, and `book/theme/search.js` makes
//! the same index of them in the browser.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;
use serde::Deserialize;
use serde_json::{Value, json};

/// What makes the index, around the texts.
const SCRIPT: &str = include_str!("../../theme/search.js");
const TEXTS: &str = "/* the texts */";

/// The signs that can stand for a word: two bytes each.
const SIGNS: std::ops::RangeInclusive<char> = '\u{100}'..='\u{7ff}';

/// The index as mdBook writes it, as far as it matters here.
#[derive(Deserialize)]
struct Index {
    doc_urls: Vec<String>,
    index: Stores,
    results_options: Value,
    search_options: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stores {
    document_store: Store,
}

#[derive(Deserialize)]
struct Store {
    docs: HashMap<String, Section>,
}

/// A section of a page.
#[derive(Clone, Default, Deserialize)]
struct Section {
    title: String,
    body: String,
    /// The page's title, and the section's behind it.
    breadcrumbs: String,
}

/// Writes mdBook's index in a folder anew.
///
/// # Errors
/// If it isn't there, or not as mdBook writes it.
pub fn shrink(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("searchindex") {
            let script = fs::read_to_string(&path)?;
            let index =
                Index::read(&straight(&script)).with_context(|| name.into_owned())?;
            fs::write(&path, index.to_script())?;
        }
    }
    Ok(())
}

impl Index {
    /// Reads it out of mdBook's script, in which it is a text in single quotes.
    fn read(script: &str) -> Result<Index> {
        let start = script.split_once("JSON.parse('").context("it has no JSON.parse")?.1;
        let text = start.rsplit_once("')").context("its text never ends")?.0;
        Ok(serde_json::from_str(&unquote(text))?)
    }

    fn to_script(&self) -> String {
        let bodies: Vec<&str> = (0..self.doc_urls.len())
            .filter_map(|number| self.index.document_store.docs.get(&number.to_string()))
            .map(|section| section.body.as_str())
            .collect();
        let signs = signs_for(&bodies);
        let words: BTreeMap<&char, &&str> =
            signs.iter().map(|(word, sign)| (sign, word)).collect();
        let data = json!({
            "results_options": self.results_options, "search_options": self.search_options,
            "words": words, "pages": self.pages(&signs),
        });
        SCRIPT.replacen(TEXTS, &data.to_string(), 1)
    }

    /// The pages, each with its sections.
    fn pages(&self, signs: &HashMap<&str, char>) -> Vec<Value> {
        let mut pages: Vec<(&str, String, Vec<Value>)> = Vec::new();
        for (number, url) in self.doc_urls.iter().enumerate() {
            let docs = &self.index.document_store.docs;
            let Some(section) = docs.get(&number.to_string()) else { continue };
            let (page, anchor) = url.split_once('#').unwrap_or((url, ""));
            if pages.last().is_none_or(|(last, ..)| *last != page) {
                let end = format!(" » {}", section.title);
                let crumbs = section.breadcrumbs.trim_end_matches(&end);
                pages.push((page, crumbs.to_string(), Vec::new()));
            }
            if let Some((.., sections)) = pages.last_mut() {
                sections.push(json!([
                    anchor,
                    section.title,
                    shorten(&section.body, signs)
                ]));
            }
        }
        let page = |(page, crumbs, sections)| json!({ "page": page, "crumbs": crumbs, "sections": sections });
        pages.into_iter().map(page).collect()
    }
}

/// What one types in a search has straight quotes, and the pages have curly ones.
fn straight(text: &str) -> String {
    // In the script, a straight one would end the text.
    text.replace(['‘', '’'], "\\'").replace(['“', '”'], "\\\\\"")
}

/// A text of JavaScript without its backslashes.
fn unquote(text: &str) -> String {
    let mut unquoted = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => unquoted.extend(chars.next()),
            char => unquoted.push(char),
        }
    }
    unquoted
}

/// Signs that no text has in it, for the words that take the most room.
fn signs_for<'a>(texts: &[&'a str]) -> HashMap<&'a str, char> {
    let mut room: HashMap<&str, usize> = HashMap::new();
    for word in texts.iter().flat_map(|text| text.split(' ')) {
        // With the space after it, and without the sign that it would get.
        *room.entry(word).or_default() += (word.len() + 1).saturating_sub(2);
    }
    let mut words: Vec<(&str, usize)> = room.into_iter().collect();
    words.sort_by_key(|&(word, room)| (Reverse(room), word));
    let is_free = |sign: &char| !texts.iter().any(|text| text.contains(*sign));
    let signs = SIGNS.filter(is_free);
    words.into_iter().map(|(word, _)| word).zip(signs).collect()
}

/// A text with signs in the places of words.
fn shorten(text: &str, signs: &HashMap<&str, char>) -> String {
    let mut short = String::new();
    for word in text.split(' ') {
        match signs.get(word) {
            Some(sign) => short.push(*sign),
            None => short.extend([word, " "]),
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_have_signs_that_no_text_has() {
        let texts = ["the server says Ā to the server", "it is the server"];
        let signs = signs_for(&texts);
        assert_eq!(signs["server"], '\u{101}');
        assert!(!signs.values().any(|sign| *sign == 'Ā'));
        let short = shorten("the server is new", &signs);
        assert_eq!(short.chars().count(), 3 + "new ".len());
        let spell = |sign: char| {
            let word = signs.iter().find(|(_, of)| **of == sign);
            word.map_or(sign.to_string(), |(word, _)| format!("{word} "))
        };
        let spelt: String = short.chars().map(spell).collect();
        assert_eq!(spelt, "the server is new ");
    }

    #[test]
    fn an_index_of_mdbook_is_read() {
        let script = r#"window.search = Object.assign(window.search, JSON.parse('{"doc_urls":["a.html#b","a.html#c"],"index":{"documentStore":{"docs":{"0":{"body":"it\'s \\"1\\"","breadcrumbs":"A » B","title":"B"},"1":{"body":"","breadcrumbs":"A » C","title":"C"}}}},"results_options":{},"search_options":{}}'));"#;
        let index = Index::read(script).unwrap();
        assert_eq!(index.index.document_store.docs["0"].body, "it's \"1\"");
        let curly = straight(&script.replace("it\\'s", "it’s").replace("1\\\\\"", "1”"));
        assert_eq!(curly, script);
        let expected = json!([{
            "page": "a.html", "crumbs": "A",
            "sections": [["b", "B", "it's \"1\" "], ["c", "C", " "]],
        }]);
        assert_eq!(json!(index.pages(&HashMap::new())), expected);
        assert!(index.to_script().ends_with("});\n"), "{}", index.to_script());
    }
}
