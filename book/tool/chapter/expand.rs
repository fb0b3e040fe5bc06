//! Turns a chapter, as it was written, into what mdBook renders: figures for directives,
//! transcripts and variants, and links for the standards.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

use crate::chapter::code_block::CodeBlock;
use crate::chapter::compare_page;
use crate::chapter::compiler::Diagnostics;
use crate::chapter::directive::Directive;
use crate::chapter::ledger::{Figure, Ledger};
use crate::chapter::request_panel;
use crate::chapter::rfc;
use crate::chapter::transcript::{Against, Transcript};
use crate::chapter::variant::{self, Variant};
use crate::diff::change::Change;
use crate::render::html::{self, Role};
use crate::steps::{Step, Steps};

/// What mdBook replaces with a file.
pub const INCLUDE: &str = "{{#include ";

/// Expands the chapter of that name.
///
/// # Errors
/// If it asks for what isn't there, or doesn't tell the whole of its step. The message
/// names the line.
pub fn expand(steps: &Steps, slug: &str, content: &str) -> Result<String> {
    let step = steps.iter().find(|step| step.slug == slug);
    let change = step.map(|step| Change::of(steps, step));
    let telling = change.as_ref().map(|change| (Ledger::new(change), change));
    let variants = Variant::find_all(steps, content)?;
    let mut expander = Expander { steps, step, variants, shown: Vec::new(), telling };
    let blocks = CodeBlock::find_all(content)?;
    let mut lines = content.lines().enumerate();
    let mut expanded = String::new();
    while let Some((index, line)) = lines.next() {
        let at = || format!("line {}: {}", index + 1, line.trim());
        let html = match blocks.iter().find(|block| block.lines.start == index + 1) {
            Some(block) => {
                let html = expander.block(block).with_context(at)?;
                if html.is_some() {
                    // The body, and the closing fence.
                    lines.nth(block.lines.len());
                }
                html
            }
            None if blocks.iter().any(|block| block.covers(index)) => None,
            None => expander.line(line, index + 1).with_context(at)?,
        };
        expanded += html.as_deref().unwrap_or(line);
        expanded.push('\n');
    }
    if let (Some(step), Some((chapter, change))) = (step, &expander.telling) {
        chapter.finish()?;
        expanded += &appendix(steps.before(step), step, change);
        expanded = expanded.replacen("# ", &format!("# {}. ", step.number), 1);
    }
    Ok(expanded)
}

struct Expander<'a> {
    steps: &'a Steps,
    /// The step that the chapter belongs to, if any.
    step: Option<&'a Step>,
    variants: Vec<Variant>,
    /// The variants that the chapter has shown, and in which file.
    shown: Vec<String>,
    /// If the chapter belongs to a step.
    telling: Option<(Ledger<'a>, &'a Change)>,
}

impl Expander<'_> {
    /// What a code block becomes, if it is one of ours.
    fn block(&mut self, block: &CodeBlock) -> Result<Option<String>> {
        match (block.info[0], variant::name_of(block)) {
            ("console" | "terminal", _) => {
                let transcript = Transcript::new(block)?;
                self.check_against(&transcript.against)?;
                Ok(Some(transcript.to_html()))
            }
            ("rust", Some(name)) => {
                let file = variant::file_of(block);
                let key = format!("{name} {file}");
                if self.shown.contains(&key) {
                    return Ok(Some(String::new()));
                }
                self.shown.push(key);
                let variant = self.variant(&name)?;
                match block.attribute("wrong") {
                    Some(_) => Ok(Some(write_items(variant, file))),
                    None => write_changes(variant, file).map(Some),
                }
            }
            _ => Ok(None),
        }
    }

    fn variant(&self, name: &str) -> Result<&Variant> {
        let variant = self.variants.iter().find(|variant| variant.name == name);
        variant.with_context(|| format!("no block of Rust here makes {name}"))
    }

    fn check_against(&self, against: &Against) -> Result<()> {
        match against {
            Against::NotRun(_) | Against::None => {}
            Against::Step(name) => {
                let step = self.steps.find(name)?;
                ensure!(step.package() == *name, "write {} for {name}", step.package());
            }
            Against::Variant(name) => {
                self.variant(name)?;
            }
        }
        Ok(())
    }

    /// What a line becomes, if anything else than what it is.
    fn line(&mut self, line: &str, number: usize) -> Result<Option<String>> {
        if let Some(check) = Diagnostics::parse(line) {
            return Ok(Some(check?.to_html()));
        }
        if line == compare_page::DIRECTIVE {
            return Ok(Some(compare_page::to_html(self.steps)));
        }
        if line == request_panel::DIRECTIVE {
            let step = self.step.context("no step has the name of this chapter")?;
            return Ok(Some(request_panel::to_html(step.number)));
        }
        match (Directive::parse(line), &mut self.telling) {
            (Some(directive), Some((chapter, change))) => {
                let figures = chapter.show(&directive?, number)?;
                Ok(Some(write_figures(change, &figures, Role::Part)))
            }
            (Some(_), None) => bail!("no step has the name of this chapter"),
            (None, _) if line.contains(INCLUDE) => Ok(None),
            (None, _) if line.trim_start().starts_with("{{#") => {
                bail!("an unknown directive")
            }
            (None, _) => Ok(Some(rfc::link(line))),
        }
    }
}

