//! Keep-alive: a connection stays, and what comes after a request is the next one.

use super::PIECE;
use crate::case::{
    Answer, Case, Exchange, Exchange::*, How, Or, Request::*, Response, Response::*, Then,
};

const GET_HI: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";
const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const GET_NAMASTE: &str = "GET /namaste HTTP/1.1\nHost: localhost\n\n";
const NAMASTE: Response = Http("HTTP/1.1 200 OK\n\nNamaste!");
const HELLO: &str = "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello";
const CHUNKS: &str = "POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n\
     4\r\nGET \r\n5;x=1\r\n/ HTT\r\n0\r\nTrailer: 1\r\n\r\n";
/// A body in chunks that ends in two line ends, as all do, and has no trailers.
const FEW_CHUNKS: &str = "POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n\
     5\r\nhello\r\n0\r\n\r\n";
const EXPECTS: &str = "POST /echo HTTP/1.1\nHost: localhost\nExpect: 100-continue\n\
     Content-Length: 5\n\nhello";
const EXPECTS_CHUNKS: &str = "POST /echo HTTP/1.1\nHost: localhost\n\
     Expect: 100-continue\nTransfer-Encoding: chunked\n\n5\r\nhello\r\n0\r\n\r\n";
const LAST: &str = "GET /hi HTTP/1.1\nHost: localhost\nConnection: close\n\n";

/// `GET_HI` as it is sent.
const AGAIN: &str = "GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Requests of all kinds, and their responses: none of them ends the connection.
const MIXED: &[&str] = &[
    GET_HI,
    "HEAD /hi HTTP/1.1\nHost: localhost\n\n",
    HELLO,
    "GET /nowhere HTTP/1.1\nHost: localhost\n\n",
    "POST /hi HTTP/1.1\nHost: localhost\nContent-Length: 7\n\nsurplus",
    CHUNKS,
    "POST /name HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n",
    // It looks like a request, and is a body.
    "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 37\n\n\
     GET /slow HTTP/1.1\r\nHost: localhost\r\n",
    "OPTIONS * HTTP/1.1\nHost: localhost\n\n",
    GET_NAMASTE,
];
const MIXED_RESPONSES: &[Response] = &[
    HI,
    Http("HTTP/1.1 200 OK\nContent-Length: 12\n\n"),
    Http("HTTP/1.1 200 OK\n\nhello"),
    Http("HTTP/1.1 404 Not Found\n\n..."),
    Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n..."),
    Http("HTTP/1.1 200 OK\n\nGET / HTT"),
    Http("HTTP/1.1 400 Bad Request\n\n..."),
    Echo("HTTP/1.1 200 OK\n\n"),
    Http("HTTP/1.1 [..] whatever\n\n..."),
    NAMASTE,
];

/// A request with these headers, after which the connection stays.
macro_rules! kept {
    ($version:literal, $headers:literal, $response:literal) => {
        Keep {
            requests: &[concat!(
                "GET /hi ",
                $version,
                "\nHost: localhost\n",
                $headers,
                "\n"
            )],
            how: How::AtOnce,
            responses: &[Http(concat!($response, "\n\nHello World!"))],
            then: Then::Stays,
        }
    };
}

/// A request with these headers, the second of three: the last is not answered.
macro_rules! closed {
    ($version:literal, $headers:literal) => {
        Keep {
            requests: &[
                GET_NAMASTE,
                concat!("GET /hi ", $version, "\nHost: localhost\n", $headers, "\n"),
                GET_NAMASTE,
            ],
            how: How::AtOnce,
            responses: &[
                NAMASTE,
                Http("HTTP/1.1 200 OK\nConnection: close\n\nHello World!"),
            ],
            then: Then::Closes,
        }
    };
}

/// A request that is refused, between two that are not; nothing after it is answered.
macro_rules! refused {
    ($request:expr, $response:literal) => {
        Keep {
            requests: &[GET_HI, $request, GET_NAMASTE],
            how: How::AtOnce,
            responses: &[HI, Http(concat!($response, "\nConnection: close\n\n..."))],
            then: Then::Closes,
        }
    };
}

