//! What a conversation comes to, without a socket and without a wait.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Connection, OUTPUT};
use crate::body::Body;
use crate::chunked::{Chunks, decode};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::log::Log;
use crate::method::Method;
use crate::progress::Awaits;
use crate::record::Record;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::{Route, Router};
use crate::settings::Settings;

/// Five requests, and none of them ends where a packet has to.
const CONVERSATION: &[u8] = b"\
    GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n\
    POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16\r\n\r\nGET / HTTP/1.1\r\n\
    POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n\
    3\r\none\r\n1;last\r\n!\r\n0\r\nTrailer: 1\r\n\r\n\
    \r\nHEAD /hi HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n\
    GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// What is sent to a client that sends these pieces, and takes all that it is sent. The
/// date depends on when that is, so it is left out.
fn answers<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    let mut sent = Vec::new();
    for piece in pieces {
        receive(&mut connection, piece, now);
        sent.extend(take_all(&mut connection, now));
    }
    let sent = String::from_utf8(sent).unwrap();
    sent.split_inclusive("\r\n").filter(|line| !line.starts_with("Date: ")).collect()
}

/// A clock that says what time it is in a test.
fn at(now: Instant) -> Clock {
    let mut clock = Clock::new();
    clock.now = now;
    clock
}

/// What these tests ask for.
fn router() -> Router {
    Router::default().routes([
        Route::from_fn("GET", "/hi", |_| Response::new(Status::OK, "Hello World!")),
        Route::from_fn("POST", "/echo", |request| {
            Response::new(Status::OK, request.body.to_vec())
        }),
    ])
}

/// What the router of these tests answers.
fn answer(request: &mut Request) -> Response {
    let router = router();
    let route = router.find(request);
    router.answer(request, route)
}

fn receive(connection: &mut Connection, bytes: &[u8], now: Instant) {
    connection.receive(bytes, &at(now), |request| Some(answer(request)));
}

fn take(connection: &mut Connection, length: usize, now: Instant) {
    connection.sent(length, now);
    connection.proceed(&at(now), |request| Some(answer(request)));
}

fn take_all(connection: &mut Connection, now: Instant) -> Vec<u8> {
    let mut taken = Vec::new();
    while !connection.output().is_empty() {
        let length = connection.output().len();
        taken.extend(connection.output());
        take(connection, length, now);
    }
    taken
}

#[test]
fn a_conversation_may_be_cut_anywhere() {
    let whole = answers([CONVERSATION]);
    assert_eq!(whole.matches("HTTP/1.1 ").count(), 5);
    assert_eq!(whole.matches("HTTP/1.1 200 OK\r\n").count(), 4);
    for end in 1..CONVERSATION.len() {
        let (one, other) = CONVERSATION.split_at(end);
        assert_eq!(answers([one, other]), whole, "cut after {end} bytes");
    }
    assert_eq!(answers(CONVERSATION.chunks(1)), whole);
}

#[test]
fn a_deadline_passes_without_a_wait() {
    let start = Instant::now();
    let mut connection = Connection::new(Arc::default(), start);
    assert_eq!(connection.deadline(), start + Duration::from_secs(5));
    for second in 1..=9 {
        receive(&mut connection, b"G", start + Duration::from_secs(second));
        // From the first byte on, and not from the last.
        assert_eq!(connection.deadline(), start + Duration::from_secs(11));
    }
    connection.expire(&Clock::new());
    assert!(connection.output().starts_with(b"HTTP/1.1 408 Request Timeout\r\n"));
    assert!(!connection.is_open());
}

#[test]
fn who_has_not_begun_to_ask_gets_no_answer() {
    let mut connection = Connection::new(Arc::default(), Instant::now());
    connection.expire(&Clock::new());
    assert!(connection.output().is_empty());
    assert!(!connection.is_open());
}

/// The same request, so many times.
fn pipelined(times: usize) -> Vec<u8> {
    b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(times)
}

#[test]
fn answers_to_pipelined_requests_go_together() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    receive(&mut connection, &pipelined(100), now);
    let output = String::from_utf8_lossy(connection.output());
    assert_eq!(output.matches("Hello World!").count(), 100);
}

#[test]
fn who_takes_no_answer_gets_no_other() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    receive(&mut connection, &pipelined(2_000), now);
    let length = connection.output().len();
    assert!((OUTPUT..OUTPUT + 1_000).contains(&length));
    receive(&mut connection, &pipelined(1), now);
    let mut sent = connection.output().to_vec();
    take(&mut connection, length - 1, now);
    assert_eq!(connection.output(), b"!");
    take(&mut connection, 1, now);
    sent.extend(take_all(&mut connection, now));
    let sent = String::from_utf8(sent).unwrap();
    assert_eq!(sent.matches("Hello World!").count(), 2_001);
}

