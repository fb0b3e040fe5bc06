//! The page `/hi` on axum, as its users write it.

use std::io;

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::{CONNECTION, HeaderValue, SERVER as NAME};
use axum::routing::get;
use axum::serve::ListenerExt;
use bench::peer::{Arguments, BODY, SERVER};
use clap::Parser;
use tokio::net::TcpListener;

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    arguments.runtime()?.block_on(serve(&arguments))
}

async fn serve(arguments: &Arguments) -> io::Result<()> {
    let listener = TcpListener::bind(arguments.address).await?.tap_io(|stream| {
        // Only a client that has left already can't be set.
        _ = stream.set_nodelay(true);
    });
    axum::serve(listener, Router::new().route("/hi", get(hello))).await
}

async fn hello(request: HeaderMap) -> (HeaderMap, &'static str) {
    let mut headers = HeaderMap::new();
    headers.insert(NAME, HeaderValue::from_static(SERVER));
    // It says by itself that it closes, and not that it doesn't.
    if !request.contains_key(CONNECTION) {
        headers.insert(CONNECTION, HeaderValue::from_static("keep-alive"));
    }
    (headers, BODY)
}