/// Who closes should say so.
const UNSAID: Or = Or {
    instead_of: "200",
    answer: Answer::Http("HTTP/1.1 200 OK\nConnection: [none]\n\nHello World!"),
    because: "RFC 9112 section 9.6: that who closes says so is recommended only",
};
/// The same in HTTP/1.0, where nobody expects it to stay.
const CLOSES_ANYWAY: Or = Or {
    instead_of: "200",
    answer: Answer::Http("HTTP/1.0 200 OK\nConnection: [none]\n\nHello World!"),
    because: "RFC 9112 section 9.3: in HTTP/1.0 the connection closes anyway",
};

const fn all_at(how: How) -> Exchange {
    Keep { requests: MIXED, how, responses: MIXED_RESPONSES, then: Then::Stays }
}

const EMPTY_LINE_GET_HI: &str = "\nGET /hi HTTP/1.1\nHost: localhost\n\n";

const fn after_an_empty_line(requests: &'static [&'static str]) -> Exchange {
    Keep {
        requests,
        how: How::AtOnce,
        responses: &[Http("HTTP/1.1 200 OK\n\nhello"), HI],
        then: Then::Stays,
    }
}

/// A request with a long answer: its body is a mebibyte.
const LONG: &str = {
    const HEAD: &str =
        "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1048576\n\n";
    const LENGTH: usize = HEAD.len() + 1024 * 1024;
    static BYTES: [u8; LENGTH] = {
        let mut bytes = [b'a'; LENGTH];
        bytes.split_at_mut(HEAD.len()).0.copy_from_slice(HEAD.as_bytes());
        bytes
    };
    match str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => panic!("they are letters"),
    }
};

