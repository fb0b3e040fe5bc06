//! A handle: what stops a server that runs.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use mio::Waker;

/// What stops a server, from any thread.
#[derive(Clone, Debug)]
pub struct Handle(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether somebody has asked all loops to stop.
    is_asked: AtomicBool,
    /// What wakes them, as soon as they run.
    wakers: OnceLock<Vec<Arc<Waker>>>,
}

impl Handle {
    /// A handle of nothing yet.
    pub(crate) fn new() -> Handle {
        Handle(Arc::default())
    }

    /// Asks the server to stop. Whether it is the first time.
    pub fn stop(&self) -> bool {
        let is_first = !self.0.is_asked.swap(true, Relaxed);
        // A loop that can't be woken looks around within a second.
        self.0.wakers.get().into_iter().flatten().for_each(|waker| _ = waker.wake());
        is_first
    }

    /// Whether somebody has asked it to.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.is_asked.load(Relaxed)
    }

    /// These are what wakes its loops.
    pub(crate) fn set_wakers(&self, wakers: Vec<Arc<Waker>>) {
        // There are no others: a server runs once.
        let _ = self.0.wakers.set(wakers);
        // Somebody may have asked before there was anything to wake.
        if self.is_asked() {
            self.stop();
        }
    }
}
