//! Bytes in, the same bytes out, and a server that outlives its clients.

use crate::case::{Case, Exchange::*, Request::*, Response::*};

/// Each byte that there is, once.
pub const EVERY_BYTE: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = byte as u8;
        byte += 1;
    }
    bytes
};

const GET_HI: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";

pub const CASES: &[Case] = &[
    Case {
        name: "the_bytes_sent_come_back",
        since: 1,
        until: Some(1),
        exchanges: &[Ask(Bytes(b"Hello?\n"), Exactly(b"Hello?\n"))],
        clause: "RFC 862",
        ..Case::DEFAULT
    },
    Case {
        name: "every_byte_comes_back_as_it_was",
        since: 1,
        until: Some(1),
        exchanges: &[Ask(Bytes(&EVERY_BYTE), Exactly(&EVERY_BYTE))],
        clause: "RFC 862",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_comes_back_with_its_line_ends",
        since: 1,
        until: Some(1),
        exchanges: &[Ask(
            Text(GET_HI),
            Exactly(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        )],
        clause: "RFC 862",
        ..Case::DEFAULT
    },
    Case {
        name: "a_second_client_is_served_after_the_first",
        since: 1,
        exchanges: &[Ask(Text(GET_HI), Something), Ask(Text(GET_HI), Something)],
        clause: "RFC 9293 section 3.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_closes_at_once_does_no_harm",
        since: 1,
        exchanges: &[Leave(b""), Ask(Text(GET_HI), Something)],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_does_not_wait_does_no_harm",
        since: 1,
        exchanges: &[
            Leave(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            Ask(Text(GET_HI), Something),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_resets_the_connection_does_no_harm",
        since: 1,
        exchanges: &[
            Reset(b""),
            Reset(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            Ask(Text(GET_HI), Something),
        ],
        clause: "RFC 9293 section 3.5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "garbage_does_no_harm",
        since: 1,
        exchanges: &[
            Ask(Bytes(b"\0\xff\xfe\r\r\n\n:: \r\n\r\n"), Something),
            Leave(&[b'x'; 10_000]),
            Ask(Text(GET_HI), Something),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
];
