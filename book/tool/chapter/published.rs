//! What a book needs that is published: addresses that are whole, since those who pass on a
//! link and those who look for pages want them. Where it will be is not in the repository, or
//! each fork had to change it: `.github/workflows/pages.yml` says so while it builds.

use std::path::Path;

use anyhow::Result;
use fs_err as fs;

use crate::chapter::frame;

/// The picture that is shown beside a link, in `book/src`.
const PICTURE: &str = "card.png";

/// The first chapter, which is at the book's own address as well.
const FIRST: [&str; 2] = ["index.html", "introduction.html"];

/// The address of a published book, which ends with a slash.
#[derive(Debug, PartialEq)]
pub struct Address(String);

impl Address {
    /// From mdBook's `site-url`, which may be a path only.
    pub fn of(site_url: Option<&str>) -> Option<Address> {
        let url = site_url.filter(|url| url.starts_with("http"))?;
        Some(Address(format!("{}/", url.trim_end_matches('/'))))
    }

    fn of_page(&self, name: &str) -> String {
        let name = if FIRST.contains(&name) { "" } else { name };
        format!("{}{name}", self.0)
    }

    /// What the head of a page says of its address.
    pub fn to_head(&self, name: &str) -> String {
        let (page, site) = (self.of_page(name), &self.0);
        format!(
            "<link rel=\"canonical\" href=\"{page}\">\n\
             <meta property=\"og:url\" content=\"{page}\">\n\
             <meta property=\"og:image\" content=\"{site}{PICTURE}\">\n\
             <meta name=\"twitter:card\" content=\"summary_large_image\">\n"
        )
    }

    /// Writes what search engines ask for, beside the pages of these names.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn write(&self, folder: &Path, names: &[String]) -> Result<()> {
        let robots = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", self.0);
        fs::write(folder.join("robots.txt"), robots)?;
        fs::write(folder.join("sitemap.xml"), self.sitemap(names))?;
        Ok(())
    }

    fn sitemap(&self, names: &[String]) -> String {
        let found = names.iter().filter(|name| frame::is_found(name));
        let mut pages: Vec<String> = found.map(|name| self.of_page(name)).collect();
        pages.sort();
        pages.dedup();
        let pages = pages.iter().map(|page| format!("<url><loc>{page}</loc></url>\n"));
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
            pages.collect::<String>()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address::of(Some("https://ada.example/book")).unwrap()
    }

    #[test]
    fn a_path_is_no_address() {
        assert_eq!(Address::of(None), None);
        assert_eq!(Address::of(Some("/book/")), None);
        assert_eq!(Address::of(Some("https://ada.example/book/")), Some(address()));
    }

    #[test]
    fn the_first_chapter_has_the_address_of_the_book() {
        let canonical = |name| {
            let head = address().to_head(name);
            head.lines().next().unwrap_or_default().to_string()
        };
        let link = |url| format!("<link rel=\"canonical\" href=\"{url}\">");
        assert_eq!(canonical("index.html"), link("https://ada.example/book/"));
        assert_eq!(canonical("introduction.html"), link("https://ada.example/book/"));
        assert_eq!(canonical("02-b.html"), link("https://ada.example/book/02-b.html"));
    }

    #[test]
    fn a_sitemap_has_each_chapter_once() {
        let names =
            ["index", "introduction", "02-whole", "02-whole.whole", "print", "404"]
                .map(|name| format!("{name}.html"));
        let sitemap = address().sitemap(&names);
        let pages: Vec<&str> =
            sitemap.lines().filter(|line| line.contains("<loc>")).collect();
        let expected = ["", "02-whole.html"]
            .map(|page| format!("<url><loc>https://ada.example/book/{page}</loc></url>"));
        assert_eq!(pages, expected);
    }
}
