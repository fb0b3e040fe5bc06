//! Patience: how long we wait for a client.

use std::time::{Duration, Instant};

use crate::progress::Progress;

/// How long a client may be silent before it asks.
const SILENCE: Duration = Duration::from_secs(5);
/// How long it may take for a head, from its first byte on.
const HEAD: Duration = Duration::from_secs(10);
/// How long it may take for a body, from the end of the head on.
const BODY: Duration = Duration::from_secs(10);
/// For this many bytes that have come, the body has a second more.
const BYTES_A_SECOND: usize = 64 * 1024;
/// How long a client may take nothing of our response.
pub const STALL: Duration = Duration::from_secs(10);
/// How long we wait, after our response, for the client to close its side.
pub const GOODBYE: Duration = Duration::from_secs(2);
/// How many bytes we take from it meanwhile.
pub const GOODBYE_BYTES: usize = 16 * 1024 * 1024;

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
    pub fn deadline(&self, come: usize) -> Instant {
        let earned = Duration::from_secs((come / BYTES_A_SECOND) as u64);
        self.since
            + match self.part {
                Part::FirstByte => SILENCE,
                Part::Head => HEAD,
                Part::Body => BODY + earned,
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
