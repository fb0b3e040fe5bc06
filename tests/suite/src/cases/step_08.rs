//! The method is told from the path: HEAD, OPTIONS, and a 405 that says what is allowed.
//! And the path is told from the rest of the URI.

use indoc::indoc;

use super::or;
use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");

const NOT_FOUND: Response = Http("HTTP/1.1 404 Not Found\n\n...");

/// What else is allowed is the server's own affair.
const NOT_ALLOWED: Response =
    Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n...");

/// Only GET and HEAD are for all servers.
const NO_OPTIONS: &[Or] = &[
    Or {
        instead_of: "2[..]",
        answer: Answer::Http("HTTP/1.1 4[..] whatever\n\n..."),
        because: "RFC 9110 section 9.1: OPTIONS is optional",
    },
    Or {
        instead_of: "2[..]",
        answer: Answer::Http("HTTP/1.1 501 Not Implemented\n\n..."),
        because: "RFC 9110 section 9.1: OPTIONS is optional",
    },
];

pub const CASES: &[Case] = &[
    Case {
        name: "head_is_get_without_the_body",
        since: 8,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    HEAD /hi HTTP/1.1
                    Host: localhost

                "}),
                Http("HTTP/1.1 200 OK\n\n"),
            ),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "head_says_how_long_the_body_would_be",
        since: 8,
        exchanges: &[
            Ask(
                Text("HEAD /hi HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 12\n\n"),
            ),
            Ask(
                Text("HEAD /namaste HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 8\n\n"),
            ),
        ],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 200 OK\nContent-Length: [none]\n\n"),
            because: "RFC 9110 section 9.3.2: it may be left out, but not be another one",
        }],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "head_of_a_page_for_all_methods_has_no_body",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                HEAD /request HTTP/1.1
                Host: localhost

            "}),
            Http("HTTP/1.1 200 OK\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "head_of_an_unknown_path_is_not_found_and_has_no_body",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                HEAD /nope HTTP/1.1
                Host: localhost

            "}),
            Http("HTTP/1.1 404 Not Found\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_post_to_hi_is_not_allowed",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /hi HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            NOT_ALLOWED,
        )],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_put_to_hi_is_not_allowed",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                PUT /hi HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            NOT_ALLOWED,
        )],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_patch_to_hi_is_not_allowed",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                PATCH /hi HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            NOT_ALLOWED,
        )],
        clause: "RFC 5789 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_delete_of_hi_is_not_allowed",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                DELETE /hi HTTP/1.1
                Host: localhost

            "}),
            NOT_ALLOWED,
        )],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_405_names_all_that_is_allowed",
        since: 8,
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[Ask(
            Text(indoc! {"
                DELETE /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 405 Method Not Allowed
                Allow: GET, HEAD, OPTIONS

                allowed: GET, HEAD, OPTIONS
            "}),
        )],
        clause: "RFC 9110 section 10.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "options_says_what_is_allowed",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 2[..] OK
                Allow: GET, ...

                ..."}),
        )],
        or: NO_OPTIONS,
        clause: "RFC 9110 section 9.3.7",
        ..Case::DEFAULT
    },
    Case {
        name: "options_names_all_that_is_allowed",
        since: 8,
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS /hi HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Allow: GET, HEAD, OPTIONS

                allowed: GET, HEAD, OPTIONS
            "}),
        )],
        clause: "RFC 9110 section 10.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "options_asks_the_server_as_a_whole",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS * HTTP/1.1
                Host: localhost

            "}),
            Http("HTTP/1.1 2[..] OK\n\n..."),
        )],
        or: NO_OPTIONS,
        clause: "RFC 9110 section 9.3.7",
        ..Case::DEFAULT
    },
    Case {
        name: "the_server_as_a_whole_allows_all_methods",
        since: 8,
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS * HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS

                ..."}),
        )],
        clause: "RFC 9112 section 3.2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_method_is_refused",
        since: 8,
        // Step 09 says that it is not implemented: 501.
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                BREW /request HTTP/1.1
                Host: localhost

            "}),
            Http("HTTP/1.1 400 Bad Request\n\n..."),
        )],
        clause: "RFC 9110 section 9.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_in_lower_case_is_refused",
        since: 8,
        // Step 09 says that it is not implemented: 501.
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                get /hi HTTP/1.1
                Host: localhost

            "}),
            Http("HTTP/1.1 400 Bad Request\n\n..."),
        )],
        clause: "RFC 9110 section 9.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_query_does_not_change_the_page",
        since: 8,
        exchanges: &[
            Ask(Text("GET /hi?name=ada HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /hi? HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /hi?/nope?http://localhost/nope HTTP/1.1\nHost: it\n\n"), HI),
        ],
        clause: "RFC 3986 section 3.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_query_is_still_part_of_the_uri",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request?name=ada HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                uri: /request?name=ada
                ..."}),
        )],
        clause: "RFC 9112 section 3.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_may_be_absolute",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                GET http://localhost/hi HTTP/1.1
                Host: localhost

            "}),
            HI,
        )],
        clause: "RFC 9112 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_absolute_uri_may_have_a_port_and_a_query",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                GET http://localhost:8080/hi?name=ada HTTP/1.1
                Host: localhost:8080

            "}),
            HI,
        )],
        clause: "RFC 9112 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_absolute_uri_without_a_path_means_the_root",
        since: 8,
        until: Some(23),
        exchanges: &[
            Ask(Text("GET http://localhost/hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(
                Text("GET http://localhost HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("GET http://localhost?to=/hi HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
        ],
        or: &[Or {
            instead_of: "404",
            answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: [..]/[..]\n\n..."),
            because: "RFC 9110 section 4.2.3: an empty path is the same as /",
        }],
        clause: "RFC 9110 section 4.2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "what_need_not_be_encoded_is_the_same_encoded",
        since: 8,
        exchanges: &[
            Ask(Text("GET /%68i HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /h%69?name=ada HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET http://localhost/%68%69 HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 404 Not Found\n\n..."),
            because: "RFC 3986 section 6.2: how much is normalized is one's own choice",
        }],
        clause: "RFC 3986 section 6.2.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "what_must_be_encoded_is_another_path",
        since: 8,
        exchanges: &[
            Ask(Text("GET /%68i HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /%2Fhi HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
            Ask(Text("GET /hi%3Fname=ada HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
            Ask(Text("GET /hi%00 HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
            // Nothing is decoded twice.
            Ask(Text("GET /%2568i HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
        ],
        or: &[
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 404 Not Found\n\n..."),
                because: "RFC 3986 section 6.2: how much is normalized is one's own choice",
            },
            Or {
                instead_of: "404",
                answer: or::BAD_REQUEST,
                because: "RFC 9110 section 15.5.1: what looks like an attack may be refused",
            },
        ],
        clause: "RFC 3986 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_scheme_in_the_query_is_no_scheme",
        since: 8,
        exchanges: &[
            Ask(Text("GET /hi?u=http://localhost/bye HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(
                Text("GET /bye?u=http://localhost/hi HTTP/1.1\nHost: localhost\n\n"),
                NOT_FOUND,
            ),
        ],
        clause: "RFC 9112 section 3.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_scheme_and_host_does_not_matter_but_that_of_the_path",
        since: 8,
        exchanges: &[
            Ask(Text("GET HTTP://LOCALHOST/hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(
                Text("GET http://localhost/HI HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 4.2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refused_head_has_no_body",
        since: 8,
        exchanges: &[Ask(
            Text(indoc! {"
                HEAD /hi HTTP/1.1
                Host: localhost
                Colon?

            "}),
            Http("HTTP/1.1 400 Bad Request\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "head_has_the_length_that_get_would_have",
        since: 8,
        left_open: "RFC 9110 section 9.3.2: that HEAD have the headers of GET is recommended only",
        exchanges: &[
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 74\n\n..."),
            ),
            Ask(
                Text("HEAD /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 74\n\n"),
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
];
