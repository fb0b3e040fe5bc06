//! The topics; each is `None` if nothing of it was measured.

use std::collections::BTreeMap;

use suite::record::{Cost, Mode, Part, Record, Server};

use super::Topic;
use super::rows::{by_mode, by_server};
use super::table::Table;

pub const ALL: [fn(&Record) -> Option<Topic>; 9] = [
    ratios,
    user,
    busy,
    idle_client,
    latency,
    two_cores,
    system_calls,
    instructions,
    profile,
];

fn ratios(record: &Record) -> Option<Topic> {
    let limit = &record.servers.first()?.costs;
    let is_asked_less = |mode: &Mode, cost: &Cost| {
        limit.get(mode).is_some_and(|limit| cost.connections < limit.connections)
    };
    let cell = |mode: &Mode, cost: &Cost| {
        let star = if is_asked_less(mode, cost) { "*" } else { "" };
        let to_hyper = cost.to_hyper.map(|ratio| format!("{ratio:7.2}"));
        format!("{star}{:.2}{}", cost.to_limit, to_hyper.unwrap_or_default())
    };
    let table = by_mode(record, |server| &server.costs, cell)?;
    let mut notes =
        "More is better. –: it can't, or not for so many clients.".to_string();
    let mut all = record.servers.iter().flat_map(|server| &server.costs);
    if all.any(|(mode, cost)| is_asked_less(mode, cost)) {
        notes += "\n*: on 8 connections, since it has 8 threads; the others on 64.";
    }
    if let Some(many) = limit.get(&Mode::Many).filter(|many| many.connections < 5000) {
        let number = many.connections;
        notes += &format!("\nOf 5,000 connections {number}: no more files may be open.");
    }
    let has_hyper = record.servers.iter().any(|server| server.name == "hyper");
    let hyper = if has_hyper { ", and for that of one of hyper" } else { "" };
    let title = format!("How many requests for the CPU time of one of limit{hyper}");
    Some(Topic { title, table, notes })
}

fn user(record: &Record) -> Option<Topic> {
    let cell = |_: &_, cost: &Cost| format!("{:.0}", 100.0 * cost.user);
    Some(Topic {
        title: "What of the CPU time the program itself takes, in percent".into(),
        table: by_mode(record, |server| &server.costs, cell)?,
        notes: "The rest is what the system does for it.".into(),
    })
}

fn busy(record: &Record) -> Option<Topic> {
    let cell = |_: &_, cost: &Cost| format!("{:.0}", 100.0 * cost.busy);
    Some(Topic {
        title: "How much of the time the server was at work, in percent".into(),
        table: by_mode(record, |server| &server.costs, cell)?,
        notes:
            "When it was not, the load couldn't ask faster; then it does less at once."
                .into(),
    })
}

fn idle_client(record: &Record) -> Option<Topic> {
    let cell = |server: &Server| vec![server.idle_client.map(|kib| format!("{kib:.2}"))];
    Some(Topic {
        title: "What an idle client costs".into(),
        table: by_server(record, &["KiB"], cell)?,
        notes: "Memory of the process; what the system keeps for a socket comes on top."
            .into(),
    })
}

fn latency(record: &Record) -> Option<Topic> {
    let cells = |server: &Server| {
        let latency = server.latency;
        let times = [latency.map(|it| it.median), latency.map(|it| it.percentile_99)];
        times.map(|time| time.map(|micros| format!("{micros:.0}"))).to_vec()
    };
    let rate = record.rate? / 1000.0;
    Some(Topic {
        title: format!(
            "How many µs a client waits, if there are {rate:.1} requests a ms"
        ),
        table: by_server(record, &["median", "99th percentile"], cells)?,
        notes: "From when a request was due. The slowest can do twice as many.".into(),
    })
}

fn two_cores(record: &Record) -> Option<Topic> {
    let cell =
        |server: &Server| vec![server.two_cores.map(|ratio| format!("{ratio:.2}"))];
    Some(Topic {
        title: "How many requests there are on two cores for one on one core".into(),
        table: by_server(record, &["keep-alive"], cell)?,
        notes: String::new(),
    })
}

fn system_calls(record: &Record) -> Option<Topic> {
    let sum = |_: &_, calls: &BTreeMap<String, f64>| {
        format!("{:.1}", calls.values().sum::<f64>())
    };
    Some(Topic {
        title: "System calls for a request, one connection at a time".into(),
        table: by_mode(record, |server| &server.system_calls, sum)?,
        notes: kinds_of_calls(record),
    })
}

/// How many calls of each kind there are with keep-alive, a line for each server.
fn kinds_of_calls(record: &Record) -> String {
    let mut lines = String::from(
        "strace slows a server down: it may find the next request before it waits for it.\n\
         With keep-alive these are:",
    );
    for server in &record.servers {
        if let Some(calls) = server.system_calls.get(&Mode::KeepAlive) {
            let kinds = calls.iter().map(|(name, count)| format!("{name} {count:.1}"));
            let kinds: Vec<String> = kinds.collect();
            lines += &format!("\n{}: {}", server.name, kinds.join(", "));
        }
    }
    lines
}

fn instructions(record: &Record) -> Option<Topic> {
    let cell = |_: &_, count: &f64| format!("{count:.0}");
    Some(Topic {
        title: "Instructions for a request, one connection at a time".into(),
        table: by_mode(record, |server| &server.instructions, cell)?,
        notes: "Those of the program itself, not of the system.".into(),
    })
}

/// A row for each part, and a column for each step.
fn profile(record: &Record) -> Option<Topic> {
    let steps: Vec<&Server> =
        record.servers.iter().filter(|server| !server.profile.is_empty()).collect();
    let mut table = Table::default();
    table.add("", steps.iter().map(|step| Some(step.name.clone())));
    for part in Part::ALL {
        let cells = steps.iter().map(|step| step.profile.get(&part));
        table.add(&part.to_string(), cells.map(|it| it.map(|it| format!("{it:.0}"))));
    }
    let mut notes = "With keep-alive, as above.".to_string();
    for step in steps.iter().filter(|step| step.rest() > Server::MOST_REST) {
        let rest = 100.0 * step.rest();
        notes += &format!(
            "\n{}: the rest is {rest:.0} %; say in profile.rs what belongs where.",
            step.name
        );
    }
    let title = "Where the instructions of a request go".into();
    (!steps.is_empty()).then_some(Topic { title, table, notes })
}
