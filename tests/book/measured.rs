//! What the book says of costs was measured of the steps as they are.

use anyhow::{Result, bail};
use book::chapter::measured;

use crate::site::Site;

pub fn check(site: &Site) -> Result<()> {
    match measured::stale(&site.root)? {
        Some(stale) => bail!(stale),
        None => Ok(()),
    }
}
