//! The application: its pages, and `main`. The modules are the server.

mod error;
mod method;
mod request;
mod response;
mod router;
mod server;
mod target;

use std::env;
use std::io;
use std::net::TcpListener;

use route::route;

use method::Method;
use request::Request;
use response::{Response, Status};
use router::Route;
use server::handle_connection;

fn main() -> io::Result<()> {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on http://{}", listener.local_addr()?);

    for stream in listener.incoming() {
        if let Err(error) = stream.and_then(handle_connection) {
            eprintln!("connection failed: {error}");
        }
    }
    Ok(())
}

const ROUTES: &[Route] = &[hello, namaste, describe];

#[route("GET", "/hi")]
fn hello(_request: &Request) -> Response {
    Response::new(Status::OK, "Hello World!")
}

#[route("GET", "/namaste")]
fn namaste(_request: &Request) -> Response {
    Response::new(Status::OK, "Namaste!")
}

/// Shows the client how we understood its request.
#[route("*", "/request")]
fn describe(request: &Request) -> Response {
    let Request { method, uri, version, headers, body } = request;
    // HEAD gets the length that GET would.
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let mut text = format!("method: {method}\nuri: {uri}\nversion: {version}\n");
    for (name, value) in headers {
        text += &format!("header {name}: {value}\n");
    }
    text += &format!("body: {body}\n");
    Response::new(Status::OK, text)
}
