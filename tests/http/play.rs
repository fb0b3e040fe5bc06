//! Plays a case: does what its client does, and judges what comes back.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use crate::case::{Case, Exchange, Or, Response, on_the_wire};
use crate::client::{self, Trouble};
use crate::keys::Keys;

mod judge;

pub use judge::judge;

/// Where a case failed, and why.
pub struct Failure {
    /// Which of the case's exchanges failed, counted from 0.
    pub exchange: usize,
    /// What came back in those before it.
    pub earlier: Vec<Vec<u8>>,
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
    /// A failure of which it doesn't matter what came before.
    pub fn new(exchange: usize, received: Vec<u8>, problem: Problem) -> Failure {
        Failure { exchange, earlier: Vec::new(), received, problem }
    }

    /// The case could not be played.
    pub fn broken(reason: String) -> Failure {
        Failure::new(0, Vec::new(), Problem::Broken(reason))
    }

    /// Whether nothing came back, as from a server that has ended.
    pub fn is_silence(&self) -> bool {
        self.received.is_empty()
    }

    /// Whether the client has waited for nothing.
    pub fn is_timeout(&self) -> bool {
        matches!(self.problem, Problem::NoResponse(Trouble::Silence))
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
/// only if the server is ours, and what else HTTP allows only if it is not.
pub fn play(case: &Case, address: SocketAddr, is_ours: bool) -> Result<(), Failure> {
    let or = if is_ours { &[] } else { case.or };
    let mut player = Player { address, is_ours, or, keys: Keys::default() };
    let mut earlier = Vec::new();
    for (number, exchange) in case.exchanges.iter().enumerate() {
        let mut received = Vec::new();
        if let Err(problem) = player.play(exchange, &mut received) {
            return Err(Failure { exchange: number, earlier, received, problem });
        }
        earlier.push(received);
    }
    Ok(())
}

struct Player {
    address: SocketAddr,
    is_ours: bool,
    or: &'static [Or],
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
                let asked = client::ask(self.connect()?, request, &self.keys, received);
                self.judge(asked, response, &request.to_bytes(), received)
            }
            Exchange::Continue(head, body, response) => {
                let asked = client::ask_first(self.connect()?, head, body, received);
                let sent = on_the_wire(&format!("{head}{body}"));
                self.judge(asked, response, &sent, received)
            }
            Exchange::Meanwhile(start, exchanges, rest, response) => {
                self.meanwhile(start, exchanges, rest, received)?;
                let sent = on_the_wire(&format!("{start}{rest}"));
                self.judge(Ok(()), response, &sent, received)
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
        client::stay_silent(&stream, received).map_err(|trouble| match trouble {
            // There is nothing more to come, so it is the others that have waited.
            Trouble::Early if rest.is_empty() => Trouble::Blocked,
            trouble => trouble,
        })?;
        let rest = self.keys.fill_in(on_the_wire(rest));
        stream.write_all(&rest).map_err(Trouble::from)?;
        Ok(client::read_response(&mut stream, false, received)?)
    }

    /// Judges what came back, if the client could do what it was to do.
    fn judge(
        &mut self,
        asked: Result<(), Trouble>,
        response: &Response,
        sent: &[u8],
        received: &[u8],
    ) -> Result<(), Problem> {
        if let Response::Http(pattern) = response {
            self.keys.take(pattern, received);
        }
        let is_over = matches!(asked, Ok(()) | Err(Trouble::Early));
        let verdict = match asked {
            Ok(()) => judge(response, sent, received, self.is_ours),
            Err(trouble) => Err(trouble.into()),
        };
        let mut others =
            self.or.iter().filter(|or| response.code() == Some(or.instead_of));
        match verdict {
            Err(_) if others.any(|or| or.answer.is(sent, received, is_over)) => Ok(()),
            verdict => verdict,
        }
    }
}
