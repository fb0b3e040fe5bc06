//! What a case is: data. `cases/` has all of them, one file for each step.

use std::time::Duration;

/// Something that is true of a server, from one step on.
pub struct Case {
    /// What is true, as a sentence in snake case.
    pub name: &'static str,
    /// The step that makes it true. On the step before, the case must fail.
    pub since: u8,
    /// The last step of which it is true. On the step after, the case must fail.
    pub until: Option<u8>,
    /// Whether this is only how we do it, in words that are no part of HTTP, or until a
    /// later step does it better: it is not asked of a reader's server.
    pub our_choice: bool,
    /// Who allows others to do it in another way, or not at all; nothing, if nobody does.
    /// The other ways are too many to name them in `or`.
    pub left_open: &'static str,
    /// What the client does, one connection after the other.
    pub exchanges: &'static [Exchange],
    /// Whether it does all of that at the same time: it waits most of the time.
    pub at_once: bool,
    /// What else is right of a reader's server. Ours has to give the response that stands
    /// in `exchanges`.
    pub or: &'static [Or],
    /// Whether it is about the files of `tests/suite/folder`.
    pub has_folder: bool,
    /// Who says so: the section of an RFC.
    pub clause: &'static str,
    /// What to say to somebody whose server fails, where what came back doesn't tell.
    pub hint: &'static str,
    /// The chapter that explains it, where that is not the one of `since`.
    pub chapter: Option<&'static str>,
}

impl Case {
    /// What most cases have in common, for `..Case::DEFAULT`.
    pub const DEFAULT: Case = Case {
        name: "",
        since: 0,
        until: None,
        our_choice: false,
        left_open: "",
        exchanges: &[],
        at_once: false,
        or: &[],
        has_folder: false,
        clause: "",
        hint: "",
        chapter: None,
    };

    /// Whether the case is true of the step with this number.
    pub fn holds(&self, step: u8) -> bool {
        self.since <= step && self.until.is_none_or(|until| step <= until)
    }

    /// Whether a reader's server is asked this at the step with this number.
    pub fn is_asked(&self, step: u8) -> bool {
        self.holds(step) && !self.our_choice
    }

    /// Whether its clients wait for the server to lose patience. That takes many seconds,
    /// and no core.
    pub fn waits(&self) -> bool {
        let waits = |exchange: &Exchange| {
            matches!(
                exchange,
                // A larger one needs files, and not for all steps at the same time.
                Exchange::Crowd { size: ..=8, .. }
                    | Exchange::Rush { .. }
                    | Exchange::Wait { .. }
                    | Exchange::Stuff { .. }
                    | Exchange::GoOn { .. }
                    | Exchange::Keep { how: How::TakenSlowly, .. }
            )
        };
        self.exchanges.iter().any(waits)
    }

    /// The name as words.
    pub fn sentence(&self) -> String {
        self.name.replace('_', " ")
    }
}

