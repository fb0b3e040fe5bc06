//! The index is right: where it leads, the word is told, and what it says is not in the book
//! is in no chapter.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::page::Element;
use crate::site::Site;

/// What the index says of a word that has no place.
const NOWHERE: &str = "not in this book";

pub fn check(site: &Site) -> Result<()> {
    let page = Element::read(&site.folder.join("terms.html"))?;
    let elements = page.descendants();
    let main = elements.iter().find(|element| element.name == "main");
    let entries = main.context("there is no <main>")?.descendants();
    let mut pages = Pages { site, read: BTreeMap::new() };
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in entries.iter().filter(|element| element.name == "li") {
        count += 1;
        if let Err(error) = check_entry(&mut pages, entry) {
            wrong.push(format!("{}: {error:#}", entry.text().trim()));
        }
    }
    ensure!(count > 0, "the index is empty");
    ensure!(wrong.is_empty(), "the index is wrong:\n{}", wrong.join("\n"));
    Ok(())
}

fn check_entry(pages: &mut Pages, entry: &Element) -> Result<()> {
    let elements = entry.descendants();
    let words: Vec<String> =
        elements.iter().filter(|it| it.name == "strong").map(|it| it.text()).collect();
    let links: Vec<&str> = elements.iter().filter_map(|it| it.attr("href")).collect();
    ensure!(!words.is_empty(), "no word is in bold");
    if links.is_empty() {
        ensure!(entry.text().ends_with(NOWHERE), "it leads nowhere");
        for step in pages.site.steps.iter() {
            let text = text_of(pages.get(&format!("{}.html", step.slug))?, "")?;
            ensure!(!has_any(&text, &words), "it is in {}.html", step.slug);
        }
    }
    for link in links {
        let (file, id) = link.split_once('#').unwrap_or((link, ""));
        let text = text_of(pages.get(file)?, id)?;
        ensure!(has_any(&text, &words), "the word is not in {link}");
    }
    Ok(())
}

/// The pages of the book, each of which is read once.
struct Pages<'a> {
    site: &'a Site,
    read: BTreeMap<String, Element>,
}

impl Pages<'_> {
    fn get(&mut self, file: &str) -> Result<&Element> {
        if !self.read.contains_key(file) {
            let page = Element::read(&self.site.folder.join(file))?;
            self.read.insert(file.into(), page);
        }
        Ok(&self.read[file])
    }
}

/// The text of a page, or of the section that has this id: from its heading to the next one.
fn text_of(page: &Element, id: &str) -> Result<String> {
    let elements = page.descendants();
    let main = elements.iter().find(|element| element.name == "main");
    let parts: Vec<&Element> = main.context("there is no <main>")?.children().collect();
    let is_start = |part: &&Element| id.is_empty() || part.attr("id") == Some(id);
    let start = parts.iter().position(is_start);
    let start = start.with_context(|| format!("there is no section {id}"))?;
    let is_next =
        |part: &&&Element| !id.is_empty() && ["h1", "h2"].contains(&part.name.as_str());
    let section = parts[start + 1..].iter().take_while(|part| !is_next(part));
    let heading = parts[start].text();
    Ok(section.fold(heading, |text, part| text + "\n" + &part.text()))
}

/// Whether a text has any of the words, as words.
fn has_any(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| {
        let word = word.to_lowercase();
        text.match_indices(&word).any(|(start, _)| {
            let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
            let end = start + word.len();
            !is_part(text[..start].chars().next_back())
                && !is_part(text[end..].chars().next())
        })
    })
}
