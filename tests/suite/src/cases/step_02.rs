//! A request is taken apart, and the answer names its parts.
//!
//! From step 03 on only `/request` does so: that is the URI here, and the cases hold on.

use indoc::indoc;

use super::{hints, or};
use crate::case::{
    Answer, Case, Exchange::*, Or, Request, Request::*, Response, Response::*,
};

/// A server may explain itself in the body, or not.
const BAD_REQUEST: Response = Http("HTTP/1.1 400 Bad Request\n\n...");

const THREE_HEADERS: Request = Text(indoc! {"
    GET /request HTTP/1.1
    accept: text/html
    host: localhost
    user-agent: a test

"});

pub const CASES: &[Case] = &[
    Case {
        name: "the_status_line_is_well_formed",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ..."}),
        )],
        clause: "RFC 9112 section 4",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_line_separates_head_and_body",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: GET
                uri: /request
                version: HTTP/1.1
                header host: localhost
                body:\x20
            "}),
        )],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http(indoc! {"
                HTTP/1.1 200 OK

                method: GET
                uri: /request
                version: HTTP/1.1
                ...
                header host: localhost
                ...
                body:\x20
            "}),
            because: "RFC 9110 section 7.6: a proxy may add headers",
        }],
        clause: "RFC 9112 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_method_is_named",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /request HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: POST
                ...
            "}),
        )],
        clause: "RFC 9112 section 3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_put_is_shown_too",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                PUT /request HTTP/1.1
                Host: localhost
                Content-Length: 0

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: PUT
                ...
            "}),
        )],
        clause: "RFC 9110 section 9.3.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_that_nobody_knows_is_shown_too",
        since: 2,
        until: Some(7),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                BREW /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: BREW
                ...
            "}),
        )],
        clause: "RFC 9110 section 9.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_uri_is_named",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                uri: /request
                ...
            "}),
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_query_is_part_of_the_uri",
        since: 2,
        until: Some(2),
        exchanges: &[Ask(
            Text(indoc! {"
                GET /search?q=tea%20pot&page=2 HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                uri: /search?q=tea%20pot&page=2
                ...
            "}),
        )],
        clause: "RFC 9112 section 3.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_version_is_named",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.0
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                version: HTTP/1.0
                ...
            "}),
        )],
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "each_header_is_named",
        since: 2,
        // In whatever order (RFC 9110 section 5.3).
        exchanges: &[
            Ask(
                THREE_HEADERS,
                Http("HTTP/1.1 200 OK\n\n...\nheader accept: text/html\n..."),
            ),
            Ask(
                THREE_HEADERS,
                Http("HTTP/1.1 200 OK\n\n...\nheader host: localhost\n..."),
            ),
            Ask(
                THREE_HEADERS,
                Http("HTTP/1.1 200 OK\n\n...\nheader user-agent: a test\n..."),
            ),
        ],
        clause: "RFC 9112 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "header_names_are_put_in_lower_case",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-SHOUTED: Yes

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost
                header x-shouted: Yes
                ...
            "}),
        )],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nheader x-shouted: Yes\n..."),
            because: "RFC 9110 section 5.3: the order of different headers means nothing",
        }],
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "white_space_around_a_value_is_dropped",
        since: 2,
        exchanges: &[Ask(
            Text("GET /request HTTP/1.1\nHost: \t localhost \t\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "no_white_space_is_needed_before_a_value",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host:localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost
                ...
            "}),
        )],
        clause: "RFC 9112 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_value_may_have_a_colon",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost:8080

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost:8080
                ...
            "}),
        )],
        clause: "RFC 9110 section 7.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_body_is_named",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /request HTTP/1.1
                Host: localhost
                Content-Length: 6

                Hello!"}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                body: Hello!
            "}),
        )],
        clause: "RFC 9112 section 6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_keeps_its_line_ends",
        since: 2,
        exchanges: &[Ask(
            Bytes(
                b"POST /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                Content-Length: 14\r\n\
                \r\n\
                line1\r\n\r\nline2",
            ),
            Http("HTTP/1.1 200 OK\n\n...\nbody: line1\r\n\r\nline2\n"),
        )],
        clause: "RFC 9112 section 6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_byte_that_is_not_text_is_replaced",
        since: 2,
        exchanges: &[
            Ask(
                Bytes(
                    b"POST /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Content-Length: 3\r\n\
                    \r\n\
                    <\xFF>",
                ),
                Http("HTTP/1.1 200 OK\n\n...\nbody: <\u{FFFD}>\n"),
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\n\n..."),
            ),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_line_of_two_words_is_refused",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request
                Host: localhost

            "}),
            BAD_REQUEST,
        )],
        or: or::NO_VERSION,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_line_of_four_words_is_refused",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1 please
                Host: localhost

            "}),
            BAD_REQUEST,
        )],
        or: or::REQUEST_LINE,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "two_spaces_in_the_request_line_are_refused",
        since: 2,
        exchanges: &[Ask(
            Text("GET  /request HTTP/1.1\nHost: localhost\n\n"),
            BAD_REQUEST,
        )],
        or: or::SPACES,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_line_without_a_colon_is_refused",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                Colon?

            "}),
            BAD_REQUEST,
        )],
        clause: "RFC 9112 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_without_its_empty_line_is_refused",
        since: 2,
        exchanges: &[Ask(
            Truncated(indoc! {"
                GET /request HTTP/1.1
                Host: localhost"}),
            BAD_REQUEST,
        )],
        or: or::NOT_WHOLE,
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refusal_does_no_harm_to_the_next_client",
        since: 2,
        exchanges: &[
            Ask(Bytes(b"\0\xFF\xFE: garbage\r\n\r\n"), BAD_REQUEST),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\n\nmethod: GET\n...\n"),
            ),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_patch_is_shown_too",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                PATCH /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: PATCH
                ...
            "}),
        )],
        clause: "RFC 5789 section 2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_delete_is_shown_too",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                DELETE /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: DELETE
                ...
            "}),
        )],
        clause: "RFC 9110 section 9.3.5",
        ..Case::DEFAULT
    },
    Case {
        name: "an_options_is_shown_too",
        since: 2,
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[Ask(
            Text(indoc! {"
                OPTIONS /request HTTP/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                method: OPTIONS
                ...
            "}),
        )],
        clause: "RFC 9110 section 9.3.7",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_that_is_none_is_shown_too",
        since: 2,
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTQ/1.1
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                version: HTTQ/1.1
                ...
            "}),
        )],
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_of_another_kind_is_shown_too",
        since: 2,
        until: Some(8),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/2.0
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                version: HTTP/2.0
                ...
            "}),
        )],
        clause: "RFC 9110 section 2.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_later_minor_version_is_served",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.7
                Host: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                version: HTTP/1.7
                ...
            "}),
        )],
        or: &[
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nversion: HTTP/1.1\n...\n"),
                because: "RFC 9110 section 2.5: it is taken for the version that we know",
            },
            Or {
                instead_of: "200",
                answer: or::BAD_REQUEST,
                because: "RFC 9110 section 2.5: that it be served is recommended only",
            },
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 505 HTTP Version Not Supported\n\n..."),
                because: "RFC 9110 section 2.5: that it be served is recommended only",
            },
        ],
        clause: "RFC 9110 section 2.5",
        chapter: Some("09-errors"),
        ..Case::DEFAULT
    },
    Case {
        name: "headers_are_sorted_by_name",
        since: 2,
        // Step 10 keeps them in order.
        until: Some(9),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                Accept: text/html

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header accept: text/html
                header host: localhost
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_last_of_two_headers_of_one_name_is_kept",
        since: 2,
        // Step 10 keeps both.
        until: Some(9),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea: green
                X-Tea: black

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost
                header x-tea: black
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_before_the_colon_is_part_of_the_name",
        since: 2,
        // Step 10 refuses it.
        until: Some(9),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea : green

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-tea : green
                ...
            "}),
        )],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_for_no_host_is_served",
        since: 2,
        // Step 10 refuses it.
        until: Some(9),
        our_choice: true,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Accept: */*

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
            "}),
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "http_1_0_needs_no_host",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.0

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
            "}),
        )],
        clause: "RFC 9112 section 3.2",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_may_be_empty",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host:

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
            "}),
        )],
        or: or::NO_HOST,
        clause: "RFC 9112 section 3.2",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_in_any_case_is_a_host",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                hOST: localhost

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header host: localhost
                ...
            "}),
        )],
        hint: hints::NAME_WITHOUT_CASE,
        clause: "RFC 9110 section 5.1",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_tab_in_a_value_is_kept",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea: green\tblack

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-tea: green\tblack
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.5",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_value_may_have_bytes_that_are_not_ascii",
        since: 2,
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Name: J\xFCrgen and Zo\xC3\xAB\r\n\
                \r\n",
            ),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-name: [..]
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.5",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_may_have_every_sign_of_a_token",
        since: 2,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-!#$%&'*+-.^_`|~09azAZ: green

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-!#$%&'*+-.^_`|~09azaz: green
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.6.2",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_may_be_an_address",
        since: 2,
        exchanges: &[
            Ask(
                Text("GET /request HTTP/1.1\nHost: 127.0.0.1:8080\n\n"),
                Http("HTTP/1.1 200 OK\n\n...\nheader host: 127.0.0.1:8080\n...\n"),
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: [::1]:8080\n\n"),
                Http("HTTP/1.1 200 OK\n\n...\nheader host: [::1]:8080\n...\n"),
            ),
        ],
        clause: "RFC 9110 section 7.2",
        chapter: Some("10-headers"),
        ..Case::DEFAULT
    },
];
