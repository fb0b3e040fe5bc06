//! Ranges: a part of a file, and only of the version that the client has.

use crate::case::{Answer, Case, Exchange, Exchange::*, Or, Request::*, Response::*};

/// What cases about ranges have in common.
const RANGES: Case = Case { since: 27, has_folder: true, ..Case::DEFAULT };

/// Asks for a file, with these headers.
macro_rules! get {
    ($file:literal, $headers:literal, $response:expr) => {
        Ask(
            Text(concat!("GET /", $file, " HTTP/1.1\nHost: localhost\n", $headers, "\n")),
            Http($response),
        )
    };
}

/// Asks for a part of ten bytes, and gets it.
macro_rules! part {
    ($range:literal, $part:literal, $bytes:literal) => {
        get!(
            "ten.txt",
            $range,
            concat!(
                "HTTP/1.1 206 Partial Content\nContent-Range: bytes ",
                $part,
                "/10\n\n",
                $bytes
            )
        )
    };
}

/// Asks for something of ten bytes, and gets all of them.
macro_rules! whole {
    ($headers:literal) => {
        get!("ten.txt", $headers, "HTTP/1.1 200 OK\nContent-Range: [none]\n\n0123456789")
    };
}

/// Asks for what isn't there.
macro_rules! nothing {
    ($headers:literal) => {
        get!(
            "ten.txt",
            $headers,
            "HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */10\n\n..."
        )
    };
}

/// A server that knows ranges.
const KNOWS: Exchange = part!("Range: bytes=2-5\n", "2-5", "2345");
const DATE: Exchange = get!(
    "ten.txt",
    "Range: bytes=0-0\n",
    "HTTP/1.1 206 Partial Content\nContent-Range: bytes 0-0/10\n\
     Last-Modified: [=date]\n\n0"
);

const MAY_SEND_ALL: Or = Or {
    instead_of: "206",
    answer: Answer::Http("HTTP/1.1 200 OK\nContent-Range: [none]\n\n..."),
    because: "RFC 9110 section 14.2: a server may ignore Range",
};
const MAY_SEND_ALL_OF_WHAT_IS_THERE: Or = Or {
    instead_of: "416",
    answer: Answer::Http("HTTP/1.1 200 OK\nContent-Range: [none]\n\n..."),
    because: "RFC 9110 section 14.2: a server may ignore Range",
};
const MAY_NOT_SAY_HOW_MUCH: Or = Or {
    instead_of: "416",
    answer: Answer::Http("HTTP/1.1 416 Range Not Satisfiable\n\n..."),
    because: "RFC 9110 section 15.5.17: that the length be said is recommended only",
};
const MAY_REFUSE: Or = Or {
    instead_of: "200",
    answer: Answer::Http("HTTP/1.1 4[..] Refused\n\n..."),
    because: "RFC 9110 section 14.2: what is no range may be refused",
};
const MAY_FIND_NOTHING: Or = Or {
    instead_of: "[..]",
    answer: Answer::Http("HTTP/1.1 416 Range Not Satisfiable\n\n..."),
    because: "RFC 9110 section 14.4: no Content-Range names a part of nothing",
};

const PARTS: &[Or] = &[MAY_SEND_ALL];

