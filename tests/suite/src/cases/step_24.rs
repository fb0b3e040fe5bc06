//! Files: a folder becomes pages, and nothing outside of it does. The folder is
//! `tests/suite/folder`.

use crate::case::{Case, Exchange::*, Request::*, Response, Response::*};

/// The case without which there is no asking for files.
pub const FOLDER: &str = "the_folder_of_the_cases_is_shown";

/// What cases about files have in common.
const FILES: Case = Case { since: 24, has_folder: true, ..Case::DEFAULT };

const INDEX: Response = Http(concat!(
    "HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n",
    include_str!("../../folder/index.html")
));

pub const CASES: &[Case] = &[
    Case {
        name: FOLDER,
        exchanges: &[Ask(
            Text("GET /ten.txt HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 200 OK\n\n0123456789"),
        )],
        clause: "RFC 9110 section 9.3.1",
        ..FILES
    },
    Case {
        name: "the_root_is_the_index_of_the_folder",
        exchanges: &[Ask(Text("GET / HTTP/1.1\nHost: localhost\n\n"), INDEX)],
        clause: "RFC 9110 section 9.3.1",
        ..FILES
    },
];