#[test]
fn nothing_goes_on_before_there_is_a_response() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    connection.receive(CONVERSATION, &at(now), |_| None);
    connection.receive(CONVERSATION, &at(now), |_| panic!("another request"));
    assert!(connection.output().is_empty());
    connection.respond(Response::new(Status::OK, "Hello World!"), &at(now));
    connection.proceed(&at(now), |_| panic!("another request"));
    assert!(connection.output().ends_with(b"Hello World!"));
}

#[test]
fn what_a_long_request_has_needed_is_given_back() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = "1\r\na\r\n".repeat(50_000) + "0\r\n\r\n";
    receive(&mut connection, (head.to_owned() + &body).as_bytes(), now);
    assert!(connection.output().len() > 50_000);
    take_all(&mut connection, now);
    connection.get_up(&mut Desk::new(Arc::new(router()), Arc::default()));
    assert_eq!(connection.input.capacity() + connection.output.capacity(), 0);
}

#[test]
fn who_waits_for_leave_is_told_once_and_not_before_a_refusal() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    let head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
    receive(&mut connection, format!("{head}Content-Length: 6\r\n\r\n").as_bytes(), now);
    assert_eq!(connection.output(), b"HTTP/1.1 100 Continue\r\n\r\n");
    take_all(&mut connection, now);
    assert!(connection.output().is_empty());
    receive(&mut connection, b"hello\n", now);
    assert!(connection.output().ends_with(b"\r\n\r\nhello\n"));

    let first = "GET /hi HTTP/1.1\r\nHost: x\r\n\r\n";
    let requests = format!("{first}{head}Content-Length: 9999999\r\n\r\n");
    let sent = answers([requests.as_bytes()]);
    assert!(sent.contains("HTTP/1.1 413 ") && !sent.contains("HTTP/1.1 100 "));
}

#[test]
fn time_begins_anew_when_the_answer_is_taken() {
    let start = Instant::now();
    let mut connection = Connection::new(Arc::default(), start);
    receive(
        &mut connection,
        b"GET /hi HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        start,
    );
    let later = start + Duration::from_secs(60);
    take_all(&mut connection, later);
    assert_eq!(connection.deadline(), later + Duration::from_secs(5));
}

/// A connection whose client asks for two pages in this way, and gets this body for the
/// first.
fn connection_with(method: &str, body: Body, now: Instant) -> Connection {
    let mut connection = Connection::new(Arc::default(), now);
    let request = format!("{method} /hi HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut body = Some(body);
    connection.receive(request.repeat(2).as_bytes(), &at(now), |request| {
        let response = |body| Response::new(Status::OK, body);
        Some(body.take().map_or_else(|| answer(request), response))
    });
    connection
}

/// What can't be read.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("broken"))
    }
}

#[test]
fn a_long_body_is_never_here_as_a_whole() {
    let now = Instant::now();
    let body = Body::new(io::repeat(b'a'), u64::MAX);
    let mut connection = connection_with("GET", body, now);
    for _ in 0..100 {
        let length = connection.output().len();
        assert!(0 < length && length <= OUTPUT);
        take(&mut connection, length, now);
    }
    assert!(connection.output.capacity() <= 2 * OUTPUT);
}

#[test]
fn the_next_response_comes_after_the_last_piece() {
    let now = Instant::now();
    let body = Body::new(io::repeat(b'a'), 1_000_000);
    let mut connection = connection_with("GET", body, now);
    let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
    let (_, rest) = sent.split_once("\r\n\r\n").unwrap();
    let (body, next) = rest.split_at(1_000_000);
    assert!(body.bytes().all(|byte| byte == b'a'));
    assert!(next.starts_with("HTTP/1.1 200 OK\r\n") && next.ends_with("Hello World!"));
    assert!(connection.is_open());
}

#[test]
fn a_body_that_ends_too_early_ends_the_connection() {
    let now = Instant::now();
    let short = Body::new(&b"hello"[..], 10);
    let broken = Body::new(b"hello".chain(Broken), 10);
    for body in [short, broken] {
        let mut connection = connection_with("GET", body, now);
        let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
        assert!(sent.ends_with("\r\n\r\nhello"));
        assert_eq!(sent.matches("HTTP/1.1 ").count(), 1);
        assert!(!connection.is_open());
    }
}

