//! The frame that mdBook puts around a page, mended where nothing in its settings can.

use anyhow::{Context, Result};

use crate::chapter::published::Address;

/// The style sheets for highlight.js, which we don't need. mdBook's script turns them off and
/// on, so something must be there.
const HIGHLIGHT: [&str; 3] =
    ["mdbook-highlight-css", "mdbook-tomorrow-night-css", "mdbook-ayu-highlight-css"];

/// What mdBook says of all pages.
const DESCRIPTION: &str = "<meta name=\"description\"";

/// About as much as is shown where somebody has found a page, or passes it on.
const DESCRIPTION_LENGTH: usize = 200;

/// Mends the frame of a page; `address` is where the book will be, if that is known.
///
/// # Errors
/// If the frame is another one than that of the mdBook that this was written for.
pub fn mend(page: &str, name: &str, address: Option<&Address>) -> Result<String> {
    let mut mended = page.to_string();
    for id in HIGHLIGHT {
        let link = format!("<link rel=\"stylesheet\" id=\"{id}\"");
        mended = replace_tag(&mended, &link, &format!("<style id=\"{id}\"></style>"))
            .with_context(|| format!("mdBook's page has no {id}"))?;
    }
    let head = about(page, name, address);
    replace_tag(&mended, DESCRIPTION, &head).context("mdBook's page has no description")
}

/// What the head of a page says of it: in words of its own, if it has any.
fn about(page: &str, name: &str, address: Option<&Address>) -> String {
    let title = between(page, "<title>", "</title>").unwrap_or_default();
    let description = first_words(page)
        .or_else(|| Some(between(page, DESCRIPTION, "\">")?.split_once('"')?.1.into()))
        .unwrap_or_default();
    let mut head = format!(
        "<meta name=\"description\" content=\"{description}\">\n\
         <meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:description\" content=\"{description}\">\n\
         <meta property=\"og:type\" content=\"article\">\n"
    );
    match address {
        _ if !is_found(name) => head += "<meta name=\"robots\" content=\"noindex\">\n",
        Some(address) => head += &address.to_head(name),
        None => {}
    }
    head
}

/// Whether a page is for somebody who comes from a search engine. What the others have is in
/// the chapters as well.
pub fn is_found(name: &str) -> bool {
    let others = ["404.html", "print.html", "toc.html"];
    !others.contains(&name) && !name.ends_with(".whole.html")
}

/// The beginning of the first paragraph, as text that may stand in an attribute.
fn first_words(page: &str) -> Option<String> {
    let paragraph = between(page.split_once("<main>")?.1, "<p>", "</p>")?;
    let text: String = paragraph
        .split('<')
        .enumerate()
        .map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once('>').map_or("", |(_, text)| text),
        })
        .collect();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| shorten(&words).replace('"', "&quot;"))
}

/// Whole sentences, if one is short enough, or else whole words.
fn shorten(text: &str) -> String {
    let end = text.char_indices().nth(DESCRIPTION_LENGTH).map(|(index, _)| index);
    let Some(end) = end else { return text.into() };
    match (text[..end].rfind(". "), text[..end].rfind(' ')) {
        (Some(sentence), _) => text[..=sentence].into(),
        (None, Some(word)) => format!("{} …", &text[..word]),
        (None, None) => format!("{}…", &text[..end]),
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

/// Replaces the first tag that begins so.
fn replace_tag(page: &str, start: &str, new: &str) -> Option<String> {
    let (before, rest) = page.split_once(start)?;
    let (_, after) = rest.split_once('>')?;
    Some(format!("{before}{new}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_replaced_to_its_end() {
        let replaced = replace_tag("a <b id=\"c\" d> e > f", "<b id=\"c\"", "<g>");
        assert_eq!(replaced.as_deref(), Some("a <g> e > f"));
        assert_eq!(replace_tag("a", "<b", ""), None);
    }

    #[test]
    fn another_frame_is_noticed() {
        let error = mend("<p>a page</p>", "a.html", None).unwrap_err().to_string();
        assert_eq!(error, "mdBook's page has no mdbook-highlight-css");
    }

    #[test]
    fn a_page_is_described_by_its_first_words() {
        let page = "<p>not here</p><main><h1>A</h1>\n<p class=\"b\">nor this</p>\n\
                    <p>Say <code>\"hi\"</code>\nto &amp; fro.</p>";
        assert_eq!(
            first_words(page).as_deref(),
            Some("Say &quot;hi&quot; to &amp; fro.")
        );
        assert_eq!(first_words("<main><h1>A</h1></main>"), None);
        let head = about(page, "a.whole.html", None);
        assert!(head.contains("noindex") && !head.contains("canonical"), "{head}");
    }

    #[test]
    fn a_description_ends_with_a_sentence_or_a_word() {
        let long = "word ".repeat(50);
        assert_eq!(shorten("One. Two."), "One. Two.");
        assert_eq!(shorten(&format!("One. {long}")), "One.");
        assert_eq!(shorten(&long), format!("{}…", "word ".repeat(40)));
    }
}
