//! Threads: a client that takes its time does not hold up the others, and neither does a
//! handler that takes its time, or panics.

use indoc::indoc;

use super::step_14::{ENTER, LOG_IN, LOG_OUT, ONLY_FOR_ADA, UNAUTHORIZED};
use crate::case::{
    Case, Exchange, Exchange::*, Request, Request::*, Response, Response::*,
};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");

const GET_HI: Request = Text("GET /hi HTTP/1.1\nHost: localhost\n\n");

const PANIC: Exchange = Ask(
    Text("GET /panic HTTP/1.1\nHost: localhost\n\n"),
    Refusal(indoc! {"
        HTTP/1.1 500 Internal Server Error

        Something in our server is broken.
    "}),
);

/// Seven clients that have all sent something else when the eighth comes, and none of them
/// a whole request: a server with eight threads has one that is free.
const SEVEN: &[Exchange] = &[Meanwhile {
    start: "",
    others: SIX,
    rest: "GET /hi HTTP/1.1\nHost: localhost\n\n",
    response: HI,
}];
const SIX: &[Exchange] = &[Meanwhile {
    start: "GET /h",
    others: FIVE,
    rest: "i HTTP/1.1\nHost: localhost\n\n",
    response: HI,
}];
const FIVE: &[Exchange] = &[Meanwhile {
    start: "GET /hi HTTP/1.1\n",
    others: FOUR,
    rest: "Host: localhost\n\n",
    response: HI,
}];
const FOUR: &[Exchange] = &[Meanwhile {
    start: "GET /hi HTTP/1.1\nHost: localhost\n",
    others: THREE,
    rest: "\n",
    response: HI,
}];
const THREE: &[Exchange] = &[Meanwhile {
    start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n",
    others: TWO,
    rest: "three",
    response: Http("HTTP/1.1 200 OK\n\nthree"),
}];
const TWO: &[Exchange] = &[Meanwhile {
    start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 3\n\nt",
    others: ONE,
    rest: "wo",
    response: Http("HTTP/1.1 200 OK\n\ntwo"),
}];
const ONE: &[Exchange] = &[Meanwhile {
    start: "POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n3\r\no",
    others: &[Ask(GET_HI, HI), Ask(GET_HI, HI)],
    rest: "ne\n0\n\n",
    response: Http("HTTP/1.1 200 OK\n\none"),
}];

pub const CASES: &[Case] = &[
    Case {
        name: "seven_clients_that_dawdle_do_not_hold_up_the_eighth",
        since: 15,
        exchanges: SEVEN,
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_handler_that_is_slow_does_not_hold_up_the_others",
        since: 15,
        // One thread for all of them, until there are workers.
        until: Some(20),
        exchanges: &[Meanwhile {
            start: "GET /slow HTTP/1.1\nHost: localhost\n\n",
            // The pieces come with a pause, so that the slow handler runs by then.
            others: &[Ask(
                Pieces(&[b"GET /h", b"i HTTP/1.1\r\nHost: localhost\r\n\r\n"]),
                HI,
            )],
            rest: "",
            response: Http("HTTP/1.1 200 OK\n\nSorry for the wait.\n"),
        }],
        clause: "RFC 9110 section 15.3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_session_is_known_to_all_threads",
        since: 15,
        // Who reads the one request can't read the other.
        exchanges: &[
            Meanwhile {
                start: "GET /protected HTTP/1.1\nHost: localhost\n",
                others: &[LOG_IN],
                rest: "Cookie: session=[=key]\n\n",
                response: ONLY_FOR_ADA,
            },
            Meanwhile {
                start: "GET /protected HTTP/1.1\nHost: localhost\nCookie: session=[=key]\n",
                others: &[Ask(ENTER, ONLY_FOR_ADA), LOG_OUT],
                rest: "\n",
                response: UNAUTHORIZED,
            },
        ],
        clause: "RFC 9110 section 3.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_handler_that_panics_is_an_error_of_the_server",
        since: 15,
        exchanges: &[PANIC],
        clause: "RFC 9110 section 15.6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_500_says_how_long_it_is",
        since: 15,
        left_open: "RFC 9112 section 6.3: a response may end with its connection",
        exchanges: &[Ask(
            Text("GET /panic HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {"
                HTTP/1.1 500 Internal Server Error
                Content-Length: 35
                Content-Type: text/plain; charset=utf-8
                Date: [date]

                Something in our server is broken.
            "}),
        )],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_whose_handler_panics_has_no_body",
        since: 15,
        exchanges: &[Ask(
            Text("HEAD /panic HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 500 Internal Server Error\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_handler_that_does_not_run_does_not_panic",
        since: 15,
        exchanges: &[Ask(
            Text("POST /panic HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
            Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n..."),
        )],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    Case {
        name: "panics_do_not_use_up_the_threads",
        since: 15,
        exchanges: &[Times(20, &PANIC), Times(20, &Ask(GET_HI, HI))],
        clause: "RFC 9110 section 15.6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_panic_ends_no_session",
        since: 15,
        exchanges: &[
            LOG_IN,
            Times(10, &PANIC),
            Times(10, &Ask(ENTER, ONLY_FOR_ADA)),
            LOG_OUT,
            PANIC,
            Times(10, &Ask(ENTER, UNAUTHORIZED)),
        ],
        clause: "RFC 9110 section 15.6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "clients_that_leave_do_not_use_up_the_threads",
        since: 15,
        exchanges: &[
            Times(20, &Leave(b"")),
            Times(20, &Leave(b"GET /hi HTTP/1.1\r\n")),
            Times(20, &Leave(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            Times(20, &Leave(b"GET /panic HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            PANIC,
            Ask(GET_HI, HI),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "clients_that_reset_do_not_use_up_the_threads",
        since: 15,
        exchanges: &[
            Times(20, &Reset(b"")),
            Times(20, &Reset(b"GET /hi HTTP/1.1\r\n")),
            Times(20, &Reset(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            Times(20, &Reset(b"GET /panic HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            PANIC,
            Ask(GET_HI, HI),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "refusals_do_not_use_up_the_threads",
        since: 15,
        exchanges: &[
            Times(
                20,
                &Ask(
                    Text("GET /hi HTTP/1.1\nColon?\n\n"),
                    Http("HTTP/1.1 400 Bad Request\n\n..."),
                ),
            ),
            PANIC,
            Ask(GET_HI, HI),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
];