#[test]
fn head_reads_nothing_of_the_body() {
    let now = Instant::now();
    let mut connection = connection_with("HEAD", Body::new(Broken, 10), now);
    let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
    assert_eq!(sent.matches("HTTP/1.1 200 OK\r\n").count(), 2);
    assert!(sent.contains("\r\nContent-Length: 10\r\n"));
    assert!(connection.is_open());
}

thread_local! {
    static SEARCHED: Cell<usize> = const { Cell::new(0) };
}

/// So many bytes have been looked at.
pub fn count(bytes: usize) {
    SEARCHED.set(SEARCHED.get() + bytes);
}

/// How many bytes are searched for the ends of lines if a request comes byte by byte.
fn searched(request: &[u8]) -> usize {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    SEARCHED.set(0);
    for byte in request {
        receive(&mut connection, &[*byte], now);
        assert!(
            connection.output().is_empty() || std::ptr::eq(byte, request.last().unwrap())
        );
    }
    assert!(connection.output().starts_with(b"HTTP/1.1 200 OK\r\n"));
    SEARCHED.get()
}

fn echo(header: &str, body: &str) -> Vec<u8> {
    format!("POST /echo HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n{body}")
        .into_bytes()
}

#[test]
fn a_body_in_pieces_is_not_read_again() {
    let searched_for = |length: usize| {
        searched(&echo(&format!("Content-Length: {length:4}"), &"a".repeat(length)))
    };
    assert_eq!(searched_for(2_000), searched_for(500));
}

#[test]
fn four_times_the_chunks_are_four_times_the_work() {
    let searched_for = |chunks: usize| {
        let body = "1\r\na\r\n".repeat(chunks) + "0\r\n\r\n";
        searched(&echo("Transfer-Encoding: chunked", &body))
    };
    let (few, many) = (searched_for(250), searched_for(1_000));
    assert!(many <= 4 * few, "{few} bytes for 250 chunks, {many} for 1,000");
}

/// What is sent for a request to which this body is the response.
fn answered_with(body: Body, request: &str) -> (String, Connection) {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    let mut body = Some(body);
    connection.receive(request.as_bytes(), &at(now), |_| {
        Some(Response::new(Status::OK, body.take()?))
    });
    let sent = take_all(&mut connection, now);
    (String::from_utf8(sent).unwrap(), connection)
}

/// More than there is room for in the output.
fn lines() -> impl Iterator<Item = String> {
    (0..20_000).map(|n| format!("line {n}\n"))
}

#[test]
fn who_knows_no_length_sends_chunks() {
    let body = Body::of(lines());
    let (sent, connection) =
        answered_with(body, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(connection.is_open());
    let (head, chunks) = sent.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("\r\nTransfer-Encoding: chunked\r\n"));
    assert!(!head.contains("Content-Length"));
    // Chapter 12 can read it.
    let settings = Settings::default();
    let mut decoded = Chunks::new(0, &settings);
    let end = decode(chunks.as_bytes(), &mut decoded, &mut Awaits::Length(0), &settings)
        .unwrap();
    assert_eq!(end, Some(chunks.len()));
    assert_eq!(decoded.body, lines().collect::<String>().into_bytes());
}

#[test]
fn who_knows_no_chunks_gets_the_end() {
    let body = Body::of(lines());
    let (sent, connection) =
        answered_with(body, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assert!(!connection.is_open());
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("\r\nConnection: close"));
    assert!(!head.contains("Transfer-Encoding"));
    assert_eq!(body, lines().collect::<String>());
}

