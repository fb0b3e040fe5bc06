//! A handler for each page, and an answer for everything else.

use indoc::indoc;

use crate::case::{Case, Exchange::*, Request::*, Response::*};

pub const CASES: &[Case] = &[
    Case {
        name: "hi_says_hello_world",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                Hello World!"}),
        )],
        clause: "RFC 9110 section 9.3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "namaste_says_namaste",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /namaste HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                Namaste!"}),
        )],
        clause: "RFC 9110 section 9.3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_server_says_what_it_is",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Server: [..]

                ..."}),
        )],
        clause: "RFC 9110 section 10.2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_path_is_not_found",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /favicon.ico HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9110 section 15.5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "the_root_is_a_path_like_any_other",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET / HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9112 section 3.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_path_in_upper_case_is_another_path",
        since: 3,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /HI HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9110 section 4.2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_post_to_hi_is_not_found",
        since: 3,
        // Step 08 tells the method from the path: 405.
        until: Some(7),
        exchanges: &[Ask(
            Text(indoc! {"
                POST /hi HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9110 section 9.3.3",
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_path_does_no_harm_to_the_next_client",
        since: 3,
        exchanges: &[
            Ask(
                Text("GET /nope HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("GET /hi HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\n\nHello World!"),
            ),
        ],
        clause: "RFC 9110 section 15.5.5",
        ..Case::DEFAULT
    },
];
