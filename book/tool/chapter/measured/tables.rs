//! Tables with a bar in each cell.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use suite::record::{Mode, Part, Record, Server};

use super::figures::thousands;
use super::of_step;
use crate::render::html::escape;
use crate::steps::Step;

/// Where the instructions of a request go, in each of these steps.
///
/// # Errors
/// If it isn't known.
pub fn profile(record: &Record, steps: &[&Step]) -> Result<String> {
    let servers: Vec<&Server> =
        steps.iter().map(|step| of_step(record, step)).collect::<Result<_>>()?;
    for server in &servers {
        ensure!(!server.profile.is_empty(), "there is no profile of {}", server.name);
    }
    let of = |server: &Server, part| server.profile.get(&part).copied().unwrap_or(0.0);
    let all = servers.iter().flat_map(|server| server.profile.values());
    let most = all.copied().fold(1.0, f64::max);
    let mut rows = String::new();
    for part in Part::ALL {
        let cells = servers.iter().map(|server| {
            let instructions = of(server, part);
            cell(&thousands(instructions), instructions / most)
        });
        let _ = writeln!(rows, "{}", row(&part.to_string(), cells));
    }
    let sums = servers.iter().map(|server| {
        let sum: f64 = server.profile.values().sum();
        format!("<td><b>{}</b></td>", thousands(sum))
    });
    let _ = writeln!(rows, "{}", row("together", sums));
    let names = servers.iter().map(|server| server.name.replace("step-", "step "));
    let about = "Instructions of the program itself for a request with keep-alive, counted by \
                 valgrind.";
    Ok(table("where they go", names, &rows, &source(record, about)))
}

/// What a request costs, in all servers that were measured.
///
/// # Errors
/// If something that belongs into the table was not measured.
pub fn costs(record: &Record) -> Result<String> {
    let instructions =
        |server: &Server| server.instructions.get(&Mode::KeepAlive).copied();
    let idle = |server: &Server| server.idle_client;
    let most = record.servers.iter().filter_map(instructions).fold(1.0, f64::max);
    let most_idle = record.servers.iter().filter_map(idle).fold(0.01, f64::max);
    let none = || "<td>–</td>".to_string();
    let mut rows = String::new();
    for server in &record.servers {
        let mut cells = vec![
            instructions(server).map_or_else(none, |it| cell(&thousands(it), it / most)),
        ];
        cells.extend(Mode::ALL.iter().map(|mode| {
            let cost = server.costs.get(mode);
            cost.map_or_else(none, |it| cell(&format!("{:.2}", it.to_limit), it.to_limit))
        }));
        cells.push(
            idle(server)
                .map_or_else(none, |it| cell(&format!("{it:.2}"), it / most_idle)),
        );
        let name = server.name.replace("step-", "step ");
        let _ = writeln!(rows, "{}", row(&name, cells));
    }
    let heads = [
        "instructions",
        "keep-alive",
        "16 pipelined",
        "a connection each",
        "5,000 connections",
        "KiB for an idle client",
    ];
    let about = "The first column has instructions for a request (less is better), the last \
                 one memory. The four between have how many requests are answered in the time \
                 in which `limit`, a loop that reads and writes and doesn't look at what it \
                 reads, answers one: 1 is the limit, more is better.";
    let busy = record.servers.first().context("nothing was measured")?;
    ensure!(busy.name == "limit", "the limit must come first");
    Ok(table("server", heads.map(String::from), &rows, &source(record, about)))
}

fn table(
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
        "<figure class=\"measured\" tabindex=\"0\">\n<table>\n<thead><tr><th scope=\"col\">{first}</th>{heads}\
         </tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n<figcaption>{caption}\
         </figcaption>\n</figure>\n"
    )
}

fn row(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: String = cells.into_iter().collect();
    format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", escape(name))
}

/// A number, and under it a bar of that part of the width.
fn cell(number: &str, part: f64) -> String {
    let percent = 100.0 * part.clamp(0.0, 1.0);
    format!("<td>{number}<i style=\"inline-size:{percent:.1}%\"></i></td>")
}

/// Where and when it was measured.
fn source(record: &Record, about: &str) -> String {
    let about = about.replace("`limit`", "<code>limit</code>");
    let machine = &record.machine;
    format!(
        "{about} {}, {} cores, {}, {}, on {}.",
        escape(&machine.processor),
        machine.cores,
        escape(&machine.system),
        escape(record.rustc.split(" (").next().unwrap_or_default()),
        escape(&record.date)
    )
}
