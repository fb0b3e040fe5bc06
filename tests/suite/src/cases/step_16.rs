//! Deadlines: a client that dawdles is waited for, and not for ever.

use std::time::Duration;

use super::PIECE;
use crate::case::{Case, Exchange::*, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const TIMEOUT: Response = Http("HTTP/1.1 408 Request Timeout\nConnection: close\n\n...");
const BAD: &str = "GET /hi HTTP/1.1\nColon?\n\n";

/// Almost a mebibyte, which gives a body 15 seconds more, and the rest of it.
const MOST: &str = match str::from_utf8(&[b'a'; 15 * PIECE.len()]) {
    Ok(most) => most,
    Err(_) => panic!("they are letters"),
};
const END: &str = PIECE;

const LEFT_OPEN: &str = "RFC 9112 section 9.5: how long a server waits is its own affair";

pub const CASES: &[Case] = &[
    Case {
        name: "eight_silent_clients_do_not_stop_the_server",
        since: 16,
        exchanges: &[Crowd {
            size: 8,
            start: "",
            other: &Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
        }],
        clause: "RFC 9112 section 9.5",
        hint: "Eight clients have connected and say nothing, and a ninth waits for its \
               answer. Whoever is silent for too long must go.",
        ..Case::DEFAULT
    },
    Case {
        name: "who_says_nothing_is_let_go_without_a_word",
        since: 16,
        left_open: LEFT_OPEN,
        at_once: true,
        exchanges: &[
            Wait { start: "", drops: &[], not_before: 5, response: None },
            Wait { start: "", drops: &[], not_before: 5, response: None },
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "half_a_request_is_refused_in_time",
        since: 16,
        left_open: LEFT_OPEN,
        at_once: true,
        exchanges: &[
            Wait { start: "GET /h", drops: &[], not_before: 10, response: Some(TIMEOUT) },
            Wait {
                start: "GET /hi HTTP/1.1\nHost: localhost\n",
                drops: &[],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhell",
                drops: &[],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\n\
                        Transfer-Encoding: chunked\n\n5\r\nhello\r\n",
                drops: &[],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            // What has come of a body earns three seconds more, and not half a minute.
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\n\
                        Content-Length: 1048576\n\n",
                drops: &[PIECE, PIECE, PIECE],
                not_before: 13,
                response: Some(TIMEOUT),
            },
            Wait {
                start: "HEAD /hi HTTP/1.1\nHost: localhost\n",
                drops: &[],
                not_before: 10,
                response: Some(Http("HTTP/1.1 408 Request Timeout\n\n")),
            },
        ],
        clause: "RFC 9110 section 15.5.9",
        ..Case::DEFAULT
    },
    Case {
        name: "a_byte_now_and_then_does_not_help",
        since: 16,
        left_open: LEFT_OPEN,
        at_once: true,
        exchanges: &[
            Wait {
                start: "GET /hi HTTP/1.1\nHost: localhost\nX-Slow: ",
                drops: &["a"; 30],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 30\n\n",
                drops: &["a"; 30],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\n\
                        Transfer-Encoding: chunked\n\n",
                drops: &["1\r\na\r\n"; 30],
                not_before: 10,
                response: Some(TIMEOUT),
            },
            // The body has ten seconds of its own, after seven for the head.
            Wait {
                start: "POST /request HTTP/1.1\nHost: localhost\nConnection: close\n\
                        Content-Length: 7\n",
                drops: &[
                    "X", "-", "S", ":", "1", "\r", "\n\r\n", "s", "e", "v", "e", "n",
                    "t", "h",
                ],
                not_before: 13,
                response: Some(Http("HTTP/1.1 200 OK\n\n...\nbody: seventh\n")),
            },
            // And a second more for each 64 KiB.
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\nConnection: close\n\
                        Content-Length: 851968\n\n",
                drops: &[PIECE; 13],
                not_before: 12,
                response: Some(Http("HTTP/1.1 200 OK\nContent-Length: 851968\n\n...")),
            },
            // Also if it comes at once, and the end of the body long after it.
            Wait {
                start: "POST /echo HTTP/1.1\nHost: localhost\nConnection: close\n\
                        Content-Length: 1048576\n\n",
                drops: &[
                    MOST, "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
                    "", "", "", END,
                ],
                not_before: 20,
                response: Some(Http("HTTP/1.1 200 OK\nContent-Length: 1048576\n\n...")),
            },
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "who_goes_on_after_a_refusal_is_not_listened_to_for_ever",
        since: 16,
        left_open: "RFC 9112 section 9.6: how long a server reads on is its own affair",
        at_once: true,
        exchanges: &[
            GoOn {
                request: Text(BAD),
                response: Http("HTTP/1.1 400 Bad Request\n\n..."),
                piece: "a",
                times: 30,
                pause: Duration::from_millis(500),
            },
            // 128 MiB, as fast as they go.
            GoOn {
                request: Text(BAD),
                response: Http("HTTP/1.1 400 Bad Request\n\n..."),
                piece: PIECE,
                times: 2048,
                pause: Duration::ZERO,
            },
        ],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
];
