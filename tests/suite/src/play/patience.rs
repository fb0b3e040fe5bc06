//! Plays what takes several requests, or a wait.

use std::io::Write;
use std::mem;
use std::time::{Duration, Instant};

use super::{Player, Problem, Whose};
use crate::case::{Exchange, How, Request, Response, Then, is_head, on_the_wire};
use crate::client::{self, Trouble};
use crate::conversation::{self, Conversation, ONE_MORE};
use crate::process::allow_files;

/// How long a client waits that isn't alone: those before it may each take their time, and
/// say a long goodbye.
const PATIENCE_IN_A_CROWD: Duration = Duration::from_secs(20);
/// How many clients may come before one of them has to be answered: more may not fit in
/// front of the door.
const AT_ONCE: usize = 100;

pub const HI: Response = Response::Http("HTTP/1.1 200 OK\n\nHello World!");

pub const CLOSES: &str = "the connection is closed after each response (RFC 9112 section 9.3: a \
                      server need not keep it)";

/// Several requests on one connection.
pub struct Kept<'a> {
    pub requests: &'a [&'a str],
    pub how: How,
    pub responses: &'a [Response],
    pub then: Then,
}

impl Player {
    /// Several requests on one connection, in each way to cut them.
    pub fn keep(&mut self, kept: &Kept, received: &mut Vec<u8>) -> Result<(), Problem> {
        let wire: Vec<Vec<u8>> = kept
            .requests
            .iter()
            .map(|request| self.keys.fill_in(on_the_wire(request)))
            .collect();
        let length = wire.iter().map(Vec::len).sum();
        let cuts = if kept.how == How::CutAnywhere { 1..length } else { 0..1 };
        for cut in cuts {
            received.clear();
            self.converse(kept, &wire, cut, received)?;
        }
        Ok(())
    }

    fn converse(
        &mut self,
        kept: &Kept,
        wire: &[Vec<u8>],
        cut: usize,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let is_slow = kept.how == How::TakenSlowly;
        let stream = if is_slow { self.connect_narrowly() } else { self.connect() };
        let mut conversation = Conversation::new(stream?).map_err(Trouble::from)?;
        if !kept.how.is_one_by_one() {
            let sent = conversation.send_beside(wire.concat(), kept.how, cut);
            sent.map_err(Trouble::from)?;
        }
        if is_slow {
            conversation.sip()?;
        }
        for (number, (response, sent)) in kept.responses.iter().zip(wire).enumerate() {
            match kept.how {
                How::OneByOne => conversation.send(sent).map_err(Trouble::from)?,
                How::WhenTold => conversation.send_when_told(sent)?,
                _ => {}
            }
            let (answer, is_last) = conversation.read(is_head(sent))?;
            received.extend(&answer);
            self.judge(Ok(()), response, sent, &answer, conversation.stream())?;
            if is_last && (number + 1 < kept.responses.len() || kept.then == Then::Stays)
            {
                return self.accept_the_close(conversation);
            }
        }
        match kept.then {
            Then::Stays => {
                let answer = conversation.stays()?;
                received.extend(&answer);
                let sent = on_the_wire(ONE_MORE);
                self.judge(Ok(()), &HI, &sent, &answer, conversation.stream())
            }
            Then::Closes => Ok(conversation.closes()?),
        }
    }

    /// A server need not keep a connection, but ours do; and who says that it closes must.
    fn accept_the_close(
        &mut self,
        mut conversation: Conversation,
    ) -> Result<(), Problem> {
        if self.whose == Whose::Ours {
            return Err(Trouble::NotKept.into());
        }
        conversation.closes()?;
        self.differ(CLOSES.into());
        Ok(())
    }

    /// Many connections that are open during another exchange.
    pub fn crowd(
        &mut self,
        size: usize,
        start: &str,
        other: &Exchange,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        allow_files();
        let start = on_the_wire(start);
        let mut crowd = Vec::new();
        while crowd.len() < size {
            for _ in 0..AT_ONCE.min(size - crowd.len()) {
                let mut stream = self.connect()?;
                // Whether it arrives is not what this is about.
                let _ = stream.write_all(&start);
                crowd.push(stream);
            }
            received.clear();
            let patience = mem::replace(&mut self.patience, PATIENCE_IN_A_CROWD);
            let played = self.play(other, received);
            self.patience = patience;
            played?;
        }
        Ok(())
    }

    /// A client that dawdles.
    pub fn wait(
        &mut self,
        start: &str,
        drops: &[&str],
        not_before: u64,
        response: Option<&Response>,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let begun = Instant::now();
        let start = on_the_wire(start);
        let stream = self.connect()?;
        let control = stream.try_clone().map_err(Trouble::from)?;
        let time = conversation::wait(stream, begun, &start, drops, received)?;
        match response {
            Some(response) => {
                let sent = [&start, drops.concat().as_bytes()].concat();
                self.judge(Ok(()), response, &sent, received, &control)?;
            }
            None if received.is_empty() => {}
            None => return Err(Trouble::Surplus.into()),
        }
        check_time(time, not_before)
    }

    /// A client that takes nothing.
    pub fn stuff(
        &mut self,
        request: &Request,
        times: usize,
        not_before: u64,
    ) -> Result<(), Problem> {
        let begun = Instant::now();
        let request = request.to_bytes();
        let time = conversation::stuff(self.connect()?, begun, &request, times)?;
        check_time(time, not_before)
    }

    /// A client that sends on after its response.
    pub fn go_on(
        &mut self,
        request: &Request,
        response: &Response,
        (piece, times, pause): (&str, usize, Duration),
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let mut stream = self.connect()?;
        let asked = client::ask(&mut stream, request, &self.keys, received);
        self.judge(asked, response, &request.to_bytes(), received, &stream)?;
        Ok(conversation::go_on(stream, piece.as_bytes(), times, pause)?)
    }
}

/// A deadline has a lower bound only: a machine that has much to do is late.
pub fn check_time(time: Duration, not_before: u64) -> Result<(), Problem> {
    if time < Duration::from_secs(not_before) {
        return Err(Trouble::TooSoon(time).into());
    }
    Ok(())
}
