//! Where a request ends: in whatever pieces it comes, and however long it says it is.

use indoc::indoc;

use super::step_01::EVERY_BYTE;
use super::{hints, or};
use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response, Response::*};

const HI: Response = Http("HTTP/1.1 200 OK\n\nHello World!");
const HELLO: Response = Http("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
const ECHO: Response = Echo("HTTP/1.1 200 OK\n\n");
const NOTHING: Response = Http("HTTP/1.1 200 OK\nContent-Length: 0\n\n");

const NOT_WHOLE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The request must be whole.
"});

const LINE_END: Response = Refusal(indoc! {r"
    HTTP/1.1 400 Bad Request

    Each line must end in \r\n.
"});

const NO_NUMBER: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The Content-Length must be one number.
"});

const TOO_LARGE: Response = Refusal(indoc! {"
    HTTP/1.1 413 Content Too Large

    The body must not be longer than 1 MiB.
"});

const LONG_HEAD: Response = Refusal(indoc! {"
    HTTP/1.1 431 Request Header Fields Too Large

    Headers must not be longer than 16 KiB.
"});

const LONG_URI: Response = Refusal(indoc! {"
    HTTP/1.1 414 URI Too Long

    The request line must not be longer than 8 KiB.
"});

const LONG_METHOD: Response = Refusal(indoc! {"
    HTTP/1.1 501 Not Implemented

    The request line must not be longer than 8 KiB.
"});

/// A piece of a line that is too long.
const EIGHT_KIB: &[u8] = &[b'x'; 8 * 1024];

const THREE_WORDS: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The request line must be three words, one space apart.
"});

const NO_URI: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The URI must begin with / or http://host.
"});

const NO_SPACE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    There must be no space before the colon.
"});

const NO_COLON: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    A header must have a colon.
"});

const HEAD_OF_ECHO: &[u8] =
    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n";

/// A request with a body of 1 MiB.
static LARGE: [u8; HEAD_OF_ECHO.len() + 1024 * 1024] = {
    let mut bytes = [b'x'; HEAD_OF_ECHO.len() + 1024 * 1024];
    bytes.split_at_mut(HEAD_OF_ECHO.len()).0.copy_from_slice(HEAD_OF_ECHO);
    bytes
};

pub const CASES: &[Case] = &[
    Case {
        name: "a_request_may_come_byte_by_byte",
        since: 11,
        exchanges: &[
            Ask(ByteByByte(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"), HI),
            Ask(
                ByteByByte(
                    b"POST /echo HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Content-Length: 5\r\n\
                    \r\n\
                    hello",
                ),
                HELLO,
            ),
        ],
        clause: "RFC 9293 section 3.8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_may_come_in_two_pieces",
        since: 11,
        exchanges: &[
            Ask(Pieces(&[b"GE", b"T /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"]), HI),
            Ask(Pieces(&[b"GET /h", b"i HTTP/1.1\r\nHost: localhost\r\n\r\n"]), HI),
            Ask(Pieces(&[b"GET /hi HTTP/1.1\r\nHo", b"st: localhost\r\n\r\n"]), HI),
        ],
        clause: "RFC 9293 section 3.8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_end_may_come_in_two_pieces",
        since: 11,
        exchanges: &[
            Ask(Pieces(&[b"GET /hi HTTP/1.1\r", b"\nHost: localhost\r\n\r\n"]), HI),
            Ask(Pieces(&[b"GET /hi HTTP/1.1\r\nHost: localhost\r", b"\n\r\n"]), HI),
            Ask(Pieces(&[b"GET /hi HTTP/1.1\r\nHost: localhost\r\n", b"\r\n"]), HI),
            Ask(Pieces(&[b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r", b"\n"]), HI),
        ],
        clause: "RFC 9112 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_may_come_after_its_head",
        since: 11,
        exchanges: &[
            Ask(
                Pieces(&[
                    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n",
                    b"hello",
                ]),
                HELLO,
            ),
            Ask(
                Pieces(&[
                    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel",
                    b"lo",
                ]),
                HELLO,
            ),
            Ask(
                Pieces(&[
                    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r",
                    b"\nhell",
                    b"o",
                ]),
                HELLO,
            ),
        ],
        clause: "RFC 9112 section 6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_of_empty_lines_may_come_after_its_head",
        since: 11,
        exchanges: &[Ask(
            Pieces(&[
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\n",
                b"\r\n",
                b"\r\n\r\n",
                b"\n\n",
            ]),
            ECHO,
        )],
        clause: "RFC 9112 section 6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_character_may_come_in_two_pieces",
        since: 11,
        exchanges: &[Ask(
            Pieces(&[
                b"POST /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                Content-Length: 4\r\n\
                \r\n\
                Th\xC3",
                b"\xA9",
            ]),
            Http("HTTP/1.1 200 OK\n\n...\nbody: Thé\n"),
        )],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_character_in_a_header_may_come_in_two_pieces",
        since: 11,
        left_open: "RFC 9110 section 5.5: HTTP says nothing of the encoding",
        exchanges: &[Ask(
            Pieces(&[
                b"GET /request HTTP/1.1\r\nHost: localhost\r\nX-Tea: Th\xC3",
                b"\xA9\r\n\r\n",
            ]),
            Http("HTTP/1.1 200 OK\n\n...\nheader x-tea: Thé\n..."),
        )],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_long_body_may_come_in_pieces",
        since: 11,
        exchanges: &[Ask(
            Pieces(&[
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n",
                &[b'a'; 5000],
                &[b'b'; 10_000],
                &[b'c'; 5000],
            ]),
            ECHO,
        )],
        clause: "RFC 9112 section 6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_request_line_may_have_8000_bytes",
        since: 11,
        exchanges: &[
            Ask(
                Long {
                    start: "GET /hi?",
                    piece: "0123456789",
                    times: 798,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                HI,
            ),
            Ask(
                Long {
                    start: "GET /",
                    piece: "0123456789",
                    times: 800,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                Http("HTTP/1.1 404 Not Found\n\n..."),
            ),
        ],
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_may_be_longer_than_one_read",
        since: 11,
        exchanges: &[
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "green",
                    times: 800,
                    end: "\r\n\r\n",
                },
                HI,
            ),
            // The part that decides comes last.
            Ask(
                Long {
                    start: "POST /echo HTTP/1.1\nHost: localhost\n",
                    piece: "X-Tea: 012345678901234567890123456789012345678901234567890123456789\r\n",
                    times: 64,
                    end: "Content-Length: 5\r\n\r\nhello",
                },
                HELLO,
            ),
        ],
        clause: "RFC 9112 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_may_be_longer_than_one_read",
        since: 11,
        exchanges: &[
            Ask(
                Long {
                    start: indoc! {"
                        POST /echo HTTP/1.1
                        Host: localhost
                        Content-Length: 5000

                    "},
                    piece: "0123456789",
                    times: 500,
                    end: "",
                },
                ECHO,
            ),
            Ask(
                Long {
                    start: indoc! {"
                        POST /echo HTTP/1.1
                        Host: localhost
                        Content-Length: 300000

                    "},
                    piece: "0123456789",
                    times: 30_000,
                    end: "",
                },
                Echo("HTTP/1.1 200 OK\nContent-Length: 300000\n\n"),
            ),
        ],
        clause: "RFC 9112 section 6.2",
        ..Case::DEFAULT
    },
    Case {
        name: "every_byte_of_a_body_comes_back_as_it_was",
        since: 11,
        exchanges: &[Ask(
            Pieces(&[
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 256\r\n\r\n",
                &EVERY_BYTE,
            ]),
            ECHO,
        )],
        clause: "RFC 9110 section 6.4",
        ..Case::DEFAULT
    },
    Case {
        name: "an_echo_says_that_it_may_be_any_bytes",
        since: 11,
        left_open: "RFC 9110 section 8.3: that the type be named is recommended only",
        exchanges: &[Ask(
            Text(indoc! {"
                POST /echo HTTP/1.1
                Host: localhost
                Content-Length: 5
                Content-Type: text/html

                <b>hi"}),
            Http(indoc! {"
                HTTP/1.1 200 OK
                Content-Type: application/octet-stream
                Content-Length: 5

                <b>hi"}),
        )],
        clause: "RFC 9110 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "echo_is_for_post",
        since: 11,
        left_open: "RFC 9110 section 9.1: a page may take more methods",
        exchanges: &[
            Ask(
                Text("GET /echo HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: POST, OPTIONS\n\n..."),
            ),
            Ask(
                Text("HEAD /echo HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: POST, OPTIONS\n\n"),
            ),
        ],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_is_as_long_as_content_length_says",
        since: 11,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 5

                    hello, and more"}),
                Http("HTTP/1.1 200 OK\n\n...\nbody: hello\n"),
            ),
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 0

                    hello"}),
                Http("HTTP/1.1 200 OK\n\n...\nbody: \n"),
            ),
            // The length is one of bytes, not of characters.
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 4

                    Thé!"}),
                Http("HTTP/1.1 200 OK\n\n...\nbody: Thé\n"),
            ),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "bytes_after_the_body_do_not_change_the_answer",
        since: 11,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 5

                    helloGET /nope HTTP/1.1"}),
                HELLO,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 0

                    GET /nope HTTP/1.1"}),
                NOTHING,
            ),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "without_content_length_there_is_no_body",
        since: 11,
        exchanges: &[
            Ask(Text("POST /echo HTTP/1.1\nHost: localhost\n\n"), NOTHING),
            Ask(Text("POST /echo HTTP/1.1\nHost: localhost\n\nhello"), NOTHING),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nX-Content-Length: 5\n\nhello"),
                NOTHING,
            ),
            Ask(Text("POST /echo HTTP/1.0\nHost: localhost\n\nhello"), NOTHING),
        ],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 411 Length Required\n\n..."),
            because: "RFC 9112 section 6.3: a server may ask for a length",
        }],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_in_the_body_is_no_header",
        since: 11,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 19

                    Content-Length: 100"}),
                ECHO,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 4

                    \r\n\r\n"}),
                ECHO,
            ),
        ],
        clause: "RFC 9112 section 2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_may_come_with_any_method",
        since: 11,
        exchanges: &[
            Ask(
                Pieces(&[
                    b"GET /request HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel",
                    b"lo",
                ]),
                Http("HTTP/1.1 200 OK\n\nmethod: GET\n...\nbody: hello\n"),
            ),
            Ask(
                Pieces(&[
                    b"DELETE /request HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n",
                    b"hello",
                ]),
                Http("HTTP/1.1 200 OK\n\nmethod: DELETE\n...\nbody: hello\n"),
            ),
            Ask(
                Pieces(&[
                    b"HEAD /hi HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel",
                    b"lo",
                ]),
                Http("HTTP/1.1 200 OK\n\n"),
            ),
        ],
        or: or::NO_BODY,
        clause: "RFC 9112 section 6",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_content_length_does_not_matter",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\ncontent-length: 5\n\nhello"),
                HELLO,
            ),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nCONTENT-LENGTH: 5\n\nhello"),
                HELLO,
            ),
        ],
        hint: hints::NAME_WITHOUT_CASE,
        clause: "RFC 9110 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "spaces_around_content_length_do_not_count",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nContent-Length:5\n\nhello"),
                HELLO,
            ),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: it\nContent-Length: \t 5 \t \n\nhello"),
                HELLO,
            ),
        ],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_may_have_leading_zeros",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 05\n\nhello"),
                HELLO,
            ),
            // In a base of eight, this would be 8.
            Ask(
                Text("POST /echo HTTP/1.1\nHost: it\nContent-Length: 010\n\n0123456789"),
                ECHO,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 000000000000000000000000000000000000000000000005

                    hello"}),
                HELLO,
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_has_no_sign",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: +5\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: -5\n\nhello"),
                NO_NUMBER,
            ),
            Ask(Text("POST /request HTTP/1.1\nHost: it\nContent-Length: -0\n\n"), NO_NUMBER),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_is_digits_and_nothing_else",
        since: 11,
        exchanges: &[
            Ask(Text("POST /request HTTP/1.1\nHost: it\nContent-Length:\n\n"), NO_NUMBER),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: five\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5;\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5 bytes\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: \"5\"\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5.0\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5e0\n\nhello"),
                NO_NUMBER,
            ),
            // In some languages, this is 5.
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 0_5\n\nhello"),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_is_not_hexadecimal",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 0x5\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: a\n\n0123456789"),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_has_no_space_in_it",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5 5\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 0\t5\n\nhello"),
                NO_NUMBER,
            ),
            // A space that no break may come at, which is no white space in HTTP.
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: \u{A0}5\n\nhello"),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "the_digits_of_other_scripts_are_no_digits",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: \u{FF15}\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: \u{665}\n\nhello"),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 5234 appendix B.1",
        ..Case::DEFAULT
    },
    Case {
        name: "two_lengths_that_differ_are_refused",
        since: 11,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 5
                    Content-Length: 0

                    hello"}),
                NO_NUMBER,
            ),
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 0
                    Accept: */*
                    content-length: 5

                    hello"}),
                NO_NUMBER,
            ),
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 5
                    Content-Length:

                    hello"}),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "two_equal_lengths_are_refused",
        since: 11,
        exchanges: &[Ask(
            Text(indoc! {"
                POST /request HTTP/1.1
                Host: localhost
                Content-Length: 5
                Content-Length: 5

                hello"}),
            NO_NUMBER,
        )],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nbody: hello\n"),
            because: "RFC 9112 section 6.3: they may be taken for one",
        }],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_list_of_lengths_that_differ_is_refused",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5, 0\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 0,5\n\nhello"),
                NO_NUMBER,
            ),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_list_of_equal_lengths_is_refused",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5, 5\n\nhello"),
                NO_NUMBER,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 5,\n\nhello"),
                NO_NUMBER,
            ),
        ],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n...\nbody: hello\n"),
            because: "RFC 9112 section 6.3: they may be taken for one",
        }],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_length_beyond_all_integers_is_refused",
        since: 11,
        exchanges: &[
            // 2^64 + 5, which is 5 for whoever counts in 64 bits.
            Ask(
                Truncated(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 18446744073709551621

                    hello"}),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
            // 2^32 + 5.
            Ask(
                Truncated(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 4294967301

                    hello"}),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
        ],
        or: &[Or {
            instead_of: "4[..]",
            answer: Answer::Nothing,
            because: "RFC 9112 section 8: a server without a limit waits for the rest",
        }],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_length_beyond_all_integers_is_too_large",
        since: 11,
        left_open: "RFC 9112 section 6.3: a server may say that it is no number",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Content-Length: 18446744073709551621

                    hello"}),
                TOO_LARGE,
            ),
            // The last and the first that do not fit: 2^64 - 1, 2^63, 2^32.
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 18446744073709551615\n\n"),
                TOO_LARGE,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 9223372036854775808\n\n"),
                TOO_LARGE,
            ),
            Ask(
                Text("POST /request HTTP/1.1\nHost: it\nContent-Length: 4294967296\n\n"),
                TOO_LARGE,
            ),
            Ask(
                Long {
                    start: "POST /request HTTP/1.1\nHost: it\nContent-Length: ",
                    piece: "9",
                    times: 1000,
                    end: "\r\n\r\n",
                },
                TOO_LARGE,
            ),
        ],
        clause: "RFC 9110 section 8.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_of_1_mib_is_taken",
        since: 11,
        left_open: "RFC 9110 section 15.5.14: the limit is the server's own",
        exchanges: &[Ask(
            Long {
                start: indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 1048576

                "},
                piece: "0123456789abcdef",
                times: 65536,
                end: "",
            },
            Echo("HTTP/1.1 200 OK\nContent-Length: 1048576\n\n"),
        )],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_beyond_1_mib_is_refused_before_it_comes",
        since: 11,
        left_open: "RFC 9110 section 15.5.14: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 1048577

                "}),
                TOO_LARGE,
            ),
            Ask(
                Text(indoc! {"
                    HEAD /hi HTTP/1.1
                    Host: localhost
                    Content-Length: 1048577

                "}),
                Http("HTTP/1.1 413 Content Too Large\n\n"),
            ),
        ],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "the_refusal_of_a_body_reaches_a_client_that_goes_on_sending",
        since: 11,
        exchanges: &[Ask(
            Long {
                start: indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 5000000

                "},
                piece: "0123456789",
                times: 500_000,
                end: "",
            },
            TOO_LARGE,
        )],
        or: &[Or {
            instead_of: "413",
            answer: Answer::Http("HTTP/1.1 200 OK\n\n..."),
            because: "RFC 9110 section 15.5.14: a server may take a body of this length",
        }],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refusal_reaches_a_client_that_goes_on_sending",
        since: 11,
        left_open: "RFC 9112 section 9.6: that it close in stages is recommended only",
        exchanges: &[Ask(
            Long {
                start: indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: many

                "},
                piece: "0123456789",
                times: 500_000,
                end: "",
            },
            NO_NUMBER,
        )],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "an_answer_reaches_a_client_that_has_sent_too_much",
        since: 11,
        left_open: "RFC 9112 section 9.6: what is too much is a second request, and a bad one",
        exchanges: &[
            Ask(
                Long {
                    start: indoc! {"
                        POST /echo HTTP/1.1
                        Host: localhost
                        Connection: close
                        Content-Length: 5

                        hello"},
                    piece: "0123456789",
                    times: 1_000_000,
                    end: "",
                },
                HELLO,
            ),
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                    piece: "0123456789",
                    times: 1_000_000,
                    end: "",
                },
                HI,
            ),
        ],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_of_16_kib_is_taken",
        since: 11,
        left_open: "RFC 9110 section 5.4: the limit is the server's own",
        exchanges: &[
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "x",
                    times: 16 * 1024 - 46,
                    end: "\r\n\r\n",
                },
                HI,
            ),
            // What comes after it does not count.
            Ask(
                Long {
                    start: "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\nX-Tea: ",
                    piece: "x",
                    times: 16 * 1024 - 68,
                    end: "\r\n\r\nhello",
                },
                HELLO,
            ),
        ],
        clause: "RFC 6585 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_beyond_16_kib_is_refused",
        since: 11,
        left_open: "RFC 9110 section 5.4: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "x",
                    times: 16 * 1024 - 45,
                    end: "\r\n\r\n",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\n",
                    piece: "X-Tea: green\r\n",
                    times: 2000,
                    end: "\r\n",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: "HEAD /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "x",
                    times: 20_000,
                    end: "\r\n\r\n",
                },
                Http("HTTP/1.1 431 Request Header Fields Too Large\n\n"),
            ),
        ],
        clause: "RFC 6585 section 5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_uri_beyond_8_kib_is_refused",
        since: 11,
        left_open: "RFC 9112 section 3: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Long {
                    start: "GET /hi?",
                    piece: "x",
                    times: 8175,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                HI,
            ),
            Ask(
                Long {
                    start: "GET /hi?",
                    piece: "x",
                    times: 8176,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                LONG_URI,
            ),
            Ask(
                Long {
                    start: "GET /hi?",
                    piece: "x",
                    times: 20_000,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                LONG_URI,
            ),
            // It is refused before it ends.
            Ask(Long { start: "GET /", piece: "x", times: 8189, end: "" }, LONG_URI),
            Ask(Long { start: "", piece: "GET /hi ", times: 20_000, end: "" }, LONG_URI),
            Ask(
                Long {
                    start: "HEAD /hi?",
                    piece: "x",
                    times: 20_000,
                    end: " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                Http("HTTP/1.1 414 URI Too Long\n\n"),
            ),
        ],
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_without_end_is_refused_in_pieces_too",
        since: 11,
        left_open: "RFC 9110 section 5.4: the limit, if any, is the server's own",
        exchanges: &[
            Ask(Pieces(&[b"GET /", EIGHT_KIB.split_at(8000).0, &[b'x'; 400]]), LONG_URI),
            Ask(
                Pieces(&[
                    b"GET /hi HTTP/1.1\r\nHost: localhost\r\nX-Tea: ",
                    EIGHT_KIB,
                    EIGHT_KIB.split_at(8000).0,
                    &[b'x'; 400],
                ]),
                LONG_HEAD,
            ),
            // 16 KiB, and not a byte more.
            Ask(
                Pieces(&[
                    b"GET /hi HTTP/1.1\r\nHost: localhost\r\nX-Tea: ",
                    EIGHT_KIB,
                    EIGHT_KIB.split_at(8150).0,
                ]),
                LONG_HEAD,
            ),
        ],
        clause: "RFC 9110 section 5.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_of_8_kib_may_be_cut_in_its_line_end",
        since: 11,
        left_open: "RFC 9112 section 3: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Pieces(&[
                    b"GET /hi?",
                    EIGHT_KIB.split_at(8175).0,
                    b" HTTP/1.1\r",
                    b"\nHost: localhost\r\n\r\n",
                ]),
                HI,
            ),
            Ask(
                Pieces(&[b"GET /hi?", EIGHT_KIB.split_at(8176).0, b" HTTP/1.1\r"]),
                LONG_URI,
            ),
        ],
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_method_longer_than_any_is_not_implemented",
        since: 11,
        left_open: "RFC 9112 section 3: that it be a 501 is recommended only",
        exchanges: &[
            Ask(
                Long {
                    start: "",
                    piece: "BREW",
                    times: 20_000,
                    end: " /hi HTTP/1.1\r\nHost: localhost\r\n\r\n",
                },
                LONG_METHOD,
            ),
            // It is refused before it ends.
            Ask(Long { start: "", piece: "BREW", times: 20_000, end: "" }, LONG_METHOD),
        ],
        clause: "RFC 9112 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_that_is_wrong_is_refused_before_the_next",
        since: 11,
        left_open: "RFC 9112 section 2.1: a server may wait for all of the head",
        exchanges: &[
            Ask(Bytes(b"GET /hi\r\n"), THREE_WORDS),
            Ask(Bytes(b"GET hi HTTP/1.1\r\n"), NO_URI),
            Ask(Bytes(b"BREW /hi HTTP/1.1\r\n"), Http("HTTP/1.1 501 Not Implemented\n\n...")),
            Ask(Bytes(b"GET /hi HTTP/1.1\r\nHost : localhost\r\n"), NO_SPACE),
            Ask(Bytes(b"GET /hi HTTP/1.1\r\nHost: localhost\r\nX-Tea\r\n"), NO_COLON),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_that_never_ends_is_refused",
        since: 11,
        left_open: "RFC 9110 section 5.4: the limit, if any, is the server's own",
        exchanges: &[
            // Just as many bytes as we take, and the client waits.
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "x",
                    times: 16 * 1024 - 42,
                    end: "",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\nX-Tea: ",
                    piece: "green",
                    times: 1_000_000,
                    end: "",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: "GET /hi HTTP/1.1\nHost: localhost\n",
                    piece: "X-Tea: green\r\n",
                    times: 300_000,
                    end: "",
                },
                LONG_HEAD,
            ),
        ],
        clause: "RFC 9110 section 5.4",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_line_before_the_request_is_skipped",
        since: 11,
        exchanges: &[
            Ask(Bytes(b"\r\nGET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"), HI),
            Ask(
                Pieces(&[b"\r", b"\n", b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"]),
                HI,
            ),
            Ask(
                Bytes(
                    b"\r\n\
                    POST /echo HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Content-Length: 5\r\n\
                    \r\n\
                    hello",
                ),
                HELLO,
            ),
            Ask(
                Bytes(b"\r\nHEAD /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                Http("HTTP/1.1 200 OK\n\n"),
            ),
        ],
        or: or::EMPTY_LINE,
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "only_one_empty_line_before_the_request_is_skipped",
        since: 11,
        left_open: "RFC 9112 section 2.2: a server may skip more",
        exchanges: &[
            Ask(Bytes(b"\r\nGET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"), HI),
            Ask(
                Bytes(b"\r\n\r\nGET /hi HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                Http("HTTP/1.1 400 Bad Request\n\n..."),
            ),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_with_bare_line_feeds_is_refused_at_once",
        since: 11,
        left_open: "RFC 9112 section 2.2: a server may take them for line ends",
        exchanges: &[
            Ask(Bytes(b"GET /hi HTTP/1.1\nHost: localhost\n\n"), LINE_END),
            Ask(Bytes(b"GET /hi HTTP/1.1\n"), LINE_END),
            Ask(Bytes(b"\n"), LINE_END),
            Ask(Bytes(b"\r\n\n"), LINE_END),
            Ask(Bytes(b"GET /hi HTTP/1.1\r\nHost: localhost\n"), LINE_END),
            Ask(Bytes(b"GET /hi HTTP/1.1\nHost: localhost\n\r\n"), LINE_END),
            Ask(Bytes(b"GET /hi HTTP/1.1\r\nHost: localhost\r\n\n"), LINE_END),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_that_ends_too_early_is_refused",
        since: 11,
        exchanges: &[
            Ask(Truncated("GET"), NOT_WHOLE),
            Ask(Truncated("GET /hi HTTP/1.1\nHost: localhost"), NOT_WHOLE),
            Ask(Truncated("GET /hi HTTP/1.1\nHost: localhost\n"), NOT_WHOLE),
        ],
        or: or::NOT_WHOLE,
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        // From step 17 on, it has nothing more to ask, and that is no fault.
        name: "a_request_without_a_byte_is_refused",
        since: 11,
        until: Some(16),
        exchanges: &[Ask(Truncated(""), NOT_WHOLE)],
        or: or::NOT_WHOLE,
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_that_ends_too_early_is_refused",
        since: 11,
        exchanges: &[
            Ask(
                Truncated("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhell"),
                NOT_WHOLE,
            ),
            Ask(
                Truncated("POST /request HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n"),
                NOT_WHOLE,
            ),
            Ask(
                Truncated("GET /hi HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhell"),
                NOT_WHOLE,
            ),
        ],
        or: &[
            or::NOTHING,
            or::TIMEOUT,
            Or {
                instead_of: "400",
                answer: Answer::Http("HTTP/1.1 200 OK\n\nHello World!"),
                because: "RFC 9112 section 9.3: who needs no body may answer before it comes",
            },
        ],
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_head_method_that_ends_too_early_is_refused_without_a_body",
        since: 11,
        left_open: "RFC 9112 section 8: a server may close without an answer",
        exchanges: &[
            Ask(
                Truncated("HEAD /hi HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhell"),
                Http("HTTP/1.1 400 Bad Request\nContent-Length: 27\n\n"),
            ),
            Ask(
                Truncated("HEAD /hi HTTP/1.1\nHost: localhost\n"),
                Http("HTTP/1.1 400 Bad Request\nContent-Length: 27\n\n"),
            ),
        ],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_may_close_its_side_after_the_request",
        since: 11,
        exchanges: &[Ask(
            Truncated("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello"),
            HELLO,
        )],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Nothing,
            because: "RFC 9112 section 9.5: a server may close when its client does",
        }],
        clause: "RFC 9293 section 3.6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_may_close_in_the_middle_of_its_request",
        since: 11,
        exchanges: &[
            Leave(b"PO"),
            Leave(b"POST /echo HTTP/1.1\r"),
            Leave(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r"),
            Leave(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"),
            Leave(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhell"),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello"),
                HELLO,
            ),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_may_reset_the_connection_in_the_middle_of_its_request",
        since: 11,
        exchanges: &[
            Reset(b"PO"),
            Reset(b"POST /echo HTTP/1.1\r"),
            Reset(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r"),
            Reset(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"),
            Reset(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhell"),
            Reset(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n"),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello"),
                HELLO,
            ),
        ],
        clause: "RFC 9293 section 3.5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_need_not_wait_for_a_long_response",
        since: 11,
        exchanges: &[
            Leave(&LARGE),
            Reset(&LARGE),
            Ask(
                Text("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello"),
                HELLO,
            ),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
    Case {
        name: "a_value_in_latin_1_keeps_its_letters",
        since: 11,
        left_open: "RFC 9110 section 5.5: what such bytes mean is up to the server",
        exchanges: &[Ask(
            Bytes(
                b"GET /request HTTP/1.1\r\n\
                Host: localhost\r\n\
                X-Name: Jos\xE9\r\n\
                X-Also: Zo\xC3\xAB\r\n\
                \r\n",
            ),
            Http("HTTP/1.1 200 OK\n\n...\nheader x-name: José\nheader x-also: Zoë\n..."),
        )],
        clause: "RFC 9110 section 5.5",
        ..Case::DEFAULT
    },
    Case {
        name: "an_old_client_is_not_told_to_go_on",
        since: 11,
        exchanges: &[Ask(
            Pieces(&[
                b"POST /echo HTTP/1.0\r\n\
                Host: localhost\r\n\
                Expect: 100-continue\r\n\
                Content-Length: 5\r\n\
                \r\n",
                b"hello",
            ]),
            HELLO,
        )],
        clause: "RFC 9110 section 10.1.1",
        chapter: Some("12-chunked"),
        ..Case::DEFAULT
    },
    Case {
        name: "the_body_of_one_client_is_not_the_body_of_the_next",
        since: 11,
        exchanges: &[
            Ask(
                Text("POST /echo HTTP/1.1\nHost: it\nContent-Length: 5\n\nhello"),
                HELLO,
            ),
            Ask(Text("POST /echo HTTP/1.1\nHost: it\nContent-Length: 0\n\n"), NOTHING),
            Ask(Text("POST /echo HTTP/1.1\nHost: it\nContent-Length: 2\n\nhi"), ECHO),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
];
