//! Parameters: what stands in the path, and in the query, is for the handler.

use indoc::indoc;

use super::or;
use crate::case::{
    Answer, Case, Exchange, Exchange::*, Or, Request::*, Response, Response::*,
};

/// What cases about parameters have in common.
const PARAMETERS: Case = Case { since: 62, ..Case::DEFAULT };

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const ADA: Response = Http("HTTP/1.1 200 OK\n\nHello Ada!\n");
const NOT_FOUND: Response = Http("HTTP/1.1 404 Not Found\n\n...");

/// Asks for a target.
macro_rules! get {
    ($target:literal, $response:expr) => {
        Ask(Text(concat!("GET ", $target, " HTTP/1.1\nHost: localhost\n\n")), $response)
    };
}

/// A server that greets at all.
const GREETS: Exchange = get!("/hi/Ada", ADA);

/// For an empty segment, or a slash at the end.
const MAY_LEAVE_OUT: &[Or] = &[
    Or {
        instead_of: "404",
        answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: [..]\n\n..."),
        because: "RFC 3986 section 6.2.4: a slash too many may be taken out",
    },
    Or {
        instead_of: "404",
        answer: Answer::Http("HTTP/1.1 200 OK\n\nHello Ada!\n"),
        because: "RFC 9110 section 3.1: two paths may have one page",
    },
    Or {
        instead_of: "404",
        answer: Answer::Http("HTTP/1.1 200 OK\n\nHello World!"),
        because: "RFC 9110 section 3.1: two paths may have one page",
    },
    Or {
        instead_of: "404",
        answer: or::BAD_REQUEST,
        because: "RFC 9110 section 15.5.1: what is no name may be refused",
    },
];

