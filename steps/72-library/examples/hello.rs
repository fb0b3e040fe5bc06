//! An application in fifteen lines: `cargo run --example hello`, and then
//! `curl http://127.0.0.1:8080/hi/Ada`.

use longhand::{Request, Response, Route, Server, Status, route};

#[route("GET", "/hi/{name}")]
fn hello(request: &Request) -> Response {
    let name = request.parameter("name").unwrap_or_default();
    Response::new(Status::OK, format!("Hello {name}!\n"))
}

fn main() -> std::io::Result<()> {
    Server::bind("127.0.0.1:8080")?.route(hello).run()
}
