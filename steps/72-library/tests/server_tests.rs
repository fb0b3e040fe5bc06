//! What a program can do with the library, over a socket.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, fs, process};

use longhand::{
    Files, Handle, Log, Request, Response, Route, Server, Settings, Status, route,
};

#[route("GET", "/hi/{name}")]
fn hello(request: &Request) -> Response {
    let name = request.parameter("name").unwrap_or_default();
    let end = request.query("end").unwrap_or("!".into());
    Response::new(Status::OK, format!("Hello {name}{end}"))
}

fn bind() -> Server {
    Server::bind("127.0.0.1:0").unwrap()
}

/// A server that runs until it is dropped.
struct Running {
    address: SocketAddr,
    handle: Handle,
    thread: Option<JoinHandle<io::Result<()>>>,
}

fn run(server: Server) -> Running {
    let (address, handle) = (server.local_addr().unwrap(), server.handle());
    Running { address, handle, thread: Some(thread::spawn(|| server.run())) }
}

impl Running {
    /// Status and body of the answer.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let (line, body) = request.split_once("\n").unwrap_or((request, ""));
        let length = body.len();
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        format!("{} {body}", head.split(' ').nth(1).unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.stop();
        self.thread.take().unwrap().join().unwrap().unwrap();
    }
}

#[test]
fn functions_and_closures_answer() {
    let count = AtomicU64::new(0);
    let counter = Route::from_fn("GET", "/count", move |_| {
        Response::new(Status::OK, (count.fetch_add(1, Relaxed) + 1).to_string())
    });
    let slow = Route::from_fn("POST", "/slow", |request| {
        Response::new(Status::CREATED, request.body().to_vec())
    });
    let server = run(bind().route(hello).routes([counter, slow.on_worker()]));
    assert_eq!(server.ask("GET /hi/Ada%20Lovelace?end=%3F"), "200 Hello Ada Lovelace?");
    assert_eq!(server.ask("GET /count"), "200 1");
    assert_eq!(server.ask("GET /count"), "200 2");
    assert_eq!(server.ask("POST /slow\nabc"), "201 abc");
    assert_eq!(server.ask("PUT /count"), "405 allowed: GET, HEAD, OPTIONS\n");
    assert_eq!(server.ask("GET /nowhere"), "404 There is nothing at /nowhere.\n");
}

#[test]
fn servers_in_one_program_know_nothing_of_each_other() {
    let says =
        |text| Route::from_fn("GET", "/", move |_| Response::new(Status::OK, text));
    let (one, other) = (run(bind().route(says("one"))), run(bind().route(says("other"))));
    assert_eq!(one.ask("GET /"), "200 one");
    assert_eq!(other.ask("GET /"), "200 other");
}

