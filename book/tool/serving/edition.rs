//! Which edition of the book is served: a number that changes with each build. The pages ask
//! for it now and then, and load themselves again when it is another one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use longhand::{Response, Status};

/// The edition that is served by now. All clones are one.
#[derive(Clone, Debug)]
pub struct Edition(Arc<AtomicU64>);

impl Edition {
    /// The first edition since the server was started.
    pub fn first() -> Edition {
        // No number of ours: a page that is open outlives the server.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Edition(Arc::new(AtomicU64::new(now.as_secs() << 16)))
    }

    /// Says that the book has been built again.
    pub fn next(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Answers with the number, at once: to wait for the next one would keep a worker busy.
    pub fn show(&self) -> Response {
        Response::new(Status::OK, format!("{}\n", self.0.load(Ordering::Relaxed)))
    }
}
