//! What clients say.

use std::net::SocketAddr;

use suite::record::Mode;

/// What is said on a connection.
pub struct Talk {
    pub address: SocketAddr,
    /// What is sent at once: so many requests.
    pub requests: Vec<u8>,
    pub depth: usize,
    /// Whether a connection ends with its response. That the server closes it first, as it was
    /// asked to, leaves the clients' ports free: there are enough of them for any run.
    pub closes: bool,
}

impl Talk {
    pub fn new(address: SocketAddr, mode: Mode) -> Talk {
        let depth = if mode == Mode::Pipelined { 16 } else { 1 };
        let requests = request(address, mode).repeat(depth);
        Talk { address, requests, depth, closes: mode == Mode::Each }
    }
}

/// The request of curl, which may ask for the end of the connection besides.
pub fn request(address: SocketAddr, mode: Mode) -> Vec<u8> {
    let close = if mode == Mode::Each { "Connection: close\r\n" } else { "" };
    format!(
        "GET /hi HTTP/1.1\r\nHost: {address}\r\nUser-Agent: curl/8.17.0\r\n\
         Accept: */*\r\n{close}\r\n"
    )
    .into_bytes()
}
