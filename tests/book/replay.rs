//! Does what the page tells the reader to do, with nothing but the page: the fragments,
//! applied in their order to the step before, must give the step, byte for byte. Where
//! the page says what `cargo check` says, Cargo is asked.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use book::steps::Step;
use pretty_assertions::StrComparison;

use crate::page::Element;
use crate::scratch::{Files, Scratch, texts};
use crate::site::Site;

/// Whether the fragments make the step.
pub fn check(site: &Site, step: &Step) -> Result<()> {
    read(site, step, |_, _, _| Ok(()))
}

/// Whether Cargo says, between them, what the page says.
pub fn compile(site: &Site, step: &Step) -> Result<()> {
    read(site, step, |reader, element, name| {
        reader.ask_cargo(element, &site.scratch, name)
    })
}

fn read(
    site: &Site,
    step: &Step,
    ask: impl Fn(&Reader, &Element, &str) -> Result<()>,
) -> Result<()> {
    let mut reader = Reader::default();
    if let Some(before) = site.steps.before(step) {
        reader.files = lines_of(&texts(&before.files));
    }
    let page = site.page(step)?;
    let told = page.descendants().into_iter().filter(|element| is_told(element));
    for (number, element) in told.enumerate() {
        let at = || format!("{}.html, figure {}", step.slug, number + 1);
        match element.attr("class") {
            Some("diff") => reader.apply(element).with_context(at)?,
            Some("move") => reader.apply_move(element).with_context(at)?,
            _ => {
                let name = format!("{}-figure-{}", step.package(), number + 1);
                ask(&reader, element, &name).with_context(at)?;
            }
        }
    }
    reader.compare(step)
}

/// What the page tells the reader to do: not variants, and not what it repeats.
fn is_told(element: &Element) -> bool {
    let is_new =
        ["data-whole", "data-variant"].iter().all(|name| element.attr(name).is_none());
    is_new && ["diff", "move", "check"].iter().any(|class| element.has_class(class))
}

/// Somebody who types along.
#[derive(Default)]
struct Reader {
    files: BTreeMap<String, Vec<Line>>,
}

#[derive(Clone, Debug)]
struct Line {
    text: String,
    /// Its number in the step before.
    old: Option<usize>,
    /// Its number in the finished step, once a figure has told it.
    new: Option<usize>,
}

/// A line of a figure.
struct Row {
    tag: String,
    /// The number that is printed beside it.
    number: Option<usize>,
    line: Line,
    /// Its text without what a move marks as new.
    unmarked: String,
}

impl Reader {
    fn apply(&mut self, figure: &Element) -> Result<()> {
        let path = figure.attr("data-file").context("no data-file")?;
        let mut old = self.files.remove(path).unwrap_or_default().into_iter();
        let (mut taken, mut new) = (0, Vec::new());
        for row in rows(figure)? {
            let number = row.number.context("no data-n")?;
            // Lines that the figure doesn't show stay as they are.
            let mut position = if row.tag == "del" { taken } else { new.len() };
            while position + 1 < number {
                new.push(old.next().context("the file is shorter")?);
                taken += 1;
                position += 1;
            }
            ensure!(position + 1 == number, "line {number} is printed behind {position}");
            if row.tag != "ins" {
                let line = old.next().context("the file is shorter")?;
                taken += 1;
                // What their package is called is the reader's affair.
                let is_name = path == "Cargo.toml" && line.text.starts_with("name = ");
                let is_same = is_name || line.text == row.line.text;
                ensure!(is_same, "{line:?} is not {:?}", row.line);
                ensure!(line.old == row.line.old, "{line:?} is not {:?}", row.line);
            }
            if row.tag != "del" {
                new.push(row.line);
            }
        }
        new.extend(old);
        self.files.insert(path.into(), new);
        Ok(())
    }

    fn apply_move(&mut self, figure: &Element) -> Result<()> {
        let from = figure.attr("data-from").context("no data-from")?;
        let to = figure.attr("data-file").context("no data-file")?;
        let rows = rows(figure)?;
        let source = self.files.get_mut(from).context("no such file")?;
        for row in rows.iter().filter(|row| row.line.old.is_some()) {
            let position = source.iter().position(|line| line.old == row.line.old);
            let line = source.remove(position.context("the line is not there")?);
            ensure!(line.text == row.unmarked, "{line:?} is not {:?}", row.unmarked);
        }
        let target = self.files.entry(to.into()).or_default();
        for row in rows.into_iter().filter(|row| row.line.new.is_some()) {
            let index = row.number.context("no data-n")? - 1;
            ensure!(index <= target.len(), "line {} is behind the end", index + 1);
            // Its old number is one of another file, or of another place.
            target.insert(index, Line { old: None, ..row.line });
        }
        Ok(())
    }

