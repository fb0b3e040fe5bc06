//! Whatever is refused is refused with a reason.

use indoc::indoc;

use super::or;
use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");

const NOT_FOUND: Response = Http("HTTP/1.1 404 Not Found\n\n...");

const THREE_WORDS: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The request line must be three words, one space apart.
"});

const ONE_SPACE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The method and the URI must not be empty.
"});

const NO_VERSION: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The version must look like HTTP/1.1.
"});

const OTHER_VERSION: Response = Refusal(indoc! {"
    HTTP/1.1 505 HTTP Version Not Supported

    We speak HTTP/1.1.
"});

const NO_METHOD: Response = Refusal(indoc! {"
    HTTP/1.1 501 Not Implemented

    We do not know this method.
"});

const REQUEST_LINE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The request line must be printable.
"});

const NO_URI: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The URI must begin with / or http://host.
"});

const NOT_ENCODED: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The URI must be percent-encoded.
"});

/// The standard forbids what browsers do.
const PATH: &[Or] = &[or::MOVED, or::NOT_FOUND, AS_IT_IS_WRITTEN];
const QUERY: &[Or] = &[or::MOVED, or::NOT_FOUND, STRICT];

const AS_IT_IS_WRITTEN: Or = Or {
    instead_of: "404",
    answer: or::BAD_REQUEST,
    because: "RFC 9112 section 3.2: it is no URI, though browsers send it",
};

const STRICT: Or = Or { instead_of: "200", ..AS_IT_IS_WRITTEN };

pub const CASES: &[Case] = &[
    Case {
        name: "two_words_are_no_request_line",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi
                Host: localhost

            "}),
            THREE_WORDS,
        )],
        or: or::NO_VERSION,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "four_words_are_no_request_line",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1 please
                Host: localhost

            "}),
            THREE_WORDS,
        )],
        or: or::REQUEST_LINE,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "two_spaces_make_four_words",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET  /hi HTTP/1.1
                Host: localhost

            "}),
            THREE_WORDS,
        )],
        or: or::SPACES,
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_uri_is_refused",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET  HTTP/1.1
                Host: localhost

            "}),
            ONE_SPACE,
        )],
        or: or::NO_VERSION,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_begins_with_a_slash_or_with_a_host",
        since: 9,
        exchanges: &[
            Ask(Text("GET hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET ?/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET ://localhost/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http:/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(
                Text("GET a?u=http://localhost/hi HTTP/1.1\nHost: localhost\n\n"),
                NO_URI,
            ),
            Ask(Text("GET ftp://localhost/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
        ],
        or: or::URI,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_star_is_for_options_alone",
        since: 9,
        exchanges: &[
            Ask(Text("GET * HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("POST * HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"), NO_URI),
        ],
        or: or::URI,
        clause: "RFC 9112 section 3.2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_host_and_a_port_are_for_connect_alone",
        since: 9,
        exchanges: &[
            Ask(Text("GET localhost:80 HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("OPTIONS localhost:80 HTTP/1.1\nHost: localhost\n\n"), NO_URI),
        ],
        or: or::URI,
        clause: "RFC 9112 section 3.2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_with_a_scheme_has_a_host",
        since: 9,
        exchanges: &[
            Ask(Text("GET http:///hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://?/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://:80/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
        ],
        or: or::URI,
        clause: "RFC 9110 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "nobody_logs_in_by_the_uri",
        since: 9,
        exchanges: &[
            Ask(
                Text("GET http://ada@localhost/hi HTTP/1.1\nHost: localhost\n\n"),
                NO_URI,
            ),
            Ask(
                Text("GET http://a:b@localhost/hi HTTP/1.1\nHost: localhost\n\n"),
                NO_URI,
            ),
            Ask(Text("GET http://@localhost/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
        ],
        or: or::URI,
        clause: "RFC 9110 section 4.2.4",
        ..Case::DEFAULT
    },
    Case {
        name: "the_host_in_a_uri_is_a_name_or_an_address",
        since: 9,
        exchanges: &[
            Ask(Text("GET http://a]b/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://::1/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://[::1/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://[::g]/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(Text("GET http://localhost:a/hi HTTP/1.1\nHost: localhost\n\n"), NO_URI),
            Ask(
                Text("GET http://localhost:8:8/hi HTTP/1.1\nHost: localhost\n\n"),
                NO_URI,
            ),
            Ask(Text("GET http://127.0.0.1/hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET http://[::1]/hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET http://[::1]:80/hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET http://localhost:/hi HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        or: or::URI,
        clause: "RFC 3986 section 3.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_has_no_fragment",
        since: 9,
        exchanges: &[
            Ask(Text("GET /hi#top HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?name=ada#top HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(
                Text("GET http://localhost/hi# HTTP/1.1\nHost: localhost\n\n"),
                NOT_ENCODED,
            ),
        ],
        or: or::URI,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_is_in_ascii",
        since: 9,
        exchanges: &[
            Ask(Text("GET /hé HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?é HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Bytes(b"GET /hi?\xff HTTP/1.1\r\nHost: localhost\r\n\r\n"), NOT_ENCODED),
        ],
        or: or::URI,
        clause: "RFC 3986 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_percent_sign_in_a_uri_has_two_digits_after_it",
        since: 9,
        exchanges: &[
            Ask(Text("GET /% HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /%6 HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /%+6i HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /%6gi HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?100% HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?%%68 HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?100%25 HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        or: or::URI,
        clause: "RFC 3986 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "what_must_be_encoded_in_a_path_is_refused_as_it_is",
        since: 9,
        exchanges: &[
            Ask(Text("GET /\"hi\" HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /<hi> HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /{hi} HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /h^i HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /h`i HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /h\\i HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            // Browsers send these.
            Ask(Text("GET /[h|i] HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
        ],
        or: PATH,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "what_must_be_encoded_in_a_query_is_refused_as_it_is",
        since: 9,
        exchanges: &[
            Ask(Text("GET /hi?\"ada\" HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            Ask(Text("GET /hi?<ada> HTTP/1.1\nHost: localhost\n\n"), NOT_ENCODED),
            // Browsers send these.
            Ask(Text("GET /hi?[a]={b|c}\\^`?/:@ HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        or: QUERY,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_method_is_refused",
        since: 9,
        exchanges: &[Ask(Text(" /hi HTTP/1.1\nHost: localhost\n\n"), ONE_SPACE)],
        or: &[
            or::MOVED,
            Or {
                instead_of: "400",
                answer: Answer::Http("HTTP/1.1 501 Not Implemented\n\n..."),
                because: "RFC 9112 section 2.2: that it be a 400 is recommended only",
            },
        ],
        clause: "RFC 9112 section 3.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_version_is_refused",
        since: 9,
        exchanges: &[Ask(Text("GET /hi \nHost: localhost\n\n"), NO_VERSION)],
        or: or::NO_VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_of_one_number_is_refused",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1
                Host: localhost

            "}),
            NO_VERSION,
        )],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_of_two_digits_is_refused",
        since: 9,
        left_open: "RFC 9112 section 2.3: some take the two for one number",
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.10\nHost: localhost\n\n"), NO_VERSION),
            Ask(Text("GET /hi HTTP/11.1\nHost: localhost\n\n"), NO_VERSION),
        ],
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_without_digits_is_refused",
        since: 9,
        exchanges: &[
            Ask(Text("GET /hi HTTP/x.y\nHost: localhost\n\n"), NO_VERSION),
            Ask(Text("GET /hi HTTP/1.x\nHost: localhost\n\n"), NO_VERSION),
        ],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_version_has_a_dot",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1-1
                Host: localhost

            "}),
            NO_VERSION,
        )],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_in_lower_case_is_refused",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi http/1.1
                Host: localhost

            "}),
            NO_VERSION,
        )],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_of_another_protocol_is_refused",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTQ/1.1
                Host: localhost

            "}),
            NO_VERSION,
        )],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_version_that_goes_on_is_refused",
        since: 9,
        exchanges: &[
            Ask(Text("GET /hi HTTP/1.1.1\nHost: localhost\n\n"), NO_VERSION),
            Ask(Text("GET /hi XHTTP/1.1\nHost: localhost\n\n"), NO_VERSION),
        ],
        or: or::VERSION,
        clause: "RFC 9112 section 2.3",
        ..Case::DEFAULT
    },
    Case {
        name: "another_major_version_is_not_supported",
        since: 9,
        left_open: "RFC 9110 section 15.6.6: a server may answer in the version that it speaks",
        exchanges: &[
            Ask(Text("GET /hi HTTP/2.0\nHost: localhost\n\n"), OTHER_VERSION),
            Ask(Text("GET /hi HTTP/0.9\nHost: localhost\n\n"), OTHER_VERSION),
            Ask(Text("GET /hi HTTP/3.1\nHost: localhost\n\n"), OTHER_VERSION),
        ],
        clause: "RFC 9110 section 15.6.6",
        ..Case::DEFAULT
    },
    Case {
        name: "who_speaks_http_2_is_told_the_version_and_not_the_method",
        since: 9,
        left_open: "RFC 9110 section 15.6.6: a server may answer in the version that it speaks",
        exchanges: &[Ask(Text("PRI * HTTP/2.0\n\nSM\n\n"), OTHER_VERSION)],
        clause: "RFC 9113 section 3.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_that_nobody_knows_is_not_implemented",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                BREW /hi HTTP/1.1
                Host: localhost

            "}),
            NO_METHOD,
        )],
        or: or::METHOD,
        clause: "RFC 9110 section 9.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_in_lower_case_is_another_method",
        since: 9,
        exchanges: &[
            Ask(Text("get /hi HTTP/1.1\nHost: localhost\n\n"), NO_METHOD),
            Ask(Text("Get /hi HTTP/1.1\nHost: localhost\n\n"), NO_METHOD),
        ],
        or: or::METHOD,
        clause: "RFC 9110 section 9.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_unknown_method_is_not_implemented_whatever_the_path",
        since: 9,
        exchanges: &[Ask(Text("BREW /nope HTTP/1.1\nHost: localhost\n\n"), NO_METHOD)],
        or: &[
            or::BAD_METHOD,
            or::NOT_ALLOWED,
            Or {
                instead_of: "501",
                answer: Answer::Http("HTTP/1.1 404 Not Found\n\n..."),
                because: "RFC 9110 section 15.5.5: a page that is not there has no methods",
            },
        ],
        clause: "RFC 9110 section 15.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_for_all_methods_is_for_those_that_we_know",
        since: 9,
        left_open: "RFC 9110 section 9.1: a page may have methods of its own",
        exchanges: &[Ask(Text("BREW /request HTTP/1.1\nHost: localhost\n\n"), NO_METHOD)],
        clause: "RFC 9110 section 15.6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_that_does_not_end_is_refused_with_a_reason",
        since: 9,
        // Step 11 asks for all of the request, and gives another reason.
        until: Some(10),
        our_choice: true,
        exchanges: &[Ask(
            Truncated(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost"}),
            Refusal(indoc! {"
                HTTP/1.1 400 Bad Request

                The head must end in an empty line.
            "}),
        )],
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_without_a_colon_is_refused_with_a_reason",
        since: 9,
        exchanges: &[Ask(
            Text(indoc! {"
                GET /hi HTTP/1.1
                Host: localhost
                Colon?

            "}),
            Refusal(indoc! {"
                HTTP/1.1 400 Bad Request

                A header must have a colon.
            "}),
        )],
        clause: "RFC 9112 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refusal_says_how_long_it_is",
        since: 9,
        left_open: "RFC 9112 section 6.3: a response may end with its connection",
        exchanges: &[
            Ask(
                Text("BREW /hi HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 501 Not Implemented
                    Content-Length: 28
                    Content-Type: text/plain; charset=utf-8

                    We do not know this method.
                "}),
            ),
            Ask(
                Text("GET /hi HTTP/2.0\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 505 HTTP Version Not Supported
                    Content-Length: 19
                    Content-Type: text/plain; charset=utf-8

                    We speak HTTP/1.1.
                "}),
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "refusals_do_no_harm_to_the_next_client",
        since: 9,
        exchanges: &[
            Ask(Text("BREW /hi HTTP/1.1\nHost: localhost\n\n"), NO_METHOD),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /hi HTTP/1\nHost: localhost\n\n"), NO_VERSION),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
            Ask(Text("GET /hi\nHost: localhost\n\n"), THREE_WORDS),
            Ask(Text("GET /hi HTTP/1.1\nHost: localhost\n\n"), HI),
        ],
        or: &[
            or::MOVED,
            or::HEADLESS,
            or::NOT_SUPPORTED,
            or::BAD_METHOD,
            or::NOT_ALLOWED,
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_of_another_version_has_no_body",
        since: 9,
        left_open: "RFC 9110 section 15.6.6: a server may answer in the version that it speaks",
        exchanges: &[Ask(
            Text(indoc! {"
                HEAD /hi HTTP/2.0
                Host: localhost

            "}),
            Http("HTTP/1.1 505 HTTP Version Not Supported\nContent-Length: 19\n\n"),
        )],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_cr_in_the_request_line_is_refused",
        since: 9,
        exchanges: &[Ask(
            Bytes(b"GET /hi\r HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            REQUEST_LINE,
        )],
        or: or::SPACES,
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_control_character_in_the_request_line_is_refused",
        since: 9,
        exchanges: &[
            Ask(Bytes(b"GET /hi?\0 HTTP/1.1\r\nHost: localhost\r\n\r\n"), REQUEST_LINE),
            Ask(Bytes(b"GET /hi?\x7F HTTP/1.1\r\nHost: localhost\r\n\r\n"), REQUEST_LINE),
        ],
        or: or::REQUEST_LINE,
        clause: "RFC 9112 section 3.2",
        ..Case::DEFAULT
    },
];
