//! Plays a case: does what its client does, and judges what comes back.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use crate::case::{Case, Exchange, Or, Response, on_the_wire};
use crate::client::{self, Trouble};
use crate::keys::Keys;
use crate::message::{Field, Message};

mod beside;
mod judge;
mod patience;
mod rush;

/// How long a server that did not answer may take to end, before we say that it lives.
const LAST_BREATH: Duration = Duration::from_secs(1);

pub use judge::judge;

use beside::Busy;
use patience::Kept;
use rush::Rush;

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

    /// How the server does it instead, and who allows that, if HTTP leaves it open: any
    /// answer will do, but it must be a whole one.
    pub fn otherwise(&self, case: &Case) -> Option<String> {
        let how = match &self.problem {
            _ if case.left_open.is_empty() => return None,
            Problem::Ended(_) | Problem::Broken(_) => return None,
            Problem::Malformed(_) if self.received.is_empty() => in_words(b""),
            Problem::Malformed(_) => return None,
            Problem::NoResponse(Trouble::Announced | Trouble::TooMuch) => return None,
            Problem::NoResponse(Trouble::ToldAgain) => "another 100".into(),
            Problem::NoResponse(Trouble::Endless) => "the connection stays open".into(),
            Problem::NoResponse(Trouble::TooSoon(time)) => {
                format!("after {:.1} seconds", time.as_secs_f64())
            }
            Problem::NoResponse(_) if self.received.is_empty() => "no answer".to_string(),
            Problem::NoResponse(_) => in_words(&self.received),
            Problem::Differs { expected, received } => difference(expected, received),
        };
        Some(format!("{how} ({})", case.left_open))
    }

    /// The same, but if the server has ended, that is the problem: `end` says how, if it ends
    /// within the time that it is given.
    #[must_use]
    pub fn blame_the_end(self, end: impl FnOnce(Duration) -> Option<String>) -> Failure {
        // It is there, and says nothing.
        if self.is_timeout() {
            return self;
        }
        let patience = if self.is_silence() { LAST_BREATH } else { Duration::ZERO };
        let Some(end) = end(patience) else { return self };
        // If there was nobody to connect to, the case before has done it.
        let is_late = self.exchange == 0 && matches!(self.problem, Problem::Broken(_));
        let when = if is_late { "in the case before: " } else { "" };
        Failure { problem: Problem::Ended(format!("{when}{end}")), ..self }
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

/// Whose server it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The program of a step, which does what the chapter says, in the same words.
    Ours,
    /// A reader's, which may do what else HTTP allows, in words of its own.
    Theirs,
}

/// How a server has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It does what the chapter does.
    Holds,
    /// It does what else HTTP allows: what that is, and who allows it.
    Otherwise(String),
}

/// Plays all exchanges of a case, or those until one fails.
///
/// # Errors
/// If the server does something else. Where HTTP leaves that open, [`Failure::otherwise`]
/// says so.
pub fn play(case: &Case, address: SocketAddr, whose: Whose) -> Result<Outcome, Failure> {
    let or = if whose == Whose::Ours { &[] } else { case.or };
    let keys = Keys::default();
    let outcome = Outcome::Holds;
    let patience = client::PATIENCE;
    let mut player = Player { address, whose, or, keys, outcome, patience };
    if case.at_once {
        return player.play_at_once(case.exchanges);
    }
    let mut earlier = Vec::new();
    for (number, exchange) in case.exchanges.iter().enumerate() {
        let mut received = Vec::new();
        if let Err(problem) = player.play(exchange, &mut received) {
            return Err(Failure { exchange: number, earlier, received, problem });
        }
        earlier.push(received);
    }
    Ok(player.outcome)
}

const ENDS_BY_CLOSING: &str = "no Content-Length (RFC 9112 section 6.3: a response may end \
                               with its connection)";

struct Player {
    address: SocketAddr,
    whose: Whose,
    or: &'static [Or],
    keys: Keys,
    outcome: Outcome,
    /// How long its clients wait for an answer.
    patience: Duration,
}

