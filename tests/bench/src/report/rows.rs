//! Tables with a row for each server.

use std::collections::BTreeMap;

use suite::record::{Mode, Record, Server};

use super::table::Table;

/// A row for each server, and a column for each mode in which one was measured.
pub fn by_mode<T>(
    record: &Record,
    of: impl Fn(&Server) -> &BTreeMap<Mode, T>,
    cell: impl Fn(&Mode, &T) -> String,
) -> Option<Table> {
    let is_there =
        |mode: &Mode| record.servers.iter().any(|it| of(it).contains_key(mode));
    let modes: Vec<Mode> = Mode::ALL.into_iter().filter(is_there).collect();
    let names: Vec<String> = modes.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    by_server(record, &names, |server| {
        let cells =
            modes.iter().map(|mode| of(server).get(mode).map(|it| cell(mode, it)));
        cells.collect()
    })
}

/// A row for each server, below these names of columns; `None` if no cell is known.
pub fn by_server(
    record: &Record,
    names: &[&str],
    cells: impl Fn(&Server) -> Vec<Option<String>>,
) -> Option<Table> {
    let mut table = Table::default();
    if !names.is_empty() {
        table.add("", names.iter().map(|name| Some(name.to_string())));
    }
    let mut is_known = false;
    for server in &record.servers {
        let cells = cells(server);
        is_known |= cells.iter().any(Option::is_some);
        table.add(&server.name, cells);
    }
    is_known.then_some(table)
}
