//! A TCP server: accept a connection, read some bytes, send some bytes back.

use std::env;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};

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

/// Reads one request from the client, and sends one response back.
fn handle_connection(mut stream: TcpStream) -> io::Result<()> {
    eprintln!("connection from {}", stream.peer_addr()?);
    let mut buffer = [0; 2048];
    let length = stream.read(&mut buffer)?;
    let response = handle_request(&buffer[..length]);
    stream.write_all(&response)
}

/// Decides what to answer. We do not speak HTTP yet, so we say it all back.
fn handle_request(data: &[u8]) -> Vec<u8> {
    data.to_vec()
}
