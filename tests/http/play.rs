//! Plays a case: does what its client does, and judges what comes back.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use crate::case::{Case, Exchange, Response, is_head, on_the_wire};
use crate::client::{self, Trouble};
use crate::compare;
use crate::keys::{Keys, as_wildcards};
use crate::message::{self, Message};

/// Where a case failed, and why.
pub struct Failure {
    /// Which of the case's exchanges failed, counted from 0.
    pub exchange: usize,
    /// What came back in it.
    pub received: Vec<u8>,
    /// What is wrong with that.
    pub problem: Problem,
}

/// Why a case failed.
#[derive(Debug)]
pub enum Problem {
    /// The response is not the expected one: here is what matters of both.
    Differs { expected: Vec<u8>, received: Vec<u8> },
    /// There is no whole response.
    NoResponse(Trouble),
    /// There is a response that is malformed.
    Malformed(String),
    /// The server has ended.
    Ended(String),
    /// The case could not be played, which says nothing about the server.
    Broken(String),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        Problem::NoResponse(trouble)
    }
}

impl Failure {
    /// The case could not be played.
    pub fn broken(reason: String) -> Failure {
        Failure { exchange: 0, received: Vec::new(), problem: Problem::Broken(reason) }
    }

    /// Whether nothing came back, as from a server that has ended.
    pub fn is_silence(&self) -> bool {
        self.received.is_empty()
    }

    /// Whether the server has ended.
    pub fn is_end(&self) -> bool {
        matches!(self.problem, Problem::Ended(_))
    }

    /// Whether the case could be played, so that the failure is the server's.
    pub fn is_the_servers(&self) -> bool {
        !matches!(self.problem, Problem::Broken(_))
    }
}

/// Plays all exchanges of a case, or those until one fails. The words of a refusal matter
/// only if the server is ours.
pub fn play(case: &Case, address: SocketAddr, is_ours: bool) -> Result<(), Failure> {
    let mut player = Player { address, is_ours, keys: Keys::default() };
    for (number, exchange) in case.exchanges.iter().enumerate() {
        let mut received = Vec::new();
        player.play(exchange, &mut received).map_err(|problem| Failure {
            exchange: number,
            received,
            problem,
        })?;
    }
    Ok(())
}

struct Player {
    address: SocketAddr,
    is_ours: bool,
    keys: Keys,
}

impl Player {
    fn connect(&self) -> Result<TcpStream, Problem> {
        client::connect(self.address).map_err(|error| {
            Problem::Broken(format!("cannot connect to {}: {error}", self.address))
        })
    }

    fn play(
        &mut self,
        exchange: &Exchange,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        match exchange {
            Exchange::Ask(request, response) => {
                client::ask(self.connect()?, request, &self.keys, received)?;
                let sent = request.to_bytes();
                self.judge(response, &sent, received)
            }
            Exchange::Continue(head, body, response) => {
                client::ask_first(self.connect()?, head, body, received)?;
                self.judge(response, &on_the_wire(&format!("{head}{body}")), received)
            }
            Exchange::Meanwhile(start, exchanges, rest, response) => {
                self.meanwhile(start, exchanges, rest, received)?;
                self.judge(response, &on_the_wire(&format!("{start}{rest}")), received)
            }
            Exchange::Times(times, exchange) => (0..*times).try_for_each(|_| {
                received.clear();
                self.play(exchange, received)
            }),
            Exchange::Leave(bytes) => {
                client::leave(self.connect()?, bytes);
                Ok(())
            }
            Exchange::Reset(bytes) => client::reset(self.connect()?, bytes)
                .map_err(|error| Problem::Broken(format!("cannot reset: {error}"))),
        }
    }

    fn meanwhile(
        &mut self,
        start: &str,
        exchanges: &[Exchange],
        rest: &str,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let mut stream = self.connect()?;
        let start = self.keys.fill_in(on_the_wire(start));
        stream.write_all(&start).map_err(Trouble::from)?;
        for exchange in exchanges {
            received.clear();
            self.play(exchange, received)?;
        }
        received.clear();
        client::stay_silent(&stream, received)?;
        let rest = self.keys.fill_in(on_the_wire(rest));
        stream.write_all(&rest).map_err(Trouble::from)?;
        Ok(client::read_response(&mut stream, false, received)?)
    }

    fn judge(
        &mut self,
        response: &Response,
        sent: &[u8],
        received: &[u8],
    ) -> Result<(), Problem> {
        if let Response::Http(pattern) = response {
            self.keys.take(pattern, received);
        }
        judge(response, sent, received, self.is_ours)
    }
}

/// Finds what is wrong with a response.
pub fn judge(
    response: &Response,
    sent: &[u8],
    received: &[u8],
    is_ours: bool,
) -> Result<(), Problem> {
    let is_to_head = is_head(sent);
    let (expected, received) = match response {
        Response::Http(text) | Response::Refusal(text) | Response::Echo(text) => {
            let mut expected = Message::parse(&on_the_wire(&as_wildcards(text)))
                .map_err(|error| {
                    Problem::Broken(format!("the case's response: {error}"))
                })?;
            let received = Message::parse(received).map_err(Problem::Malformed)?;
            received.check(is_to_head).map_err(Problem::Malformed)?;
            if matches!(response, Response::Refusal(_)) && !is_ours {
                expected.body.clone_from(&received.body);
            }
            // A server that knows only HTTP/1.0 may say so (RFC 9110 section 2.5).
            if !is_ours && received.status.version == "HTTP/1.0" {
                expected.status.version.clone_from(&received.status.version);
            }
            if let Response::Echo(_) = response {
                expected.body = body_of(sent);
            }
            compare::essentials(&expected, &received)
        }
        Response::Exactly(bytes) => (bytes.to_vec(), received.to_vec()),
        Response::Something if received.is_empty() => {
            return Err(Problem::Malformed("the reply is empty".into()));
        }
        Response::Something => return Ok(()),
    };
    if expected == received {
        Ok(())
    } else {
        Err(Problem::Differs { expected, received })
    }
}

/// What comes after the head, put together if it is in chunks.
fn body_of(request: &[u8]) -> Vec<u8> {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Vec::new();
    };
    let (head, body) = request.split_at(end + 4);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    match head.contains("\r\ntransfer-encoding:") {
        true => message::decode(body).unwrap_or_default(),
        false => body.to_vec(),
    }
}