pub const CASES: &[Case] = &[
    Case {
        name: "a_connection_stays_for_the_next_request",
        since: 17,
        exchanges: &[all_at(How::OneByOne)],
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "requests_in_one_write_are_answered_in_order",
        since: 17,
        exchanges: &[all_at(How::AtOnce)],
        clause: "RFC 9112 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "where_the_next_request_begins_does_not_depend_on_packets",
        since: 17,
        exchanges: &[
            all_at(How::ByteByByte),
            Keep {
                requests: &[GET_HI, HELLO, CHUNKS, LAST, GET_NAMASTE],
                how: How::CutAnywhere,
                responses: &[
                    HI,
                    Http("HTTP/1.1 200 OK\n\nhello"),
                    Http("HTTP/1.1 200 OK\n\nGET / HTT"),
                    Http("HTTP/1.1 200 OK\nConnection: close\n\nHello World!"),
                ],
                then: Then::Closes,
            },
        ],
        or: &[UNSAID],
        clause: "RFC 9112 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "nine_hundred_requests_have_nine_hundred_answers",
        since: 17,
        exchanges: &[Keep {
            requests: &[GET_HI; 900],
            how: How::AtOnce,
            responses: &[HI; 900],
            then: Then::Stays,
        }],
        clause: "RFC 9112 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_answer_waits_for_those_before_it",
        since: 17,
        exchanges: &[Keep {
            requests: &["GET /slow HTTP/1.1\nHost: localhost\n\n", GET_HI],
            how: How::AtOnce,
            responses: &[Http("HTTP/1.1 200 OK\n\nSorry for the wait.\n"), HI],
            then: Then::Stays,
        }],
        clause: "RFC 9112 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "who_ends_after_its_requests_gets_its_answers",
        since: 17,
        exchanges: &[Keep {
            requests: &[GET_HI, HELLO, GET_NAMASTE],
            how: How::AtOnceAndEnds,
            responses: &[HI, Http("HTTP/1.1 200 OK\n\nhello"), NAMASTE],
            then: Then::Closes,
        }],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Nothing,
            because: "RFC 9112 section 9.5: a server may close at any time",
        }],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_line_between_requests_is_skipped",
        since: 17,
        exchanges: &[
            after_an_empty_line(&[HELLO, EMPTY_LINE_GET_HI]),
            // There is one, and not one more of what came before.
            after_an_empty_line(&[FEW_CHUNKS, EMPTY_LINE_GET_HI]),
        ],
        or: &[
            Or {
                instead_of: "200",
                answer: super::or::BAD_REQUEST,
                because: "RFC 9112 section 2.2: that it be skipped is recommended only",
            },
            Or {
                instead_of: "200",
                answer: Answer::Nothing,
                because: "RFC 9112 section 2.2: that it be skipped is recommended only",
            },
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "each_request_may_wait_for_leave_to_send_its_body",
        since: 17,
        exchanges: &[
            Keep {
                requests: &[GET_HI, EXPECTS, EXPECTS, GET_NAMASTE, EXPECTS_CHUNKS],
                how: How::WhenTold,
                responses: &[
                    HI,
                    Http("HTTP/1.1 200 OK\n\nhello"),
                    Http("HTTP/1.1 200 OK\n\nhello"),
                    NAMASTE,
                    Http("HTTP/1.1 200 OK\n\nhello"),
                ],
                then: Then::Stays,
            },
            // Who has sent more than the head doesn't wait, and the 100 may come or not.
            Keep {
                requests: &[GET_HI, EXPECTS, GET_NAMASTE],
                how: How::AtOnce,
                responses: &[HI, Http("HTTP/1.1 200 OK\n\nhello"), NAMASTE],
                then: Then::Stays,
            },
        ],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_may_say_that_it_stays",
        since: 17,
        exchanges: &[
            kept!("HTTP/1.1", "Connection: keep-alive\n", "HTTP/1.1 200 OK"),
            kept!("HTTP/1.1", "Connection: Keep-Alive\n", "HTTP/1.1 200 OK"),
            kept!("HTTP/1.1", "Connection: closed, x-close\n", "HTTP/1.1 200 OK"),
            kept!("HTTP/1.1", "Connection:\n", "HTTP/1.1 200 OK"),
            kept!("HTTP/1.1", "X-Connection: close\n", "HTTP/1.1 200 OK"),
            kept!("HTTP/1.1", "Keep-Alive: close\n", "HTTP/1.1 200 OK"),
        ],
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_says_close_asks_nothing_more",
        since: 17,
        exchanges: &[
            closed!("HTTP/1.1", "Connection: close\n"),
            closed!("HTTP/1.1", "connection:CLOSE\n"),
            closed!("HTTP/1.1", "Connection: keep-alive, Close\n"),
            closed!("HTTP/1.1", "Connection: close,keep-alive\n"),
            closed!("HTTP/1.1", "Connection: TE ,\tclose\n"),
            closed!("HTTP/1.1", "Connection: ,close,,\n"),
            closed!("HTTP/1.1", "Connection: keep-alive\nX: y\nConnection: close\n"),
        ],
        or: &[UNSAID],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "http_1_0_may_ask_to_stay",
        since: 17,
        exchanges: &[
            kept!(
                "HTTP/1.0",
                "Connection: keep-alive\n",
                "HTTP/1.1 200 OK\nConnection: keep-alive"
            ),
            kept!(
                "HTTP/1.0",
                "Connection: TE, KEEP-ALIVE\n",
                "HTTP/1.1 200 OK\nConnection: keep-alive"
            ),
        ],
        or: &[
            Or {
                instead_of: "200",
                answer: Answer::Http(
                    "HTTP/1.1 200 OK\nConnection: close\n\nHello World!",
                ),
                because: "RFC 9112 section 9.3: a server need not keep an old client",
            },
            CLOSES_ANYWAY,
            Or {
                instead_of: "200",
                answer: Answer::Http(
                    "HTTP/1.1 200 OK\nConnection: [none]\n\nHello World!",
                ),
                because: "RFC 9112 section 9.3: an answer in HTTP/1.1 that doesn't say close \
                          says that the connection stays",
            },
        ],
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "http_1_0_leaves_unless_it_asks_to_stay",
        since: 17,
        exchanges: &[
            closed!("HTTP/1.0", ""),
            closed!("HTTP/1.0", "Connection: TE\n"),
            closed!("HTTP/1.0", "Connection: keep-alive, close\n"),
        ],
        or: &[UNSAID, CLOSES_ANYWAY],
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "nothing_is_answered_after_a_refusal",
        since: 17,
        exchanges: &[
            refused!("GET /hi HTTP/1.1\nColon?\n\n", "HTTP/1.1 400 Bad Request"),
            refused!("GET /hi HTTP/1.1\n\n", "HTTP/1.1 400 Bad Request"),
            refused!(
                "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\
                 Transfer-Encoding: chunked\n\n0\r\n\r\n",
                "HTTP/1.1 400 Bad Request"
            ),
            refused!(
                "POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n\
                 x\r\n\r\n",
                "HTTP/1.1 400 Bad Request"
            ),
        ],
        or: &[
            Or {
                instead_of: "400",
                answer: Answer::Http(
                    "HTTP/1.1 400 Bad Request\nConnection: [none]\n\n...",
                ),
                because: "RFC 9112 section 9.6: that who closes says so is recommended only",
            },
            Or {
                instead_of: "400",
                answer: Answer::Http("HTTP/1.1 200 OK\nConnection: close\n\n"),
                because: "RFC 9112 section 6.1: the length may be left out of account, but \
                          then the connection ends",
            },
        ],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "nothing_is_answered_after_a_body_that_is_too_large",
        since: 17,
        left_open: "RFC 9110 section 15.5.14: the limit, if any, is the server's own",
        exchanges: &[refused!(
            "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 10000000\n\n",
            "HTTP/1.1 413 Content Too Large"
        )],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "a_handler_that_panics_does_not_end_the_connection",
        since: 17,
        exchanges: &[Keep {
            requests: &["GET /panic HTTP/1.1\nHost: localhost\n\n", GET_HI],
            how: How::AtOnce,
            responses: &[Http("HTTP/1.1 500 Internal Server Error\n\n..."), HI],
            then: Then::Stays,
        }],
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "what_comes_after_the_last_request_is_not_answered",
        since: 17,
        exchanges: &[Keep {
            requests: &[GET_NAMASTE, LAST, GET_NAMASTE, GET_NAMASTE],
            how: How::AtOnce,
            responses: &[
                NAMASTE,
                Http("HTTP/1.1 200 OK\nConnection: close\n\nHello World!"),
            ],
            then: Then::Closes,
        }],
        or: &[UNSAID],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "who_asks_nothing_more_is_let_go_in_time",
        since: 17,
        left_open: "RFC 9112 section 9.5: how long a server waits is its own affair",
        at_once: true,
        exchanges: &[
            Wait { start: GET_HI, drops: &[], not_before: 5, response: Some(HI) },
            // What the handler takes is not the client's.
            Wait {
                start: "GET /slow HTTP/1.1\nHost: localhost\n\n",
                drops: &[],
                not_before: 8,
                response: Some(Http("HTTP/1.1 200 OK\n\nSorry for the wait.\n")),
            },
            // Who asks again each second has all of our patience each time.
            Wait {
                start: GET_HI,
                drops: &[AGAIN; 10],
                not_before: 14,
                response: Some(Something),
            },
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "who_sends_an_empty_line_alone_has_asked_nothing",
        since: 17,
        left_open: "RFC 9112 section 9.5: how long a server waits is its own affair",
        at_once: true,
        exchanges: &[
            Wait { start: "\n", drops: &[], not_before: 5, response: None },
            Keep {
                requests: &[GET_HI, "\n"],
                how: How::AtOnceAndEnds,
                responses: &[HI],
                then: Then::Closes,
            },
        ],
        clause: "RFC 9112 section 2.2",
        hint: "An empty line may come before a request, and is none. If nothing comes after \
               it, nobody has asked, and there is nothing to answer or to refuse.",
        ..Case::DEFAULT
    },
    Case {
        name: "who_takes_an_answer_slowly_gets_all_of_it",
        since: 17,
        exchanges: &[Keep {
            requests: &[LONG, GET_HI],
            how: How::TakenSlowly,
            responses: &[Echo("HTTP/1.1 200 OK\n\n"), HI],
            then: Then::Stays,
        }],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Cut,
            because: "RFC 9112 section 9.5: a server may close at any time",
        }],
        clause: "RFC 9112 section 6.3",
        hint: "A write may send less than it was given, and say so, and more so with a time \
               limit. What it hasn't sent comes next, and nothing before that.",
        ..Case::DEFAULT
    },
    Case {
        name: "who_takes_no_answer_is_let_go_in_time",
        since: 17,
        left_open: "RFC 9112 section 9.5: how long a server waits is its own affair",
        exchanges: &[
            Stuff {
                request: Long {
                    start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 655360\n\n",
                    piece: PIECE,
                    times: 10,
                    end: "",
                },
                times: 100,
                not_before: 10,
            },
            Ask(Text(GET_HI), HI),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
];