#[test]
fn an_empty_stream_is_the_last_chunk() {
    let body = Body::of([String::new(), String::new()].into_iter());
    let (sent, connection) =
        answered_with(body, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(sent.ends_with("\r\n\r\n0\r\n\r\n"));
    assert!(connection.is_open());
}

#[test]
fn who_asks_for_the_head_only_gets_no_chunk() {
    let body = Body::of(lines());
    let (sent, connection) =
        answered_with(body, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(sent.contains("\r\nTransfer-Encoding: chunked\r\n"));
    assert!(sent.ends_with("\r\n\r\n"));
    assert!(connection.is_open());
}

#[test]
fn a_stream_that_breaks_has_no_last_chunk() {
    let texts = Cursor::new(lines().collect::<String>()).chain(Broken);
    let body = Body::stream(texts);
    let (sent, connection) =
        answered_with(body, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(sent.contains("line 1\n"));
    assert!(!sent.ends_with("\r\n0\r\n\r\n"));
    assert!(!connection.is_open());
}

/// What becomes of a request, when all of its response has been sent.
fn record_of(request: &[u8]) -> Record {
    let now = Instant::now();
    let log = Log::to(io::sink()).unwrap();
    let settings = Arc::new(Settings { log, ..Settings::default() });
    let mut connection = Connection::new(settings, now);
    receive(&mut connection, request, now);
    let length = connection.output().len();
    connection.sent(length, now);
    connection.take_records().next().unwrap()
}

#[test]
fn without_a_log_nothing_is_written_down() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    receive(&mut connection, b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n", now);
    assert!(!connection.output().is_empty());
    assert!(connection.records().is_empty());
}

#[test]
fn a_line_says_what_has_been_sent() {
    let record = record_of(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let later = record.begun + Duration::from_millis(7);
    let line = record.line("192.0.2.1".parse().unwrap(), later);
    assert!(line.starts_with("192.0.2.1 - - ["));
    assert!(line.ends_with(" +0000] \"GET /hi HTTP/1.1\" 200 12 7"));
}

#[test]
fn nobody_writes_a_line_of_their_own() {
    let record = record_of(b"GET /\" 200 1 1\r\x1b[2J\xff HTTP/1.1\r\nHost: x\r\n\r\n");
    let line = record.line("192.0.2.1".parse().unwrap(), record.begun);
    assert!(line.contains(r#"] "GET /\" 200 1 1\r\x1b[2J\xff HTTP/1.1" 400 "#), "{line}");
}

#[test]
fn when_the_server_stops_what_has_begun_is_answered() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    receive(&mut connection, b"GET /hi HT", now);
    connection.finish();
    connection.close_if_idle();
    assert!(connection.is_open());
    receive(&mut connection, b"TP/1.1\r\nHost: localhost\r\n\r\n", now);
    let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
    assert!(sent.contains("\r\nConnection: close\r\n"));
    assert!(!connection.is_open());
}

#[test]
fn when_the_server_stops_nothing_else_begins() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    // An empty line too many isn't the beginning of a request.
    receive(&mut connection, b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n", now);
    connection.finish();
    connection.close_if_idle();
    assert!(connection.is_open());
    take_all(&mut connection, now);
    assert!(!connection.is_open());
    receive(&mut connection, b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n", now);
    assert!(connection.output().is_empty());
}

#[test]
fn who_asks_for_the_end_and_nothing_else_is_done() {
    let close = "GET /hi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let stays = "GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (requests, is_done) in [
        (close.to_string(), true),
        (stays.to_string() + close, true),
        (close.to_string() + stays, false),
        (stays.to_string(), false),
        ("GET /hi\r\n\r\n".to_string(), false),
    ] {
        let now = Instant::now();
        let mut connection = Connection::new(Arc::default(), now);
        receive(&mut connection, requests.as_bytes(), now);
        assert_eq!(connection.is_done(), is_done, "{requests}");
    }
}

#[test]
fn who_has_its_answer_and_asks_nothing_is_silent() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    receive(&mut connection, &pipelined(1)[..20], now);
    assert!(!connection.is_silent(), "the rest has yet to come");
    receive(&mut connection, &pipelined(1)[20..], now);
    assert!(!connection.is_silent(), "the answer has yet to go");
    let length = connection.output().len();
    connection.sent(length, now + Duration::from_secs(7));
    assert!(connection.is_silent());
    assert_eq!(connection.deadline(), now + Duration::from_secs(12));
}

#[test]
fn each_method_is_found_by_its_name() {
    for method in Method::ALL {
        assert_eq!(Method::parse(method.as_str()), Some(method));
    }
    assert_eq!(Method::parse("get"), None);
}

#[test]
fn whoever_says_a_length_that_nobody_has_is_waited_for() {
    let settings = Arc::new(Settings { max_body: usize::MAX, ..Settings::default() });
    let now = Instant::now();
    for rest in [
        format!("Content-Length: {}\r\n\r\n", usize::MAX),
        format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n", usize::MAX),
    ] {
        let mut connection = Connection::new(settings.clone(), now);
        let request = format!("POST /echo HTTP/1.1\r\nHost: localhost\r\n{rest}abc");
        receive(&mut connection, request.as_bytes(), now);
        assert!(connection.is_open() && connection.output().is_empty(), "{rest}");
    }
}

/// What is sent for a request if so many bytes are allowed.
fn refused_with(settings: Settings, request: &str) -> String {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::new(settings), now);
    receive(&mut connection, request.as_bytes(), now);
    let sent = String::from_utf8(connection.output().to_vec()).unwrap();
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    format!("{} {}", head.split(' ').nth(1).unwrap(), body.trim_end())
}

#[test]
fn limits_may_be_other_ones_and_a_refusal_names_them() {
    let settings =
        || Settings { max_request_line: 20, max_body: 3, ..Settings::default() };
    let post = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
    let chunked = format!("{post}Transfer-Encoding: chunked\r\n\r\n");
    for (request, answer) in [
        (format!("{post}Content-Length: 3\r\n\r\nabc"), "200 abc"),
        (format!("{chunked}3\r\nabc\r\n0\r\n\r\n"), "200 abc"),
        (
            format!("{post}Content-Length: 4\r\n\r\nabcd"),
            "413 The body must not be longer than 3 bytes.",
        ),
        (
            format!("{chunked}2\r\nab\r\n2\r\n"),
            "413 The body must not be longer than 3 bytes.",
        ),
        (
            "GET /hi/there HTTP/1.1\r\n".to_string(),
            "414 The request line must not be longer than 20 bytes.",
        ),
    ] {
        assert_eq!(refused_with(settings(), &request), answer, "{request}");
    }
    let settings = Settings { max_head: 2 * 1024, ..Settings::default() };
    let request = format!("{post}A: {}\r\n\r\n", "a".repeat(2 * 1024));
    assert_eq!(
        refused_with(settings, &request),
        "431 Headers must not be longer than 2 KiB."
    );
}

#[test]
fn what_has_no_body_leaves_the_next_response_where_it_is() {
    for body in [Body::from("hello"), Body::of(lines())] {
        let now = Instant::now();
        let mut connection = Connection::new(Arc::default(), now);
        let mut body = Some(body);
        connection.receive(&pipelined(2), &at(now), |request| {
            let response = |body| Response::new(Status::NOT_MODIFIED, body);
            Some(body.take().map_or_else(|| answer(request), response))
        });
        let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
        let (head, rest) = sent.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("Content-Length") && !head.contains("Transfer-Encoding"));
        assert!(head.contains("\r\nConnection: keep-alive"));
        assert!(rest.starts_with("HTTP/1.1 200 OK\r\n"));
    }
}

#[test]
fn a_reader_that_panics_in_its_last_moment_ends_nothing() {
    struct Sulky;

    impl Read for Sulky {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Ok(0)
        }
    }

    impl Drop for Sulky {
        fn drop(&mut self) {
            panic!("a reader has a bug");
        }
    }

    drop(Response::new(Status::OK, Body::stream(Sulky)));
}

#[test]
fn settings_may_have_any_size() {
    let settings = Settings {
        max_request_line: usize::MAX,
        max_head: usize::MAX,
        max_body: usize::MAX,
        head_timeout: Duration::MAX,
        body_timeout: Duration::MAX,
        ..Settings::default()
    };
    let settings = Arc::new(settings.bounded());
    let now = Instant::now();
    for header in ["Content-Length: 18446744073709551615", "Transfer-Encoding: chunked"] {
        let mut connection = Connection::new(settings.clone(), now);
        let request = format!("POST /echo HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n");
        receive(&mut connection, request.as_bytes(), now);
        receive(&mut connection, b"ffffffffffffffff\r\n", now);
        assert!(connection.deadline() > now);
        let is_refused = connection.output().starts_with(b"HTTP/1.1 413 ");
        assert!(is_refused, "{header}");
    }
}

#[test]
fn what_frames_a_response_is_not_for_handlers() {
    let now = Instant::now();
    let mut connection = Connection::new(Arc::default(), now);
    connection.receive(&pipelined(1), &at(now), |_| {
        let response = Response::new(Status::OK, "hello").header("content-length", "2");
        let response = response.header("Transfer-Encoding", "chunked");
        Some(response.header("content-type", "text/html\r\nA: b"))
    });
    let sent = String::from_utf8(take_all(&mut connection, now)).unwrap();
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    let lines: Vec<&str> =
        head.lines().filter(|line| !line.starts_with("Date")).collect();
    assert_eq!(
        lines,
        [
            "HTTP/1.1 200 OK",
            "Server: from-scratch",
            "Content-Type: text/html  A: b",
            "Content-Length: 5",
            "Connection: keep-alive",
        ]
    );
    assert_eq!(body, "hello");
}
