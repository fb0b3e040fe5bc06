//! Plays a case: does what its client does, and judges what comes back.

use std::net::SocketAddr;

use crate::case::{Case, Exchange, Response, on_the_wire};
use crate::client;
use crate::compare;
use crate::message::Message;

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
pub enum Problem {
    /// The response is not the expected one: here is what matters of both.
    Differs { expected: Vec<u8>, received: Vec<u8> },
    /// There is no response that one could compare.
    NoResponse(String),
    /// The server has ended.
    Ended(String),
    /// The case could not be played, which says nothing about the server.
    Broken(String),
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
    for (number, exchange) in case.exchanges.iter().enumerate() {
        let mut received = Vec::new();
        play_exchange(exchange, address, is_ours, &mut received)
            .map_err(|problem| Failure { exchange: number, received, problem })?;
    }
    Ok(())
}

fn play_exchange(
    exchange: &Exchange,
    address: SocketAddr,
    is_ours: bool,
    received: &mut Vec<u8>,
) -> Result<(), Problem> {
    let cannot = |error| Problem::Broken(format!("cannot connect to {address}: {error}"));
    let stream = client::connect(address).map_err(cannot)?;
    match exchange {
        Exchange::Ask(request, response) => {
            client::ask(stream, request, received).map_err(Problem::NoResponse)?;
            judge(response, received, request.is_head(), is_ours)
        }
        Exchange::Leave(bytes) => {
            client::leave(stream, bytes);
            Ok(())
        }
        Exchange::Reset(bytes) => client::reset(stream, bytes)
            .map_err(|error| Problem::Broken(format!("cannot reset: {error}"))),
    }
}

fn judge(
    response: &Response,
    received: &[u8],
    is_to_head: bool,
    is_ours: bool,
) -> Result<(), Problem> {
    let (expected, received) = match response {
        Response::Http(text) | Response::Refusal(text) => {
            let mut expected = Message::parse(&on_the_wire(text)).map_err(|error| {
                Problem::Broken(format!("the case's response: {error}"))
            })?;
            let received = Message::parse(received).map_err(Problem::NoResponse)?;
            received.check(is_to_head).map_err(Problem::NoResponse)?;
            if matches!(response, Response::Refusal(_)) && !is_ours {
                expected.body.clone_from(&received.body);
            }
            compare::essentials(&expected, &received)
        }
        Response::Exactly(bytes) => (bytes.to_vec(), received.to_vec()),
        Response::Something if received.is_empty() => {
            return Err(Problem::NoResponse("the reply is empty".into()));
        }
        Response::Something => return Ok(()),
    };
    if expected == received {
        Ok(())
    } else {
        Err(Problem::Differs { expected, received })
    }
}
