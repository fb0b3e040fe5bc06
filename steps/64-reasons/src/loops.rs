//! Loops: one for each core. They share a door, and the workers.

use std::io;
use std::net::TcpListener;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, ScopedJoinHandle};

use mio::Waker;

use crate::desk::Desk;
use crate::event_loop::EventLoop;
use crate::router::Router;
use crate::settings::Settings;
use crate::workers::Workers;

/// A loop for each core.
#[derive(Debug)]
pub struct Loops {
    loops: Vec<EventLoop>,
    stopper: Stopper,
}

/// What stops all of them.
#[derive(Clone, Debug)]
pub struct Stopper {
    is_asked: Arc<AtomicBool>,
    wakers: Vec<Arc<Waker>>,
}

impl Stopper {
    /// Asks them to stop. Whether it is the first time.
    pub fn stop(&self) -> bool {
        let is_first = !self.is_asked.swap(true, Relaxed);
        // A loop that can't be woken looks around within a second.
        self.wakers.iter().for_each(|waker| _ = waker.wake());
        is_first
    }
}

impl Loops {
    /// As many loops as there are cores, for all who come to this listener. They share the
    /// routes and the settings.
    ///
    /// # Errors
    /// If the system can't watch sockets, or has no thread for us.
    pub fn new(
        listener: &TcpListener,
        router: Router,
        settings: Settings,
    ) -> io::Result<Loops> {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        let (router, settings) = (Arc::new(router), Arc::new(settings));
        let (workers, is_asked) = (Workers::start(&router, &settings)?, Arc::default());
        let event_loop = || {
            let (workers, is_asked) = (workers.clone(), Arc::clone(&is_asked));
            let desk = Desk::new(router.clone(), settings.clone());
            EventLoop::new(listener.try_clone()?, count, workers, is_asked, desk)
        };
        let loops =
            (0..count).map(|_| event_loop()).collect::<io::Result<Vec<EventLoop>>>()?;
        let wakers = loops.iter().map(EventLoop::waker).collect();
        Ok(Loops { loops, stopper: Stopper { is_asked, wakers } })
    }

    /// What stops them, from any thread.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves all clients that come, until somebody asks the loops to stop.
    ///
    /// # Errors
    /// If the system doesn't tell one of them any more which sockets are ready.
    pub fn run(self) -> io::Result<()> {
        let Loops { loops, stopper } = self;
        thread::scope(|scope| {
            let start = |event_loop| scope.spawn(|| run(event_loop, &stopper));
            let threads: Vec<_> = loops.into_iter().map(start).collect();
            threads.into_iter().try_for_each(end)
        })
    }
}

/// Runs one of the loops. All end with it: most of a server is no server.
fn run(event_loop: EventLoop, stopper: &Stopper) -> io::Result<()> {
    let result = catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    stopper.stop();
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

fn end(thread: ScopedJoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
