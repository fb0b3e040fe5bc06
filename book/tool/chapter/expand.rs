//! Turns a chapter, as it was written, into what mdBook renders: figures for directives,
//! transcripts and variants, and links for the standards.

use std::cell::OnceCell;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use suite::record::Record;

use crate::chapter::bearings::{self, Outcomes};
use crate::chapter::code_block::CodeBlock;
use crate::chapter::directive::Directive;
use crate::chapter::exercises::{self, Piece};
use crate::chapter::inserts;
use crate::chapter::ledger::Ledger;
use crate::chapter::manuscript::{Kind, Manuscript};
use crate::chapter::measured;
use crate::chapter::numbers;
use crate::chapter::prefixes;
use crate::chapter::readers;
use crate::chapter::request_panel;
use crate::chapter::rfc;
use crate::chapter::told::Number;
use crate::chapter::transcript::{Against, Transcript};
use crate::chapter::variant::{self, Variant};
use crate::diff::change::Change;
use crate::render::block;
use crate::render::html::{Role, Writer};
use crate::steps::{Step, Steps};

/// Expands chapters of one book.
pub struct Expander<'a> {
    steps: &'a Steps,
    writer: Writer,
    /// What was measured, once somebody has asked for it.
    record: OnceCell<Record>,
    outcomes: Outcomes,
}

impl<'a> Expander<'a> {
    /// For the chapters of these steps.
    pub fn new(steps: &'a Steps) -> Expander<'a> {
        // A copy of the book may have none, and then has nothing to say of outcomes.
        let readme = fs::read_to_string(steps.root.join("README.md")).unwrap_or_default();
        Expander {
            steps,
            writer: Writer::default(),
            record: OnceCell::new(),
            outcomes: Outcomes::read(&readme),
        }
    }

    /// Expands the chapter of that name.
    ///
    /// # Errors
    /// If it asks for what isn't there, or doesn't tell the whole of its step. The message
    /// names the line.
    pub fn expand(&self, slug: &str, content: &str) -> Result<String> {
        let manuscript = Manuscript::parse(content)?;
        let step = self.steps.iter().find(|step| step.slug == slug);
        let change = step.map(|step| Change::of(self.steps, step));
        let mut chapter = Chapter {
            book: self,
            step,
            variants: Variant::find_all(self.steps, &manuscript)?,
            shown: Vec::new(),
            told: 0,
            ledger: change.as_ref().map(Ledger::new),
        };
        let mut pieces = Vec::new();
        for part in &manuscript.parts {
            let text = manuscript.text(part);
            let line = part.lines.start + 1;
            let at =
                || format!("line {line}: {}", text.lines().next().unwrap_or("").trim());
            let is_prose = matches!(part.kind, Kind::Text);
            let expanded = match &part.kind {
                Kind::Text => {
                    let filled = measured::fill(&text, || self.record());
                    let filled = numbers::fill(&filled.with_context(at)?, self.steps);
                    rfc::link(&filled.with_context(at)?)
                }
                Kind::Directive(directive) => {
                    chapter.directive(directive, line).with_context(at)?
                }
                Kind::Block(block) => chapter.block(block).with_context(at)?,
            };
            pieces.push(Piece { text: expanded, is_prose });
        }
        let pieces = exercises::arrange(pieces)?;
        let mut expanded: String =
            pieces.iter().map(|piece| format!("{}\n", piece.text)).collect();
        if let (Some(step), Some(change), Some(ledger)) = (step, &change, &chapter.ledger)
        {
            ledger.finish()?;
            let bearings = bearings::line(content, change, self.outcomes.of(slug));
            expanded =
                begin(step, &expanded, &bearings) + &end(self.steps.before(step), step);
        }
        Ok(expanded)
    }

    /// What was measured.
    ///
    /// # Errors
    /// If it can't be read.
    fn record(&self) -> Result<&Record> {
        if let Some(record) = self.record.get() {
            return Ok(record);
        }
        let record = measured::read(&self.steps.root)?;
        Ok(self.record.get_or_init(|| record))
    }
}

/// A chapter on its way.
struct Chapter<'a> {
    book: &'a Expander<'a>,
    /// The step that the chapter belongs to, if any.
    step: Option<&'a Step>,
    variants: Vec<Variant>,
    /// The variants that the chapter has shown, and in which file.
    shown: Vec<String>,
    /// How many figures have told a part of the step.
    told: usize,
    /// If the chapter belongs to a step.
    ledger: Option<Ledger<'a>>,
}

