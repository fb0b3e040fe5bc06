//! The whole of a step, with which its chapter ends: all its files, and all that it changes.
//! That is more than the chapter, and few look at it. So it has a page of its own, which
//! `book/theme/whole.js` loads when a reader unfolds a part.

use std::iter;

use crate::chapter::ledger::Ledger;
use crate::chapter::way;
use crate::diff::change::Change;
use crate::render::html::{Role, Writer};
use crate::steps::{Step, Steps};

/// The two parts of a step's end.
#[derive(Debug)]
pub struct Whole {
    /// The name of its page.
    page: String,
    step: u8,
    parts: [Part; 2],
}

#[derive(Debug)]
struct Part {
    id: &'static str,
    title: String,
    /// HTML.
    body: String,
}

impl Whole {
    /// Draws a step.
    pub fn of(steps: &Steps, step: &Step, writer: &Writer) -> Whole {
        let parts = [files(step, writer), changes(steps, step, writer)];
        // With a full stop, which is in no slug: there is a step 54-whole.
        Whole { page: format!("{}.whole.html", step.slug), step: step.number, parts }
    }

    /// What its page is called.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The parts, folded.
    pub fn folded(&self) -> String {
        let fold = |Part { title, body, .. }: &Part| {
            format!(
                "<details class=\"whole\">\n<summary>{title}</summary>\n{body}</details>\n\n"
            )
        };
        self.parts.iter().map(fold).collect()
    }

    /// The parts, folded and empty, but for a link to their page.
    pub fn links(&self) -> String {
        let page = &self.page;
        let fold = |Part { id, title, .. }: &Part| {
            format!(
                "<details class=\"whole\" data-source=\"{page}#{id}\">\n\
                 <summary>{title}</summary>\n\
                 <p><a href=\"{page}#{id}\">{title}: on a page of its own</a></p>\n\
                 </details>\n\n"
            )
        };
        self.parts.iter().map(fold).collect()
    }

    /// Makes its page of the chapter's: the same frame around it. `None` if that isn't a page.
    pub fn to_page(&self, chapter: &str, slug: &str) -> Option<String> {
        let (head, rest) = chapter.split_once("<main>")?;
        let (_, foot) = rest.split_once("</main>")?;
        let step = format!("{:02}", self.step);
        let head = way::with_title(head, &format!("Step {step} as a whole"))?;
        let head =
            head.replacen("<title>", &format!("<title>Step {step} as a whole - "), 1);
        let parts = self.parts.iter().map(|Part { id, title, body }| {
            format!("<h2 id=\"{id}\">{title}</h2>\n<div class=\"whole\">\n{body}</div>\n")
        });
        let begin = format!(
            "{head}<main>\n<h1>Step {step} as a whole</h1>\n\
             <p>For looking things up. <a href=\"{slug}.html\">Its chapter</a> tells it.</p>\n"
        );
        let end = format!("</main>{foot}");
        Some(iter::once(begin).chain(parts).chain(iter::once(end)).collect())
    }
}

fn files(step: &Step, writer: &Writer) -> Part {
    let title = format!("All files of step {:02}", step.number);
    let body =
        step.files.iter().map(|(path, source)| writer.source(path, source)).collect();
    Part { id: "files", title, body }
}

fn changes(steps: &Steps, step: &Step, writer: &Writer) -> Part {
    let change = Change::of(steps, step);
    let number = step.number;
    let (from, command) = match steps.before(step) {
        Some(Step { number: before, .. }) => (
            format!("step {before:02}"),
            format!("cargo run -- diff {before:02} {number:02}"),
        ),
        None => ("nothing".into(), format!("cargo run -- diff {number:02}")),
    };
    let (added, removed) = change.count();
    let title = format!(
        "All changes from {from} to step {number:02}: {added} lines added, {removed} removed"
    );
    let figures = writer.figures(&Ledger::new(&change).show_rest(), Role::Whole);
    let body = format!("<p>In a terminal: <code>{command}</code></p>\n{figures}");
    Part { id: "changes", title, body }
}
