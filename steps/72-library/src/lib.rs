//! An HTTP/1.1 server on the standard library, written out by hand. It has event loops, one
//! for each core, and no `unsafe`, no `async`, and no type parameters on what you meet.
//!
//! ```no_run
//! use longhand::{Request, Response, Route, Server, Status, route};
//!
//! #[route("GET", "/hi/{name}")]
//! fn hello(request: &Request) -> Response {
//!     let name = request.parameter("name").unwrap_or_default();
//!     Response::new(Status::OK, format!("Hello {name}!\n"))
//! }
//!
//! fn main() -> std::io::Result<()> {
//!     Server::bind("127.0.0.1:8080")?.route(hello).run()
//! }
//! ```
//!
//! - What answers for a path is a [`Route`]: to a function, or, with [`Route::from_fn`], to a
//!   closure, which brings along what it has to know. What takes time is called
//!   [`on_worker`](Route::on_worker).
//! - Where no route has the path, a [fallback](Server::fallback) answers: a [`Handler`] such as
//!   the [`Files`] of a folder.
//! - What may come, and how long the server waits for it, are [`Settings`].
//! - A [`Handle`] stops the server; what has begun is finished.
//! - Nothing is written anywhere, unless there is a [`Log`]. If a handler panics, its client is
//!   sent 500, and the panic goes to the program's own hook.

#![forbid(unsafe_code)]
#![warn(missing_docs, missing_debug_implementations)]

mod body;
mod chunked;
mod classes;
mod client;
mod clock;
mod connection;
mod cookie;
mod desk;
mod error;
mod event_loop;
mod files;
mod framing;
mod handle;
mod headers;
mod log;
mod loops;
mod method;
mod page;
mod patience;
mod percent;
mod progress;
mod range;
mod record;
mod request;
mod response;
mod router;
mod scanner;
mod server;
mod settings;
mod socket;
mod target;
mod template;
mod version;
mod workers;

pub use body::Body;
pub use cookie::Cookie;
pub use error::Error;
pub use files::Files;
pub use handle::Handle;
pub use headers::Headers;
pub use log::Log;
pub use longhand_route::route;
pub use method::Method;
pub use request::Request;
pub use response::{Response, Status};
pub use router::{Handler, Route};
pub use server::Server;
pub use settings::Settings;
