//! Workers: what takes time holds up nobody, and there is an end to how many wait for it.

use crate::case::{
    Case, Exchange, Exchange::*, How, Request::*, Response, Response::*, Then,
};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const NAMASTE: Response = Http("HTTP/1.1 200 OK\n\nNamaste!");
const SORRY: Response = Http("HTTP/1.1 200 OK\n\nSorry for the wait.\n");
const BUSY: Response = Refusal(
    "HTTP/1.1 503 Service Unavailable\nRetry-After: [..]\n\nToo many wait for that.\n",
);

const GET_HI: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";
const GET_NAMASTE: &str = "GET /namaste HTTP/1.1\nHost: localhost\n\n";
const GET_SLOW: &str = "GET /slow HTTP/1.1\nHost: localhost\n\n";
/// The same, as it is sent.
const SLOW: &[u8] = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// What a client may not wait for, and what takes time.
const HI_AND_SLOW: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n\
                           GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";

const HI_IN_PIECES: Exchange =
    Ask(Pieces(&[b"GET /h", b"i HTTP/1.1\r\nHost: localhost\r\n\r\n"]), HI);

/// What takes time, and two requests behind it, which come with it, or while it is done.
const fn in_order(how: How) -> Exchange {
    Keep {
        requests: &[GET_SLOW, GET_HI, GET_NAMASTE],
        how,
        responses: &[SORRY, HI, NAMASTE],
        then: Then::Stays,
    }
}

/// What takes time behind something that doesn't, whose answer is ready at once.
const AMID: Exchange = Keep {
    requests: &[GET_HI, GET_SLOW, GET_NAMASTE],
    how: How::AtOnce,
    responses: &[HI, SORRY, NAMASTE],
    then: Then::Stays,
};

pub const CASES: &[Case] = &[
    Case {
        name: "nine_that_wait_for_what_takes_time_hold_up_nobody",
        since: 23,
        exchanges: &[Rush {
            size: 9,
            request: GET_SLOW,
            responses: &[SORRY],
            not_before: 3,
            other: &Ask(Text(GET_HI), HI),
        }],
        clause: "RFC 9112 section 9.4",
        hint: "Nine clients have asked for `/slow`, and a tenth waits for `/hi`. Who looks \
               after the tenth while the handler of the nine sleeps?",
        ..Case::DEFAULT
    },
    // One after the other they take longer than anybody waits.
    Case {
        name: "answers_keep_their_order_behind_what_takes_time",
        since: 23,
        at_once: true,
        exchanges: &[
            in_order(How::AtOnce),
            in_order(How::AtOnce),
            in_order(How::AtOnce),
            in_order(How::ByteByByte),
            in_order(How::ByteByByte),
            in_order(How::ByteByByte),
            AMID,
            AMID,
        ],
        clause: "RFC 9112 section 9.3.2",
        hint: "Eight clients have sent three requests each, and one of them is for `/slow`. \
               What is behind it waits for its answer, however late that is; and what is \
               before it doesn't make anybody forget it.",
        ..Case::DEFAULT
    },
    Case {
        name: "who_leaves_before_the_answer_costs_nobody_else_an_answer",
        since: 23,
        exchanges: &[
            // To leave without having read the first answer is to reset the connection.
            // That is noticed, and the place is free.
            Crowd { size: 8, start: HI_AND_SLOW, other: &HI_IN_PIECES },
            // To leave in peace isn't.
            Times(4, &Leave(SLOW)),
            Times(4, &HI_IN_PIECES),
            // Who gets such a place must not get the answer with it, which comes too early.
            Rush {
                size: 9,
                request: GET_SLOW,
                responses: &[SORRY],
                not_before: 3,
                other: &Ask(Text(GET_HI), HI),
            },
        ],
        clause: "RFC 9112 section 9.3.2",
        hint: "A dozen clients have asked for `/slow` and left, most of them with a reset. \
               Those who came after them waited in vain, or got an answer that was made for \
               another: how do you find the client for whom an answer is?",
        ..Case::DEFAULT
    },
    Case {
        name: "who_comes_when_too_many_wait_is_told_to_come_back_later",
        since: 23,
        left_open: "RFC 9110 section 15.6.4: a server may refuse, or just be slow",
        exchanges: &[Rush {
            size: 90,
            request: GET_SLOW,
            responses: &[SORRY, BUSY],
            not_before: 0,
            other: &Ask(Text(GET_HI), HI),
        }],
        clause: "RFC 9110 section 15.6.4",
        ..Case::DEFAULT
    },
];
