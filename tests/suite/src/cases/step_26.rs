//! Conditions: what the client has already is not sent again, and what it doesn't mean is
//! not done.

use crate::case::{
    Answer, Case, Exchange, Exchange::*, How, Or, Request::*, Response::*, Then,
};

/// What cases about versions have in common.
const VERSIONS: Case = Case { since: 26, has_folder: true, ..Case::DEFAULT };

/// Asks for a file of ten bytes, with these headers.
macro_rules! ten {
    ($method:literal, $headers:literal, $response:literal) => {
        Ask(
            Text(concat!(
                $method,
                " /ten.txt HTTP/1.1\nHost: localhost\n",
                $headers,
                "\n"
            )),
            Http($response),
        )
    };
    ($headers:literal, $response:literal) => {
        ten!("GET", $headers, $response)
    };
}

/// Asks for its tag, and for when it was changed.
const TAG: Exchange = ten!("", "HTTP/1.1 200 OK\nETag: [=tag]\n\n0123456789");
const DATE: Exchange = ten!("", "HTTP/1.1 200 OK\nLast-Modified: [=date]\n\n0123456789");

/// No server fails it that knows of conditions.
const IS_KNOWN: Exchange = ten!("If-None-Match: *\n", "HTTP/1.1 304 Not Modified\n\n");

const NO_TAG: &str = "RFC 9110 section 8.8.3: that there be a tag is recommended only";
const NO_DATE: &str =
    "RFC 9110 section 8.8.2.1: that there be a date is recommended only";

const MAY_HAVE_NO_DATE: Or = Or {
    instead_of: "412",
    answer: Answer::Http("HTTP/1.1 200 OK\nLast-Modified: [none]\n\n..."),
    because: "RFC 9110 section 13.1.4: without a date, there is nothing to compare",
};

