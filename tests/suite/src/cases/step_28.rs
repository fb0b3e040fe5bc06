//! A stream: a page whose length nobody knows yet.

use indoc::indoc;

use crate::case::{Case, Exchange::*, How, Request::*, Response::*, Then};

pub const CASES: &[Case] = &[
    Case {
        name: "a_page_of_unknown_length_comes_in_chunks",
        since: 28,
        left_open: "RFC 9112 section 6.3: it may also end with its connection, or be made \
                    before it is sent",
        exchanges: &[Ask(
            Text("GET /squares HTTP/1.1\nHost: localhost\n\n"),
            Begins(indoc! {"
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked
                Content-Length: [none]

                1 * 1 = 1
                2 * 2 = 4
                3 * 3 = 9
                ...
            "}),
        )],
        clause: "RFC 9112 section 7.1",
        hint: "The page has ten million lines. Send each chunk with its size in front, in \
               hexadecimal, and a line end after the size and after the chunk.",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_of_http_1_0_gets_no_chunks",
        since: 28,
        exchanges: &[
            Ask(
                Text("GET /squares HTTP/1.0\n\n"),
                Begins(indoc! {"
                    HTTP/1.1 200 OK
                    Transfer-Encoding: [none]

                    1 * 1 = 1
                    2 * 2 = 4
                    ...
                "}),
            ),
            // It would keep the connection, but how should it know where the page ends?
            Ask(
                Text("GET /squares HTTP/1.0\nConnection: keep-alive\n\n"),
                Begins(indoc! {"
                    HTTP/1.1 200 OK
                    Transfer-Encoding: [none]

                    1 * 1 = 1
                    2 * 2 = 4
                    ...
                "}),
            ),
        ],
        clause: "RFC 9112 section 6.1",
        hint: "HTTP/1.0 knows no Transfer-Encoding. For such a client the page ends with the \
               connection.",
        ..Case::DEFAULT
    },
    Case {
        name: "to_http_1_0_a_page_of_unknown_length_is_the_last",
        since: 28,
        left_open: "RFC 9112 section 6.3: who makes the page first knows its length",
        exchanges: &[Ask(
            Text("GET /squares HTTP/1.0\nConnection: keep-alive\n\n"),
            Begins(indoc! {"
                HTTP/1.1 200 OK
                Connection: close
                Content-Length: [none]

                1 * 1 = 1
                ...
            "}),
        )],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "head_of_a_stream_has_no_chunk",
        since: 28,
        exchanges: &[Keep {
            requests: &[
                "HEAD /squares HTTP/1.1\nHost: localhost\n\n",
                "GET /hi HTTP/1.1\nHost: localhost\n\n",
            ],
            how: How::OneByOne,
            responses: &[
                Http("HTTP/1.1 200 OK\nContent-Length: [none]\n\n"),
                Http("HTTP/1.1 200 OK\n\nHello World!"),
            ],
            then: Then::Stays,
        }],
        left_open: "RFC 9110 section 9.3.2: what only a body would tell may be left out, or \
                    be known",
        clause: "RFC 9110 section 9.3.2",
        hint: "A response to HEAD ends with its head, also if it announces chunks: not even \
               the last one comes.",
        ..Case::DEFAULT
    },
];
