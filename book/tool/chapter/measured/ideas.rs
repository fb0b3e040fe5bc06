//! What each step has cost in lines, and what a request has cost after it.

use std::iter;

use suite::record::{Mode, Record, Server};

use super::figures::thousands;
use super::tables::{cell, table};
use crate::diff::change::Change;
use crate::render::html::escape;
use crate::steps::{Step, Steps};

/// A number, and what part of the longest bar it is.
type Cell = Option<(String, f64)>;

/// A row for each step, with a link to its chapter.
pub fn ideas(steps: &Steps, record: &Record) -> String {
    let lines: Vec<usize> =
        steps.iter().map(|step| Change::of(steps, step).typed()).collect();
    let most = lines.iter().copied().max().unwrap_or_default().max(1);
    let rows: String = iter::zip(steps.iter(), &lines)
        .map(|(step, lines)| {
            let lines = Some((lines.to_string(), *lines as f64 / most as f64));
            row(step, iter::once(lines).chain(measured(record, step)))
        })
        .collect();
    let heads = ["lines", "instructions", "keep-alive", "a connection each"];
    let caption = "Lines are those to write and to take out; what moves isn’t counted, nor \
                   what documents an item or tests it. Instructions are those of a request \
                   with keep-alive. The last two columns are requests in the CPU time in \
                   which a loop that doesn’t look at what it reads answers one. –: it can’t, \
                   or it wasn’t measured.";
    table("step", heads.map(String::from), &rows, caption)
}

fn row(step: &Step, cells: impl Iterator<Item = Cell>) -> String {
    let slug = escape(&step.slug);
    let name = escape(&step.slug.replacen('-', " ", 1));
    let cells: String = cells
        .map(|it| it.map_or("<td>–</td>".into(), |(number, part)| cell(&number, part)))
        .collect();
    format!("<tr><th scope=\"row\"><a href=\"{slug}.html\">{name}</a></th>{cells}</tr>\n")
}

/// What a request costs in this step, as far as anybody knows.
fn measured(record: &Record, step: &Step) -> [Cell; 3] {
    let server = record.server(&step.package());
    let instructions = |it: &Server| it.instructions.get(&Mode::KeepAlive).copied();
    let most = record.servers.iter().filter_map(instructions).fold(1.0, f64::max);
    let ratio = |mode| {
        let ratio = server?.costs.get(&mode)?.to_limit;
        Some((format!("{ratio:.2}"), ratio))
    };
    [
        server.and_then(instructions).map(|it| (thousands(it), it / most)),
        ratio(Mode::KeepAlive),
        ratio(Mode::Each),
    ]
}

#[cfg(test)]
mod tests {
    use suite::{record, root};

    use super::*;

    #[test]
    fn each_step_has_a_row_and_its_lines() {
        let root = root::find().unwrap();
        let steps = Steps::load(&root).unwrap();
        let record = Record::read(&root.join(record::FILE)).unwrap();
        let html = ideas(&steps, &record);
        assert_eq!(html.matches("scope=\"row\"").count(), steps.iter().count());
        assert!(html.contains("<a href=\"01-tcp-echo.html\">01 tcp-echo</a>"), "{html}");
        // Within HTML, Markdown begins after an empty line.
        assert!(!html.contains("\n\n"), "{html}");
    }
}
