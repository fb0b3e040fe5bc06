//! A handler for each page, and an answer for everything else.

use indoc::indoc;

use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response::*};

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
        left_open: "RFC 9110 section 10.2.4: a server may keep this to itself",
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
        name: "a_404_names_what_there_is_not",
        since: 3,
        until: Some(23),
        left_open: "RFC 9110 section 15.5: what an error says is the server's own affair",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /nope HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ...
                [..]/nope[..]
                ..."}),
        )],
        clause: "RFC 9110 section 15.5",
        ..Case::DEFAULT
    },
    Case {
        name: "the_root_is_a_path_like_any_other",
        since: 3,
        until: Some(23),
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
        name: "a_path_that_begins_like_another_is_another_path",
        since: 3,
        exchanges: &[
            Ask(
                Text("GET /history HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("GET /requests HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
        ],
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
        or: &[Or {
            instead_of: "404",
            answer: Answer::Http(
                "HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n...",
            ),
            because: "RFC 9110 section 15.5.6",
        }],
        clause: "RFC 9110 section 9.3.3",
        ..Case::DEFAULT
    },
    Case {
        name: "options_of_hi_are_not_found",
        since: 3,
        // Step 08 says what is allowed.
        until: Some(7),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9110 section 9.3.7",
        ..Case::DEFAULT
    },
    Case {
        name: "hi_with_a_query_is_not_found",
        since: 3,
        // Step 08 tells the path from the query.
        until: Some(7),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi?name=ada HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 3986 section 3.4",
        ..Case::DEFAULT
    },
    Case {
        name: "hi_by_its_absolute_uri_is_not_found",
        since: 3,
        // Step 08 tells the path from the host.
        until: Some(7),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET http://localhost/hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 404 Not Found

                ..."}),
        )],
        clause: "RFC 9112 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_path_is_not_found_whatever_the_method",
        since: 3,
        exchanges: &[
            Ask(
                Text("POST /nope HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("PUT /nope HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("PATCH /nope HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("DELETE /nope HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 15.5.5",
        chapter: Some("08-methods"),
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_path_has_no_options",
        since: 3,
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[Ask(
            Text("OPTIONS /nope HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 404 Not Found\n\n..."),
        )],
        clause: "RFC 9110 section 9.3.7",
        chapter: Some("08-methods"),
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
    Case {
        name: "a_star_is_not_found_unless_its_options_are_asked",
        since: 3,
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text("GET * HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 404 Not Found\n\n..."),
        )],
        clause: "RFC 9112 section 3.2.4",
        chapter: Some("08-methods"),
        ..Case::DEFAULT
    },
];