    fn files(&self) -> Files {
        self.files.iter().map(|(path, lines)| (path.clone(), text_of(lines))).collect()
    }

    fn ask_cargo(&self, says: &Element, scratch: &Scratch, name: &str) -> Result<()> {
        let (compiles, output) = scratch.check(name, self.files())?;
        let quotes = says.descendants().into_iter().filter(|element| element.name == "q");
        let quotes: Vec<String> = quotes.map(Element::text).collect();
        // The compiler's backticks are the page's code, which text has not.
        let output = output.replace('`', "");
        let warnings = output.lines().filter(|line| line.starts_with("warning: "));
        // The last one only counts the others.
        let warnings: Vec<_> =
            warnings.filter(|line| !line.contains("generated")).collect();
        let unused = |line: &&str| line.contains("unused") || line.contains(" never ");
        let all_said = |said: &str| quotes.iter().all(|words| said.contains(words));
        // The one that a reader sees first. What comes after it is often its consequence.
        let error = output.lines().find(|line| line.starts_with("error"));
        let is_true = match says.attr("data-check") {
            Some("clean") => compiles && warnings.is_empty(),
            Some("warning") => {
                compiles && all_said(&output) && warnings.len() == quotes.len()
            }
            Some("unused") => {
                let count = format!("with {} warnings", warnings.len());
                compiles && says.text().contains(&count) && warnings.iter().all(unused)
            }
            Some("error") => !compiles && error.is_some_and(all_said),
            other => bail!("data-check is {other:?}"),
        };
        let says = says.text();
        ensure!(is_true, "the page says\n  {says}\nand cargo check says\n{output}");
        Ok(())
    }

    fn compare(&self, step: &Step) -> Result<()> {
        let files = self.files();
        for (path, expected) in texts(&step.files) {
            let received =
                files.get(&path).with_context(|| format!("{path} is never told"))?;
            let (expected, received) = match path.as_str() {
                "Cargo.toml" => (without_name(&expected), without_name(received)),
                _ => (expected, received.clone()),
            };
            let difference = StrComparison::new(&received, &expected);
            ensure!(
                received == expected,
                "the reader's {path} is not the step's:\n{difference}"
            );
            for (index, line) in self.files[&path].iter().enumerate() {
                let number = line.new.unwrap_or(index + 1);
                ensure!(number == index + 1, "{path}: {line:?} is line {}", index + 1);
            }
        }
        for (path, text) in files {
            let is_told = text.is_empty() || step.files.contains_key(&path);
            ensure!(is_told, "the page leaves {path} behind, which the step has not");
        }
        Ok(())
    }
}

fn lines_of(files: &Files) -> BTreeMap<String, Vec<Line>> {
    let lines = |text: &str| {
        let lines = text.lines().enumerate();
        lines
            .map(|(index, text)| Line {
                text: text.into(),
                old: Some(index + 1),
                new: None,
            })
            .collect()
    };
    files.iter().map(|(path, text)| (path.to_string(), lines(text))).collect()
}

fn rows(figure: &Element) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let pre = figure.descendants().into_iter().find(|element| element.name == "pre");
    let pre = pre.context("the figure has no rows")?;
    for row in pre.children().filter(|row| !row.has_class("diff-gap")) {
        let number = |name| row.attr(name).map(str::parse::<usize>).transpose();
        let text = row.text();
        let text = text.strip_suffix('\n').context("a row does not end its line")?;
        rows.push(Row {
            tag: row.name.clone(),
            number: number("data-n")?,
            line: Line {
                text: text.into(),
                old: number("data-old")?,
                new: number("data-new")?,
            },
            unmarked: row.text_without("mark").trim_end_matches('\n').into(),
        });
    }
    Ok(rows)
}

fn text_of(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}

fn without_name(manifest: &str) -> String {
    let lines = manifest.lines().filter(|line| !line.starts_with("name = "));
    lines.map(|line| format!("{line}\n")).collect()
}