impl Player {
    /// Plays exchanges at the same time, and waits for all of them.
    fn play_at_once(&self, exchanges: &[Exchange]) -> Result<Outcome, Failure> {
        let play = |(number, exchange)| {
            let (keys, outcome) = (Keys::default(), Outcome::Holds);
            let mut player = Player { keys, outcome, ..*self };
            let mut received = Vec::new();
            match player.play(exchange, &mut received) {
                Ok(()) => Ok(player.outcome),
                Err(problem) => Err(Failure::new(number, received, problem)),
            }
        };
        let outcomes: Vec<_> = thread::scope(|scope| {
            let exchanges = exchanges.iter().enumerate();
            let threads: Vec<_> =
                exchanges.map(|each| scope.spawn(move || play(each))).collect();
            threads.into_iter().map(ScopedJoinHandle::join).collect()
        });
        let mut outcome = Outcome::Holds;
        for played in outcomes {
            let broken = || Failure::broken("the test has a bug".into());
            let played = played.map_err(|_| broken())??;
            outcome = if outcome == Outcome::Holds { played } else { outcome };
        }
        Ok(outcome)
    }

    fn connect(&self) -> Result<TcpStream, Problem> {
        let stream = self.connected(client::connect(self.address))?;
        stream.set_read_timeout(Some(self.patience)).map_err(Trouble::from)?;
        Ok(stream)
    }

    /// A connection with little room for what comes.
    fn connect_narrowly(&self) -> Result<TcpStream, Problem> {
        self.connected(client::connect_narrowly(self.address))
    }

