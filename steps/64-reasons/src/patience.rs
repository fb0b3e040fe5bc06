//! Patience: how long we wait for a client.

use std::time::{Duration, Instant};

use crate::progress::Progress;
use crate::settings::Settings;

/// What of a request we wait for, and since when.
#[derive(Debug)]
pub struct Patience {
    part: Part,
    pub since: Instant,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    FirstByte,
    Head,
    Body,
}

impl Patience {
    /// From now on, we wait for a request.
    pub fn new(now: Instant) -> Patience {
        Patience { part: Part::FirstByte, since: now }
    }

    /// This is what has come of the request by now. Only a part that is new has all of its
    /// time. If each byte had, one byte now and then would keep us waiting for ever.
    pub fn note(&mut self, data: &[u8], progress: &Progress, now: Instant) {
        let part = Part::of(data, progress);
        if self.part != part {
            (self.part, self.since) = (part, now);
        }
    }

    /// When it ends, if so many bytes of the request have come.
    pub fn deadline(&self, settings: &Settings, come: usize) -> Instant {
        self.since
            + match self.part {
                Part::FirstByte => settings.idle_timeout,
                Part::Head => settings.head_timeout,
                Part::Body => {
                    let earned = come.checked_div(settings.body_rate).unwrap_or(0);
                    settings.body_timeout + Duration::from_secs(earned as u64)
                }
            }
    }
}

impl Part {
    /// The part that isn't whole yet.
    fn of(data: &[u8], progress: &Progress) -> Part {
        match progress.has_head() {
            _ if data.is_empty() => Part::FirstByte,
            false => Part::Head,
            true => Part::Body,
        }
    }
}
