//! No diff takes a line away and puts it back in the same place: a reader would look for the
//! difference.

use anyhow::{Result, ensure};
use book::diff::align::Row;
use book::diff::change::Change;
use book::steps::Step;

use crate::site::Site;

pub fn check(site: &Site, step: &Step) -> Result<()> {
    let change = Change::of(&site.steps, step);
    for (index, file) in change.files.iter().enumerate() {
        let counts =
            |row: &Row| row.is_changed() && change.move_of(index, *row).is_none();
        for run in file.rows.chunk_by(|a, b| counts(a) && counts(b)) {
            // A function with another name is another one, whatever it has in common.
            let place = |row: &Row| (file.path_of(*row), file.line(*row));
            let added: Vec<_> =
                run.iter().filter(|row| matches!(row, Row::New(_))).map(place).collect();
            for row in run.iter().filter(|row| matches!(row, Row::Old(_))) {
                ensure!(
                    !added.contains(&place(row)),
                    "steps/{}/{}: this is taken away, and put back beside it:\n    {}",
                    step.slug,
                    file.path,
                    file.describe(*row),
                );
            }
        }
    }
    Ok(())
}