    fn connected(&self, stream: io::Result<TcpStream>) -> Result<TcpStream, Problem> {
        stream.map_err(|error| {
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
                let mut stream = self.connect()?;
                let asked = match response {
                    Response::Begins(_) => {
                        client::ask_and_leave(&mut stream, request, received)
                    }
                    _ => client::ask(&mut stream, request, &self.keys, received),
                };
                self.judge(asked, response, &request.to_bytes(), received, &stream)
            }
            Exchange::Continue { head, body, response } => {
                let mut stream = self.connect()?;
                let asked = client::ask_first(&mut stream, head, body, received);
                let sent = on_the_wire(&format!("{head}{}", body.concat()));
                self.judge(asked, response, &sent, received, &stream)
            }
            Exchange::Meanwhile { start, others: exchanges, rest, response } => {
                let stream = self.meanwhile(start, exchanges, rest, received)?;
                let sent = on_the_wire(&format!("{start}{rest}"));
                self.judge(Ok(()), response, &sent, received, &stream)
            }
            Exchange::Times(times, exchange) => (0..*times).try_for_each(|_| {
                received.clear();
                self.play(exchange, received)
            }),
            Exchange::Keep { requests, how, responses, then } => {
                let (how, then) = (*how, *then);
                self.keep(&Kept { requests, how, responses, then }, received)
            }
            Exchange::Crowd { size, start, other } => {
                self.crowd(*size, start, other, received)
            }
            Exchange::Beside { size, start, piece, pause, takes, other } => {
                let (pause, takes) = (*pause, *takes);
                let busy = Busy { start, piece, pause, takes };
                self.beside(*size, &busy, other, received)
            }
            Exchange::Rush { size, request, responses, not_before, other } => {
                let rush = Rush { request, responses, not_before: *not_before };
                self.rush(*size, &rush, other, received)
            }
            Exchange::Wait { start, drops, not_before, response } => {
                self.wait(start, drops, *not_before, response.as_ref(), received)
            }
            Exchange::Stuff { request, times, not_before } => {
                self.stuff(request, *times, *not_before)
            }
            Exchange::GoOn { request, response, piece, times, pause } => {
                self.go_on(request, response, (piece, *times, *pause), received)
            }
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
    ) -> Result<TcpStream, Problem> {
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
        client::read_response(&mut stream, false, received)?;
        Ok(stream)
    }

    /// Judges what came back, if the client could do what it was to do.
    fn judge(
        &mut self,
        asked: Result<(), Trouble>,
        response: &Response,
        sent: &[u8],
        received: &[u8],
        stream: &TcpStream,
    ) -> Result<(), Problem> {
        if let Response::Http(pattern) = response {
            self.keys.take(pattern, received);
        }
        let is_over = matches!(asked, Ok(()) | Err(Trouble::Early));
        // An answer that comes too early is none, whatever it says.
        let is_theirs = self.whose == Whose::Theirs && asked.is_ok();
        let verdict = match asked {
            Ok(()) => judge(response, sent, received, self.whose),
            Err(trouble) => Err(trouble.into()),
        };
        let Err(problem) = verdict else { return Ok(()) };
        if is_theirs && judge::lacks_only_its_length(response, sent, received) {
            self.differ(ENDS_BY_CLOSING.into());
            return Ok(());
        }
        let mut others = self.or.iter().filter(|or| or.is_for(response));
        let other = others.find(|or| {
            let is_kept = || client::is_kept(stream);
            or.answer.is(sent, received, is_over) && (!or.answer.is_kept() || is_kept())
        });
        let Some(Or { because, .. }) = other else { return Err(problem) };
        let answer = in_words(received);
        let words = match response.code() {
            Some(code) if !answer.starts_with(code.trim_end_matches("[..]")) => {
                format!("{answer} in the place of {code} ({because})")
            }
            _ => (*because).to_string(),
        };
        self.differ(words);
        Ok(())
    }

    /// Notes the first way in which the server does something else that is right.
    fn differ(&mut self, words: String) {
        if self.outcome == Outcome::Holds {
            self.outcome = Outcome::Otherwise(words);
        }
    }
}

/// What came, in short: the status, if there is one.
fn in_words(received: &[u8]) -> String {
    match Message::parse(received) {
        Ok(message) => format!("{} {}", message.status.code, message.status.reason),
        Err(_) if received.is_empty() => "the connection is closed".into(),
        Err(_) => "a page without a head".into(),
    }
}

/// What is not as it was expected, in short.
fn difference(expected: &[u8], received: &[u8]) -> String {
    let (Ok(wanted), Ok(got)) = (Message::parse(expected), Message::parse(received))
    else {
        return in_words(received);
    };
    if wanted.status.code != got.status.code {
        return format!("{} in the place of {}", in_words(received), wanted.status.code);
    }
    let differs = |field: &&Field| got.value(&field.name) != Some(&field.value);
    match wanted.fields.iter().find(differs) {
        Some(Field { name, .. }) => match got.value(name) {
            Some(value) => format!("`{name}: {value}`"),
            None => format!("no `{name}`"),
        },
        None => "another body".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::case::{How, Request, Then};

    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello";
    const HELLO: Response = Response::Http("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");

    /// Plays with a server that does this with its only client.
    fn play_with(
        exchanges: &'static [Exchange],
        serve: impl FnOnce(TcpStream) + Send + 'static,
    ) -> Result<Outcome, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || serve(listener.accept().unwrap().0));
        let case = Case { name: "hello", exchanges, ..Case::DEFAULT };
        let outcome = play(&case, address, Whose::Theirs);
        server.join().unwrap();
        outcome
    }

    /// Plays with a server that answers when it has read so many bytes, without a length,
    /// and closes.
    fn play_once(
        exchanges: &'static [Exchange],
        length: usize,
    ) -> Result<Outcome, Failure> {
        play_with(exchanges, move |mut stream| {
            stream.read_exact(&mut vec![0; length]).unwrap();
            stream.write_all(ANSWER).unwrap();
        })
    }

    /// What is wrong with a server that does this.
    fn trouble_with(
        exchanges: &'static [Exchange],
        serve: impl FnOnce(TcpStream) + Send + 'static,
    ) -> Option<Trouble> {
        match play_with(exchanges, serve).err()?.problem {
            Problem::NoResponse(trouble) => Some(trouble),
            _ => None,
        }
    }

