//! The preprocessor: what mdBook runs over the chapters before it renders them.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::block::Block;
use crate::change::Change;
use crate::chapter::{Chapter, Figure};
use crate::check::Check;
use crate::console::{Server, Transcript};
use crate::directive::Directive;
use crate::html::{self, Role, Writer};
use crate::solution::Solution;
use crate::step::{Step, Steps};

/// Replaces the directives and transcripts in all chapters, and refuses to go on if a
/// chapter doesn't tell the whole of its step.
pub struct Narrator;

impl Preprocessor for Narrator {
    fn name(&self) -> &str {
        "steps"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let steps = Steps::load(&context.root.join("../steps"))?;
        let mut told = Vec::new();
        let mut problems = String::new();
        book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            let path = path.to_string_lossy().replace('\\', "/");
            let missing = missing_include(&context.root.join("src"), &chapter.content);
            let slug = path.trim_end_matches(".md");
            match missing.and_then(|()| expand(&steps, slug, &chapter.content)) {
                Ok(content) => chapter.content = content,
                Err(error) => {
                    let _ = writeln!(problems, "book/src/{path}: {error:#}");
                }
            }
            told.push(path);
        });
        for step in
            steps.iter().filter(|step| !told.contains(&format!("{}.md", step.slug)))
        {
            let slug = &step.slug;
            let _ = writeln!(
                problems,
                "steps/{slug} has no chapter: write book/src/{slug}.md, and name it in \
                 book/src/SUMMARY.md"
            );
        }
        ensure!(problems.is_empty(), "book and steps disagree:\n{}", problems.trim_end());
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// What mdBook replaces with a file. Where the file is missing it only logs.
const INCLUDE: &str = "{{#include ";

/// # Errors
/// If a chapter includes a file that isn't there.
fn missing_include(folder: &Path, content: &str) -> Result<()> {
    for (index, line) in content.lines().enumerate() {
        let Some((_, rest)) = line.split_once(INCLUDE) else { continue };
        let file = rest.split(['}', ':']).next().unwrap_or_default().trim();
        ensure!(
            folder.join(file).exists(),
            "line {}: there is no file {file}",
            index + 1
        );
    }
    Ok(())
}

/// Expands a chapter: its transcripts, and if it belongs to a step its directives.
fn expand(steps: &Steps, slug: &str, content: &str) -> Result<String> {
    let step = steps.iter().find(|step| step.slug == slug);
    let change = step.map(|step| steps.change(step));
    let mut telling =
        change.as_ref().map(|change| (Chapter::new(change), Writer::new(change)));
    let mut transcripts = Transcript::find_all(content)?.into_iter().peekable();
    let blocks = Block::find_all(content)?;
    let solutions = Solution::find_all(steps, content)?;
    let mut expanded = String::new();
    let mut lines = content.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(transcript) = transcripts.next_if(|t| t.lines.start == index + 1) {
            check_server(steps, &solutions, &transcript)?;
            expanded += &transcript.to_html();
            // The body, and the closing fence.
            lines.nth(transcript.lines.len());
            continue;
        }
        let html = match blocks.iter().any(|block| block.covers(index)) {
            true => None,
            false => directive(&mut telling, line, index + 1)
                .with_context(|| format!("line {}: {}", index + 1, line.trim()))?,
        };
        expanded += html.as_deref().unwrap_or(line);
        expanded.push('\n');
    }
    if let (Some(step), Some(change), Some((chapter, writer))) = (step, &change, &telling)
    {
        chapter.finish()?;
        expanded += &appendix(steps.before(step), step, change, writer);
    }
    Ok(expanded)
}

fn check_server(
    steps: &Steps,
    solutions: &[Solution],
    transcript: &Transcript,
) -> Result<()> {
    let line = transcript.lines.start;
    match &transcript.server {
        Server::None => {}
        Server::Step(name) => {
            let step = steps.find(name).with_context(|| format!("line {line}"))?;
            ensure!(step.package() == *name, "line {line}: write {}", step.package());
        }
        Server::Solution(name) => {
            let is_here = solutions.iter().any(|solution| solution.name == *name);
            ensure!(is_here, "line {line}: there is no block rust,solution={name}");
        }
    }
    Ok(())
}

/// What a line becomes, if it is a directive.
fn directive(
    telling: &mut Option<(Chapter, Writer)>,
    line: &str,
    number: usize,
) -> Result<Option<String>> {
    if let Some(check) = Check::parse(line) {
        return Ok(Some(check?.to_html()));
    }
    match (Directive::parse(line), telling) {
        (Some(directive), Some((chapter, writer))) => {
            let figures = chapter.show(&directive?, number)?;
            Ok(Some(write_figures(writer, &figures, Role::Part)))
        }
        (Some(_), None) => bail!("no step has the name of this chapter"),
        (None, _) if line.contains(INCLUDE) => Ok(None),
        (None, _) if line.trim_start().starts_with("{{#") => {
            bail!("an unknown directive")
        }
        (None, _) => Ok(None),
    }
}

fn write_figures(writer: &Writer, figures: &[Figure], role: Role) -> String {
    let write = |figure: &Figure| match figure {
        Figure::Diff(fragment) => writer.diff(fragment, role),
        Figure::Move { index, number } => writer.moved(*index, *number, role),
    };
    figures.iter().map(write).collect()
}

/// The whole step and the whole difference, folded.
fn appendix(
    before: Option<&Step>,
    step: &Step,
    change: &Change,
    writer: &Writer,
) -> String {
    let sources: String =
        step.files.iter().map(|(path, source)| html::source(path, source)).collect();
    let whole = write_figures(writer, &Chapter::new(change).show_rest(), Role::Whole);
    let number = step.number;
    let (from, command) = match before {
        Some(Step { number: before, .. }) => (
            format!("step {before:02}"),
            format!("cargo run -- diff {before:02} {number:02}"),
        ),
        None => ("nothing".into(), format!("cargo run -- diff {number:02}")),
    };
    let (added, removed) = change.count();
    format!(
        "\n## The whole step\n\n\
         <details class=\"whole\">\n<summary>All files of step {number:02}</summary>\n\
         {sources}</details>\n\n\
         <details class=\"whole\">\n<summary>All changes from {from} to step {number:02}: \
         {added} lines added, {removed} removed</summary>\n\
         <p>In a terminal: <code>{command}</code></p>\n{whole}</details>\n"
    )
}
