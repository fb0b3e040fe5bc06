//! Responses: a status, headers and a body, written as HTTP in one place.

use std::collections::BTreeMap;
use std::env;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::SystemTime;

use route::route;

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
        None => Response::new(Status::BAD_REQUEST, "This is not HTTP.\n"),
    };
    response.to_bytes()
}

/// A function that answers a request.
type Handler = fn(&Request) -> Response;

/// Which handler answers which method and URI; `*` stands for any method.
#[derive(Debug)]
struct Route {
    method: &'static str,
    uri: &'static str,
    handler: Handler,
}

impl Route {
    const fn new(method: &'static str, uri: &'static str, handler: Handler) -> Route {
        Route { method, uri, handler }
    }

    fn matches(&self, request: &Request) -> bool {
        (self.method == "*" || self.method == request.method) && self.uri == request.uri
    }
}

const ROUTES: &[Route] = &[hello, namaste, describe];

/// Looks up the handler that answers the request.
fn create_response(request: &Request) -> Response {
    match ROUTES.iter().find(|route| route.matches(request)) {
        Some(route) => (route.handler)(request),
        None => not_found(request),
    }
}

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
    let mut text = format!("method: {method}\nuri: {uri}\nversion: {version}\n");
    for (name, value) in headers {
        text += &format!("header {name}: {value}\n");
    }
    text += &format!("body: {body}\n");
    Response::new(Status::OK, text)
}

fn not_found(request: &Request) -> Response {
    let body = format!("There is nothing at {}.\n", request.uri);
    Response::new(Status::NOT_FOUND, body)
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

/// What we answer.
#[derive(Debug)]
struct Response {
    status: Status,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    /// A response with a text, and with the headers that every response has.
    fn new(status: Status, body: impl Into<Vec<u8>>) -> Response {
        let body = body.into();
        let headers = vec![
            ("Server", "from-scratch".to_string()),
            ("Date", httpdate::fmt_http_date(SystemTime::now())),
            ("Connection", "close".to_string()),
            ("Content-Type", "text/plain; charset=utf-8".to_string()),
            ("Content-Length", body.len().to_string()),
        ];
        Response { status, headers, body }
    }

    /// Writes the response as HTTP: status line, headers, empty line, body.
    fn to_bytes(&self) -> Vec<u8> {
        let Status(code, reason) = self.status;
        let mut text = format!("HTTP/1.1 {code} {reason}\r\n");
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += "\r\n";
        [text.as_bytes(), &self.body].concat()
    }
}

/// How it went: a code for programs, and a reason for people.
#[derive(Debug)]
struct Status(u16, &'static str);

impl Status {
    const OK: Status = Status(200, "OK");
    const BAD_REQUEST: Status = Status(400, "Bad Request");
    const NOT_FOUND: Status = Status(404, "Not Found");
}
