//! What was measured, for people: a table for each topic.

mod rows;
mod table;
mod topics;

use std::fmt::{self, Display, Formatter};

use suite::record::{Machine, Record};

use table::Table;

/// Above this, in percent, what others do on the machine may show in the figures.
const TOO_BUSY: f64 = 5.0;

/// A record, as it is printed.
pub struct Report<'a>(pub &'a Record);

/// What there is to say of one thing.
struct Topic {
    title: String,
    table: Table,
    notes: String,
}

impl Display for Report<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for topic in topics::ALL {
            if let Some(Topic { title, table, notes }) = topic(self.0) {
                write!(formatter, "\n{title}\n{table}")?;
                notes.lines().try_for_each(|note| writeln!(formatter, "  {note}"))?;
            }
        }
        let Record { date, machine, rustc, servers, .. } = self.0;
        let Machine { processor, cores, system, .. } = machine;
        writeln!(formatter, "\n{date}: {processor}, {cores} cores, {system}")?;
        write!(formatter, "{rustc}")?;
        // Those of the steps are in the repository, and the limit has none.
        for peer in servers.iter().skip(1).filter(|server| server.sources.is_none()) {
            write!(formatter, ", {}", peer.version)?;
        }
        let busy = machine.busy_otherwise;
        write!(formatter, "\n{busy:.0} % of the machine was busy with something else")?;
        if busy > TOO_BUSY && servers.iter().any(|server| !server.costs.is_empty()) {
            write!(formatter, ": too much for figures that one can trust")?;
        }
        writeln!(formatter, ".")
    }
}
