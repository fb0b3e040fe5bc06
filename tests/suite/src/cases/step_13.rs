//! Cookies: the client keeps a number and a name for us. What it sends can't break a
//! header, whatever it is.

use indoc::indoc;

use super::{hints, or};
use crate::case::{Case, Exchange::*, Request, Request::*, Response, Response::*};

const VISIT_1: Response = Http(indoc! {"
    HTTP/1.1 200 OK
    Set-Cookie: visits=1; ...

    Stranger, this is visit 1.
"});

const VISIT_5: Response = Http(indoc! {"
    HTTP/1.1 200 OK
    Set-Cookie: visits=5; ...

    Stranger, this is visit 5.
"});

/// The name is in a cookie, and it has not begun another header.
const KEPT: Response = Http(indoc! {"
    HTTP/1.1 303 See Other
    Location: [..]/visits
    Set-Cookie: name=[=name]; ...
    X-Evil: [none]

    ..."});

const COME_BACK: Request = Text(indoc! {"
    GET /visits HTTP/1.1
    Host: localhost
    Cookie: name=[=name]

"});

const NO_NAME: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request
    Set-Cookie: [none]

    There must be a name.
"});

pub const CASES: &[Case] = &[
    // ---- What we send -----------------------------------------------------------------
    Case {
        name: "the_first_visit_is_visit_1",
        since: 13,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /visits HTTP/1.1
                Host: localhost

            "}),
            VISIT_1,
        )],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_cookie_counts_the_visits",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=[=visits]; ...

                    Stranger, this is visit 1.
                "}),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=[=visits]

                "}),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=[=visits]; ...

                    Stranger, this is visit 2.
                "}),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=[=visits]

                "}),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=[..]; ...

                    Stranger, this is visit 3.
                "}),
            ),
        ],
        clause: "RFC 6265 section 3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_without_the_cookie_begins_again",
        since: 13,
        exchanges: &[
            Ask(Text("GET /visits HTTP/1.1\nHost: localhost\n\n"), VISIT_1),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=4\n\n"),
                VISIT_5,
            ),
            Ask(Text("GET /visits HTTP/1.1\nHost: localhost\n\n"), VISIT_1),
        ],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_cookie_is_for_all_pages",
        since: 13,
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=[..]; Path=/; ...

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "no_script_can_read_the_cookie",
        since: 13,
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=[..]; HttpOnly; ...

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.2.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_form_on_another_site_does_not_send_the_cookie",
        since: 13,
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=[..]; SameSite=Lax; ...

                ..."}),
        )],
        clause: "RFC 6265bis section 4.1.2.7",
        ..Case::DEFAULT
    },
    Case {
        name: "the_client_keeps_the_cookie_for_a_year",
        since: 13,
        left_open: "RFC 6265 section 4.1.2: how long is the server's own choice",
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=[..]; Max-Age=31536000; ...

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_cookie_has_four_attributes_and_no_others",
        since: 13,
        left_open: "RFC 6265 section 4.1.2: there may be others",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000

                    ..."}),
            ),
            Ask(
                Text(form!("/name", 8, "name=Ada")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: name=Ada; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000

                    ..."}),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_that_needs_no_cookie_sets_none",
        since: 13,
        left_open: "RFC 6265 section 3: a server may set more",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=4\n\n"),
                VISIT_5,
            ),
            Ask(
                Text("GET /hi HTTP/1.1\nHost: localhost\nCookie: visits=5\n\n"),
                Http("HTTP/1.1 200 OK\nSet-Cookie: [none]\n\nHello World!"),
            ),
        ],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "head_of_visits_sets_the_cookie_that_get_would",
        since: 13,
        left_open: "RFC 9110 section 9.3.2: that HEAD have the headers of GET is recommended only",
        exchanges: &[Ask(
            Text("HEAD /visits HTTP/1.1\nHost: localhost\nCookie: visits=4\n\n"),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=5; ...
                Content-Length: 27

            "}),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    // ---- What the client sends back ---------------------------------------------------
    Case {
        name: "the_cookie_is_found_among_others",
        since: 13,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=4; lang=en

                "}),
                VISIT_5,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: theme=dark; visits=4; lang=en

                "}),
                VISIT_5,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: theme=dark; lang=en; visits=4

                "}),
                VISIT_5,
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "both_cookies_are_used",
        since: 13,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=4; name=Ada

                "}),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=5; ...

                    Ada, this is visit 5.
                "}),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: name=Ada; visits=4

                "}),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Set-Cookie: visits=5; ...

                    Ada, this is visit 5.
                "}),
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_header_with_the_cookies_has_a_name_without_case",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\ncookie: visits=4\n\n"),
                VISIT_5,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCOOKIE: visits=4\n\n"),
                VISIT_5,
            ),
        ],
        hint: hints::NAME_WITHOUT_CASE,
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_space_between_two_cookies_may_be_missing",
        since: 13,
        left_open: "RFC 6265 section 4.2.1: clients send it",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /visits HTTP/1.1
                Host: localhost
                Cookie: theme=dark;visits=4;lang=en

            "}),
            VISIT_5,
        )],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "there_may_be_white_space_around_cookies",
        since: 13,
        left_open: "RFC 6265 section 4.2.1: clients send one space",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: \t visits=4 \t\n\n"),
                VISIT_5,
            ),
            Ask(
                Text(
                    "GET /visits HTTP/1.1\nHost: localhost\n\
                     Cookie: theme=dark; \t visits=4 \t; lang=en\n\n",
                ),
                VISIT_5,
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_name_of_a_cookie_has_a_case",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: Visits=4\n\n"),
                VISIT_1,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: VISITS=7; visits=4

                "}),
                VISIT_5,
            ),
        ],
        clause: "RFC 6265 section 5.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_cookie_with_a_longer_name_is_another_cookie",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: myvisits=7\n\n"),
                VISIT_1,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits2=7\n\n"),
                VISIT_1,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: myvisits=7; visits2=8; visits=4

                "}),
                VISIT_5,
            ),
        ],
        hint: "Split the cookies at `;`, and compare the whole of each name.",
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_in_the_value_of_another_cookie_is_no_name",
        since: 13,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: last=visits=7

                "}),
                VISIT_1,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: last=visits=7; visits=4

                "}),
                VISIT_5,
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_comma_does_not_end_a_cookie",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: clients send no comma that they were not given",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /visits HTTP/1.1
                Host: localhost
                Cookie: name=Ada, visits=7; visits=4

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=5; ...

                Ada, visits=7, this is visit 5.
            "}),
        )],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "of_two_cookies_of_one_name_the_first_counts",
        since: 13,
        left_open: "RFC 6265 section 4.2.2: a server should not rely on an order",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /visits HTTP/1.1
                Host: localhost
                Cookie: visits=4; visits=7

            "}),
            VISIT_5,
        )],
        clause: "RFC 6265 section 5.4",
        ..Case::DEFAULT
    },
    Case {
        name: "cookies_may_come_in_two_headers",
        since: 13,
        left_open: "RFC 6265 section 5.4: a client sends one header",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=4
                    Cookie: name=Ada

                "}),
                Http("HTTP/1.1 200 OK\n\nAda, this is visit 5.\n"),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: name=Ada
                    Accept: */*
                    cookie: visits=4

                "}),
                Http("HTTP/1.1 200 OK\n\nAda, this is visit 5.\n"),
            ),
        ],
        clause: "RFC 9113 section 8.2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "what_is_no_cookie_does_not_hide_the_cookies",
        since: 13,
        left_open: "RFC 6265 section 4.2.1: clients send cookies only",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: cheese; visits; ;; =; =7; visits=4; cheese

                "}),
                VISIT_5,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: ;visits=4;

                "}),
                VISIT_5,
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_cookie_without_a_value_is_not_there",
        since: 13,
        left_open: "RFC 6265 section 4.2.1: a server may take it for an empty one",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits\n\n"),
                VISIT_1,
            ),
            Ask(Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name\n\n"), VISIT_1),
            Ask(Text("GET /visits HTTP/1.1\nHost: localhost\nCookie:\n\n"), VISIT_1),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_value_of_a_cookie_may_be_empty",
        since: 13,
        left_open: "RFC 6265 section 4.2.1: a server may take it for none",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=\n\n"),
                VISIT_1,
            ),
            Ask(
                Text(
                    "GET /visits HTTP/1.1\nHost: localhost\nCookie: name=; visits=4\n\n",
                ),
                Http("HTTP/1.1 200 OK\n\n, this is visit 5.\n"),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "there_may_be_an_equals_sign_in_the_value_of_a_cookie",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name=a=b==\n\n"),
                Http("HTTP/1.1 200 OK\n\na=b==, this is visit 1.\n"),
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name==\n\n"),
                Http("HTTP/1.1 200 OK\n\n=, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_plus_in_a_cookie_is_no_space",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name=1+1%20%2B\n\n"),
            Http("HTTP/1.1 200 OK\n\n1+1 +, this is visit 1.\n"),
        )],
        clause: "RFC 3986 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_percent_sign_without_two_digits_in_a_cookie_stands_for_itself",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name=100%\n\n"),
                Http("HTTP/1.1 200 OK\n\n100%, this is visit 1.\n"),
            ),
            Ask(
                Text(
                    "GET /visits HTTP/1.1\nHost: localhost\nCookie: name=%zz%4%+5%-5\n\n",
                ),
                Http("HTTP/1.1 200 OK\n\n%zz%4%+5%-5, this is visit 1.\n"),
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: name=%4ë%€\n\n"),
                Http("HTTP/1.1 200 OK\n\n%4ë%€, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 3986 section 2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "bytes_in_a_cookie_that_are_no_text_do_no_harm",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[
            Ask(
                Bytes(
                    b"GET /visits HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Cookie: name=\xFF; visits=4\r\n\
                    \r\n",
                ),
                Http("HTTP/1.1 200 OK\n\nÿ, this is visit 5.\n"),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: name=%FF; visits=4

                "}),
                Http("HTTP/1.1 200 OK\n\n\u{FFFD}, this is visit 5.\n"),
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    // ---- A cookie is only what a client says ------------------------------------------
    Case {
        name: "what_is_no_number_of_visits_counts_as_none",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=cheese\n\n"),
                VISIT_1,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=-1\n\n"),
                VISIT_1,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=4.5\n\n"),
                VISIT_1,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=0x4\n\n"),
                VISIT_1,
            ),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\nCookie: visits=4 7\n\n"),
                VISIT_1,
            ),
        ],
        clause: "RFC 6265 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_number_of_visits_that_is_too_large_counts_as_none",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[
            Ask(
                // 2 to the power of 64.
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=18446744073709551616

                "}),
                VISIT_1,
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=99999999999999999999999999999999999999999999999999

                "}),
                VISIT_1,
            ),
        ],
        clause: "RFC 6265 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_largest_number_of_visits_stays_what_it_is",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: what a value means is the server's own affair",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=18446744073709551614

                "}),
                Http(
                    "HTTP/1.1 200 OK\n\nStranger, this is visit 18446744073709551615.\n",
                ),
            ),
            Ask(
                Text(indoc! {"
                    GET /visits HTTP/1.1
                    Host: localhost
                    Cookie: visits=18446744073709551615

                "}),
                Http(
                    "HTTP/1.1 200 OK\n\nStranger, this is visit 18446744073709551615.\n",
                ),
            ),
        ],
        clause: "RFC 6265 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_cookie_does_not_begin_another_header",
        since: 13,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /visits HTTP/1.1
                Host: localhost
                Cookie: visits=4%0D%0AX-Evil:1

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Set-Cookie: visits=1; ...
                X-Evil: [none]

                Stranger, this is visit 1.
            "}),
        )],
        clause: "RFC 9112 section 11.1",
        ..Case::DEFAULT
    },
    // ---- The form ---------------------------------------------------------------------
    Case {
        name: "a_name_sends_the_client_to_another_page_that_knows_it",
        since: 13,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /name HTTP/1.1
                    Host: localhost
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 8

                    name=Ada"}),
                KEPT,
            ),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "RFC 9110 section 15.4.4",
        ..Case::DEFAULT
    },
    Case {
        name: "the_other_page_is_named_by_its_path",
        since: 13,
        left_open: "RFC 9110 section 10.2.2: another reference to it does as well",
        exchanges: &[Ask(
            Text(form!("/name", 8, "name=Ada")),
            Http("HTTP/1.1 303 See Other\nLocation: /visits\nContent-Length: 0\n\n"),
        )],
        clause: "RFC 9110 section 10.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_name_is_for_all_pages_and_not_for_scripts",
        since: 13,
        exchanges: &[Ask(
            Text(form!("/name", 8, "name=Ada")),
            Http(indoc! {"
                HTTP/1.1 303 See Other
                Set-Cookie: name=[..]; Path=/; HttpOnly; SameSite=Lax; ...

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_plus_in_a_form_is_a_space",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 17, "name=Ada+Lovelace")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda Lovelace, this is visit 1.\n")),
            Ask(Text(form!("/name", 19, "name=Ada%20Lovelace")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda Lovelace, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_encoded_plus_in_a_form_is_a_plus",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 14, "name=1%2B1+%2b")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n1+1 +, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_form_encodes_the_bytes_of_utf_8",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 13, "name=Zo%C3%AB")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nZoë, this is visit 1.\n")),
            Ask(Text(form!("/name", 13, "name=Zo%c3%ab")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nZoë, this is visit 1.\n")),
            Ask(Text(form!("/name", 17, "name=%F0%9F%A6%80")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n🦀, this is visit 1.\n")),
        ],
        clause: "RFC 3986 section 2.5",
        ..Case::DEFAULT
    },
    Case {
        name: "utf_8_that_is_not_encoded_is_kept_as_well",
        since: 13,
        left_open: "WHATWG URL section 5.2: browsers encode it",
        exchanges: &[
            Ask(Text(form!("/name", 9, "name=Zoë")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nZoë, this is visit 1.\n")),
            Ask(Text(form!("/name", 13, "name=%ë%4€")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n%ë%4€, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_percent_sign_without_two_digits_in_a_form_stands_for_itself",
        since: 13,
        left_open: "WHATWG URL section 5.2: browsers send none",
        exchanges: &[
            Ask(Text(form!("/name", 9, "name=100%")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n100%, this is visit 1.\n")),
            Ask(Text(form!("/name", 7, "name=%4")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n%4, this is visit 1.\n")),
            Ask(Text(form!("/name", 10, "name=%zz%%")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n%zz%%, this is visit 1.\n")),
            Ask(Text(form!("/name", 8, "name=%+5")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n% 5, this is visit 1.\n")),
            Ask(Text(form!("/name", 10, "name=%2B%4")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n+%4, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 1.3",
        ..Case::DEFAULT
    },
    Case {
        name: "nothing_is_decoded_twice",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 10, "name=%2541")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n%41, this is visit 1.\n")),
            Ask(Text(form!("/name", 18, "name=%250D%250A%2B")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n%0D%0A+, this is visit 1.\n")),
        ],
        clause: "RFC 3986 section 2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "bytes_in_a_form_that_are_no_text_become_text",
        since: 13,
        left_open: "WHATWG URL section 5.2: browsers send none",
        exchanges: &[
            Ask(Text(form!("/name", 11, "name=%FFada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n\u{FFFD}ada, this is visit 1.\n")),
            Ask(Text(form!("/name", 13, "name=ada%F0%9")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nada\u{FFFD}%9, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "bytes_that_are_no_text_do_not_hide_the_other_fields",
        since: 13,
        exchanges: &[
            Ask(
                Bytes(
                    b"POST /name HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\n\
                    Content-Length: 19\r\n\
                    \r\n\
                    from=\xFF&\xC3=\xE9&name=Ada",
                ),
                KEPT,
            ),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_name_of_a_field_is_encoded_too",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 10, "n%61me=Ada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
            Ask(Text(form!("/name", 23, "first+name=Ada&name=Bob")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nBob, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_field_is_found_among_others",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 20, "name=Ada&from=London")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
            Ask(Text(form!("/name", 20, "from=London&name=Ada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
            Ask(Text(form!("/name", 32, "nickname=A&from=London&&name=Ada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_encoded_ampersand_does_not_end_a_field",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 21, "name=A%26B&from=%26no")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nA&B, this is visit 1.\n")),
        ],
        clause: "RFC 3986 section 2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "only_the_first_equals_sign_ends_the_name_of_a_field",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 9, "name=a=b=")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\na=b=, this is visit 1.\n")),
            Ask(Text(form!("/name", 15, "last=name=Grace")), NO_NAME),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "of_two_fields_of_one_name_the_first_counts",
        since: 13,
        left_open: "WHATWG URL section 5.1: which one counts is the server's own choice",
        exchanges: &[
            Ask(Text(form!("/name", 19, "name=Ada&name=Grace")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_name_is_refused",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 5, "name=")), NO_NAME),
            Ask(Text(form!("/name", 14, "name=&name=Ada")), NO_NAME),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_form_without_the_field_is_refused",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 11, "from=London")), NO_NAME),
            Ask(Text(form!("/name", 0, "")), NO_NAME),
            Ask(Text("POST /name HTTP/1.1\nHost: localhost\n\n"), NO_NAME),
            Ask(Text(form!("/name", 4, "=Ada")), NO_NAME),
        ],
        clause: "RFC 9110 section 15.5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_field_with_another_name_is_another_field",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 12, "nickname=Ada")), NO_NAME),
            Ask(Text(form!("/name", 9, "names=Ada")), NO_NAME),
            Ask(Text(form!("/name", 8, "Name=Ada")), NO_NAME),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_query_is_no_form",
        since: 13,
        left_open: "RFC 9110 section 9.3.3: what a POST does is the page's own affair",
        exchanges: &[
            Ask(Text("POST /name?name=Ada HTTP/1.1\nHost: localhost\n\n"), NO_NAME),
            Ask(Text(form!("/name?name=Grace", 8, "name=Ada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "RFC 9110 section 9.3.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_cookie_is_no_field",
        since: 13,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /name HTTP/1.1
                Host: localhost
                Cookie: name=Ada
                Content-Length: 0

            "}),
            NO_NAME,
        )],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_form_may_come_in_chunks",
        since: 13,
        exchanges: &[
            Ask(
                Text(
                    "POST /name HTTP/1.1\nHost: localhost\n\
                     Content-Type: application/x-www-form-urlencoded\n\
                     Transfer-Encoding: chunked\n\n\
                     7\r\nname=Ad\r\n2\r\na+\r\n8\r\nLovelace\r\n0\r\n\r\n",
                ),
                KEPT,
            ),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda Lovelace, this is visit 1.\n")),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_is_posted_and_not_asked_for",
        since: 13,
        exchanges: &[
            Ask(
                Text("GET /name?name=Ada HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 405 Method Not Allowed
                    Allow: POST, ...
                    Set-Cookie: [none]

                    ..."}),
            ),
            Ask(
                Text("HEAD /name HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 405 Method Not Allowed
                    Allow: POST, ...
                    Set-Cookie: [none]

                "}),
            ),
        ],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    // ---- Attacks ----------------------------------------------------------------------
    Case {
        name: "a_line_end_in_a_field_does_not_begin_another_header",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 24, "name=ada%0D%0AX-Evil:+no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\nX-Evil: [none]\n\nada\r\nX-Evil: no, this is visit 1.\n",
                ),
            ),
            Ask(Text(form!("/name", 21, "name=ada%0AX-Evil:+no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\nX-Evil: [none]\n\nada\nX-Evil: no, this is visit 1.\n",
                ),
            ),
            Ask(Text(form!("/name", 21, "name=ada%0DX-Evil:+no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\nX-Evil: [none]\n\nada\rX-Evil: no, this is visit 1.\n",
                ),
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_end_that_is_not_encoded_does_not_begin_another_header",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 20, "name=ada\r\nX-Evil: no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\nX-Evil: [none]\n\nada\r\nX-Evil: no, this is visit 1.\n",
                ),
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_line_in_a_field_does_not_begin_the_body",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 29, "name=ada%0D%0A%0D%0A<b>no</b>")), KEPT),
            Ask(
                COME_BACK,
                Http("HTTP/1.1 200 OK\n\nada\r\n\r\n<b>no</b>, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 9112 section 11.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_end_does_not_hide_in_another_character",
        since: 13,
        exchanges: &[
            // The low bytes of U+560D and U+560A are CR and LF.
            Ask(Text(form!("/name", 36, "name=ada%E5%98%8D%E5%98%8AX-Evil:+no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\n\nada\u{560D}\u{560A}X-Evil: no, this is visit 1.\n",
                ),
            ),
            // NEXT LINE and LINE SEPARATOR.
            Ask(Text(form!("/name", 33, "name=ada%C2%85%E2%80%A8X-Evil:+no")), KEPT),
            Ask(
                COME_BACK,
                Http(
                    "HTTP/1.1 200 OK\n\nada\u{85}\u{2028}X-Evil: no, this is visit 1.\n",
                ),
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_semicolon_in_a_field_does_not_begin_an_attribute",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 24, "name=ada%3B+Path%3D/evil")), KEPT),
            Ask(
                COME_BACK,
                Http("HTTP/1.1 200 OK\n\nada; Path=/evil, this is visit 1.\n"),
            ),
            Ask(Text(form!("/name", 20, "name=ada;+visits=100")), KEPT),
            Ask(
                COME_BACK,
                Http("HTTP/1.1 200 OK\n\nada; visits=100, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_field_adds_no_attribute_to_the_cookie",
        since: 13,
        left_open: "RFC 6265 section 4.1.2: there may be others",
        exchanges: &[Ask(
            Text(form!("/name", 38, "name=ada%3B+Max-Age%3D0;Domain%3Devil;")),
            Http(indoc! {"
                HTTP/1.1 303 See Other
                Set-Cookie: name=[..]; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_comma_in_a_field_does_not_begin_another_cookie",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 23, "name=ada,+visits%3D100,")), KEPT),
            Ask(
                COME_BACK,
                Http("HTTP/1.1 200 OK\n\nada, visits=100,, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "quotes_and_white_space_in_a_field_are_kept",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 15, "name=%22Ada%22\\")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n\"Ada\"\\, this is visit 1.\n")),
            Ask(Text(form!("/name", 14, "name=++Ada%09+")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n  Ada\t , this is visit 1.\n")),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_nul_in_a_field_does_no_harm",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 21, "name=ada%00X%7F%01%1B")), KEPT),
            Ask(
                COME_BACK,
                Http("HTTP/1.1 200 OK\n\nada\0X\x7F\x01\x1B, this is visit 1.\n"),
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_that_is_too_long_for_a_cookie_is_refused",
        since: 13,
        exchanges: &[
            Ask(
                Long {
                    start: "POST /name HTTP/1.1\nHost: localhost\nContent-Length: 4043\n\nname=",
                    piece: "%C3%A9",
                    times: 673,
                    end: "",
                },
                KEPT,
            ),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\n[..], this is visit 1.\n")),
            Ask(
                Long {
                    start: "POST /name HTTP/1.1\nHost: localhost\nContent-Length: 18005\n\nname=",
                    piece: "%C3%A9",
                    times: 3000,
                    end: "",
                },
                Http("HTTP/1.1 4[..] whatever\nSet-Cookie: [none]\n\n..."),
            ),
        ],
        hint: "Browsers keep cookies of 4096 bytes, and drop longer ones. One that is longer \
               than the head that you take shuts its owner out.",
        clause: "RFC 6265 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_that_depends_on_a_cookie_is_not_for_caches",
        since: 13,
        exchanges: &[Ask(
            Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 200 OK\nCache-Control: no-store\n\n..."),
        )],
        or: or::FOR_ONE_CLIENT,
        clause: "RFC 9111 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_page_that_shows_cookies_is_not_for_caches",
        since: 13,
        exchanges: &[Ask(
            Text("GET /request HTTP/1.1\nHost: localhost\nCookie: name=Ada\n\n"),
            Http("HTTP/1.1 200 OK\nCache-Control: no-store\n\n..."),
        )],
        or: or::FOR_ONE_CLIENT,
        clause: "RFC 9111 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_cookie_has_only_characters_that_a_cookie_may_have",
        since: 13,
        left_open: "RFC 6265 section 4.1.1: the encoding is the server's own choice",
        exchanges: &[
            Ask(
                Text(form!("/name", 24, "name=a+b\"c,d;e\\f%g\té\0\r\n")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: name=a%20b%22c%2Cd%3Be%5Cf%25g%09%C3%A9%00%0D%0A; ...

                    ..."}),
            ),
            Ask(
                Text(form!("/name", 26, "name=AZaz09-._~!()*'@:/%2B")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: name=AZaz09-._~%21%28%29%2A%27%40%3A%2F%2B; ...

                    ..."}),
            ),
        ],
        clause: "RFC 6265 section 4.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_form_that_is_no_text_does_no_harm",
        since: 13,
        exchanges: &[
            Ask(
                Bytes(
                    b"POST /name HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Content-Length: 20\r\n\
                    \r\n\
                    name=\xFF\xC3\r\nX-Evil: \xFE\x80\xF0",
                ),
                Http("HTTP/1.1 [..] whatever\nX-Evil: [none]\n\n..."),
            ),
            Ask(Text(form!("/name", 8, "name=Ada")), KEPT),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "the_name_of_one_client_is_not_that_of_another",
        since: 13,
        exchanges: &[
            Ask(Text(form!("/name", 8, "name=Ada")), KEPT),
            Ask(
                Text("GET /visits HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\n\nStranger, this is visit 1.\n"),
            ),
            Ask(COME_BACK, Http("HTTP/1.1 200 OK\n\nAda, this is visit 1.\n")),
        ],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
];
