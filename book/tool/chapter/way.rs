//! What mdBook puts around a page, where ours says more: the bar on top has the title of
//! the page and not that of the book, and the way on has titles in the place of arrows.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;
use mdbook_driver::book::Book;

use crate::render::html::escape;
use crate::steps::Steps;

/// The pages of a book, in their order.
pub struct Pages(Vec<Page>);

/// What others say of a page.
struct Page {
    /// The name of its file.
    file: String,
    title: String,
    /// Of the step that it tells, if it tells one.
    step: Option<u8>,
}

impl Pages {
    /// The pages that mdBook makes of these chapters.
    pub fn of(book: &Book, steps: &Steps) -> Pages {
        let pages = book.chapters().filter_map(|chapter| {
            let path = chapter.path.as_ref()?.with_extension("");
            let step = steps.iter().find(|step| path == Path::new(&step.slug));
            let title = match step {
                Some(step) => format!("{}. {}", step.number, chapter.name),
                None => chapter.name.clone(),
            };
            let file = format!("{}.html", path.display());
            Some(Page { file, title, step: step.map(|step| step.number) })
        });
        Pages(pages.collect())
    }

    /// Mends what is around the pages in a folder.
    ///
    /// # Errors
    /// If a page can't be read or written, or isn't as mdBook makes it.
    pub fn mend(&self, folder: &Path) -> Result<()> {
        for (index, page) in self.0.iter().enumerate() {
            let before = index.checked_sub(1).map(|index| &self.0[index]);
            let mended = |html: &str| {
                let html = with_title(html, &page.title)?;
                with_way(&html, &way(page, before, self.0.get(index + 1)))
            };
            // mdBook has the first of them twice.
            let is_first = index == 0;
            for file in [Some(page.file.as_str()), is_first.then_some("index.html")] {
                let Some(path) = file.map(|file| folder.join(file)) else { continue };
                let html = mended(&fs::read_to_string(&path)?)
                    .with_context(|| format!("{} is not as expected", path.display()))?;
                fs::write(path, html)?;
            }
        }
        Ok(())
    }
}

/// A page whose bar has this title. It is no heading: the page has its own.
pub fn with_title(page: &str, title: &str) -> Option<String> {
    let title = format!("<p class=\"menu-title\">{}</p>", escape(title));
    replace(page, "<h1 class=\"menu-title\">", "</h1>", &title)
}

/// A page with this in the place of mdBook's arrows below it.
fn with_way(page: &str, way: &str) -> Option<String> {
    replace(page, "<nav class=\"nav-wrapper\"", "</nav>", way)
}

/// Puts something in the place of what is between two texts, and of those.
fn replace(page: &str, from: &str, to: &str, by: &str) -> Option<String> {
    let (before, rest) = page.split_once(from)?;
    let (_, after) = rest.split_once(to)?;
    Some(format!("{before}{by}{after}"))
}

/// The end of a page: where one comes from, and where one goes.
fn way(page: &Page, before: Option<&Page>, after: Option<&Page>) -> String {
    let step =
        page.step.map(|step| format!(" data-step=\"{step:02}\"")).unwrap_or_default();
    let mut html =
        format!("<nav class=\"way\" aria-label=\"Previous and next page\"{step}>\n");
    for (page, rel, label) in [(before, "prev", "Previous"), (after, "next", "Next")] {
        let Some(Page { file, title, .. }) = page else { continue };
        let _ = writeln!(
            html,
            "<a rel=\"{rel}\" href=\"{file}\"><span>{label}<span class=\"visually-hidden\">: \
             </span></span> {}</a>",
            escape(title)
        );
    }
    html + "</nav>"
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<h1 class=\"menu-title\">The book</h1><main><h1>A</h1></main>\
                        <nav class=\"nav-wrapper\" x><a>‹</a></nav><nav>›</nav>";

    fn page(file: &str, title: &str) -> Page {
        Page { file: file.into(), title: title.into(), step: None }
    }

    #[test]
    fn the_bar_has_the_title_of_the_page() {
        let html = with_title(PAGE, "A & B").unwrap();
        assert!(
            html.starts_with("<p class=\"menu-title\">A &amp; B</p><main><h1>A</h1>")
        );
        assert_eq!(with_title("<p>", "A"), None);
    }

    #[test]
    fn the_way_has_titles() {
        let html = way(&page("b.html", "B"), Some(&page("a.html", "A")), None);
        assert!(html.contains("<a rel=\"prev\" href=\"a.html\">"), "{html}");
        assert!(html.contains(" A</a>") && !html.contains("Next"), "{html}");
        let html = with_way(PAGE, "<nav>→</nav>").unwrap();
        assert!(html.ends_with("</main><nav>→</nav><nav>›</nav>"), "{html}");
    }
}
