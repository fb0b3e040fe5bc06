//! The server, as a program puts it together.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use crate::handle::Handle;
use crate::log::Log;
use crate::loops::Loops;
use crate::router::{Handler, Route, Router};
use crate::settings::Settings;

#[cfg(test)]
mod tests;

/// A server that doesn't run yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    settings: Settings,
    handle: Handle,
}

impl Server {
    /// A server at this address. Whoever comes before it runs waits at the door.
    ///
    /// # Errors
    /// If the address isn't ours, or is in use.
    pub fn bind(address: impl ToSocketAddrs) -> io::Result<Server> {
        Ok(Server {
            listener: TcpListener::bind(address)?,
            router: Router::default(),
            settings: Settings::default(),
            handle: Handle::new(),
        })
    }

    /// Adds these routes.
    pub fn routes(self, routes: impl Into<Vec<Route>>) -> Server {
        Server { router: self.router.routes(routes), ..self }
    }

    /// Has something answer for the paths that no route has.
    pub fn fallback(self, handler: impl Handler) -> Server {
        Server { router: self.router.fallback(handler), ..self }
    }

    /// Tells there what becomes of requests. Without it, nobody is told.
    pub fn log(mut self, log: Log) -> Server {
        self.settings.log = log;
        self
    }

    /// The address, with the port that the system has chosen if it was 0.
    ///
    /// # Errors
    /// If the system doesn't know it.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// What stops it, from any thread.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Serves all clients that come, until somebody stops it.
    ///
    /// # Errors
    /// If the system can't watch sockets, or has no thread for us.
    pub fn run(self) -> io::Result<()> {
        let Server { listener, router, settings, handle } = self;
        let loops = Loops::new(&listener, router, settings, &handle)?;
        // Each of them has one of its own.
        drop(listener);
        loops.run()
    }
}
