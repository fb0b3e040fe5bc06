//! Tables with a bar in each cell, and what is said under them.

use suite::record::Record;

use super::command;
use crate::render::html::escape;

/// Rows below these heads.
pub fn table(
    first: &str,
    heads: impl IntoIterator<Item = String>,
    rows: &str,
    caption: &str,
) -> String {
    let heads: String = heads
        .into_iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escape(&head)))
        .collect();
    format!(
        "<figure class=\"measured\" tabindex=\"0\">\n<table>\n<thead><tr>\
         <th scope=\"col\">{first}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\n<figcaption>{caption}</figcaption>\n</figure>\n"
    )
}

pub fn row(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: String = cells.into_iter().collect();
    format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escape(name))
}

/// A number, and under it a bar of that part of the width.
pub fn cell(number: &str, part: f64) -> String {
    let percent = 100.0 * part.clamp(0.0, 1.0);
    format!("<td>{number}<i style=\"inline-size:{percent:.1}%\"></i></td>")
}

/// Where and when it was measured, and how these servers are measured anew.
pub fn source<'a>(record: &Record, names: impl IntoIterator<Item = &'a str>) -> String {
    let machine = &record.machine;
    let when = match &record.since {
        Some(since) => format!("from {since} to {}", record.date),
        None => format!("on {}", record.date),
    };
    format!(
        "{}, {} cores, {}, {}, {}. Measured anew with <code>{}</code>.",
        escape(&machine.processor),
        machine.cores,
        escape(&machine.system),
        escape(record.rustc.split(" (").next().unwrap_or_default()),
        escape(&when),
        escape(&command(names)),
    )
}