pub const CASES: &[Case] = &[
    Case {
        name: "a_file_has_a_tag",
        left_open: NO_TAG,
        exchanges: &[TAG, ten!("HEAD", "", "HTTP/1.1 200 OK\nETag: [..]\n\n")],
        clause: "RFC 9110 section 8.8.3",
        ..VERSIONS
    },
    Case {
        name: "a_file_has_a_date",
        left_open: NO_DATE,
        exchanges: &[
            ten!("", "HTTP/1.1 200 OK\nLast-Modified: [date]\n\n0123456789"),
            ten!("HEAD", "", "HTTP/1.1 200 OK\nLast-Modified: [date]\n\n"),
        ],
        clause: "RFC 9110 section 8.8.2.1",
        ..VERSIONS
    },
    Case {
        name: "who_has_any_version_gets_no_file_that_there_is",
        exchanges: &[
            IS_KNOWN,
            ten!("HEAD", "If-None-Match: *\n", "HTTP/1.1 304 Not Modified\n\n"),
            Keep {
                requests: &[
                    "GET /ten.txt HTTP/1.1\nHost: localhost\nIf-None-Match: *\n\n",
                    "GET /hi HTTP/1.1\nHost: localhost\n\n",
                ],
                how: How::AtOnce,
                responses: &[
                    Http("HTTP/1.1 304 Not Modified\n\n"),
                    Http("HTTP/1.1 200 OK\n\nHello World!"),
                ],
                then: Then::Stays,
            },
        ],
        clause: "RFC 9110 section 13.1.2",
        hint: "If-None-Match: * holds only if there is no version at all.",
        ..VERSIONS
    },
    Case {
        name: "who_has_the_tag_gets_no_file",
        left_open: NO_TAG,
        exchanges: &[
            TAG,
            ten!("If-None-Match: [=tag]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("HEAD", "If-None-Match: [=tag]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("If-None-Match: \"a\", [=tag]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("if-none-match:[=tag],W/\"a,b\"\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!(
                "If-None-Match: \"a\"\nIf-None-Match: [=tag]\n",
                "HTTP/1.1 304 Not Modified\n\n"
            ),
            // Of the two, the tag counts.
            ten!(
                "If-None-Match: [=tag]\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 304 Not Modified\n\n"
            ),
        ],
        clause: "RFC 9110 section 13.1.2",
        ..VERSIONS
    },
    Case {
        name: "who_has_another_tag_gets_the_file",
        left_open: NO_TAG,
        exchanges: &[
            TAG,
            DATE,
            ten!("If-None-Match: \"nowhere\"\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!("If-None-Match: W/\"nowhere\"\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!("If-None-Match: \"*\"\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!("If-None-Match: \"\", \"a\"\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!(
                "If-None-Match: \"nowhere\"\nIf-Modified-Since: [=date]\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
        ],
        clause: "RFC 9110 section 13.1.3",
        ..VERSIONS
    },
    Case {
        name: "who_has_it_since_it_was_changed_gets_no_file",
        left_open: NO_DATE,
        exchanges: &[
            DATE,
            ten!("If-Modified-Since: [=date]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("HEAD", "If-Modified-Since: [=date]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!(
                "If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT\n",
                "HTTP/1.1 304 Not Modified\n\n"
            ),
            ten!(
                "If-Modified-Since: Fri Dec 31 23:59:59 2100\n",
                "HTTP/1.1 304 Not Modified\n\n"
            ),
        ],
        clause: "RFC 9110 section 13.1.3",
        ..VERSIONS
    },
    Case {
        name: "who_has_it_from_before_or_names_no_date_gets_the_file",
        left_open: NO_DATE,
        exchanges: &[
            DATE,
            ten!(
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
            ten!(
                "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
            ten!(
                "If-Modified-Since: Sun Nov  6 08:49:37 1994\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
            ten!("If-Modified-Since: yesterday\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!("If-Modified-Since: \n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!("If-Modified-Since: *\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!(
                "If-Modified-Since: [=date]\nIf-Modified-Since: [=date]\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
        ],
        clause: "RFC 9110 section 13.1.3",
        ..VERSIONS
    },
    Case {
        name: "a_304_has_the_headers_of_the_file_that_matter",
        left_open: NO_TAG,
        exchanges: &[
            TAG,
            DATE,
            ten!(
                "If-None-Match: [=tag]\n",
                "HTTP/1.1 304 Not Modified\nDate: [date]\nETag: [..]\n\
                 Content-Type: [none]\n\n"
            ),
        ],
        clause: "RFC 9110 section 15.4.5",
        ..VERSIONS
    },
    Case {
        name: "what_is_not_the_version_that_is_meant_is_refused",
        exchanges: &[
            ten!("If-Match: \"nowhere\"\n", "HTTP/1.1 412 Precondition Failed\n\n..."),
            ten!(
                "If-Match: \"nowhere\", \"a\"\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!(
                "If-Match: \"a\"\nIf-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!("If-Match: W/\"nowhere\"\n", "HTTP/1.1 412 Precondition Failed\n\n..."),
            ten!("If-Match: \"*\"\n", "HTTP/1.1 412 Precondition Failed\n\n..."),
            ten!(
                "HEAD",
                "If-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\n\n"
            ),
            ten!("If-Match: *\n", "HTTP/1.1 200 OK\n\n0123456789"),
        ],
        clause: "RFC 9110 section 13.1.1",
        ..VERSIONS
    },
    Case {
        name: "what_has_been_changed_since_is_refused",
        or: &[MAY_HAVE_NO_DATE],
        exchanges: &[
            ten!(
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!(
                "HEAD",
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 412 Precondition Failed\n\n"
            ),
            ten!("If-Unmodified-Since: yesterday\n", "HTTP/1.1 200 OK\n\n0123456789"),
        ],
        clause: "RFC 9110 section 13.1.4",
        ..VERSIONS
    },
    Case {
        name: "a_date_may_have_an_old_form",
        or: &[MAY_HAVE_NO_DATE],
        exchanges: &[
            ten!(
                "If-Unmodified-Since: Sunday, 06-Nov-94 08:49:37 GMT\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!(
                "If-Unmodified-Since: Sun Nov  6 08:49:37 1994\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
        ],
        clause: "RFC 9110 section 5.6.7",
        ..VERSIONS
    },
    Case {
        name: "what_has_not_been_changed_since_is_served",
        left_open: NO_DATE,
        exchanges: &[
            DATE,
            ten!("If-Unmodified-Since: [=date]\n", "HTTP/1.1 200 OK\n\n0123456789"),
            ten!(
                "If-Unmodified-Since: Fri, 31 Dec 2100 23:59:59 GMT\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
        ],
        clause: "RFC 9110 section 13.1.4",
        ..VERSIONS
    },
    Case {
        name: "what_is_meant_is_asked_before_what_is_known",
        exchanges: &[
            ten!(
                "If-None-Match: *\nIf-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!("If-None-Match: *\nIf-Match: *\n", "HTTP/1.1 304 Not Modified\n\n"),
            // With a tag, a date doesn't count.
            ten!(
                "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\nIf-Match: *\n",
                "HTTP/1.1 200 OK\n\n0123456789"
            ),
            ten!(
                "If-Unmodified-Since: Fri, 31 Dec 2100 23:59:59 GMT\n\
                 If-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
        ],
        clause: "RFC 9110 section 13.2.2",
        ..VERSIONS
    },
    Case {
        name: "an_old_date_is_refused_before_a_known_version",
        or: &[Or {
            instead_of: "412",
            answer: Answer::Http("HTTP/1.1 304 Not Modified\nLast-Modified: [none]\n\n"),
            because: "RFC 9110 section 13.1.4: without a date, there is nothing to compare",
        }],
        exchanges: &[
            ten!(
                "If-None-Match: *\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
            ten!(
                "If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT\n\
                 If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                "HTTP/1.1 412 Precondition Failed\n\n..."
            ),
        ],
        clause: "RFC 9110 section 13.2.2",
        ..VERSIONS
    },
    Case {
        name: "where_there_is_no_page_conditions_do_not_matter",
        exchanges: &[
            IS_KNOWN,
            Ask(
                Text("GET /nowhere HTTP/1.1\nHost: localhost\nIf-None-Match: *\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text("GET /nowhere HTTP/1.1\nHost: localhost\nIf-Match: \"a\"\n\n"),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            Ask(
                Text(
                    "GET /nowhere HTTP/1.1\nHost: localhost\n\
                     If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT\n\n",
                ),
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
            ten!(
                "POST",
                "If-Match: \"a\"\nContent-Length: 0\n",
                "HTTP/1.1 405 Method Not Allowed\n\n..."
            ),
        ],
        clause: "RFC 9110 section 13.2.1",
        ..VERSIONS
    },
    Case {
        name: "a_weak_tag_is_good_enough_for_a_look_and_not_for_more",
        our_choice: true,
        exchanges: &[
            ten!("", "HTTP/1.1 200 OK\nETag: W/[=tag]\n\n0123456789"),
            ten!("If-None-Match: W/[=tag]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("If-None-Match: [=tag]\n", "HTTP/1.1 304 Not Modified\n\n"),
            ten!("If-Match: W/[=tag]\n", "HTTP/1.1 412 Precondition Failed\n\n..."),
            ten!("If-Match: [=tag]\n", "HTTP/1.1 412 Precondition Failed\n\n..."),
        ],
        clause: "RFC 9110 section 8.8.3.2",
        ..VERSIONS
    },
    Case {
        name: "a_file_may_be_kept_and_is_asked_for_each_time",
        our_choice: true,
        exchanges: &[
            ten!("", "HTTP/1.1 200 OK\nCache-Control: no-cache\n\n0123456789"),
            ten!(
                "If-None-Match: *\n",
                "HTTP/1.1 304 Not Modified\nCache-Control: no-cache\n\
                 Last-Modified: [none]\nContent-Length: [none]\n\n"
            ),
        ],
        clause: "RFC 9111 section 5.2.2.4",
        ..VERSIONS
    },
    Case {
        name: "what_stands_in_the_place_of_a_page_is_no_version_of_it",
        our_choice: true,
        exchanges: &[
            TAG,
            Ask(
                Text("GET /nowhere HTTP/1.1\nHost: localhost\n\n"),
                Http(
                    "HTTP/1.1 404 Not Found\nETag: [none]\nLast-Modified: [none]\n\n...",
                ),
            ),
        ],
        clause: "RFC 9110 section 8.8",
        ..VERSIONS
    },
];