    const GET_HI: &str = "GET /hi HTTP/1.1\nHost: it\n\n";
    const HI: Response = Response::Http("HTTP/1.1 200 OK\n\nHello World!");
    const ASK: &[Exchange] = &[Exchange::Ask(Request::Text(GET_HI), HI)];

    const fn keep(then: Then) -> Exchange {
        Exchange::Keep { requests: &[GET_HI], how: How::OneByOne, responses: &[HI], then }
    }
    const STAYS: &[Exchange] = &[keep(Then::Stays)];
    const CLOSES: &[Exchange] = &[keep(Then::Closes)];

    /// Reads a request, and answers it. Whoever asks sends a request in one piece.
    fn say_hi(mut stream: &TcpStream, field: &str) {
        let _ = stream.read(&mut [0; 1024]);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n{field}\r\n");
        let _ = stream.write_all(format!("{head}Hello World!").as_bytes());
    }

    /// Reads a request, and writes a beginning, and then this again and again.
    fn never_ends(
        begin: &'static str,
        again: &'static [u8],
    ) -> impl FnOnce(TcpStream) + Send {
        move |mut stream| {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(begin.as_bytes());
            while stream.write_all(again).is_ok() {}
        }
    }

    #[test]
    fn who_sends_without_end_is_not_listened_to_for_ever() {
        for exchanges in [ASK, STAYS] {
            let body = never_ends("HTTP/1.1 200 OK\r\n\r\n", &[b'a'; 64 * 1024]);
            let trouble = trouble_with(exchanges, body);
            assert!(matches!(trouble, Some(Trouble::TooMuch)), "{trouble:?}");
            let head = never_ends("HTTP/1.1 200 OK\r\n", &[b'a'; 64 * 1024]);
            let trouble = trouble_with(exchanges, head);
            assert!(matches!(trouble, Some(Trouble::TooMuch)), "{trouble:?}");
            let interim = never_ends("", b"HTTP/1.1 100 Continue\r\n\r\n");
            let trouble = trouble_with(exchanges, interim);
            assert!(matches!(trouble, Some(Trouble::Announced)), "{trouble:?}");
        }
    }

    #[test]
    fn a_connection_stays_if_another_request_is_answered() {
        let stays = play_with(STAYS, |stream| {
            say_hi(&stream, "");
            say_hi(&stream, "");
        });
        assert!(stays.is_ok_and(|outcome| outcome == Outcome::Holds));
        let trouble = trouble_with(STAYS, |mut stream| {
            say_hi(&stream, "");
            let _ = stream.read(&mut [0; 1024]);
        });
        assert!(matches!(trouble, Some(Trouble::NotKept)), "{trouble:?}");
    }

    #[test]
    fn a_connection_is_over_if_no_other_request_is_answered() {
        let closes = play_with(CLOSES, |stream| say_hi(&stream, "Connection: close\r\n"));
        assert!(closes.is_ok_and(|outcome| outcome == Outcome::Holds));
        let trouble = trouble_with(CLOSES, |stream| {
            say_hi(&stream, "Connection: close\r\n");
            say_hi(&stream, "Connection: close\r\n");
        });
        assert!(matches!(trouble, Some(Trouble::Surplus)), "{trouble:?}");
    }

    #[test]
    fn a_response_may_end_with_its_connection_but_not_come_too_early() {
        const PIECES: &[Exchange] =
            &[Exchange::Ask(Request::Pieces(&[b"GET /hi ", b"HTTP/1.1\r\n\r\n"]), HELLO)];
        let whole = "GET /hi HTTP/1.1\r\n\r\n".len();
        let outcome = play_once(PIECES, whole).ok();
        assert_eq!(outcome, Some(Outcome::Otherwise(ENDS_BY_CLOSING.into())));
        let failure = play_once(PIECES, "GET /hi ".len()).err().unwrap();
        assert!(matches!(failure.problem, Problem::NoResponse(Trouble::Early)));
    }
}