/// What a variant changes in a file; with the first of its blocks, all of that.
fn write_changes(variant: &Variant, file: &str) -> Result<String> {
    let change = Change::between(&variant.base.files, &variant.step.files);
    let mut figures = Ledger::new(&change).show_rest();
    figures.retain(|figure| {
        let shown = match figure {
            Figure::Diff(fragment) => fragment.file,
            Figure::Move { index, .. } => change.moves[*index].to.0,
        };
        change.files[shown].path == file
    });
    ensure!(!figures.is_empty(), "{} changes nothing in {file}", variant.name);
    Ok(write_figures(&change, &figures, Role::Variant))
}

/// The items of a wrong server that differ from its step, whole: to show what differs in
/// them would show the mistake.
fn write_items(variant: &Variant, file: &str) -> String {
    let [before, after] = [&variant.base, &variant.step].map(|step| &step.files[file]);
    let changed = after.items.iter().filter(|item| {
        let text = after.text_of(item);
        before.items.iter().all(|other| before.text_of(other) != text)
    });
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for item in changed {
        match ranges.last_mut() {
            Some(last) if last.end == item.lines.start => last.end = item.lines.end,
            _ => ranges.push(after.without_blanks(item)),
        }
    }
    html::excerpt(file, after, ranges)
}

fn write_figures(change: &Change, figures: &[Figure], role: Role) -> String {
    let write = |figure: &Figure| match figure {
        Figure::Diff(fragment) => {
            html::diff(&change.files[fragment.file], fragment, role)
        }
        Figure::Move { index, number } => {
            html::moved(change, &change.moves[*index], *number, role)
        }
    };
    figures.iter().map(write).collect()
}

/// The whole step and the whole difference, folded.
fn appendix(before: Option<&Step>, step: &Step, change: &Change) -> String {
    let sources: String =
        step.files.iter().map(|(path, source)| html::source(path, source)).collect();
    let whole = write_figures(change, &Ledger::new(change).show_rest(), Role::Whole);
    let number = step.number;
    let (from, command) = match before {
        Some(Step { number: before, .. }) => (
            format!("step {before:02}"),
            format!("cargo run -- diff {before:02} {number:02}"),
        ),
        None => ("nothing".into(), format!("cargo run -- diff {number:02}")),
    };
    let (added, removed) = change.count();
    let range = format!("{:02}..{number:02}", before.map_or(0, |before| before.number));
    format!(
        "\n## The whole step\n\n\
         <details class=\"whole\">\n<summary>All files of step {number:02}</summary>\n\
         {sources}</details>\n\n\
         <details class=\"whole\">\n<summary>All changes from {from} to step {number:02}: \
         {added} lines added, {removed} removed</summary>\n\
         <p>In a terminal: <code>{command}</code></p>\n{whole}</details>\n\n\
         [Compare {from} and step {number:02}, or any two steps](compare.md#{range})\n"
    )
}