pub const CASES: &[Case] = &[
    // ---- The path ---------------------------------------------------------------------
    Case {
        name: "a_segment_of_the_path_is_a_parameter",
        exchanges: &[
            GREETS,
            get!("/hi/Grace", Http("HTTP/1.1 200 OK\n\nHello Grace!\n")),
            get!("http://localhost/hi/Ada", ADA),
            Ask(
                Text("HEAD /hi/Ada HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\n\n"),
            ),
        ],
        clause: "RFC 3986 section 3.3",
        hint: "The path /hi/Ada is for the handler of /hi/{name}, and the name is Ada.",
        ..PARAMETERS
    },
    Case {
        name: "a_parameter_is_decoded_once",
        exchanges: &[
            get!("/hi/%41da", ADA),
            get!("/hi/Ada%20Lovelace", Http("HTTP/1.1 200 OK\n\nHello Ada Lovelace!\n")),
            get!("/hi/%C3%89mile", Http("HTTP/1.1 200 OK\n\nHello Émile!\n")),
            get!(
                "/hi/%E0%A4%86%E0%A4%B6%E0%A4%BE",
                Http("HTTP/1.1 200 OK\n\nHello आशा!\n")
            ),
            get!("/hi/%2541da", Http("HTTP/1.1 200 OK\n\nHello %41da!\n")),
        ],
        clause: "RFC 3986 section 2.4",
        hint: "Decode the segment as bytes, once, and read these as UTF-8.",
        ..PARAMETERS
    },
    Case {
        name: "an_encoded_slash_is_none_between_segments",
        exchanges: &[
            GREETS,
            get!("/hi/Ada%2FGrace", Http("HTTP/1.1 200 OK\n\nHello Ada/Grace!\n")),
            get!("/hi/%2fAda", Http("HTTP/1.1 200 OK\n\nHello /Ada!\n")),
        ],
        or: &[
            Or {
                instead_of: "200",
                answer: or::BAD_REQUEST,
                because: "RFC 9110 section 15.5.1: what looks like an attack may be refused",
            },
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 404 Not Found\n\n..."),
                because: "RFC 9110 section 15.5.5: there may be nobody of that name",
            },
        ],
        clause: "RFC 3986 section 2.2",
        hint: "Cut the path into segments first, and decode each of them then.",
        ..PARAMETERS
    },
    Case {
        name: "a_parameter_is_one_segment_and_not_an_empty_one",
        exchanges: &[
            GREETS,
            get!("/hi/", NOT_FOUND),
            get!("/hi//", NOT_FOUND),
            get!("/hi//Ada", NOT_FOUND),
            get!("/hi/Ada/", NOT_FOUND),
            get!("/hi/Ada/Grace", NOT_FOUND),
            get!("/hi/?greeting=Welcome", NOT_FOUND),
        ],
        or: MAY_LEAVE_OUT,
        clause: "RFC 3986 section 3.3",
        ..PARAMETERS
    },
    Case {
        name: "a_path_without_a_parameter_is_still_there",
        exchanges: &[
            GREETS,
            get!("/hi", HI),
            get!("/hi?name=Ada&greeting=Welcome", HI),
            get!("/namaste", Http("HTTP/1.1 200 OK\n\nNamaste!")),
            get!("/ho/Ada", NOT_FOUND),
        ],
        clause: "RFC 9110 section 9.3.1",
        ..PARAMETERS
    },
    // ---- The method -------------------------------------------------------------------
    Case {
        name: "another_method_is_not_allowed_at_a_path_with_a_parameter",
        exchanges: &[
            Ask(
                Text("POST /hi/Ada HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n..."),
            ),
            Ask(
                Text("DELETE /hi/Ada%20Lovelace HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n..."),
            ),
            // Nobody is there, whatever the method.
            Ask(Text("DELETE /hi/Ada/Grace HTTP/1.1\nHost: localhost\n\n"), NOT_FOUND),
        ],
        clause: "RFC 9110 section 15.5.6",
        ..PARAMETERS
    },
    Case {
        name: "all_that_is_allowed_at_a_path_with_a_parameter_is_named",
        left_open: "RFC 9110 section 9.1: only GET and HEAD are for all servers",
        exchanges: &[
            Ask(
                Text("DELETE /hi/Ada HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 405 Method Not Allowed
                    Allow: GET, HEAD, OPTIONS

                    allowed: GET, HEAD, OPTIONS
                "}),
            ),
            Ask(
                Text("OPTIONS /hi/Ada HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Allow: GET, HEAD, OPTIONS

                    allowed: GET, HEAD, OPTIONS
                "}),
            ),
        ],
        clause: "RFC 9110 section 10.2.1",
        ..PARAMETERS
    },
    // ---- The query --------------------------------------------------------------------
    Case {
        name: "a_field_of_the_query_is_for_the_handler",
        exchanges: &[
            get!("/hi/Ada?greeting=Welcome", Http("HTTP/1.1 200 OK\n\nWelcome Ada!\n")),
            get!(
                "http://localhost/hi/Ada?to=you&greeting=Welcome&from=me",
                Http("HTTP/1.1 200 OK\n\nWelcome Ada!\n")
            ),
            get!(
                "/hi/Ada%3F?greeting=Welcome",
                Http("HTTP/1.1 200 OK\n\nWelcome Ada?!\n")
            ),
        ],
        clause: "RFC 3986 section 3.4",
        ..PARAMETERS
    },
    Case {
        name: "a_query_without_the_field_leaves_the_greeting_as_it_is",
        exchanges: &[
            GREETS,
            get!("/hi/Ada?", ADA),
            get!("/hi/Ada?name=Grace", ADA),
            get!("/hi/Ada?greetings=Welcome", ADA),
            get!("/hi/Ada?Greeting=Welcome", ADA),
        ],
        clause: "RFC 3986 section 3.4",
        ..PARAMETERS
    },
    Case {
        name: "a_field_of_the_query_is_decoded_once",
        exchanges: &[
            get!(
                "/hi/Ada?%67reeting=%57elcome",
                Http("HTTP/1.1 200 OK\n\nWelcome Ada!\n")
            ),
            get!(
                "/hi/Ada?greeting=Good%20day%26%3D%2B%25",
                Http("HTTP/1.1 200 OK\n\nGood day&=+% Ada!\n")
            ),
            get!("/hi/Ada?greeting=%C3%87a+va", Http("HTTP/1.1 200 OK\n\nÇa va Ada!\n")),
            get!("/hi/Ada?greeting=%2541", Http("HTTP/1.1 200 OK\n\n%41 Ada!\n")),
        ],
        clause: "WHATWG URL section 5.1",
        hint: "Cut the query at each &, each field at its first =, and decode both then.",
        ..PARAMETERS
    },
    Case {
        name: "a_plus_is_a_space_in_a_query_and_a_plus_in_a_path",
        exchanges: &[
            get!("/hi/Ada+Grace", Http("HTTP/1.1 200 OK\n\nHello Ada+Grace!\n")),
            get!("/hi/Ada%2BGrace", Http("HTTP/1.1 200 OK\n\nHello Ada+Grace!\n")),
            get!(
                "/hi/C+?greeting=Good+morning",
                Http("HTTP/1.1 200 OK\n\nGood morning C+!\n")
            ),
        ],
        clause: "WHATWG URL section 5.1",
        hint: "The + is from the days of forms, which are sent as a query. A path has none of \
               that.",
        ..PARAMETERS
    },
];