/// One connection to the server.
pub enum Exchange {
    /// Sends a request, and reads the response, which must be as it is here.
    Ask(Request, Response),
    /// Sends these bytes, and closes without reading what comes back.
    Leave(&'static [u8]),
    /// Sends these bytes, and resets the connection.
    Reset(&'static [u8]),
    /// Sends a head that has `Expect: 100-continue`, waits for the 100, and then sends the
    /// pieces of the body, between which nothing must come.
    Continue { head: &'static str, body: &'static [&'static str], response: Response },
    /// Sends a part of a request. While that connection is open and has no response yet,
    /// there are others; then it sends the rest, and reads the response.
    Meanwhile {
        start: &'static str,
        others: &'static [Exchange],
        rest: &'static str,
        response: Response,
    },
    /// Does the same this many times.
    Times(usize, &'static Exchange),
    /// Sends several requests on one connection, each of them a `Text`. If there are more
    /// requests than responses, the server closes after the last response.
    Keep {
        requests: &'static [&'static str],
        how: How,
        responses: &'static [Response],
        then: Then,
    },
    /// Opens so many connections, sends a `Text` on each, and keeps them open during
    /// another exchange, which is done after each hundred of them.
    Crowd { size: usize, start: &'static str, other: &'static Exchange },
    /// Opens so many connections, sends a `Text` on each, and then a piece after each pause,
    /// and takes what comes, or doesn't. Meanwhile there is another exchange, again and
    /// again until all of them have begun.
    Beside {
        size: usize,
        start: &'static str,
        piece: Request,
        pause: Duration,
        takes: bool,
        other: &'static Exchange,
    },
    /// Opens so many connections, and sends a `Text` on each. During another exchange it
    /// waits for their answers: each has to be one of these, and not to come before so many
    /// seconds have passed, and each of these has to come. All connections stay.
    Rush {
        size: usize,
        request: &'static str,
        responses: &'static [Response],
        not_before: u64,
        other: &'static Exchange,
    },
    /// Sends a `Text`, and then these drops, one a second, until the server closes: not
    /// before so many seconds have passed. It says what there is to say before.
    Wait {
        start: &'static str,
        drops: &'static [&'static str],
        not_before: u64,
        response: Option<Response>,
    },
    /// Sends a request many times, and reads nothing, until the server loses patience: not
    /// before so many seconds have passed.
    Stuff { request: Request, times: usize, not_before: u64 },
    /// Sends a request, reads the response, and goes on sending, a piece after each pause,
    /// until the server has had enough; it must, before there have been so many.
    GoOn {
        request: Request,
        response: Response,
        piece: &'static str,
        times: usize,
        pause: Duration,
    },
}

/// How a client sends several requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The next one when the answer to the last is there.
    OneByOne,
    /// The same; and the body of one that expects a 100 when that is there.
    WhenTold,
    /// All of them in one write.
    AtOnce,
    /// Each byte in a write of its own.
    ByteByByte,
    /// In two writes, on a connection for each place where they can be cut.
    CutAnywhere,
    /// All of them in one write, and then it closes its side.
    AtOnceAndEnds,
    /// All of them in one write, and it takes little of the answers for a while.
    TakenSlowly,
}

impl How {
    /// Whether a request waits for the answer to the one before it.
    pub fn is_one_by_one(self) -> bool {
        matches!(self, How::OneByOne | How::WhenTold)
    }
}

/// What becomes of a connection after the last response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The server answers another request.
    Stays,
    /// The server closes it, and answers nothing more.
    Closes,
}

/// What the client sends.
pub enum Request {
    /// A head, in which each `\n` is sent as `\r\n`, and a body, sent as it is. `[=key]`
    /// stands for what `[=key]` in an earlier response has been.
    Text(&'static str),
    /// A `Text` that ends too early: the client closes its side after it.
    Truncated(&'static str),
    /// These bytes.
    Bytes(&'static [u8]),
    /// These bytes, with a pause between the pieces in which the server must not answer.
    Pieces(&'static [&'static [u8]]),
    /// These bytes, each of them a piece.
    ByteByByte(&'static [u8]),
    /// A `Text`, and after it a piece this many times, and an end.
    Long { start: &'static str, piece: &'static str, times: usize, end: &'static str },
}

impl Request {
    /// The bytes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Request::Text(text) | Request::Truncated(text) => on_the_wire(text),
            Request::Bytes(bytes) | Request::ByteByByte(bytes) => bytes.to_vec(),
            Request::Pieces(pieces) => pieces.concat(),
            Request::Long { start: text, piece, times, end } => {
                [&on_the_wire(text), piece.repeat(*times).as_bytes(), end.as_bytes()]
                    .concat()
            }
        }
    }

    /// Whether the method is HEAD, so that the response has no body.
    pub fn is_head(&self) -> bool {
        is_head(&self.to_bytes())
    }
}

/// Whether the method is HEAD. An empty line may come first (RFC 9112 section 2.2).
pub fn is_head(request: &[u8]) -> bool {
    request.strip_prefix(b"\r\n").unwrap_or(request).starts_with(b"HEAD ")
}

/// What must come back.
pub enum Response {
    /// An HTTP response, written as in `Request::Text`.
    ///
    /// The version, the status code, the body, and the headers that are named must
    /// be as they are here; the reason and other headers are the server's own affair.
    /// `[..]` stands for any text in a line, `[=key]` for any text that later requests of
    /// the case may use, a line `...` of the body for any lines, and a value `[date]` for
    /// any date; with the value `[none]`, there must be no such header. The value of
    /// `Allow` is a set, in any order; `...` in it stands for any other methods. So are
    /// the attributes of `Set-Cookie`; `[hex]` as the cookie's value stands for 32
    /// hexadecimal digits or more, as chance gives them.
    Http(&'static str),
    /// An HTTP response whose body says why. Its words are ours: a reader's server may
    /// choose others, or none.
    Refusal(&'static str),
    /// An HTTP response with this head, whose body is the one of the request. If that came
    /// in chunks, it is put together again.
    Echo(&'static str),
    /// The beginning of an HTTP response, as it is when the client has read some of it and
    /// leaves; of the body, the lines that are whole.
    Begins(&'static str),
    /// These bytes and no others.
    Exactly(&'static [u8]),
    /// One byte at least: what it says is the business of other cases.
    Something,
}

impl Response {
    /// The status code, as the case has it: `200`, `4[..]`.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Response::Http(text)
            | Response::Refusal(text)
            | Response::Echo(text)
            | Response::Begins(text) => text.split(' ').nth(1),
            Response::Exactly(_) | Response::Something => None,
        }
    }
}

/// What HTTP allows in the place of a response that a case expects: our servers have made
/// a choice, and a reader's server may make another one.
///
/// Where an RFC says MUST, there is nothing to choose. Where it says SHOULD, a server may
/// refuse what we serve, and in another way than we do; but to serve what we refuse, since
/// it is no HTTP, is how requests get smuggled, and stays wrong.
pub struct Or {
    /// The status code of the expected response; `[..]` for any.
    pub instead_of: &'static str,
    /// What may come in its place.
    pub answer: Answer,
    /// Who allows it.
    pub because: &'static str,
}

impl Or {
    /// Whether it may come in the place of this response.
    pub fn is_for(&self, response: &Response) -> bool {
        let code = response.code();
        code.is_some_and(|code| self.instead_of == "[..]" || self.instead_of == code)
    }
}

/// What may come in the place of a response.
pub enum Answer {
    /// An HTTP response, written as in `Response::Http`.
    Http(&'static str),
    /// The same, and the connection stays open after it.
    Kept(&'static str),
    /// A page without a head, as HTTP/0.9 has it.
    Headless,
    /// Nothing: the server closes the connection.
    Nothing,
    /// The beginning of an answer: the server closes the connection.
    Cut,
}

/// The bytes that a text stands for: the lines of its head end in `\r\n`.
pub fn on_the_wire(text: &str) -> Vec<u8> {
    let (head, body) = match text.find("\n\n") {
        Some(end) => text.split_at(end + 2),
        None => (text, ""),
    };
    (head.replace('\n', "\r\n") + body).into_bytes()
}
