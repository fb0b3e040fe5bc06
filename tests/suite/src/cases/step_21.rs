//! The event loop: however many clients there are, and whatever they do, the next one is
//! answered.

use std::time::Duration;

use super::PIECE;
use crate::case::{Case, Exchange, Exchange::*, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const GET_HI: Exchange = Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI);

/// As it is sent.
const AGAIN: &str = "GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n";

pub const CASES: &[Case] = &[
    Case {
        name: "two_thousand_silent_clients_hold_up_nobody",
        since: 21,
        left_open: "RFC 9112 section 9.4: a server may turn away a client that has too many \
                    connections",
        exchanges: &[Crowd { size: 2_000, start: "", other: &GET_HI }],
        clause: "RFC 9112 section 9.4",
        hint: "Two thousand clients have connected and say nothing, and another one waits for \
               its answer. What does a client have of which there is less than that: a thread, \
               a descriptor, a place in a list?",
        ..Case::DEFAULT
    },
    Case {
        name: "nine_clients_that_take_nothing_hold_up_nobody",
        since: 21,
        exchanges: &[Beside {
            size: 9,
            start: "",
            piece: Long {
                start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1048576\n\n",
                piece: PIECE,
                times: 16,
                end: "",
            },
            pause: Duration::ZERO,
            takes: false,
            other: &GET_HI,
        }],
        clause: "RFC 9112 section 9.4",
        hint: "Nine clients ask, and don't take their answers, and a tenth waits for its own. \
               To write to a socket that has no more room is to wait.",
        ..Case::DEFAULT
    },
    Case {
        name: "fifty_clients_that_drip_hold_up_nobody",
        since: 21,
        exchanges: &[Beside {
            size: 50,
            start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n",
            piece: Text("a"),
            pause: Duration::from_secs(1),
            takes: true,
            other: &GET_HI,
        }],
        clause: "RFC 9112 section 9.4",
        hint: "Fifty clients send their bodies byte by byte, and another one waits for its \
               answer.",
        ..Case::DEFAULT
    },
    Case {
        name: "who_asks_without_end_lets_others_ask",
        since: 21,
        exchanges: &[Beside {
            size: 9,
            start: "",
            piece: Long { start: "", piece: AGAIN, times: 1_000, end: "" },
            pause: Duration::ZERO,
            takes: true,
            other: &GET_HI,
        }],
        clause: "RFC 9112 section 9.3.2",
        hint: "Nine clients always have the next request there before the last one is \
               answered, and a tenth waits for its turn. After so many requests of one \
               client, look after the others.",
        ..Case::DEFAULT
    },
];
