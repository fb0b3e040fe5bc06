//! What the book says of costs was measured of the steps as they are, and says where they come
//! from.

use anyhow::{Result, bail, ensure};
use book::chapter::measured;
use suite::record::{Mode, Server};

use crate::site::Site;

/// By how much the sum of a profile may differ from the count.
const DIFFERENCE: f64 = 0.01;

pub fn check(site: &Site) -> Result<()> {
    if let Some(stale) = measured::stale(&site.root)? {
        bail!(stale);
    }
    let record = measured::read(&site.root)?;
    let profiled = record.servers.iter().filter(|server| !server.profile.is_empty());
    profiled.into_iter().try_for_each(check_profile)
}

/// # Errors
/// If a profile isn't that of what was counted, or doesn't say where it goes.
fn check_profile(server: &Server) -> Result<()> {
    let sum: f64 = server.profile.values().sum();
    let count = server.instructions.get(&Mode::KeepAlive).copied().unwrap_or_default();
    let name = &server.name;
    ensure!(
        (sum - count).abs() <= DIFFERENCE * count,
        "the profile of {name} has {sum:.0} instructions, and there are {count:.0}"
    );
    let percent = 100.0 * server.rest();
    ensure!(
        server.rest() <= Server::MOST_REST,
        "in the profile of {name} the rest is {percent:.0} %: say in \
         tests/bench/src/figures/profile.rs what belongs where"
    );
    Ok(())
}
