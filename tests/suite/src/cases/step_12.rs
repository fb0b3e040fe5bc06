//! A body in chunks: its length is told as it comes.

use indoc::indoc;

use super::or;
use super::step_01::EVERY_BYTE;
use crate::case::{Answer, Case, Exchange::*, Or, Request::*, Response, Response::*};

const HELLO: Response = Http("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
const HELLO_WORLD: Response = Http("HTTP/1.1 200 OK\nContent-Length: 11\n\nhello world");
const NOTHING: Response = Http("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
const ECHO: Response = Echo("HTTP/1.1 200 OK\n\n");

const BOTH: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    Send a Content-Length or chunks, not both.
"});

const OLD_VERSION: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    HTTP/1.0 has no Transfer-Encoding.
"});

const NO_CODING: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The Transfer-Encoding must end in one chunked.
"});

const UNKNOWN_CODING: Response = Refusal(indoc! {"
    HTTP/1.1 501 Not Implemented

    We know no Transfer-Encoding but chunked.
"});

const NO_SIZE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The line of a chunk must be its size, and perhaps extensions.
"});

const NO_LINE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The line of a chunk must be printable.
"});

const LONG_CHUNK: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    A chunk is longer than its size.
"});

const LINE_END: Response = Refusal(indoc! {r"
    HTTP/1.1 400 Bad Request

    Each line must end in \r\n.
"});

const NOT_PRINTABLE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The value of a header must be printable.
"});

const NOT_WHOLE: Response = Refusal(indoc! {"
    HTTP/1.1 400 Bad Request

    The request must be whole.
"});

const TOO_LARGE: Response = Refusal(indoc! {"
    HTTP/1.1 413 Content Too Large

    The body must not be longer than 1 MiB.
"});

const CHUNKED: &[u8] =
    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
/// A piece of a line that is too long.
const EIGHT_KIB: &[u8] = &[b'x'; 8 * 1024];

const LONG_HEAD: Response = Refusal(indoc! {"
    HTTP/1.1 431 Request Header Fields Too Large

    Headers must not be longer than 16 KiB.
"});

const CHUNK_OF_64: &str =
    "40\r\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n";

/// A request to echo the chunks that come after this.
macro_rules! chunks {
    ($chunks:literal) => {
        concat!(
            "POST /echo HTTP/1.1\n",
            "Host: localhost\n",
            "Transfer-Encoding: chunked\n\n",
            $chunks
        )
    };
    // And the client has nothing more to ask.
    (last $chunks:literal) => {
        concat!(
            "POST /echo HTTP/1.1\n",
            "Host: localhost\n",
            "Connection: close\n",
            "Transfer-Encoding: chunked\n\n",
            $chunks
        )
    };
}

/// A request to echo `hello`, in chunks, with these headers.
macro_rules! coded {
    ($headers:literal) => {
        concat!(
            "POST /echo HTTP/1.1\n",
            "Host: localhost\n",
            $headers,
            "\n\n",
            "5\r\nhello\r\n0\r\n\r\n"
        )
    };
}

/// A coding that nobody knows is a 501 by one rule, and a body without an end a 400 by the
/// other.
const UNKNOWN: &[Or] = &[Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 501 Not Implemented\n\n..."),
    because: "RFC 9112 section 6.1",
}];

pub const CASES: &[Case] = &[
    Case {
        name: "a_body_may_come_in_chunks",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")), HELLO_WORLD),
            Ask(
                Text(chunks!("1\r\nh\r\n1\r\ne\r\n1\r\nl\r\n1\r\nl\r\n1\r\no\r\n0\r\n\r\n")),
                HELLO,
            ),
            Ask(
                Text(indoc! {"
                    PUT /request HTTP/1.1
                    Host: localhost
                    Transfer-Encoding: chunked

                    5\r
                    hello\r
                    0\r
                    \r
                "}),
                Http("HTTP/1.1 200 OK\n\nmethod: PUT\n...\nbody: hello\n"),
            ),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_size_of_a_chunk_is_hexadecimal",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("a\r\n0123456789\r\n0\r\n\r\n")), ECHO),
            Ask(Text(chunks!("A\r\n0123456789\r\n0\r\n\r\n")), ECHO),
            Ask(Text(chunks!("10\r\n0123456789abcdef\r\n0\r\n\r\n")), ECHO),
            Ask(Text(chunks!("1f\r\n0123456789abcdefghijklmnopqrstu\r\n0\r\n\r\n")), ECHO),
            Ask(Text(chunks!("1F\r\n0123456789abcdefghijklmnopqrstu\r\n0\r\n\r\n")), ECHO),
            Ask(
                Long {
                    start: chunks!("aBc\r\n"),
                    piece: "0123456789ab",
                    // 0xabc is 2748.
                    times: 229,
                    end: "\r\n0\r\n\r\n",
                },
                Echo("HTTP/1.1 200 OK\nContent-Length: 2748\n\n"),
            ),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_size_of_a_chunk_may_have_leading_zeros",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("0005\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5\r\nhello\r\n000\r\n\r\n")), HELLO),
            Ask(Text(chunks!("00000000000000000005\r\nhello\r\n0\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_in_chunks_may_be_empty",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Pieces(&[CHUNKED_HEAD, b"0\r\n\r\n"]), NOTHING),
            Ask(Pieces(&[CHUNKED_HEAD, b"0;last\r\nX-Tea: green\r\n\r\n"]), NOTHING),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "every_byte_of_a_chunk_comes_back_as_it_was",
        since: 12,
        exchanges: &[Ask(
            Pieces(&[
                CHUNKED_HEAD,
                b"100\r\n",
                &EVERY_BYTE,
                b"\r\n100\r\n",
                &EVERY_BYTE,
                b"\r\n0\r\n\r\n",
            ]),
            Echo("HTTP/1.1 200 OK\nContent-Length: 512\n\n"),
        )],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "what_looks_like_the_last_chunk_may_be_in_a_chunk",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\n0\r\n\r\n\r\n0\r\n\r\n")), ECHO),
            Ask(Text(chunks!("2\r\n\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n")), ECHO),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_extension_of_a_chunk_is_ignored",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5;name\r\nhello\r\n0;last\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5;name=value;other\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5;a=\"b; c, \\\" = d\"\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5;a=\"\tThé\"\r\nhello\r\n0\r\n\r\n")), HELLO),
            // A size in an extension is none.
            Ask(Text(chunks!("5;f=ff\r\nhello\r\n0;5\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "there_may_be_spaces_around_the_semicolon_of_an_extension",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5 ;name\r\nhello\r\n0\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5\t ; name = value\r\nhello\r\n0 ;last\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_extension_has_a_name_and_perhaps_a_value",
        since: 12,
        left_open: "RFC 9112 section 7.1.1: nobody has to look at an extension",
        exchanges: &[
            Ask(Text(chunks!("5;\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;=b\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a;;b\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a b\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=b c\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=(b)\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=\"b\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=\"b\\\"\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=\"b\"c\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5;a=\"\";b=c\t;d\r\nhello\r\n0\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "headers_after_the_last_chunk_are_skipped",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\r\n\r\n")), HELLO),
            Ask(Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\r\nX-Sum:\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 7.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_header_after_the_last_chunk_is_none_of_the_request",
        since: 12,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /request HTTP/1.1
                    Host: localhost
                    Transfer-Encoding: chunked

                    5\r
                    hello\r
                    0\r
                    Host: example.com\r
                    Content-Length: 100\r
                    X-Tea: green\r
                    \r
                "}),
                Http(indoc! {"
                    HTTP/1.1 200 OK

                    method: POST
                    uri: /request
                    version: HTTP/1.1
                    header host: localhost
                    header transfer-encoding: chunked
                    body: hello
                "}),
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Transfer-Encoding: chunked

                    0\r
                    Host: localhost\r
                    \r
                "}),
                Http("HTTP/1.1 400 Bad Request\n\n..."),
            ),
        ],
        or: &[Or {
            instead_of: "200",
            answer: or::BAD_REQUEST,
            because: "RFC 9110 section 6.5.1: a length must not come there",
        }],
        clause: "RFC 9110 section 6.5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_may_come_byte_by_byte",
        since: 12,
        exchanges: &[Ask(
            ByteByByte(
                b"POST /echo HTTP/1.1\r\n\
                Host: localhost\r\n\
                Transfer-Encoding: chunked\r\n\
                \r\n\
                5\r\nhello\r\n06;name=value\r\n world\r\n0\r\nX-Tea: green\r\n\r\n",
            ),
            HELLO_WORLD,
        )],
        clause: "RFC 9293 section 3.8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_may_come_in_pieces",
        since: 12,
        exchanges: &[
            // In the size, which would be another one, and between the line ends.
            Ask(
                Pieces(&[
                    CHUNKED_HEAD,
                    b"1",
                    b"0\r",
                    b"\n01234567",
                    b"89abcdef\r",
                    b"\n0\r",
                    b"\n\r",
                    b"\n",
                ]),
                Http("HTTP/1.1 200 OK\n\n0123456789abcdef"),
            ),
            Ask(
                Pieces(&[CHUNKED_HEAD, b"0", b"5\r\nhello", b"\r\n0", b"\r\n\r\n"]),
                HELLO,
            ),
            Ask(
                Pieces(&[
                    CHUNKED_HEAD,
                    b"5;na",
                    b"me\r\nhello\r\n0\r\nX-",
                    b"Tea: green\r",
                    b"\n",
                    b"\r\n",
                ]),
                HELLO,
            ),
        ],
        clause: "RFC 9293 section 3.8",
        ..Case::DEFAULT
    },
    Case {
        name: "there_may_be_many_chunks",
        since: 12,
        exchanges: &[Ask(
            Long {
                start: chunks!(""),
                piece: "5\r\nhello\r\n",
                times: 20_000,
                end: "0\r\n\r\n",
            },
            Echo("HTTP/1.1 200 OK\nContent-Length: 100000\n\n"),
        )],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_may_be_longer_than_one_read",
        since: 12,
        exchanges: &[Ask(
            // 0x7a120 is 500,000.
            Long {
                start: chunks!("7a120\r\n"),
                piece: "0123456789",
                times: 50_000,
                end: "\r\n0\r\n\r\n",
            },
            Echo("HTTP/1.1 200 OK\nContent-Length: 500000\n\n"),
        )],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "bytes_after_the_last_chunk_do_not_change_the_answer",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!(last "5\r\nhello\r\n0\r\n\r\nGET /nope HTTP/1.1")), HELLO),
            Ask(Text(chunks!(last "5\r\nhello\r\n0\r\n\r\n5\r\nworld\r\n")), HELLO),
            Ask(Text(chunks!(last "5\r\nhello\r\n0\r\nX-Tea: green\r\n\r\nX-Tea")), HELLO),
        ],
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "an_answer_reaches_a_client_that_sends_on_after_the_last_chunk",
        since: 12,
        exchanges: &[Ask(
            Long {
                start: chunks!(last "5\r\nhello\r\n0\r\n\r\n"),
                piece: "0123456789",
                times: 200_000,
                end: "",
            },
            HELLO,
        )],
        clause: "RFC 9112 section 9.6",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_chunked_does_not_matter",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: Chunked")), HELLO),
            Ask(Text(coded!("Transfer-Encoding: CHUNKED")), HELLO),
            Ask(Text(coded!("transfer-encoding: chunked")), HELLO),
            Ask(Text(coded!("TRANSFER-ENCODING: cHUNKED")), HELLO),
        ],
        clause: "RFC 9112 section 7",
        ..Case::DEFAULT
    },
    Case {
        name: "spaces_around_chunked_do_not_count",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding:chunked")), HELLO),
            Ask(Text(coded!("Transfer-Encoding: \t chunked \t ")), HELLO),
        ],
        clause: "RFC 9112 section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_may_come_after_an_empty_line",
        since: 12,
        exchanges: &[Ask(
            Bytes(
                b"\r\n\
                POST /echo HTTP/1.1\r\n\
                Host: localhost\r\n\
                Transfer-Encoding: chunked\r\n\
                \r\n\
                5\r\nhello\r\n0\r\n\r\n",
            ),
            HELLO,
        )],
        or: or::EMPTY_LINE,
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_may_come_with_any_method",
        since: 12,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    GET /request HTTP/1.1
                    Host: localhost
                    Transfer-Encoding: chunked

                    5\r
                    hello\r
                    0\r
                    \r
                "}),
                Http("HTTP/1.1 200 OK\n\nmethod: GET\n...\nbody: hello\n"),
            ),
            Ask(
                Pieces(&[
                    b"HEAD /hi HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    Transfer-Encoding: chunked\r\n\
                    \r\n\
                    5\r\nhel",
                    b"lo\r\n0\r\n\r\n",
                ]),
                Http("HTTP/1.1 200 OK\n\n"),
            ),
        ],
        or: or::NO_BODY,
        clause: "RFC 9112 section 6",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_waits_is_told_to_go_on",
        since: 12,
        exchanges: &[
            Continue {
                head: indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Transfer-Encoding: chunked
                    Expect: 100-continue

                "},
                body: &["5\r\nhello\r\n0\r\n\r\n"],
                response: HELLO,
            },
            Continue {
                head: indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Expect: 100-continue
                    Content-Length: 5

                "},
                body: &["hello"],
                response: HELLO,
            },
            Continue {
                head: "PUT /request HTTP/1.1\nHost: it\nExpect: 100-continue\n\
                    Content-Length: 5\n\n",
                body: &["hello"],
                response: Http("HTTP/1.1 200 OK\n\n...\nbody: hello\n"),
            },
        ],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_has_been_told_to_go_on_is_not_told_again",
        since: 12,
        left_open: "RFC 9110 section 15.2: a client takes more than one of them",
        exchanges: &[
            Continue {
                head: "POST /echo HTTP/1.1\nHost: it\nExpect: 100-continue\n\
                    Content-Length: 5\n\n",
                body: &["h", "ell", "o"],
                response: HELLO,
            },
            Continue {
                head: "POST /echo HTTP/1.1\nHost: it\nExpect: 100-continue\n\
                    Transfer-Encoding: chunked\n\n",
                body: &["5\r\n", "hel", "lo\r\n", "0\r\n\r\n"],
                response: HELLO,
            },
        ],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_100_continue_does_not_matter",
        since: 12,
        exchanges: &[Continue {
            head: indoc! {"
                POST /echo HTTP/1.1
                Host: localhost
                Transfer-Encoding: chunked
                EXPECT: 100-Continue

            "},
            body: &["5\r\nhello\r\n0\r\n\r\n"],
            response: HELLO,
        }],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "what_a_client_expects_is_a_list",
        since: 12,
        exchanges: &[
            Continue {
                head: "POST /echo HTTP/1.1\nHost: it\nContent-Length: 5\n\
                    Expect: , 100-continue\n\n",
                body: &["hello"],
                response: HELLO,
            },
            Continue {
                head: "POST /echo HTTP/1.1\nHost: it\nContent-Length: 5\n\
                    Expect: 100-continue, 100-continue\n\n",
                body: &["hello"],
                response: HELLO,
            },
        ],
        clause: "RFC 9110 sections 5.6.1 and 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_waits_after_an_empty_line_is_told_to_go_on",
        since: 12,
        exchanges: &[Continue {
            head: "\nPOST /echo HTTP/1.1\nHost: it\nTransfer-Encoding: chunked\n\
                Expect: 100-continue\n\n",
            body: &["5\r\nhello\r\n0\r\n\r\n"],
            response: HELLO,
        }],
        or: or::EMPTY_LINE,
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_does_not_wait_is_answered_too",
        since: 12,
        exchanges: &[
            Ask(
                Text(coded!("Transfer-Encoding: chunked\nExpect: 100-continue")),
                HELLO,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 5
                    Expect: 100-continue

                    hello"}),
                HELLO,
            ),
            // There is no body to wait for.
            Ask(
                Text("GET /hi HTTP/1.1\nHost: localhost\nExpect: 100-continue\n\n"),
                Http("HTTP/1.1 200 OK\n\nHello World!"),
            ),
        ],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_that_does_not_expect_it_is_not_told_to_go_on",
        since: 12,
        exchanges: &[
            Ask(Pieces(&[CHUNKED_HEAD, b"5\r\nhello\r\n0\r\n\r\n"]), HELLO),
            Ask(
                Pieces(&[
                    b"POST /echo HTTP/1.1\r\n\
                    Host: localhost\r\n\
                    X-Expect: 100-continue\r\n\
                    Transfer-Encoding: chunked\r\n\
                    \r\n",
                    b"5\r\nhello\r\n0\r\n\r\n",
                ]),
                HELLO,
            ),
            // What looks so is in the body.
            Ask(
                Pieces(&[
                    CHUNKED_HEAD,
                    b"1e\r\nA: b\r\nExpect: 100-continue\r\n\r\n",
                    b"\r\n0\r\n\r\n",
                ]),
                ECHO,
            ),
        ],
        clause: "RFC 9110 section 15.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_that_is_not_taken_is_refused_while_the_client_waits",
        since: 12,
        left_open: "RFC 9110 section 15.5.14: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Transfer-Encoding: gzip
                    Expect: 100-continue

                "}),
                NO_CODING,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 1048577
                    Expect: 100-continue

                "}),
                TOO_LARGE,
            ),
        ],
        clause: "RFC 9110 section 10.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_and_chunks_together_are_refused",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Content-Length: 15\nTransfer-Encoding: chunked")), BOTH),
            Ask(Text(coded!("Transfer-Encoding: chunked\nContent-Length: 15")), BOTH),
            Ask(Text(coded!("Transfer-Encoding: chunked\nContent-Length: 0")), BOTH),
            Ask(
                Text(coded!("content-length: 15\nAccept: */*\ntransfer-encoding: CHUNKED")),
                BOTH,
            ),
        ],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\nhello"),
            because: "RFC 9112 section 6.1: the length may be left out of account",
        }],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "content_length_and_chunks_are_refused_whatever_they_say",
        since: 12,
        left_open: "RFC 9112 section 6.3: a server may go by the chunks alone",
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: gzip\nContent-Length: 15")), BOTH),
            Ask(Text(coded!("Transfer-Encoding:\nContent-Length: 15")), BOTH),
            Ask(Text(coded!("Transfer-Encoding: chunked\nContent-Length: many")), BOTH),
            Ask(Text(coded!("Transfer-Encoding: chunked\nContent-Length:")), BOTH),
        ],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_is_not_coded_in_chunks_twice",
        since: 12,
        left_open: "RFC 9112 section 6.1: a server may take the two for one",
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: chunked, chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: Chunked,chunked")), NO_CODING),
            Ask(
                Text(coded!("Transfer-Encoding: chunked\nTransfer-Encoding: chunked")),
                NO_CODING,
            ),
            Ask(
                Text(coded!("Transfer-Encoding: chunked\nHost2: it\ntransfer-encoding: Chunked")),
                NO_CODING,
            ),
            Ask(Text(coded!("Transfer-Encoding: chunked, gzip, chunked")), NO_CODING),
        ],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "chunked_must_come_last",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: identity")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: gzip")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunked, gzip")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunked, identity")), NO_CODING),
            Ask(
                Text(coded!("Transfer-Encoding: chunked\nTransfer-Encoding: gzip")),
                NO_CODING,
            ),
            Ask(
                Text(coded!("Transfer-Encoding: chunked\nTransfer-Encoding: identity")),
                NO_CODING,
            ),
        ],
        or: UNKNOWN,
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "another_coding_below_the_chunks_is_not_implemented",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: gzip, chunked")), UNKNOWN_CODING),
            Ask(Text(coded!("Transfer-Encoding: gzip,Chunked")), UNKNOWN_CODING),
            Ask(
                Text(coded!("Transfer-Encoding: gzip\nTransfer-Encoding: chunked")),
                UNKNOWN_CODING,
            ),
            Ask(Text(coded!("Transfer-Encoding: xchunked, chunked")), UNKNOWN_CODING),
        ],
        or: &[
            Or {
                instead_of: "501",
                answer: or::BAD_REQUEST,
                because: "RFC 9112 section 6.1: that it be a 501 is recommended only",
            },
            Or {
                instead_of: "501",
                answer: Answer::Http("HTTP/1.1 500 Internal Server Error\n\n..."),
                because: "RFC 9112 section 6.1: that it be a 501 is recommended only",
            },
        ],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "what_only_looks_like_chunked_is_refused",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: xchunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunkedx")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunked;q=1")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: \"chunked\"")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunked chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: gzip chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunk")), NO_CODING),
        ],
        or: UNKNOWN,
        hint: "The coding must be `chunked`, and not only contain it: another \
               server may read this length in another way, and then one of you \
               takes a body for a request.",
        clause: "RFC 9112 section 6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_transfer_encoding_is_refused",
        since: 12,
        left_open: "RFC 9110 section 5.6.1: a list without members may count as none",
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding:")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: ,")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding:\nTransfer-Encoding: , ,")), NO_CODING),
        ],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "an_empty_member_of_transfer_encoding_is_ignored",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: , chunked")), HELLO),
            Ask(Text(coded!("Transfer-Encoding: chunked,")), HELLO),
            Ask(Text(coded!("Transfer-Encoding: , ,chunked\t, ,")), HELLO),
            Ask(Text(coded!("Transfer-Encoding: chunked\nTransfer-Encoding:")), HELLO),
        ],
        or: &[
            Or {
                instead_of: "200",
                answer: or::BAD_REQUEST,
                because: "RFC 9112 section 11.2: some refuse it, as an attack",
            },
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 5[..] whatever\n\n..."),
                because: "RFC 9112 section 11.2: some refuse it, as an attack",
            },
        ],
        clause: "RFC 9110 section 5.6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_space_that_is_none_in_http_is_no_space_around_chunked",
        since: 12,
        exchanges: &[
            Ask(Text(coded!("Transfer-Encoding: \u{A0}chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: chunked\u{A0}")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: \u{85}chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: \u{3000}chunked")), NO_CODING),
            Ask(Text(coded!("Transfer-Encoding: gzip,\u{A0}chunked")), NO_CODING),
        ],
        or: UNKNOWN,
        clause: "RFC 9110 section 5.6.3",
        ..Case::DEFAULT
    },
    Case {
        name: "http_1_0_has_no_chunks",
        since: 12,
        left_open: "RFC 9112 section 6.1: a server may answer, if it closes afterwards",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.0
                    Host: localhost
                    Transfer-Encoding: chunked

                    5\r
                    hello\r
                    0\r
                    \r
                "}),
                OLD_VERSION,
            ),
            Ask(
                Text(indoc! {"
                    POST /echo HTTP/1.0
                    Transfer-Encoding: chunked
                    Content-Length: 5

                    hello"}),
                OLD_VERSION,
            ),
        ],
        clause: "RFC 9112 section 6.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_size_of_a_chunk_is_digits_and_nothing_else",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("+5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("-1\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("-0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("0x5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5h\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("g\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("0_5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5.0\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5,5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!(";name\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("\u{FF15}\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            // Nor is the size of a later chunk, or of the last.
            Ask(Text(chunks!("5\r\nhello\r\n+5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5\r\nhello\r\n\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5\r\nhello\r\n+0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5\r\nhello\r\n0x0\r\n\r\n")), NO_SIZE),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_size_of_a_chunk_has_no_spaces",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5 5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!(" 5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("\t5\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5 name\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("\u{A0}5;name\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5\u{A0};name\r\nhello\r\n0\r\n\r\n")), NO_SIZE),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_size_of_a_chunk_has_no_space_after_it",
        since: 12,
        left_open: "RFC 9112 section 7.1: some take it, for some clients send it",
        exchanges: &[
            Ask(Text(chunks!("5 \r\nhello\r\n0\r\n\r\n")), NO_SIZE),
            Ask(Text(chunks!("5\r\nhello\r\n0 \r\n\r\n")), NO_SIZE),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_beyond_all_integers_is_refused",
        since: 12,
        exchanges: &[
            // 2^64 + 5 and 2^32 + 5, which are 5 for whoever counts in 64 and in 32 bits.
            Ask(
                Truncated(chunks!("10000000000000005\r\nhello\r\n0\r\n\r\n")),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
            Ask(
                Truncated(chunks!("100000005\r\nhello\r\n0\r\n\r\n")),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
            // The last one that fits, which overflows when one adds to it.
            Ask(
                Truncated(chunks!("ffffffffffffffff\r\nhello\r\n0\r\n\r\n")),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
            Ask(
                Truncated(chunks!("5\r\nhello\r\nfffffffffffffffe\r\nhello\r\n0\r\n\r\n")),
                Http("HTTP/1.1 4[..] Too Large\n\n..."),
            ),
        ],
        or: &[Or {
            instead_of: "4[..]",
            answer: Answer::Nothing,
            because: "RFC 9112 section 8: a server without a limit waits for the rest",
        }],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_beyond_all_integers_is_too_large",
        since: 12,
        left_open: "RFC 9112 section 7.1: a server may say that it is no number",
        exchanges: &[
            Ask(Text(chunks!("10000000000000005\r\nhello\r\n0\r\n\r\n")), TOO_LARGE),
            Ask(Text(chunks!("ffffffffffffffff\r\nhello\r\n0\r\n\r\n")), TOO_LARGE),
            Ask(Text(chunks!("8000000000000000\r\nhello\r\n0\r\n\r\n")), TOO_LARGE),
            Ask(Long {
                start: chunks!(""),
                piece: "f",
                times: 1000,
                end: "\r\nhello\r\n0\r\n\r\n",
            }, TOO_LARGE),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_that_is_longer_than_its_size_is_refused",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("4\r\nhello\r\n0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("5\r\nhello\r\n5\r\nworld!\r\n0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("4\r\nhell\rX0\r\n\r\n")), LONG_CHUNK),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_that_is_shorter_than_its_size_is_refused",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("6\r\nhello\r\n0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("7\r\nhello\r\n0\r\n\r\n")), LONG_CHUNK),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_ends_in_a_line_end",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("5\r\nhello5\r\nworld\r\n0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("5\r\nhello\n\r0\r\n\r\n")), LONG_CHUNK),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_line_feed_does_not_end_a_chunk",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello\n0\r\n\r\n")), LONG_CHUNK),
            Ask(Text(chunks!("5\r\nhello\r0\r\n\r\n")), LONG_CHUNK),
        ],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_line_feed_does_not_end_a_size",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5\nhello\r\n0\r\n\r\n")), LINE_END),
            Ask(Text(chunks!("5\rhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("5\r\r\nhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("5\r\nhello\r\n0\n\r\n\r\n")), LINE_END),
        ],
        clause: "RFC 9112 section 7.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_line_feed_in_an_extension_is_refused",
        since: 12,
        exchanges: &[
            // Who ends the line at the bare one, takes `5` for another size.
            Ask(Text(chunks!("5;a\nb\r\nhello\r\n0\r\n\r\n")), LINE_END),
            Ask(Text(chunks!("5;a=\"\n\"\r\nhello\r\n0\r\n\r\n")), LINE_END),
            Ask(Text(chunks!("5;\n\r\nhello\r\n0\r\n\r\n")), LINE_END),
            Ask(Text(chunks!("5\r\nhello\r\n0;a\nb\r\n\r\n")), LINE_END),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_cr_in_an_extension_is_refused",
        since: 12,
        exchanges: &[
            Ask(Text(chunks!("5;a\rb\r\nhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("5;\r\r\nhello\r\n0\r\n\r\n")), NO_LINE),
        ],
        or: &[Or {
            instead_of: "400",
            answer: Answer::Http("HTTP/1.1 200 OK\n\nhello"),
            because: "RFC 9112 section 2.2: a space in its place, which is ignored",
        }],
        clause: "RFC 9112 section 2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_control_character_in_the_line_of_a_chunk_is_refused",
        since: 12,
        left_open: "RFC 9112 section 7.1.1: nobody has to look at an extension",
        exchanges: &[
            Ask(Text(chunks!("5;a\0b\r\nhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("5;\x7F\r\nhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("5\x0B;a\r\nhello\r\n0\r\n\r\n")), NO_LINE),
            Ask(Text(chunks!("\x0C5\r\nhello\r\n0\r\n\r\n")), NO_LINE),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_malformed_header_after_the_last_chunk_is_refused",
        since: 12,
        left_open: "RFC 9112 section 7.1.2: what comes before the empty line may be skipped",
        exchanges: &[
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\nColon?\r\n\r\n")),
                Refusal("HTTP/1.1 400 Bad Request\n\nA header must have a colon.\n"),
            ),
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\nX-Tea : green\r\n\r\n")),
                Refusal(
                    "HTTP/1.1 400 Bad Request\n\nThere must be no space before the colon.\n",
                ),
            ),
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\n: green\r\n\r\n")),
                Refusal(
                    "HTTP/1.1 400 Bad Request\n\nThe name of a header must be a word.\n",
                ),
            ),
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\r\n black\r\n\r\n")),
                Refusal(
                    "HTTP/1.1 400 Bad Request\n\nA header must not go on in the next line.\n",
                ),
            ),
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: gr\0een\r\n\r\n")),
                NOT_PRINTABLE,
            ),
        ],
        clause: "RFC 9112 section 7.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_bare_line_feed_does_not_end_the_chunks",
        since: 12,
        left_open: "RFC 9112 section 2.2: a server may take it for a line end",
        exchanges: &[
            Ask(Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\n\r\n\r\n")), LINE_END),
            Ask(
                Text(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\n\nGET / HTTP/1.1\r\n\r\n")),
                LINE_END,
            ),
        ],
        clause: "RFC 9112 section 7.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_that_end_too_early_are_refused",
        since: 12,
        exchanges: &[
            Ask(Truncated(chunks!("")), NOT_WHOLE),
            Ask(Truncated(chunks!("5")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhel")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello\r\n")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello\r\n0")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello\r\n0\r\n")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello\r\n0\r\n\r")), NOT_WHOLE),
            Ask(Truncated(chunks!("5\r\nhello\r\n0\r\nX-Tea: green\r\n")), NOT_WHOLE),
        ],
        or: or::NOT_WHOLE,
        clause: "RFC 9112 section 8",
        ..Case::DEFAULT
    },
    Case {
        name: "a_chunk_beyond_1_mib_is_refused_before_it_comes",
        since: 12,
        left_open: "RFC 9110 section 15.5.14: the limit, if any, is the server's own",
        exchanges: &[
            Ask(Text(chunks!("100001\r\n")), TOO_LARGE),
            Ask(Text(chunks!("5\r\nhello\r\nffffc\r\n")), TOO_LARGE),
            Ask(Text(chunks!("5\r\nhello\r\nfffffff\r\n")), TOO_LARGE),
        ],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "a_body_of_1_mib_in_chunks_is_taken",
        since: 12,
        left_open: "RFC 9110 section 15.5.14: the limit is the server's own",
        exchanges: &[Ask(
            Long {
                start: chunks!("100000\r\n"),
                piece: "01",
                times: 512 * 1024,
                end: "\r\n0\r\n\r\n",
            },
            Echo("HTTP/1.1 200 OK\nContent-Length: 1048576\n\n"),
        )],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "what_a_body_costs_in_small_chunks_does_not_count",
        since: 12,
        left_open: "RFC 9110 section 15.5.14: the limit is the server's own",
        exchanges: &[
            Ask(
                Long {
                    start: chunks!(""),
                    piece: "1\r\nx\r\n",
                    times: 64 * 1024,
                    end: "0\r\n\r\n",
                },
                Echo("HTTP/1.1 200 OK\nContent-Length: 65536\n\n"),
            ),
            Ask(
                Long {
                    start: chunks!(""),
                    piece: CHUNK_OF_64,
                    times: 16 * 1024,
                    end: "0\r\n\r\n",
                },
                Echo("HTTP/1.1 200 OK\nContent-Length: 1048576\n\n"),
            ),
        ],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_beyond_1_mib_are_refused",
        since: 12,
        left_open: "RFC 9110 section 15.5.14: the limit, if any, is the server's own",
        exchanges: &[
            // 1,280,000 bytes of body, and more of chunks; and the client waits, or sends on.
            Ask(Long {
                start: chunks!(""),
                piece: CHUNK_OF_64,
                times: 20_000,
                end: "",
            }, TOO_LARGE),
            Ask(Long {
                start: chunks!(""),
                piece: CHUNK_OF_64,
                times: 60_000,
                end: "",
            }, TOO_LARGE),
            Ask(Long {
                start: chunks!(""),
                piece: CHUNK_OF_64,
                times: 20_000,
                end: "0\r\n\r\n",
            }, TOO_LARGE),
            Ask(
                Long {
                    start: chunks!("100000\r\n"),
                    piece: "01",
                    times: 512 * 1024,
                    end: "\r\n1\r\nx\r\n0\r\n\r\n",
                },
                TOO_LARGE,
            ),
        ],
        clause: "RFC 9110 section 15.5.14",
        ..Case::DEFAULT
    },
    Case {
        name: "chunks_of_little_body_and_much_else_are_refused",
        since: 12,
        left_open: "RFC 9112 section 7.1.1: the limit is the server's own, and recommended only",
        exchanges: &[
            // 16 KiB is what else may come: here an extension, `;a=`, the size of the last
            // chunk, and the empty line.
            Ask(Long {
                start: chunks!("5;a="),
                piece: "x",
                times: 16_378,
                end: "\r\nhello\r\n0\r\n\r\n",
            }, HELLO),
            Ask(Long {
                start: chunks!("5;a="),
                piece: "x",
                times: 16_379,
                end: "\r\nhello\r\n0\r\n\r\n",
            }, LONG_HEAD),
            // Zeros.
            Ask(Long {
                start: chunks!(""),
                piece: "0",
                times: 16_382,
                end: "5\r\nhello\r\n0\r\n\r\n",
            }, LONG_HEAD),
            // A line that does not end.
            Ask(Long {
                start: chunks!("5;"),
                piece: "0123456789",
                times: 200_000,
                end: "",
            }, LONG_HEAD),
            Ask(Long {
                start: chunks!(""),
                piece: "0",
                times: 2_000_000,
                end: "",
            }, LONG_HEAD),
            // A trailer that has no room for its end any more.
            Ask(
                Pieces(&[CHUNKED, b"0\r\nA: ", EIGHT_KIB, EIGHT_KIB.split_at(8188).0]),
                LONG_HEAD,
            ),
            // Extensions that do not end.
            Ask(Long {
                start: chunks!(""),
                piece: "1;name=0123456789\r\nx\r\n",
                times: 60_000,
                end: "",
            }, LONG_HEAD),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_long_line_of_a_chunk_may_be_cut_in_its_line_end",
        since: 12,
        left_open: "RFC 9112 section 7.1.1: the limit is the server's own, and recommended only",
        exchanges: &[
            Ask(
                Pieces(&[
                    CHUNKED,
                    b"5;a=",
                    EIGHT_KIB,
                    EIGHT_KIB.split_at(8186).0,
                    b"\r",
                    b"\nhello\r\n0\r\n\r\n",
                ]),
                HELLO,
            ),
            Ask(
                Pieces(&[
                    CHUNKED,
                    b"5;a=",
                    EIGHT_KIB,
                    EIGHT_KIB.split_at(8190).0,
                    b"\r",
                    b"\n",
                ]),
                LONG_HEAD,
            ),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_line_of_a_chunk_without_end_is_refused_in_pieces_too",
        since: 12,
        left_open: "RFC 9112 section 7.1.1: the limit is the server's own, and recommended only",
        exchanges: &[
            Ask(
                Pieces(&[
                    CHUNKED,
                    b"5;a=",
                    EIGHT_KIB,
                    EIGHT_KIB.split_at(8000).0,
                    &[b'x'; 400],
                ]),
                LONG_HEAD,
            ),
            // A trailer.
            Ask(Pieces(&[CHUNKED, b"0\r\nX-Tea: ", EIGHT_KIB, EIGHT_KIB]), LONG_HEAD),
        ],
        clause: "RFC 9112 section 7.1.1",
        ..Case::DEFAULT
    },
    Case {
        name: "headers_without_end_after_the_last_chunk_are_refused",
        since: 12,
        left_open: "RFC 9110 section 5.4: the limit, if any, is the server's own",
        exchanges: &[
            Ask(
                Long {
                    start: chunks!("5\r\nhello\r\n0\r\n"),
                    piece: "X-Tea: 01234567890123456789012345678901234567890123456789\r\n",
                    times: 40_000,
                    end: "",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: chunks!("5\r\nhello\r\n0\r\nX-Tea: "),
                    piece: "green",
                    times: 400_000,
                    end: "",
                },
                LONG_HEAD,
            ),
            Ask(
                Long {
                    start: chunks!("5\r\nhello\r\n0\r\nX-Tea: "),
                    piece: "x",
                    times: 16_372,
                    end: "\r\n\r\n",
                },
                HELLO,
            ),
            Ask(
                Long {
                    start: chunks!("5\r\nhello\r\n0\r\nX-Tea: "),
                    piece: "x",
                    times: 16_373,
                    end: "\r\n\r\n",
                },
                LONG_HEAD,
            ),
            // An extension counts as well.
            Ask(
                Long {
                    start: chunks!("5;a\r\nhello\r\n0\r\nX-Tea: "),
                    piece: "x",
                    times: 16_371,
                    end: "\r\n\r\n",
                },
                LONG_HEAD,
            ),
        ],
        clause: "RFC 9112 section 7.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_client_may_leave_in_the_middle_of_its_chunks",
        since: 12,
        exchanges: &[
            Leave(b"POST /echo HTTP/1.1\r\nHost: it\r\nTransfer-Encoding: chunked\r\n\r\n"),
            Leave(b"POST /echo HTTP/1.1\r\nHost: it\r\nTransfer-Encoding: chunked\r\n\r\n5\r"),
            Reset(b"POST /echo HTTP/1.1\r\nHost: it\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh"),
            Reset(
                b"POST /echo HTTP/1.1\r\n\
                Host: localhost\r\n\
                Expect: 100-continue\r\n\
                Content-Length: 5\r\n\
                \r\n",
            ),
            Leave(
                b"POST /echo HTTP/1.1\r\n\
                Host: localhost\r\n\
                Expect: 100-continue\r\n\
                Content-Length: 5\r\n\
                \r\n",
            ),
            Ask(Text(chunks!("5\r\nhello\r\n0\r\n\r\n")), HELLO),
        ],
        clause: "RFC 9112 section 9.5",
        ..Case::DEFAULT
    },
];

const CHUNKED_HEAD: &[u8] =
    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
