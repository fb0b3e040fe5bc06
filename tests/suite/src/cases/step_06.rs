//! Every response says how long it is, what it is, when it was made, and what becomes of
//! the connection.
//!
//! Of every response to every case the harness checks that its body is as long as
//! Content-Length says.

use indoc::indoc;

use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response::*};

const GET_HI: &str = "GET /hi HTTP/1.1\nHost: localhost\n\n";
const GET_NOPE: &str = "GET /nope HTTP/1.1\nHost: localhost\n\n";
const NO_HTTP: &str = "HTTP?\nHost: localhost\n\n";

/// Who does not close need not say so; nor who speaks HTTP/1.0, where that is the rule.
const KEPT: &[Or] = &[
    Or {
        instead_of: "[..]",
        answer: Answer::Kept("HTTP/1.1 [..] whatever\n\n..."),
        because: "RFC 9112 section 9.3: a connection may stay open",
    },
    Or {
        instead_of: "[..]",
        answer: Answer::Http("HTTP/1.0 [..] whatever\n\n..."),
        because: "RFC 9112 section 9.3: in HTTP/1.0 the connection closes anyway",
    },
];

pub const CASES: &[Case] = &[
    Case {
        name: "content_length_says_how_long_the_body_is",
        since: 6,
        exchanges: &[
            Ask(
                Text(GET_HI),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Content-Length: 12

                    Hello World!"}),
            ),
            Ask(
                Text("GET /namaste HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Content-Length: 8

                    Namaste!"}),
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_counts_bytes_and_not_characters",
        since: 6,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /request HTTP/1.1
                Host: localhost
                Content-Length: 13

                Zoë ☕ 🦀"}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Content-Length: [..]

                ...
                body: Zoë ☕ 🦀
            "}),
        )],
        hint: "Content-Length counts bytes. Count what you send, after it has \
               become bytes.",
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_counts_the_bytes_that_are_sent",
        since: 6,
        // The byte that is no text became three, and those are counted.
        exchanges: &[Ask(
            Bytes(
                b"POST /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                Content-Length: 1\r\n\
                \r\n\
                \xFF",
            ),
            Http("HTTP/1.1 200 OK\nContent-Length: [..]\n\n...\nbody: \u{FFFD}\n"),
        )],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_404_says_how_long_it_is",
        since: 6,
        exchanges: &[Ask(
            Text(GET_NOPE),
            Http(indoc! {"
                HTTP/1.1 404 Not Found
                Content-Length: [..]

                ..."}),
        )],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_404_says_what_there_is_not",
        since: 6,
        until: Some(23),
        our_choice: true,
        exchanges: &[Ask(
            Text(GET_NOPE),
            Http(indoc! {"
                HTTP/1.1 404 Not Found
                Content-Length: 27

                There is nothing at /nope.
            "}),
        )],
        clause: "RFC 9110 section 15.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_400_says_how_long_it_is",
        since: 6,
        exchanges: &[Ask(
            Text(NO_HTTP),
            Http(indoc! {"
                HTTP/1.1 400 Bad Request
                Content-Length: [..]

                ..."}),
        )],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http(indoc! {"
                HTTP/1.1 400 Bad Request
                Content-Length: [none]
                Connection: close

                ..."}),
            because: "RFC 9112 section 6.3: it ends where the connection does",
        }],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_400_says_that_this_is_not_http",
        since: 6,
        // Step 09 says what is wrong.
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text(NO_HTTP),
            Http(indoc! {"
                HTTP/1.1 400 Bad Request
                Content-Length: 18

                This is not HTTP.
            "}),
        )],
        clause: "RFC 9110 section 15.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_is_plain_text",
        since: 6,
        exchanges: &[
            Ask(
                Text(GET_HI),
                Http("HTTP/1.1 200 OK\nContent-Type: text/plain[..]\n\nHello World!"),
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Type: text/plain[..]\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "every_response_is_text_in_utf_8",
        since: 6,
        until: Some(23),
        left_open: "RFC 9110 section 8.3: that the type be named is recommended only",
        exchanges: &[
            Ask(
                Text(GET_HI),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Content-Type: text/plain; charset=utf-8

                    Hello World!"}),
            ),
            Ask(
                Text(GET_NOPE),
                Http(indoc! {"
                    HTTP/1.1 404 Not Found
                    Content-Type: text/plain; charset=utf-8

                    ..."}),
            ),
            Ask(
                Text(NO_HTTP),
                Http(indoc! {"
                    HTTP/1.1 400 Bad Request
                    Content-Type: text/plain; charset=utf-8

                    ..."}),
            ),
        ],
        clause: "RFC 9110 section 8.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "every_response_has_its_date",
        since: 6,
        exchanges: &[
            Ask(Text(GET_HI), Http("HTTP/1.1 200 OK\nDate: [date]\n\nHello World!")),
            Ask(Text(GET_NOPE), Http("HTTP/1.1 404 Not Found\nDate: [date]\n\n...")),
            Ask(Text(NO_HTTP), Http("HTTP/1.1 400 Bad Request\nDate: [date]\n\n...")),
        ],
        clause: "RFC 9110 section 6.6.1 and section 5.6.7",
        ..Case::DEFAULT
    },
    Case {
        name: "every_response_says_that_the_connection_closes",
        since: 6,
        until: Some(16),
        exchanges: &[
            Ask(Text(GET_HI), Http("HTTP/1.1 200 OK\nConnection: close\n\nHello World!")),
            Ask(Text(GET_NOPE), Http("HTTP/1.1 404 Not Found\nConnection: close\n\n...")),
            Ask(
                Text(NO_HTTP),
                Http("HTTP/1.1 400 Bad Request\nConnection: close\n\n..."),
            ),
        ],
        or: KEPT,
        clause: "RFC 9112 section 9.3",
        ..Case::DEFAULT
    },
    Case {
        name: "every_response_says_what_the_server_is",
        since: 6,
        left_open: "RFC 9110 section 10.2.4: a server may keep this to itself",
        exchanges: &[
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nServer: from-scratch\n\n..."),
            ),
            Ask(
                Text(NO_HTTP),
                Http("HTTP/1.1 400 Bad Request\nServer: from-scratch\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 10.2.4",
        ..Case::DEFAULT
    },
];