impl Chapter<'_> {
    /// What a directive becomes.
    fn directive(&mut self, directive: &Directive, line: usize) -> Result<String> {
        let no_step = "no step has the name of this chapter";
        match directive {
            Directive::Diff(selection) => {
                let ledger = self.ledger.as_mut().context(no_step)?;
                let figures = ledger.show(selection, line)?;
                let chapter = self.step.context(no_step)?.number;
                let first = Number(chapter, self.told + 1);
                self.told += figures.len();
                Ok(self.book.writer.figures(&figures, Role::Part(first)))
            }
            Directive::Check(diagnostics) => Ok(diagnostics.to_html()),
            Directive::Request => {
                Ok(request_panel::to_html(self.step.context(no_step)?.number))
            }
            Directive::Compare => Ok(inserts::place_in(inserts::COMPARE)),
            Directive::Profile { with_now } => {
                let step = self.step.context(no_step)?;
                let before =
                    self.book.steps.before(step).context("there is no step before")?;
                let steps = if *with_now { vec![before, step] } else { vec![before] };
                Ok(measured::profile(self.book.record()?, &steps))
            }
            Directive::Costs => Ok(measured::costs(self.book.record()?)),
            Directive::Ideas => Ok(measured::ideas(self.book.steps, self.book.record()?)),
        }
    }

    /// What a code block becomes.
    fn block(&mut self, block: &CodeBlock) -> Result<String> {
        match (block.info[0], variant::name_of(block)) {
            ("console" | "terminal", _) => {
                let transcript = Transcript::new(block)?;
                self.check_against(&transcript.against)?;
                Ok(transcript.to_html())
            }
            (prefixes::INFO, _) => prefixes::to_html(block),
            (readers::INFO, _) => readers::to_html(block),
            ("rust", Some(name)) => {
                let file = variant::file_of(block);
                let key = format!("{name} {file}");
                if self.shown.contains(&key) {
                    return Ok(String::new());
                }
                self.shown.push(key);
                let variant = self.variant(&name)?;
                match block.attribute("wrong") {
                    Some(_) => Ok(self.write_items(variant, file)),
                    None => self.write_changes(variant, file),
                }
            }
            _ => Ok(block::to_html(block)),
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
                let step = self.book.steps.find(name)?;
                ensure!(step.package() == *name, "write {} for {name}", step.package());
            }
            Against::Variant(name) => {
                self.variant(name)?;
            }
        }
        Ok(())
    }

    /// What a variant changes in a file; with the first of its blocks, all of that.
    fn write_changes(&self, variant: &Variant, file: &str) -> Result<String> {
        let change = Change::between(&variant.base.files, &variant.step.files);
        let mut figures = Ledger::new(&change).show_rest();
        figures.retain(|figure| figure.file().path == file);
        ensure!(!figures.is_empty(), "{} changes nothing in {file}", variant.name);
        Ok(self.book.writer.figures(&figures, Role::Variant))
    }

    /// The items of a wrong server that differ from its step, whole: to show what differs in
    /// them would show the mistake.
    fn write_items(&self, variant: &Variant, file: &str) -> String {
        let [before, after] =
            [&variant.base, &variant.step].map(|step| &step.files[file]);
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
        self.book.writer.excerpt(file, after, ranges)
    }
}

/// How the chapter of a step begins: its title has a number, and below it comes a line.
fn begin(step: &Step, chapter: &str, line: &str) -> String {
    let (title, rest) = chapter.split_once('\n').unwrap_or((chapter, ""));
    let title = title.replacen("# ", &format!("# {}. ", step.number), 1);
    format!("{title}\n\n{line}\n{rest}")
}

/// How the chapter of a step ends: with the whole step.
fn end(before: Option<&Step>, step: &Step) -> String {
    let number = step.number;
    let (from, range) = match before {
        Some(before) => (
            format!("step {:02}", before.number),
            format!("{:02}..{number:02}", before.number),
        ),
        None => ("nothing".into(), format!("00..{number:02}")),
    };
    format!(
        "\n## The whole step\n\n{}\n\n\
         [Compare {from} and step {number:02}, or any two steps](compare.md#{range})\n",
        inserts::place_in(&step.slug)
    )
}
