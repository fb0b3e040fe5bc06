//! Connections that remember what has come over them, so that the book can show a reader
//! the request that their browser has sent, byte by byte.

use std::io;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::extract::Request;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::IntoResponse;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::io::InspectReader;

/// How much of a request is remembered, in bytes.
const LIMIT: usize = 64 * 1024;

/// What a connection has received since somebody looked.
#[derive(Clone, Debug, Default)]
pub struct Recording(Arc<Mutex<Vec<u8>>>);

impl Recording {
    fn add(&self, bytes: &[u8]) {
        let mut recorded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = LIMIT.saturating_sub(recorded.len());
        recorded.extend(&bytes[..bytes.len().min(room)]);
    }

    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Is shown what has been read.
type Inspect = Box<dyn FnMut(&[u8]) + Send>;

/// A listener whose connections are recorded.
pub struct Recorder(pub TcpListener);

impl Listener for Recorder {
    type Io = InspectReader<TcpStream, Inspect>;
    type Addr = Recording;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        let recording = Recording::default();
        let ours = recording.clone();
        let add: Inspect = Box::new(move |bytes| ours.add(bytes));
        (InspectReader::new(stream, add), recording)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Recording::default())
    }
}

impl Connected<IncomingStream<'_, Recorder>> for Recording {
    fn connect_info(stream: IncomingStream<'_, Recorder>) -> Recording {
        stream.remote_addr().clone()
    }
}

/// The bytes of one request.
#[derive(Clone)]
pub struct Bytes(Vec<u8>);

/// Gives a request the bytes that it came in, and so each request its own.
pub async fn attach(
    ConnectInfo(recording): ConnectInfo<Recording>,
    mut request: Request,
) -> Request {
    request.extensions_mut().insert(Bytes(recording.take()));
    request
}

/// Answers with the request itself (RFC 9112, section 10.1).
pub async fn show(Extension(Bytes(bytes)): Extension<Bytes>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "message/http"), (X_CONTENT_TYPE_OPTIONS, "nosniff")], bytes)
}
