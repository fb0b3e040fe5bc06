//! Loops: one for each core. They share a door, and the workers.

use std::io;
use std::net::TcpListener;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use crate::desk::Desk;
use crate::event_loop::EventLoop;
use crate::handle::Handle;
use crate::router::Router;
use crate::settings::Settings;
use crate::workers::Workers;

/// A loop for each core.
#[derive(Debug)]
pub struct Loops {
    loops: Vec<EventLoop>,
    handle: Handle,
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
        handle: &Handle,
    ) -> io::Result<Loops> {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        let (router, settings) = (Arc::new(router), Arc::new(settings));
        let workers = Workers::start(&router, &settings)?;
        let event_loop = || {
            let desk = Desk::new(router.clone(), settings.clone());
            let (listener, handle) = (listener.try_clone()?, handle.clone());
            EventLoop::new(listener, count, workers.clone(), handle, desk)
        };
        let loops =
            (0..count).map(|_| event_loop()).collect::<io::Result<Vec<EventLoop>>>()?;
        handle.set_wakers(loops.iter().map(EventLoop::waker).collect());
        Ok(Loops { loops, handle: handle.clone() })
    }

    /// Serves all clients that come, until somebody asks the loops to stop.
    ///
    /// # Errors
    /// If the system doesn't tell one of them any more which sockets are ready.
    pub fn run(self) -> io::Result<()> {
        let Loops { loops, handle } = self;
        thread::scope(|scope| {
            let start = |event_loop| scope.spawn(|| run(event_loop, &handle));
            let threads: Vec<_> = loops.into_iter().map(start).collect();
            threads.into_iter().try_for_each(end)
        })
    }
}

/// Runs one of the loops. All end with it: most of a server is no server.
fn run(event_loop: EventLoop, handle: &Handle) -> io::Result<()> {
    let result = catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    handle.stop();
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

fn end(thread: ScopedJoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
