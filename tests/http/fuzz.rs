//! Requests that nobody would write: thousands for each step, and the same each time.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use libtest_mimic::Failed;

use crate::step::Step;
use suite::case::{self, Case, Exchange, Request, Response, on_the_wire};
use suite::cases::EVERY_BYTE;
use suite::client::{self, Trouble};
use suite::message::Message;
use suite::play::{self, Failure, Problem};
use suite::report::Report;

/// The first step that must survive all of this.
pub const SINCE: u8 = 9;
/// The first step that reads to the end of a request. Those before read once and close,
/// which resets the connection if there was more; and they skip no empty line.
const READS_ALL: u8 = 11;
/// The first step that takes a client which says nothing for one that is done.
const STAYS: u8 = 17;
/// How many requests of each kind a step gets.
const REQUESTS: u64 = 5000;

/// A kind of odd requests.
pub struct Fuzz {
    pub name: &'static str,
    request: fn(&mut Random) -> Vec<u8>,
    /// One step after the other: this computes all the time, and others look at the clock.
    turn: Mutex<()>,
}

pub static ALL: [Fuzz; 2] = [
    Fuzz::new("survives_random_bytes", random_bytes),
    Fuzz::new("survives_mutated_requests", mutated_request),
];

const GET_HI: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";

/// What must still be true in the end.
const STILL_THERE: Case = Case {
    exchanges: &[Exchange::Ask(
        Request::Text(GET_HI),
        Response::Http("HTTP/1.1 200 OK\n\nHello World!"),
    )],
    ..Case::DEFAULT
};

impl Fuzz {
    const fn new(name: &'static str, request: fn(&mut Random) -> Vec<u8>) -> Fuzz {
        Fuzz { name, request, turn: Mutex::new(()) }
    }

    /// Sends all requests of this kind to the server of the step, each on a connection of
    /// its own, and looks at what comes back.
    pub fn survives(&self, step: &Step) -> Result<(), Failed> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let reads_all = step.number >= READS_ALL;
        let is_nothing =
            |request: &[u8]| step.number >= STAYS && matches!(request, b"" | b"\r\n");
        step.talk(self.name, |server| {
            for number in 0..REQUESTS {
                let mut received = Vec::new();
                let request = self.request(number);
                if is_nothing(&request) {
                    continue;
                }
                ask(server.address, &request, reads_all, &mut received).map_err(
                    |problem| Failure::new(number as usize, received, problem),
                )?;
            }
            play::play(&STILL_THERE, server.address, server.whose())
                .map(|_| ())
                .map_err(|failure| Failure { exchange: REQUESTS as usize, ..failure })
        })
        .map_err(|failure| {
            let request = self.request(failure.exchange as u64);
            let title =
                format!("step {:02}: {}", step.number, self.name.replace('_', " "));
            Report::odd(title, &request, &failure).to_string().into()
        })
    }

    /// The request of this number; the last one is sound.
    fn request(&self, number: u64) -> Vec<u8> {
        match number {
            REQUESTS => on_the_wire(GET_HI),
            seed => (self.request)(&mut Random(seed)),
        }
    }
}

/// Sends a request. The response must be well-formed, and must not say that the server is
/// broken.
fn ask(
    address: SocketAddr,
    request: &[u8],
    reads_all: bool,
    received: &mut Vec<u8>,
) -> Result<(), Problem> {
    let stream = client::connect(address)
        .map_err(|error| Problem::Broken(format!("cannot connect: {error}")))?;
    match client::send_all(stream, request, received) {
        Err(Trouble::Broke(error)) if !reads_all && is_reset(&error) => return Ok(()),
        result => result?,
    }
    let is_head =
        if reads_all { case::is_head(request) } else { request.starts_with(b"HEAD ") };
    check(received, is_head).map_err(Problem::Malformed)
}

fn check(received: &[u8], is_head: bool) -> Result<(), String> {
    let mut message = Message::parse(received)?;
    // What came after the request is the next one, which has an answer of its own.
    message.leave_out_the_next(is_head);
    message.check(is_head)?;
    match &*message.status.code {
        // The client wants more than the server knows, and that is the client's affair.
        "501" | "505" => Ok(()),
        code if code.starts_with('5') => Err(format!("{code} says that we are broken")),
        _ => Ok(()),
    }
}

fn is_reset(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            // There is nothing left to close.
            | ErrorKind::NotConnected
    )
}

/// SplitMix64: numbers that look random, and are the same for the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    }

    /// A number from 0 to the limit, without the limit itself.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.next() as u8
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// What random bytes are made of: of whatever means something to HTTP or to UTF-8; of what
/// is no reason yet to refuse a line; and of digits.
const ALPHABETS: &[&[u8]] = &[
    &EVERY_BYTE,
    b"GET /hi HTTP/1.1:;,=&%+\"\t\r\n\r\n\n\0\x7F\x80\xC3\xA9\xE2\xF0\xFF05aF",
    b"Ab5%%+=;,\" \xC3\xA9\xC2\xA0\xFF",
    b"0123456789",
    b"0123456789abcdefABCDEF",
];

