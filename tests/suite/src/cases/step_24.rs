//! Files: a folder becomes pages, and nothing outside of it does. The folder is
//! `tests/suite/folder`.

use crate::case::{
    Answer, Case, Exchange, Exchange::*, Or, Request::*, Response, Response::*,
};

/// The case without which there is no asking for files.
pub const FOLDER: &str = "the_folder_of_the_cases_is_shown";

/// What cases about files have in common.
const FILES: Case = Case { since: 24, has_folder: true, ..Case::DEFAULT };

/// Which page there is at a path is nobody's affair but the server's.
const OWN_AFFAIR: &str = "RFC 9110 section 3.1: what is shown under which name is the server's \
                          own affair";

const INDEX: Response = Http(concat!(
    "HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n",
    include_str!("../../folder/index.html")
));
const CHAPTER: Response = Http(concat!(
    "HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n",
    include_str!("../../folder/chapter/index.html")
));
const TEN: Response = Http("HTTP/1.1 200 OK\n\n0123456789");
const NOT_FOUND: Response = Http("HTTP/1.1 404 Not Found\n\n...");
const NOT_ALLOWED: Response =
    Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n...");

/// Asks for a target.
macro_rules! get {
    ($target:literal, $response:expr) => {
        Ask(Text(concat!("GET ", $target, " HTTP/1.1\nHost: localhost\n\n")), $response)
    };
}

/// Asks with a method.
macro_rules! with {
    ($method:literal, $target:literal, $response:expr) => {
        Ask(
            Text(concat!($method, " ", $target, " HTTP/1.1\nHost: localhost\n\n")),
            $response,
        )
    };
}

/// A server that shows files at all.
const SHOWS: Exchange = get!("/ten.txt", TEN);

const MAY_REFUSE: Or = Or {
    instead_of: "404",
    answer: Answer::Http("HTTP/1.1 400 Bad Request\n\n..."),
    because: "RFC 9110 section 15.5.1: what is not to be shown may be refused",
};
const MAY_FORBID: Or = Or {
    instead_of: "404",
    answer: Answer::Http("HTTP/1.1 403 Forbidden\n\n..."),
    because: "RFC 9110 section 15.5.4: a 404 hides what a 403 admits",
};
const MAY_NORMALIZE: Or = Or {
    instead_of: "404",
    answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: [..]\n\n..."),
    because: "RFC 3986 section 6.2.2.3: what the dots mean may be taken out",
};
/// For what would be a path out of the folder.
const OUTSIDE: &[Or] = &[MAY_REFUSE, MAY_FORBID, MAY_NORMALIZE];

/// A redirect that isn't permanent, or says where in full.
const MAY_SAY_WHERE: &[Or] = &[
    Or {
        instead_of: "301",
        answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: [..]/chapter/[..]\n\n..."),
        because: "RFC 9110 section 10.2.2: it may be said in full, and be for now only",
    },
    Or {
        instead_of: "301",
        answer: Answer::Http("HTTP/1.1 200 OK\n\n..."),
        because: "RFC 9110 section 3.1: two paths may have one page",
    },
];

const MAY_BE_NAMELESS: Or = Or {
    instead_of: "200",
    answer: Answer::Http("HTTP/1.1 200 OK\nContent-Type: [none]\n\n..."),
    because: "RFC 9110 section 8.3: that the type be named is recommended only",
};

