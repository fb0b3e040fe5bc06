//! The time, as far as we need to know it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::response::{CONTENT_LENGTH, OK, PLAIN};

/// How long we say the same date.
const SECOND: Duration = Duration::from_secs(1);

/// A clock, and what it said when somebody looked at it.
#[derive(Debug)]
pub struct Clock {
    pub now: Instant,
    /// What all responses say of us and of the date, as it is sent.
    headers: String,
    /// How most of them begin.
    usual_head: String,
    /// Until when they may say that.
    end: Instant,
}

impl Clock {
    /// A clock that says what time it is now.
    pub fn new() -> Clock {
        let now = Instant::now();
        let mut clock =
            Clock { now, headers: String::new(), usual_head: String::new(), end: now };
        clock.tick();
        clock
    }

    /// Looks at the time. The date is written once a second, as soon as it is another one.
    pub fn tick(&mut self) {
        self.now = Instant::now();
        if self.now >= self.end {
            let time = SystemTime::now();
            let date = httpdate::fmt_http_date(time);
            self.headers = format!("\r\nServer: from-scratch\r\nDate: {date}");
            self.usual_head = format!("{OK}{}{PLAIN}{CONTENT_LENGTH}", self.headers);
            let over = time.duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos();
            self.end = self.now + SECOND - Duration::from_nanos(over.into());
        }
    }

    /// The headers that all responses have: `Server` and `Date`.
    pub fn headers(&self) -> &str {
        &self.headers
    }

    /// The head of a text that is in order, as far as its length.
    pub fn usual_head(&self) -> &str {
        &self.usual_head
    }
}