#[test]
fn a_folder_answers_where_no_route_does() {
    let folder = env::temp_dir().join(format!("longhand-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), "a file").unwrap();
    let server = run(bind().route(hello).fallback(Files::below(&folder).unwrap()));
    assert_eq!(server.ask("GET /hi/Ada"), "200 Hello Ada!");
    assert_eq!(server.ask("GET /a.txt"), "200 a file");
    assert_eq!(server.ask("GET /b.txt"), "404 There is nothing at /b.txt.\n");
    // What takes the place of the folder while the server runs is shown at once.
    fs::rename(&folder, folder.with_extension("old")).unwrap();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("b.txt"), "another").unwrap();
    fs::write(folder.join("404.html"), "nothing").unwrap();
    assert_eq!(server.ask("GET /b.txt"), "200 another");
    assert_eq!(server.ask("GET /a.txt"), "404 nothing");
    fs::remove_dir_all(folder.with_extension("old")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(Files::below(&folder).is_err());
}

#[test]
fn a_closure_answers_where_no_route_does() {
    let fallback =
        |request: &Request| Response::new(Status::FORBIDDEN, request.path().to_string());
    let server = run(bind().route(hello).fallback(fallback));
    assert_eq!(server.ask("GET /b.txt"), "403 /b.txt");
}

#[test]
fn a_handler_sees_the_bytes_of_its_request_and_of_no_other() {
    let echo = Route::from_fn("*", "/request", |request| {
        Response::new(Status::OK, request.bytes().to_vec()).content_type("message/http")
    });
    let server = run(bind().route(echo));
    let mut stream = TcpStream::connect(server.address).unwrap();
    let first = "POST /request HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
                 3;a=b\r\nabc\r\n0\r\n\r\n";
    let second = "GET /request HTTP/1.0\r\n\r\n";
    write!(stream, "{first}{second}").unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    let bodies: Vec<&str> = answers.split("HTTP/1.1 200 OK").skip(1).collect();
    assert!(bodies[0].ends_with(&format!("\r\n\r\n{first}")), "{answers}");
    assert!(bodies[1].ends_with(&format!("\r\n\r\n{second}")), "{answers}");
}

#[test]
fn who_prints_a_request_can_read_it() {
    let print = Route::from_fn("POST", "/", |request| {
        Response::new(Status::OK, format!("{request:?}"))
    });
    let text = run(bind().route(print)).ask("POST /\nabc");
    assert!(
        text.starts_with("200 Request { method: Method(\"POST\"), uri: \"/\""),
        "{text}"
    );
    assert!(text.contains("headers: {\"Host\": \"x\", "), "{text}");
    assert!(text.ends_with("body: \"abc\", .. }"), "{text}");
}

#[test]
fn a_name_that_is_none_costs_the_response_and_nothing_else() {
    let server = run(bind().routes([
        Route::from_fn("GET", "/name", |request| {
            let name = request.query("name").unwrap_or_default();
            Response::new(Status::OK, "").header(name, "value")
        }),
        hello,
    ]));
    assert_eq!(server.ask("GET /name?name=X-Name"), "200 ");
    assert!(server.ask("GET /name?name=a%0d%0ab").starts_with("500 "));
    assert_eq!(server.ask("GET /hi/Ada"), "200 Hello Ada!");
}

#[test]
fn a_reason_is_one_line() {
    let server = run(bind().route(Route::from_fn("GET", "/", |_| {
        Response::new(Status::new(299, "Fine\r\n\r\n"), "and well")
    })));
    assert_eq!(server.ask("GET /"), "299 and well");
}

#[test]
fn an_address_that_is_taken_is_an_error() {
    let server = bind();
    let address = server.local_addr().unwrap();
    assert_eq!(Server::bind(address).unwrap_err().kind(), ErrorKind::AddrInUse);
}

#[test]
fn settings_hold() {
    let settings = Settings::default().with(|it| (it.max_body, it.workers) = (3, 0));
    let echo = |request: &Request| Response::new(Status::OK, request.body().to_vec());
    let server = run(bind().settings(settings).routes([
        Route::from_fn("POST", "/", echo),
        Route::from_fn("GET", "/slow", echo).on_worker(),
    ]));
    assert_eq!(server.ask("POST /\nabc"), "200 abc");
    assert_eq!(
        server.ask("POST /\nabcd"),
        "413 The body must not be longer than 3 bytes.\n"
    );
    assert_eq!(server.ask("GET /slow"), "503 Too many wait for that.\n");
}

/// What is written, for all to read.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_log_is_written_where_the_program_wants_it() {
    let text = Shared::default();
    let log = Log::to(text.clone()).unwrap();
    // To choose settings later doesn't take the log away.
    let server = run(bind().log(log.clone()).settings(Settings::default()).route(hello));
    server.ask("GET /hi/Ada");
    drop(server);
    log.flush();
    let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("\"GET /hi/Ada HTTP/1.1\" 200 10 "), "{text}");
}

#[test]
fn who_has_asked_too_early_is_heard() {
    let (start, server) = (Instant::now(), bind());
    assert!(server.handle().stop());
    assert!(!server.handle().stop());
    server.run().unwrap();
    assert!(start.elapsed() < Duration::from_millis(900));
}