/// Where bytes can do harm: everywhere, in a URI, in headers, in a length, in a cookie, in
/// chunks and in the line of one, in a form.
const PLACES: &[&[&str]] = &[
    &["", ""],
    &["GET /", " HTTP/1.1\nHost: it\n\n"],
    &["GET /request HTTP/1.1\nHost: it\n", "\n\n"],
    &["POST /echo HTTP/1.1\nHost: it\nContent-Length: ", "\n\nhello"],
    &["GET /visits HTTP/1.1\nHost: it\nCookie: name=", "\n\n"],
    &["POST /echo HTTP/1.1\nHost: it\nTransfer-Encoding: chunked\n\n", ""],
    &["POST /echo HTTP/1.1\nHost: it\nTransfer-Encoding: chunked\n\n", "\nhello"],
    &["POST /name HTTP/1.1\nHost: it\nContent-Length: 20\n\nname=", "0123456789abcde"],
];

/// Bytes of one of those alphabets, in one of those places.
fn random_bytes(random: &mut Random) -> Vec<u8> {
    let (place, alphabet) = (random.one_of(PLACES), random.one_of(ALPHABETS));
    // Most are short: such bytes are more likely to get far.
    let size = 1 << random.below(13);
    let length = random.below(size);
    let bytes = (0..length).map(|_| alphabet[random.below(alphabet.len())]);
    let bytes: Vec<u8> = bytes.collect();
    [&on_the_wire(place[0]), &bytes[..], &on_the_wire(place[1])].concat()
}

/// Requests of all kinds, with nothing wrong in them.
const VALID: &[&str] = &[
    "GET /hi HTTP/1.1\nHost: localhost\n\n",
    "\nHEAD /request HTTP/1.1\nHost: localhost:8080\nAccept: */*\n\n",
    "HEAD /hi HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello",
    "OPTIONS * HTTP/1.1\nHost: localhost\n\n",
    "DELETE /hi HTTP/1.1\nHost: localhost\n\n",
    "GET http://localhost/request?name=Ad%C3%A9 HTTP/1.1\nHost: localhost\n\n",
    "GET /request HTTP/1.0\nX-Tea: Thé\nX-Tea: green, black\nAccept: text/html;q=0.9\n\n",
    "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 11\n\nhello\r\n\r\né",
    "PUT /request HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 2\n\nhi",
    "POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n\
        5;name=\"value\"\r\nhello\r\n00A\r\n, 12345678\r\n0\r\nX-Tea: Thé\r\n\r\n",
    "POST /request HTTP/1.1\nExpect: 100-continue\nHost: localhost\n\
        Transfer-Encoding: Chunked\n\n10\r\n0123456789abcdef\r\n0\r\n\r\n",
    "POST /name HTTP/1.1\nHost: localhost\nContent-Length: 25\n\
        Content-Type: application/x-www-form-urlencoded\n\nx=1&name=Ada+%26+L%C3%A9on",
    "GET /visits HTTP/1.1\nHost: localhost\n\
        Cookie: visits=41; name=Ada%20L%C3%A9on; \"x\"=\"y\"\n\n",
    "POST /login HTTP/1.1\nHost: localhost\nContent-Length: 27\n\
        Content-Type: application/x-www-form-urlencoded\n\nuser=ada&password=lovelace&",
    "GET /protected HTTP/1.1\nHost: localhost\n\
        Cookie: session=0123456789abcdef0123456789abcdef\n\n",
    "POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\n\
        Cookie: session=0123456789abcdef0123456789abcdef\n\n",
];

/// What a mutation puts in.
const SNIPPETS: &[&[u8]] = &[
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b"\t",
    b":",
    b";",
    b",",
    b"=",
    b"&",
    b"%",
    b"%C3",
    b"+",
    b"-",
    b"\"",
    b"0",
    b"ffffffffffffffff",
    b"18446744073709551616",
    b"\xC3\xA9",
    b"\xC2\xA0",
    b"\xE2\x82\xAC",
    b"\xF0\x9F\xA6\x80",
    b"\xFF",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"HEAD ",
];

/// One of the valid requests, with a few mutations.
fn mutated_request(random: &mut Random) -> Vec<u8> {
    let mut request = on_the_wire(random.one_of(VALID));
    for _ in 0..=random.below(4) {
        mutate(&mut request, random);
    }
    request
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    // A few bytes somewhere; perhaps none, and at the end.
    let start = random.below(bytes.len() + 1);
    let end = bytes.len().min(start + random.below(10));
    match random.below(7) {
        0 => {
            bytes[start..end].iter_mut().take(1).for_each(|b| *b ^= 1 << random.below(8))
        }
        1 => bytes[start..end].iter_mut().for_each(|b| *b = random.byte()),
        2 => drop(bytes.drain(start..end)),
        3 => drop(bytes.splice(start..start, random.one_of(SNIPPETS).iter().copied())),
        4 => drop(bytes.splice(end..end, bytes[start..end].to_vec())),
        5 => bytes.truncate(start),
        _ => swap_lines(bytes, random),
    }
}

fn swap_lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    lines.swap(one, other);
    *bytes = lines.join(&b'\n');
}
