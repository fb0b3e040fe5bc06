//! Handlers: a function for each page, and an `if` for each function.

use std::collections::BTreeMap;
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

/// Decides what to answer.
fn handle_request(data: &[u8]) -> Vec<u8> {
    let data = String::from_utf8_lossy(data);
    let response = match Request::parse(&data) {
        Some(request) => create_response(&request),
        None => "HTTP/1.1 400 Bad Request\r\n\r\n".to_string(),
    };
    response.into_bytes()
}

/// Picks the handler that answers the request.
fn create_response(request: &Request) -> String {
    if request.method == "GET" && request.uri == "/hi" {
        hello()
    } else if request.method == "GET" && request.uri == "/namaste" {
        namaste()
    } else if request.uri == "/request" {
        describe(request)
    } else {
        not_found(request)
    }
}

fn hello() -> String {
    let response_line = "HTTP/1.1 200 OK\r\n";
    let response_headers = "Server: from-scratch\r\n";
    let blank_line = "\r\n";
    let response_body = "Hello World!";

    [response_line, response_headers, blank_line, response_body].concat()
}

fn namaste() -> String {
    let response_line = "HTTP/1.1 200 OK\r\n";
    let response_headers = "Server: from-scratch\r\n";
    let blank_line = "\r\n";
    let response_body = "Namaste!";

    [response_line, response_headers, blank_line, response_body].concat()
}

/// Shows the client how we understood its request.
fn describe(request: &Request) -> String {
    let Request { method, uri, version, headers, body } = request;
    let mut response = "HTTP/1.1 200 OK\r\n\r\n".to_string();
    response += &format!("method: {method}\nuri: {uri}\nversion: {version}\n");
    for (name, value) in headers {
        response += &format!("header {name}: {value}\n");
    }
    response += &format!("body: {body}\n");
    response
}

fn not_found(request: &Request) -> String {
    let response_line = "HTTP/1.1 404 Not Found\r\n";
    let response_headers = "Server: from-scratch\r\n";
    let blank_line = "\r\n";
    let response_body = format!("There is nothing at {}.\n", request.uri);

    [response_line, response_headers, blank_line, &response_body].concat()
}

/// What the client asks for.
#[derive(Debug)]
struct Request {
    method: String,
    uri: String,
    version: String,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Request {
    /// Parses the text of a request, or returns `None` if it is not HTTP.
    fn parse(data: &str) -> Option<Request> {
        // An empty line separates the head of the request from its body.
        let (head, body) = data.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");

        // The request line: `GET /hi HTTP/1.1`
        let words: Vec<&str> = lines.next()?.split(' ').collect();
        let [method, uri, version] = words[..] else { return None };

        // The headers, one a line: `Host: localhost`
        let mut headers = BTreeMap::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
        }

        Some(Request {
            method: method.to_string(),
            uri: uri.to_string(),
            version: version.to_string(),
            headers,
            body: body.to_string(),
        })
    }
}
