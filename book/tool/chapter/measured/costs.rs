//! What a request costs: a panel for each way to ask, the steps side by side and the peers as
//! lines across them, and the numbers in a table.

use suite::record::{Mode, Record, Server};

use super::figures::thousands;
use super::panel::{Mark, Panel};
use super::tables::{cell, row, source, table};

/// What is known of a server, if it is.
type Figure = Box<dyn Fn(&Server) -> Option<f64>>;

/// One thing that was measured of servers.
struct Measure {
    title: String,
    unit: &'static str,
    of: Figure,
    write: fn(f64) -> String,
}

/// Draws it.
pub fn costs(record: &Record) -> String {
    let measures = measures();
    let panels: String =
        measures.iter().filter_map(|measure| panel(record, measure)).collect();
    let names = record.servers.iter().skip(1);
    let names = names.map(|server| server.name.trim_start_matches("step-"));
    let source = source(record, names);
    let about = "Each bar is a step. <code>limit</code> is a loop that reads and writes, and \
                 doesn’t look at what it reads. How many requests are answered in the CPU \
                 time in which it answers one: more is better. Of instructions and memory, \
                 less is better.";
    format!(
        "<figure class=\"picture costs\">\n<div>\n{panels}</div>\n\
         <figcaption>{about} {source}</figcaption>\n</figure>\n\
         <details>\n<summary>The numbers</summary>\n{}</details>\n",
        numbers(record, &measures)
    )
}

/// All that is drawn, in its order.
fn measures() -> Vec<Measure> {
    let ratios = Mode::ALL.map(|mode| Measure {
        title: mode.to_string(),
        unit: "requests for one of limit’s",
        of: Box::new(move |server| server.costs.get(&mode).map(|it| it.to_limit)),
        write: |ratio| format!("{ratio:.2}"),
    });
    let instructions = Measure {
        title: "instructions".into(),
        unit: "for a request, with keep-alive",
        of: Box::new(|server| server.instructions.get(&Mode::KeepAlive).copied()),
        write: thousands,
    };
    let idle = Measure {
        title: "an idle client".into(),
        unit: "KiB",
        of: Box::new(|server| server.idle_client),
        write: |kib| format!("{kib:.2}"),
    };
    ratios.into_iter().chain([instructions, idle]).collect()
}

/// The panel of a measure; `None` if nobody was measured.
fn panel(record: &Record, measure: &Measure) -> Option<String> {
    let of = |server: &Server| {
        let value = (measure.of)(server)?;
        Some(Mark { name: spoken(server), value, text: (measure.write)(value) })
    };
    let is_step = |server: &&Server| server.sources.is_some();
    let steps = record.servers.iter().filter(is_step);
    let peers = record.servers.iter().filter(|server| !is_step(server));
    let panel = Panel {
        title: &measure.title,
        unit: measure.unit,
        bars: steps.map(|step| (number(step), of(step))).collect(),
        lines: peers.filter_map(of).collect(),
    };
    panel.to_svg()
}

/// The numbers themselves.
fn numbers(record: &Record, measures: &[Measure]) -> String {
    let mut rows = String::new();
    for server in &record.servers {
        let cells = measures.iter().map(|measure| {
            let most = record.servers.iter().filter_map(&measure.of).fold(0.01, f64::max);
            (measure.of)(server).map_or("<td>–</td>".into(), |value| {
                cell(&(measure.write)(value), value / most)
            })
        });
        rows += &row(&spoken(server), cells);
    }
    let heads = measures.iter().map(|measure| measure.title.clone());
    table("server", heads, &rows, "–: it can’t, or not for so many clients.")
}

/// `step 32`.
fn spoken(server: &Server) -> String {
    server.name.replace("step-", "step ")
}

/// What stands under its bar.
fn number(step: &Server) -> String {
    step.name.trim_start_matches("step-").to_string()
}

#[cfg(test)]
mod tests {
    use suite::{record, root};

    use super::*;

    #[test]
    fn each_measure_has_a_panel_and_a_column() {
        let record = Record::read(&root::find().unwrap().join(record::FILE)).unwrap();
        let html = costs(&record);
        assert_eq!(html.matches("<svg").count(), measures().len());
        assert_eq!(html.matches("scope=\"row\"").count(), record.servers.len());
        // Each cell has its bar, but those that have no number.
        let cells = html.matches("<td>").count() - html.matches("<td>–").count();
        assert_eq!(html.matches("<i style").count(), cells);
        // Within HTML, Markdown begins after an empty line.
        assert!(!html.contains("\n\n"), "{html}");
        assert!(html.contains("--record tests/bench/recorded.json "), "{html}");
    }
}