pub const CASES: &[Case] = &[
    Case {
        name: "a_part_of_a_file_may_be_asked_for",
        or: PARTS,
        exchanges: &[
            KNOWS,
            part!("Range: bytes=0-0\n", "0-0", "0"),
            part!("Range: bytes=9-9\n", "9-9", "9"),
            part!("Range: bytes=0-9\n", "0-9", "0123456789"),
            part!("range:bytes=2-5\n", "2-5", "2345"),
            part!("Range: Bytes=2-5\n", "2-5", "2345"),
            get!(
                "ten.txt",
                "Range: bytes=2-5\n",
                "HTTP/1.1 206 Partial Content\nContent-Length: 4\n\n2345"
            ),
        ],
        clause: "RFC 9110 section 14.2",
        ..RANGES
    },
    Case {
        name: "the_rest_of_a_file_may_be_asked_for",
        or: PARTS,
        exchanges: &[
            part!("Range: bytes=0-\n", "0-9", "0123456789"),
            part!("Range: bytes=7-\n", "7-9", "789"),
            part!("Range: bytes=9-\n", "9-9", "9"),
        ],
        clause: "RFC 9110 section 14.1.2",
        ..RANGES
    },
    Case {
        name: "the_end_of_a_file_may_be_asked_for",
        or: PARTS,
        exchanges: &[
            part!("Range: bytes=-3\n", "7-9", "789"),
            part!("Range: bytes=-1\n", "9-9", "9"),
            part!("Range: bytes=-10\n", "0-9", "0123456789"),
        ],
        clause: "RFC 9110 section 14.1.2",
        ..RANGES
    },
    Case {
        name: "what_goes_beyond_the_end_ends_there",
        or: PARTS,
        exchanges: &[
            part!("Range: bytes=2-10\n", "2-9", "23456789"),
            part!("Range: bytes=9-99\n", "9-9", "9"),
            part!("Range: bytes=-11\n", "0-9", "0123456789"),
        ],
        clause: "RFC 9110 section 14.1.2",
        ..RANGES
    },
    Case {
        name: "a_number_may_have_any_size",
        or: &[
            MAY_SEND_ALL,
            MAY_SEND_ALL_OF_WHAT_IS_THERE,
            MAY_NOT_SAY_HOW_MUCH,
            Or {
                instead_of: "206",
                answer: Answer::Http("HTTP/1.1 4[..] Refused\n\n..."),
                because: "RFC 9110 section 17.5: a number that is too large may be refused",
            },
        ],
        exchanges: &[
            part!("Range: bytes=5-18446744073709551615\n", "5-9", "56789"),
            part!("Range: bytes=5-18446744073709551616\n", "5-9", "56789"),
            part!("Range: bytes=-99999999999999999999\n", "0-9", "0123456789"),
            nothing!("Range: bytes=99999999999999999999-\n"),
            nothing!("Range: bytes=18446744073709551615-18446744073709551615\n"),
        ],
        clause: "RFC 9110 section 17.5",
        ..RANGES
    },
    Case {
        name: "a_part_of_a_long_file_is_cut_to_the_byte",
        or: PARTS,
        exchanges: &[
            get!(
                "long.txt",
                "Range: bytes=65530-65545\n",
                "HTTP/1.1 206 Partial Content\n\
                 Content-Range: bytes 65530-65545/102400\n\n6400.\nline 4097/"
            ),
            get!(
                "long.txt",
                "Range: bytes=-10\n",
                "HTTP/1.1 206 Partial Content\n\
                 Content-Range: bytes 102390-102399/102400\n\n400/6400.\n"
            ),
            get!(
                "long.txt",
                "Range: bytes=1-\n",
                "HTTP/1.1 206 Partial Content\nContent-Length: 102399\n\
                 Content-Range: bytes 1-102399/102400\n\nine 0001/6400.\n..."
            ),
        ],
        clause: "RFC 9110 section 15.3.7",
        ..RANGES
    },
    Case {
        name: "what_begins_behind_the_end_is_not_there",
        or: &[MAY_SEND_ALL_OF_WHAT_IS_THERE, MAY_NOT_SAY_HOW_MUCH],
        exchanges: &[
            nothing!("Range: bytes=10-\n"),
            nothing!("Range: bytes=10-10\n"),
            nothing!("Range: bytes=99-100\n"),
            nothing!("Range: bytes=-0\n"),
        ],
        clause: "RFC 9110 section 15.5.17",
        ..RANGES
    },
    Case {
        name: "what_is_no_range_is_none",
        or: &[MAY_SEND_ALL, MAY_REFUSE],
        exchanges: &[
            KNOWS,
            whole!("Range: bytes=5-2\n"),
            whole!("Range: bytes=\n"),
            whole!("Range: bytes\n"),
            whole!("Range: \n"),
            whole!("Range: bytes=-\n"),
            whole!("Range: bytes=two-five\n"),
            whole!("Range: bytes=+2-5\n"),
            whole!("Range: bytes=2-+5\n"),
            whole!("Range: bytes=--5\n"),
            whole!("Range: bytes=2-5-7\n"),
            whole!("Range: bytes=0x2-5\n"),
        ],
        clause: "RFC 9110 section 14.2",
        ..RANGES
    },
    Case {
        name: "a_unit_that_is_unknown_is_ignored",
        or: PARTS,
        exchanges: &[KNOWS, whole!("Range: digits=2-5\n"), whole!("Range: none=2-5\n")],
        clause: "RFC 9110 section 14.2",
        ..RANGES
    },
    Case {
        name: "an_empty_element_of_the_list_does_not_count",
        or: &[
            MAY_SEND_ALL,
            Or {
                instead_of: "206",
                answer: Answer::Http("HTTP/1.1 4[..] Refused\n\n..."),
                because: "RFC 9110 section 14.2: what is no range may be refused",
            },
        ],
        exchanges: &[part!("Range: bytes=,2-5 ,\n", "2-5", "2345")],
        clause: "RFC 9110 section 5.6.1",
        ..RANGES
    },
    Case {
        name: "several_parts_are_the_whole",
        or: &[
            MAY_SEND_ALL,
            Or {
                instead_of: "200",
                answer: Answer::Http(
                    "HTTP/1.1 206 Partial Content\nContent-Range: [none]\n\
                     Content-Type: multipart/byteranges[..]\n\n...",
                ),
                because: "RFC 9110 section 15.3.7.2: they may come in parts",
            },
            Or {
                instead_of: "200",
                answer: Answer::Http("HTTP/1.1 206 Partial Content\n\n..."),
                because: "RFC 9110 section 15.3.7.2: those that overlap may be joined",
            },
        ],
        exchanges: &[
            KNOWS,
            whole!("Range: bytes=0-1,8-9\n"),
            whole!("Range: bytes=0-1, -1\n"),
            whole!("Range: bytes=0-5,2-\n"),
        ],
        clause: "RFC 9110 section 14.2",
        ..RANGES
    },
    Case {
        name: "nothing_has_an_end_and_no_beginning",
        or: &[MAY_SEND_ALL, MAY_SEND_ALL_OF_WHAT_IS_THERE, MAY_FIND_NOTHING],
        exchanges: &[
            KNOWS,
            get!(
                "empty.txt",
                "Range: bytes=0-\n",
                "HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */0\n\n..."
            ),
            get!(
                "empty.txt",
                "Range: bytes=-0\n",
                "HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */0\n\n..."
            ),
            get!(
                "empty.txt",
                "Range: bytes=-5\n",
                "HTTP/1.1 200 OK\nContent-Range: [none]\nContent-Length: 0\n\n"
            ),
        ],
        clause: "RFC 9110 section 14.1.2",
        ..RANGES
    },
    Case {
        name: "only_get_has_parts",
        or: PARTS,
        exchanges: &[
            KNOWS,
            Ask(
                Text("HEAD /ten.txt HTTP/1.1\nHost: localhost\nRange: bytes=2-5\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 10\nContent-Range: [none]\n\n"),
            ),
            Ask(
                Text("HEAD /ten.txt HTTP/1.1\nHost: localhost\nRange: bytes=99-\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Length: 10\nContent-Range: [none]\n\n"),
            ),
        ],
        clause: "RFC 9110 section 14.2",
        ..RANGES
    },
    Case {
        name: "conditions_come_before_parts",
        or: PARTS,
        exchanges: &[
            part!("Range: bytes=2-5\nIf-Match: *\n", "2-5", "2345"),
            part!("Range: bytes=2-5\nIf-None-Match: \"nowhere\"\n", "2-5", "2345"),
            get!(
                "ten.txt",
                "Range: bytes=2-5\nIf-None-Match: *\n",
                "HTTP/1.1 304 Not Modified\nContent-Range: [none]\n\n"
            ),
            get!(
                "ten.txt",
                "Range: bytes=99-\nIf-None-Match: *\n",
                "HTTP/1.1 304 Not Modified\nContent-Range: [none]\n\n"
            ),
            get!(
                "ten.txt",
                "Range: bytes=2-5\nIf-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\nContent-Range: [none]\n\n..."
            ),
            get!(
                "ten.txt",
                "Range: bytes=99-\nIf-Match: \"nowhere\"\n",
                "HTTP/1.1 412 Precondition Failed\nContent-Range: [none]\n\n..."
            ),
        ],
        clause: "RFC 9110 section 13.2.2",
        ..RANGES
    },
    Case {
        name: "who_has_a_part_of_another_version_gets_the_whole",
        or: PARTS,
        exchanges: &[
            KNOWS,
            whole!("Range: bytes=2-5\nIf-Range: \"nowhere\"\n"),
            whole!("Range: bytes=2-5\nIf-Range: W/\"nowhere\"\n"),
            whole!("Range: bytes=2-5\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT\n"),
            // A later date than that of the file is none that it has.
            whole!("Range: bytes=2-5\nIf-Range: Fri, 31 Dec 2100 23:59:59 GMT\n"),
            // And what isn't there of this version was there of the other, perhaps.
            whole!("Range: bytes=99-\nIf-Range: \"nowhere\"\n"),
            // Without a Range, it means nothing.
            whole!("If-Range: \"nowhere\"\n"),
        ],
        clause: "RFC 9110 section 13.1.5",
        ..RANGES
    },
    Case {
        name: "who_has_a_part_of_this_version_gets_the_rest",
        left_open: "RFC 9110 section 8.8.2.1: that there be a date is recommended only",
        or: PARTS,
        exchanges: &[
            DATE,
            part!("Range: bytes=2-5\nIf-Range: [=date]\n", "2-5", "2345"),
            nothing!("Range: bytes=99-\nIf-Range: [=date]\n"),
            part!(
                "Range: bytes=2-5\nIf-Range: [=date]\nIf-Unmodified-Since: [=date]\n",
                "2-5",
                "2345"
            ),
            get!(
                "ten.txt",
                "Range: bytes=2-5\nIf-Range: [=date]\nIf-Modified-Since: [=date]\n",
                "HTTP/1.1 304 Not Modified\n\n"
            ),
        ],
        clause: "RFC 9110 section 13.1.5",
        ..RANGES
    },
    Case {
        name: "who_has_a_part_is_not_told_again_what_it_is",
        left_open: "RFC 9110 section 15.3.7: to leave it out is recommended only",
        exchanges: &[
            DATE,
            get!(
                "ten.txt",
                "Range: bytes=2-5\nIf-Range: [=date]\n",
                "HTTP/1.1 206 Partial Content\nContent-Range: bytes 2-5/10\n\
                 Content-Type: [none]\nLast-Modified: [none]\n\n2345"
            ),
        ],
        clause: "RFC 9110 section 15.3.7",
        ..RANGES
    },
    Case {
        name: "a_weak_tag_is_not_good_enough_for_a_part",
        our_choice: true,
        exchanges: &[
            get!(
                "ten.txt",
                "Range: bytes=2-5\n",
                "HTTP/1.1 206 Partial Content\nETag: W/[=tag]\n\n2345"
            ),
            whole!("Range: bytes=2-5\nIf-Range: W/[=tag]\n"),
            whole!("Range: bytes=2-5\nIf-Range: [=tag]\n"),
        ],
        clause: "RFC 9110 section 13.1.5",
        ..RANGES
    },
    Case {
        name: "two_wishes_are_none",
        our_choice: true,
        exchanges: &[KNOWS, whole!("Range: bytes=2-5\nRange: bytes=7-8\n")],
        clause: "RFC 9110 section 5.3",
        ..RANGES
    },
    Case {
        name: "a_part_has_the_headers_of_the_whole",
        or: PARTS,
        exchanges: &[get!(
            "ten.txt",
            "Range: bytes=2-5\n",
            "HTTP/1.1 206 Partial Content\nDate: [date]\nContent-Type: text/plain[..]\n\n2345"
        )],
        clause: "RFC 9110 section 15.3.7",
        ..RANGES
    },
    Case {
        name: "a_file_says_that_it_has_parts",
        our_choice: true,
        exchanges: &[get!(
            "ten.txt",
            "",
            "HTTP/1.1 200 OK\nAccept-Ranges: bytes\n\n0123456789"
        )],
        clause: "RFC 9110 section 14.3",
        ..RANGES
    },
];