pub const CASES: &[Case] = &[
    Case { name: FOLDER, exchanges: &[SHOWS], clause: "RFC 9110 section 9.3.1", ..FILES },
    Case {
        name: "the_root_is_the_index_of_the_folder",
        exchanges: &[
            get!("/", INDEX),
            get!("/?to=/ten.txt", INDEX),
            get!("http://localhost", INDEX),
            get!("http://localhost?to=/ten.txt", INDEX),
        ],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: [..]/[..]\n\n..."),
            because: "RFC 9110 section 4.2.3: an empty path is the same as /",
        }],
        clause: "RFC 9110 section 4.2.3",
        ..FILES
    },
    Case {
        name: "every_byte_of_a_file_comes",
        exchanges: &[
            get!(
                "/long.txt",
                Http(concat!(
                    "HTTP/1.1 200 OK\n\n",
                    include_str!("../../folder/long.txt")
                ))
            ),
            get!("/empty.txt", Http("HTTP/1.1 200 OK\n\n")),
        ],
        clause: "RFC 9110 section 9.3.1",
        ..FILES
    },
    Case {
        name: "a_file_says_how_long_it_is",
        left_open: "RFC 9110 section 8.6: that the length be said is recommended only",
        exchanges: &[
            get!("/ten.txt", Http("HTTP/1.1 200 OK\nContent-Length: 10\n\n0123456789")),
            get!("/empty.txt", Http("HTTP/1.1 200 OK\nContent-Length: 0\n\n")),
        ],
        clause: "RFC 9110 section 8.6",
        ..FILES
    },
    Case {
        name: "head_of_a_file_is_get_without_the_body",
        exchanges: &[
            with!("HEAD", "/ten.txt", Http("HTTP/1.1 200 OK\nContent-Length: 10\n\n")),
            with!(
                "HEAD",
                "/long.txt",
                Http("HTTP/1.1 200 OK\nContent-Length: 102400\n\n")
            ),
        ],
        or: &[Or {
            instead_of: "200",
            answer: Answer::Http("HTTP/1.1 200 OK\nContent-Length: [none]\n\n"),
            because: "RFC 9110 section 9.3.2: what costs the body may be left out",
        }],
        clause: "RFC 9110 section 9.3.2",
        ..FILES
    },
    Case {
        name: "a_file_is_not_to_be_changed",
        exchanges: &[
            with!("PUT", "/ten.txt", NOT_ALLOWED),
            with!("DELETE", "/ten.txt", NOT_ALLOWED),
            with!("POST", "/ten.txt", NOT_ALLOWED),
            with!("PATCH", "/", NOT_ALLOWED),
            SHOWS,
        ],
        or: &[Or {
            instead_of: "405",
            answer: Answer::Http("HTTP/1.1 501 Not Implemented\n\n..."),
            because: "RFC 9110 section 9.1: that a method be known is recommended only",
        }],
        clause: "RFC 9110 section 15.5.6",
        ..FILES
    },
    Case {
        name: "a_file_says_what_it_is",
        exchanges: &[
            get!("/", Http("HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n...")),
            get!(
                "/style.css",
                Http("HTTP/1.1 200 OK\nContent-Type: text/css[..]\n\n...")
            ),
            get!(
                "/picture.svg",
                Http("HTTP/1.1 200 OK\nContent-Type: image/svg+xml[..]\n\n...")
            ),
            get!(
                "/data/greeting.json",
                Http("HTTP/1.1 200 OK\nContent-Type: application/json[..]\n\n...")
            ),
            get!(
                "/ten.txt",
                Http("HTTP/1.1 200 OK\nContent-Type: text/plain[..]\n\n...")
            ),
        ],
        or: &[MAY_BE_NAMELESS],
        clause: "RFC 9110 section 8.3",
        hint: "The end of a file's name tells its media type. There are lists of them, and \
               packages that have one.",
        ..FILES
    },
    Case {
        name: "a_text_says_how_it_is_encoded",
        left_open: "RFC 9110 section 8.3.2: the client may have to guess",
        exchanges: &[
            get!(
                "/",
                Http("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n...")
            ),
            get!(
                "/%E0%A4%A8%E0%A4%AE%E0%A4%B8%E0%A5%8D%E0%A4%A4%E0%A5%87.txt",
                Http(
                    "HTTP/1.1 200 OK\nContent-Type: text/plain; charset=utf-8\n\nNamaste!\n"
                )
            ),
        ],
        clause: "RFC 9110 section 8.3.2",
        ..FILES
    },
    Case {
        name: "what_nobody_knows_is_bytes_and_no_browser_guesses",
        left_open: "RFC 9110 section 8.3: the client may look what is in it",
        exchanges: &[
            get!(
                "/README",
                Http(
                    "HTTP/1.1 200 OK\nContent-Type: application/octet-stream\n\
                     X-Content-Type-Options: nosniff\n\n..."
                )
            ),
            get!("/", Http("HTTP/1.1 200 OK\nX-Content-Type-Options: nosniff\n\n...")),
        ],
        clause: "RFC 9110 section 8.3",
        ..FILES
    },
    Case {
        name: "the_name_of_a_file_is_decoded",
        exchanges: &[
            get!(
                "/two%20words.txt",
                Http(concat!(
                    "HTTP/1.1 200 OK\n\n",
                    include_str!("../../folder/two words.txt")
                ))
            ),
            get!(
                "/%E0%A4%A8%E0%A4%AE%E0%A4%B8%E0%A5%8D%E0%A4%A4%E0%A5%87.txt",
                Http("HTTP/1.1 200 OK\n\nNamaste!\n")
            ),
            get!("/100%25.txt", Http("HTTP/1.1 200 OK\n\nHalf of it is 50.\n")),
            get!("/%74en%2etxt", TEN),
            get!("/chapter/%69ndex.html", CHAPTER),
        ],
        clause: "RFC 3986 section 2.4",
        hint: "The name in the path is encoded, and the name of the file isn't.",
        ..FILES
    },
    Case {
        name: "the_name_of_a_file_is_decoded_once",
        exchanges: &[
            SHOWS,
            get!("/%2574en.txt", NOT_FOUND),
            get!("/100%2525.txt", NOT_FOUND),
        ],
        or: &[MAY_REFUSE],
        clause: "RFC 3986 section 2.4",
        hint: "`%25` is a percent sign, and what comes after it is no encoding any more.",
        ..FILES
    },
    Case {
        name: "a_plus_in_a_path_is_a_plus",
        exchanges: &[SHOWS, get!("/two+words.txt", NOT_FOUND)],
        clause: "RFC 3986 section 3.3",
        hint: "That a plus is a space holds in forms, and in no path.",
        ..FILES
    },
    Case {
        name: "a_query_is_no_part_of_the_name_of_a_file",
        exchanges: &[
            get!("/ten.txt?", TEN),
            get!("/ten.txt?name=ada", TEN),
            get!("/ten.txt?/../../Cargo.toml", TEN),
            get!("http://localhost/ten.txt?name=ada", TEN),
        ],
        clause: "RFC 3986 section 3.4",
        ..FILES
    },
    Case {
        name: "no_path_leads_out_of_the_folder",
        exchanges: &[
            SHOWS,
            get!("/../Cargo.toml", NOT_FOUND),
            get!("/../../../../../../../../etc/passwd", NOT_FOUND),
            get!("/chapter/../../Cargo.toml", NOT_FOUND),
            get!("/nowhere/../../Cargo.toml", NOT_FOUND),
            get!("/ten.txt/../../Cargo.toml", NOT_FOUND),
            get!("/..", NOT_FOUND),
            get!("/../", NOT_FOUND),
            get!("http://localhost/../Cargo.toml", NOT_FOUND),
            get!("//etc/passwd", NOT_FOUND),
        ],
        or: OUTSIDE,
        clause: "RFC 9110 section 17.3",
        hint: "`..` is the folder above, and above a folder that you show there may be \
               anything.",
        ..FILES
    },
    Case {
        name: "no_encoded_path_leads_out_of_the_folder",
        exchanges: &[
            SHOWS,
            get!("/%2e%2e/Cargo.toml", NOT_FOUND),
            get!("/.%2E/Cargo.toml", NOT_FOUND),
            get!("/%2E./Cargo.toml", NOT_FOUND),
            get!("/..%2fCargo.toml", NOT_FOUND),
            get!("/%2e%2e%2fCargo.toml", NOT_FOUND),
            get!("/chapter/..%2F..%2FCargo.toml", NOT_FOUND),
            get!("/chapter%2f..%2f..%2fCargo.toml", NOT_FOUND),
            get!("/%252e%252e/Cargo.toml", NOT_FOUND),
            get!("/%252e%252e%252fCargo.toml", NOT_FOUND),
            get!("/%C0%AE%C0%AE/Cargo.toml", NOT_FOUND),
            get!("/%2fetc%2fpasswd", NOT_FOUND),
            get!("/%2Fetc/passwd", NOT_FOUND),
        ],
        or: OUTSIDE,
        clause: "RFC 9110 section 17.3",
        hint: "Decode each name first, and look at it then: what you look at must be what the \
               system gets to see.",
        ..FILES
    },
    Case {
        name: "no_path_of_another_system_leads_out_of_the_folder",
        exchanges: &[
            SHOWS,
            get!("/..%5cCargo.toml", NOT_FOUND),
            get!("/%2e%2e%5cCargo.toml", NOT_FOUND),
            get!("/chapter%5c..%5c..%5cCargo.toml", NOT_FOUND),
            get!("/chapter%5cindex.html", NOT_FOUND),
            get!("/C:/Windows/win.ini", NOT_FOUND),
            get!("/C:%5cWindows%5cwin.ini", NOT_FOUND),
            get!("/%5c%5clocalhost%5cC$%5cWindows%5cwin.ini", NOT_FOUND),
            get!("/....//Cargo.toml", NOT_FOUND),
            get!("/..;/Cargo.toml", NOT_FOUND),
        ],
        or: OUTSIDE,
        clause: "RFC 9110 section 17.3",
        hint: "What separates two names is not the same on each system.",
        ..FILES
    },
    Case {
        name: "a_name_means_one_file_on_every_system",
        exchanges: &[
            SHOWS,
            get!("/ten.txt%00", NOT_FOUND),
            get!("/ten.txt%00.html", NOT_FOUND),
            get!("/ten.txt%0a", NOT_FOUND),
            get!("/ten.txt.", NOT_FOUND),
            get!("/ten.txt%20", NOT_FOUND),
            get!("/ten.txt::$DATA", NOT_FOUND),
            get!("/CON", NOT_FOUND),
            get!("/nul.txt", NOT_FOUND),
            get!("/HIDDEN~1.TXT", NOT_FOUND),
        ],
        or: &[MAY_REFUSE, MAY_FORBID],
        clause: "RFC 9110 section 17.3",
        hint: "A name may have a meaning for the system that it has for nobody else.",
        ..FILES
    },
    Case {
        name: "a_hidden_file_is_not_shown",
        left_open: OWN_AFFAIR,
        exchanges: &[
            SHOWS,
            get!("/.hidden.txt", NOT_FOUND),
            get!("/%2ehidden.txt", NOT_FOUND),
            get!("/chapter/./index.html", NOT_FOUND),
        ],
        clause: "RFC 9110 section 17.3",
        ..FILES
    },
    #[cfg(unix)]
    Case {
        name: "a_link_in_the_folder_is_followed_and_none_out_of_it",
        left_open: OWN_AFFAIR,
        exchanges: &[
            get!("/inside.txt", TEN),
            get!("/outside.txt", NOT_FOUND),
            get!("/outside/Cargo.toml", NOT_FOUND),
            get!("/outside/folder/ten.txt", TEN),
        ],
        clause: "RFC 9110 section 17.3",
        ..FILES
    },
    Case {
        name: "a_folder_is_a_page_with_a_slash",
        exchanges: &[
            get!("/chapter/", CHAPTER),
            get!("/chapter/index.html", CHAPTER),
            get!(
                "/chapter",
                Http("HTTP/1.1 301 Moved Permanently\nLocation: /chapter/\n\n...")
            ),
            get!(
                "/chapter?name=ada",
                Http(
                    "HTTP/1.1 301 Moved Permanently\nLocation: /chapter/?name=ada\n\n..."
                )
            ),
            with!(
                "HEAD",
                "/%63hapter",
                Http("HTTP/1.1 301 Moved Permanently\nLocation: [..]hapter/\n\n")
            ),
        ],
        or: MAY_SAY_WHERE,
        clause: "RFC 9110 section 15.4.2",
        hint: "The links of an index begin at its folder, and the path of a folder ends in a \
               slash.",
        ..FILES
    },
    Case {
        name: "a_redirect_does_not_lead_to_another_server",
        exchanges: &[
            SHOWS,
            get!("//chapter", NOT_FOUND),
            get!("//localhost/chapter", NOT_FOUND),
            get!("//chapter/%2e%2e", NOT_FOUND),
        ],
        or: &[
            MAY_REFUSE,
            Or {
                instead_of: "404",
                answer: Answer::Http("HTTP/1.1 30[..] Moved\nLocation: /chapter/\n\n..."),
                because: "RFC 3986 section 6.2.3: many slashes may be one",
            },
            Or {
                instead_of: "404",
                answer: Answer::Http(
                    "HTTP/1.1 30[..] Moved\nLocation: http://[..]/chapter/\n\n...",
                ),
                because: "RFC 3986 section 6.2.3: many slashes may be one",
            },
            Or {
                instead_of: "404",
                answer: Answer::Http("HTTP/1.1 200 OK\n\n..."),
                because: "RFC 3986 section 6.2.3: many slashes may be one",
            },
        ],
        clause: "RFC 3986 section 4.2",
        hint: "In a `Location`, what comes after two slashes is a host.",
        ..FILES
    },
    Case {
        name: "a_folder_without_an_index_is_no_page",
        left_open: OWN_AFFAIR,
        exchanges: &[
            SHOWS,
            get!("/data", NOT_FOUND),
            get!("/data/", NOT_FOUND),
            get!("/ten.txt/", NOT_FOUND),
            get!("/ten.txt/index.html", NOT_FOUND),
        ],
        clause: "RFC 9110 section 15.5.5",
        ..FILES
    },
    Case {
        name: "what_there_is_not_has_a_page_of_its_own",
        left_open: "RFC 9110 section 15.5: what an error says is the server's own affair",
        exchanges: &[
            get!(
                "/nowhere",
                Http(concat!(
                    "HTTP/1.1 404 Not Found\nContent-Type: text/html; charset=utf-8\n\n",
                    include_str!("../../folder/404.html")
                ))
            ),
            with!("HEAD", "/nowhere", Http("HTTP/1.1 404 Not Found\n\n")),
            get!("/404.html", Http("HTTP/1.1 200 OK\n\n...")),
        ],
        clause: "RFC 9110 section 15.5.5",
        ..FILES
    },
    Case {
        name: "a_route_comes_before_a_file",
        our_choice: true,
        exchanges: &[SHOWS, get!("/hi", Http("HTTP/1.1 200 OK\n\nHello World!"))],
        clause: "RFC 9110 section 3.1",
        ..FILES
    },
    Case {
        name: "who_leaves_before_a_file_is_sent_does_no_harm",
        exchanges: &[
            Times(50, &Leave(b"GET /long.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            Times(50, &Reset(b"GET /long.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            SHOWS,
        ],
        clause: "RFC 9112 section 9.5",
        ..FILES
    },
];
