//! Where the instructions of a request go, in one step or beside another.

use suite::record::{Part, Record, Server};

use super::figures::thousands;
use super::tables::{cell, row, source, table};
use crate::steps::Step;

/// Draws it. If it isn't known of a step, that is what the page says: the build says so, too,
/// and a test fails, but who writes a new step has to see its chapter.
pub fn profile(record: &Record, steps: &[&Step]) -> String {
    let known = steps.iter().map(|step| {
        let server = record.server(&step.package());
        server.filter(|server| !server.profile.is_empty())
    });
    match known.collect::<Option<Vec<&Server>>>() {
        Some(servers) => draw(record, &servers),
        None => {
            let names: Vec<String> =
                steps.iter().map(|step| format!("step {:02}", step.number)).collect();
            format!(
                "<p><em>Where the instructions of {} go hasn’t been measured yet.</em></p>\n",
                names.join(" and of ")
            )
        }
    }
}

fn draw(record: &Record, servers: &[&Server]) -> String {
    let of = |server: &Server, part| server.profile.get(&part).copied().unwrap_or(0.0);
    let all = servers.iter().flat_map(|server| server.profile.values());
    let most = all.copied().fold(1.0, f64::max);
    let mut rows = String::new();
    for part in Part::ALL {
        let cells = servers.iter().map(|server| {
            let instructions = of(server, part);
            cell(&thousands(instructions), instructions / most)
        });
        rows += &row(&part.to_string(), cells);
    }
    let sums = servers.iter().map(|server| {
        let sum: f64 = server.profile.values().sum();
        format!("<td><b>{}</b></td>", thousands(sum))
    });
    rows += &row("together", sums);
    let heads = servers.iter().map(|server| server.name.replace("step-", "step "));
    let numbers = servers.iter().map(|it| it.name.trim_start_matches("step-"));
    let numbers = ["--instructions"].into_iter().chain(numbers);
    let caption = format!(
        "Instructions of the program itself for a request with keep-alive, counted by \
         valgrind, by lines. Two counts of the same program may differ by ten or so. {}",
        source(record, numbers)
    );
    table("where they go", heads, &rows, &caption)
}

#[cfg(test)]
mod tests {
    use suite::{record, root};

    use super::*;

    #[test]
    fn all_is_to_one_scale_and_has_its_source() {
        let mut record = Record::read(&root::find().unwrap().join(record::FILE)).unwrap();
        let names: Vec<String> = record.servers[1..3]
            .iter_mut()
            .zip([400.0, 100.0])
            .map(|(server, memory)| {
                server.profile = [(Part::Memory, memory), (Part::Loop, 50.0)].into();
                server.name.clone()
            })
            .collect();
        let servers: Vec<&Server> =
            names.iter().map(|name| record.server(name).unwrap()).collect();
        let html = draw(&record, &servers);
        for words in [
            "400<i style=\"inline-size:100.0%\">",
            "100<i style=\"inline-size:25.0%\">",
            "<b>450</b></td><td><b>150</b>",
            &record.machine.processor,
            &record.date,
            "--record tests/bench/recorded.json --instructions ",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
