//! The page `/hi` on hyper.
//!
//! It has no timer, so it would wait for a silent client for ever, which the steps don't.

use std::convert::Infallible;
use std::io;

use bench::peer::{Arguments, BODY, CONTENT_TYPE, SERVER};
use clap::Parser;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE as TYPE, HeaderValue, SERVER as NAME};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    arguments.runtime()?.block_on(serve(&arguments))
}

async fn serve(arguments: &Arguments) -> io::Result<()> {
    let listener = TcpListener::bind(arguments.address).await?;
    let mut server = http1::Builder::new();
    // One write for all responses to what came in one read, as the steps do it.
    server.pipeline_flush(true);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let client = server.serve_connection(TokioIo::new(stream), service_fn(answer));
        // How a client leaves is its own affair.
        tokio::spawn(async { _ = client.await });
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_known = request.method() == Method::GET && request.uri().path() == "/hi";
    let body = if is_known { BODY } else { "" };
    let mut response = Response::new(Full::from(body));
    if !is_known {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let headers = response.headers_mut();
    headers.insert(NAME, HeaderValue::from_static(SERVER));
    headers.insert(TYPE, HeaderValue::from_static(CONTENT_TYPE));
    // It says by itself that it closes, and not that it doesn't.
    if !request.headers().contains_key(CONNECTION) {
        headers.insert(CONNECTION, HeaderValue::from_static("keep-alive"));
    }
    Ok(response)
}
