//! Serves the built book on this machine, until a step of the tutorial can do it.

use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::middleware::{map_request, map_response};
use axum::response::Response;
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};

use crate::recorder::{self, Recorder, Recording};

/// Serves a folder until the process ends; `ready` is called with the address once
/// connections are accepted. Nothing outside of the folder is served.
///
/// # Errors
/// If the address can't be listened at.
#[tokio::main(flavor = "current_thread")]
pub async fn serve(
    folder: &Path,
    host: &str,
    port: u16,
    ready: impl FnOnce(&str),
) -> Result<()> {
    let listener = match TcpListener::bind((host, port)).await {
        Ok(listener) => listener,
        Err(error) => bail!(explain(&error, host, port)),
    };
    let missing = ServeFile::new(folder.join("404.html"));
    let files = ServeDir::new(folder).not_found_service(missing);
    let router = Router::new()
        .route("/request", get(recorder::show))
        .fallback_service(files)
        .layer(map_request(recorder::attach))
        .layer(map_response(always_ask));
    ready(&format!("http://{}", listener.local_addr()?));
    let service = router.into_make_service_with_connect_info::<Recording>();
    let server = axum::serve(Recorder(listener), service);
    server.await.context("the server of the book has stopped")
}

/// The book changes while one works on it: a browser should ask before it shows a copy.
async fn always_ask(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn explain(error: &io::Error, host: &str, port: u16) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} on {host} is taken, perhaps by this book in another terminal; \
             for another port: cargo run -- serve --port {}",
            port.checked_add(1).unwrap_or(3000)
        ),
        ErrorKind::PermissionDenied => format!(
            "port {port} is not for everybody; for another one: cargo run -- serve --port 3000"
        ),
        _ => format!("cannot listen on {host}, port {port}: {error}"),
    }
}
