//! Tables for people.

use std::fmt;

/// Rows of cells. The first column is flush left, and the others are flush right.
#[derive(Default)]
pub struct Table(Vec<Vec<String>>);

impl Table {
    /// Adds a row. What isn't known is a dash.
    pub fn add(&mut self, name: &str, cells: impl IntoIterator<Item = Option<String>>) {
        let cells = cells.into_iter().map(|cell| cell.unwrap_or("–".into()));
        self.0.push([name.to_string()].into_iter().chain(cells).collect());
    }

    /// How wide the widest cell of a column is.
    fn width(&self, column: usize) -> usize {
        let cells = self.0.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.0 {
            for (column, cell) in row.iter().enumerate() {
                let width = self.width(column);
                match column {
                    0 => write!(formatter, "  {cell:<width$}")?,
                    _ => write!(formatter, "  {cell:>width$}")?,
                }
            }
            writeln!(formatter)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::default();
        table.add("", [Some("pipelined".into())]);
        table.add("limit", [Some("1.00".into())]);
        table.add("step-15", [None]);
        let text = "           pipelined\n  limit         1.00\n  step-15          –\n";
        assert_eq!(table.to_string(), text);
    }
}
