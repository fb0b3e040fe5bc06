//! The headers of a request: all of them, in order, and only if they are sound.

use indoc::indoc;

use super::or;
use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");

const NEXT_LINE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    A header must not go on in the next line.
"});

const SPACE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    There must be no space before the colon.
"});

const NO_WORD: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The name of a header must be a word.
"});

const NO_METHOD: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The method must be a word.
"});

/// For a method that is no word.
const UNKNOWN_METHOD: Or = Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 501 Not Implemented\n\n..."),
    because: "RFC 9112 section 3: that it be a 400 is recommended only",
};

const NOT_PRINTABLE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The value of a header must be printable.
"});

const NO_HOST: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    There must be a Host.
"});

const TWO_HOSTS: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    There must be only one Host.
"});

const NO_NAME: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The Host must be a name, and perhaps a port.
"});

const BAD_REQUEST: Response = Http("HTTP/1.1 400 Bad Request\n\n...");

pub const CASES: &[Case] = &[
    Case {
        name: "two_headers_of_one_name_are_both_kept",
        since: 10,
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
                header x-tea: green
                header x-tea: black
                ...
            "}),
        )],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http(
                "HTTP/1.1 200 OK\n\n...\nheader x-tea: green, black\n...",
            ),
            because: "RFC 9110 section 5.3: they may be made one",
        }],
        clause: "RFC 9110 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "equal_headers_are_both_kept",
        since: 10,
        left_open: "RFC 9110 section 5.3: headers of one name may be put together",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea: green
                X-Tea: green

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-tea: green
                header x-tea: green
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "headers_of_one_name_in_different_case_are_kept_in_order",
        since: 10,
        left_open: "RFC 9110 section 5.3: headers of one name may be put together",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea: green
                x-tea: black
                X-TEA: white

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-tea: green
                header x-tea: black
                header x-tea: white
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "headers_are_kept_in_the_order_in_which_they_came",
        since: 10,
        left_open: "RFC 9110 section 5.3: the order of different names means nothing",
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                X-Tea: green
                Host: localhost
                Accept: text/html
                X-Tea: black

            "}),
            Http(indoc! {"
                HTTP/1.1 200 OK

                ...
                header x-tea: green
                header host: localhost
                header accept: text/html
                header x-tea: black
                ...
            "}),
        )],
        clause: "RFC 9110 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_before_the_colon_is_refused",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                X-Tea : green

            "}),
            SPACE,
        )],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_tab_before_the_colon_is_refused",
        since: 10,
        exchanges: &[Ask(
            Text("GET /request HTTP/1.1\nHost: localhost\nX-Tea\t: green\n\n"),
            SPACE,
        )],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_before_the_colon_of_host_is_refused",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host : localhost

            "}),
            SPACE,
        )],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_before_the_colon_of_content_length_is_refused",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /request HTTP/1.1
                Host: localhost
                Content-Length : 0

            "}),
            SPACE,
        )],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_that_goes_on_in_the_next_line_is_refused",
        since: 10,
        exchanges: &[
            Ask(
                Text(
                    "GET /request HTTP/1.1\nHost: localhost\nX-Tea: green:\n black:\n\n",
                ),
                NEXT_LINE,
            ),
            Ask(
                Text(
                    "GET /request HTTP/1.1\nHost: localhost\nX-Tea: green:\n\tblack:\n\n",
                ),
                NEXT_LINE,
            ),
        ],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http(
                "HTTP/1.1 200 OK\n\n...\nheader x-tea: green: [..]black:\n...",
            ),
            because: "RFC 9112 section 5.2: a space in place of the line end",
        }],
        clause: "RFC 9112 section 5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_before_the_first_header_is_refused",
        since: 10,
        exchanges: &[Ask(
            Text("GET /request HTTP/1.1\n X-Tea: green\nHost: localhost\n\n"),
            NEXT_LINE,
        )],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http(indoc! {"
                HTTP/1.1 200 OK

                method: GET
                uri: /request
                version: HTTP/1.1
                header host: localhost
                body:\x20
            "}),
            because: "RFC 9112 section 2.2: the line may be left out",
        }],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_needs_a_name",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                : green

            "}),
            NO_WORD,
        )],
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_has_no_space_in_it",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /request HTTP/1.1
                Host: localhost
                Ho st: green

            "}),
            NO_WORD,
        )],
        clause: "RFC 9110 section 5.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_has_no_brackets_in_it",
        since: 10,
        exchanges: &[
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo(st): green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo[st]: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo{st}: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo<st>: green\n\n"),
                NO_WORD,
            ),
        ],
        clause: "RFC 9110 section 5.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_has_no_other_delimiter_in_it",
        since: 10,
        exchanges: &[
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo/st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo,st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo;st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo=st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo?st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo@st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo\\st: green\n\n"),
                NO_WORD,
            ),
            Ask(
                Text("GET /request HTTP/1.1\nHost: localhost\nHo\"st: green\n\n"),
                NO_WORD,
            ),
        ],
        clause: "RFC 9110 section 5.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_has_no_control_character_in_it",
        since: 10,
        exchanges: &[
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-T\0ea: green\r\n\
                    \r\n",
                ),
                NO_WORD,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-T\x7Fea: green\r\n\
                    \r\n",
                ),
                NO_WORD,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-T\ria: green\r\n\
                    \r\n",
                ),
                NO_WORD,
            ),
        ],
        clause: "RFC 9110 section 5.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_name_is_in_ascii",
        since: 10,
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                Th\xC3\xA9: green\r\n\
                \r\n",
            ),
            NO_WORD,
        )],
        clause: "RFC 9110 section 5.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_is_a_word",
        since: 10,
        exchanges: &[
            Ask(Text("G@T /hi HTTP/1.1\nHost: localhost\n\n"), NO_METHOD),
            Ask(Text("(GET) /hi HTTP/1.1\nHost: localhost\n\n"), NO_METHOD),
        ],
        or: &[or::MOVED, UNKNOWN_METHOD],
        clause: "RFC 9112 section 3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_nul_in_a_value_is_refused",
        since: 10,
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Tea: gre\0en\r\n\
                \r\n",
            ),
            NOT_PRINTABLE,
        )],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nheader x-tea: gre en\n..."),
            because: "RFC 9110 section 5.5: a space in its place",
        }],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_cr_in_a_value_is_refused",
        since: 10,
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Tea: gre\ren\r\n\
                \r\n",
            ),
            NOT_PRINTABLE,
        )],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nheader x-tea: gre en\n..."),
            because: "RFC 9112 section 2.2: a space in its place",
        }],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_lf_in_a_value_is_refused",
        since: 10,
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Tea: gre\nen: no\r\n\
                \r\n",
            ),
            BAD_REQUEST,
        )],
        or: &[
            Or {
                instead_of: "400",
                answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nheader x-tea: gre\n..."),
                because: "RFC 9112 section 2.2: it may end the line",
            },
            Or {
                instead_of: "400",
                answer: Answer::Http(
                    "HTTP/1.1 200 OK\n\n...\nheader x-tea: gre en: no\n...",
                ),
                because: "RFC 9110 section 5.5: a space in its place",
            },
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_escape_in_a_value_is_refused",
        since: 10,
        left_open: "RFC 9110 section 5.5: a server may keep it",
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Tea: gre\x1Ben\r\n\
                \r\n",
            ),
            NOT_PRINTABLE,
        )],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_delete_in_a_value_is_refused",
        since: 10,
        left_open: "RFC 9110 section 5.5: a server may keep it",
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Tea: gre\x7Fen\r\n\
                \r\n",
            ),
            NOT_PRINTABLE,
        )],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_control_character_at_an_end_of_a_value_is_refused",
        since: 10,
        left_open: "RFC 9110 section 5.5: a server may keep it",
        exchanges: &[
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: \x0Bgreen\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: green\x0C\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: green\0\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: \rgreen\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: green\r\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
        ],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_control_character_in_transfer_encoding_is_refused",
        since: 10,
        left_open: "RFC 9110 section 5.5: a server may keep it",
        exchanges: &[
            Ask(
                Text(
                    "POST /request HTTP/1.1\nHost: it\nTransfer-Encoding: \x0Bchunked\n\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Text(
                    "POST /request HTTP/1.1\nHost: it\nTransfer-Encoding: chunked\x0C\n\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Text(
                    "POST /request HTTP/1.1\nHost: it\nTransfer-Encoding: chunked\0\n\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(
                Text(
                    "POST /request HTTP/1.1\nHost: it\nTransfer-Encoding: chun\rked\n\n",
                ),
                NOT_PRINTABLE,
            ),
        ],
        clause: "RFC 9110 section 5.5",
        chapter: Some("12-chunked"),
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_must_have_a_host",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Accept: */*

            "}),
            NO_HOST,
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_for_a_host_in_its_uri_must_have_a_host",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET http://localhost/hi HTTP/1.1
                Accept: */*

            "}),
            NO_HOST,
        )],
        clause: "RFC 9112 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "two_hosts_are_refused",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost
                Host: example.com

            "}),
            TWO_HOSTS,
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "two_hosts_are_refused_even_if_they_are_the_same",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost
                Host: localhost

            "}),
            TWO_HOSTS,
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "two_hosts_are_refused_whatever_their_case",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost
                Accept: */*
                hOST: localhost

            "}),
            TWO_HOSTS,
        )],
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "two_hosts_are_refused_in_http_1_0_too",
        since: 10,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.0
                Host: localhost
                Host: example.com

            "}),
            TWO_HOSTS,
        )],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_host_is_a_host",
        since: 10,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1\nHost:\nHost: localhost\n\n"), TWO_HOSTS),
            Ask(Text("GET /hi HTTP/1.1\nHost:\n\n"), HI),
        ],
        or: or::NO_HOST,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "another_header_is_no_host",
        since: 10,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1\nX-Host: localhost\n\n"), NO_HOST),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\nX-Host: localhost\n\n"), HI),
        ],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refused_header_does_no_harm_to_the_next_client",
        since: 10,
        left_open: "RFC 9110 section 5.5: a space may take the place of a NUL",
        exchanges: &[
            Ask(
                Bytes(
                    b"GET /request HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Tea: gre\0en\r\n\
                    \r\n",
                ),
                NOT_PRINTABLE,
            ),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /hi HTTP/1.1\n\n"), NO_HOST),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_is_no_url_and_has_no_spaces",
        since: 10,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1\nHost: local host\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: http://localhost/\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: ada@localhost\n\n"), NO_NAME),
        ],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_is_a_name_or_an_address_and_perhaps_a_port",
        since: 10,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost:abc\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost:80:80\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: :80\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: a]b\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: a%2\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost:80\n\n"), HI),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost:\n\n"), HI),
            Ask(Text("GET /hi HTTP/1.1\nHost: 127.0.0.1:80\n\n"), HI),
        ],
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_address_with_colons_is_in_brackets",
        since: 10,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1\nHost: ::1\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: [::1\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: []\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: [localhost]\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: [::1]a\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: [::1]:a\n\n"), NO_NAME),
            Ask(Text("GET /hi HTTP/1.1\nHost: [::1]\n\n"), HI),
            Ask(Text("GET /hi HTTP/1.1\nHost: [::1]:80\n\n"), HI),
        ],
        clause: "RFC 3986 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_without_a_host_is_refused_without_a_body",
        since: 10,
        exchanges: &[Ask(
            Text("HEAD /hi HTTP/1.1\n\n"),
            Http("HTTP/1.1 400 Bad Request\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
];
