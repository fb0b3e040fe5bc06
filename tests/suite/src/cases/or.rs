//! What HTTP allows to more than one case, in the place of what our servers do.

use crate::case::{Answer, Or};

pub const BAD_REQUEST: Answer = Answer::Http("HTTP/1.1 400 Bad Request\n\n...");

/// For a request line that is none.
pub const REQUEST_LINE: &[Or] = &[MOVED];

/// For white space in the request line that is not one space.
pub const SPACES: &[Or] = &[
    MOVED,
    Or {
        instead_of: "400",
        answer: Answer::Http("HTTP/1.1 200 OK\n\n..."),
        because: "RFC 9112 section 3: a server may split the line at any white space",
    },
];

/// For a URI that is none.
pub const URI: &[Or] = &[MOVED, NOT_FOUND];

/// For a version that is none.
pub const VERSION: &[Or] = &[MOVED, NOT_SUPPORTED];

/// For a request line without a version.
pub const NO_VERSION: &[Or] = &[MOVED, HEADLESS];

/// For a method that the server doesn't know.
pub const METHOD: &[Or] = &[BAD_METHOD, NOT_ALLOWED];

/// For a Host that is empty.
pub const NO_HOST: &[Or] = &[Or {
    instead_of: "200",
    answer: BAD_REQUEST,
    because: "RFC 9112 section 3.3: an http URI has a host, or the server has a default",
}];

/// For an empty line before the request.
pub const EMPTY_LINE: &[Or] = &[Or {
    instead_of: "200",
    answer: BAD_REQUEST,
    because: "RFC 9112 section 2.2: that it be skipped is recommended only",
}];

/// For a body that comes with GET, HEAD or DELETE.
pub const NO_BODY: &[Or] = &[
    Or {
        instead_of: "200",
        answer: BAD_REQUEST,
        because: "RFC 9110 section 9.3.1: some refuse it, as an attack",
    },
    Or {
        instead_of: "200",
        answer: Answer::Http("HTTP/1.1 200 OK\n\n"),
        because: "RFC 9112 section 9.3: who needs no body may answer before it comes",
    },
];

/// For a request that ends too early.
pub const NOT_WHOLE: &[Or] = &[NOTHING, TIMEOUT];

/// For what says that no cache may keep a page that is for one client.
pub const FOR_ONE_CLIENT: &[Or] = &[
    Or {
        instead_of: "200",
        answer: Answer::Http("HTTP/1.1 200 OK\nVary: cookie\n\n..."),
        because: "RFC 9110 section 12.5.5: Vary says so, too",
    },
    Or {
        instead_of: "200",
        answer: Answer::Http("HTTP/1.1 200 OK\nCache-Control: private\n\n..."),
        because: "RFC 9111 section 5.2.2.7: only the client's own cache keeps it",
    },
    Or {
        instead_of: "200",
        answer: Answer::Http("HTTP/1.1 200 OK\nCache-Control: no-cache\n\n..."),
        because: "RFC 9111 section 5.2.2.4: a cache asks each time",
    },
    Or {
        instead_of: "401",
        answer: Answer::Http("HTTP/1.1 401 Unauthorized\n\n..."),
        because: "RFC 9111 section 4.2.2: no cache keeps a 401 of its own accord",
    },
];

pub const MOVED: Or = Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 301 Moved Permanently\n\n..."),
    because: "RFC 9112 section 3.2: a 400 or a 301",
};

pub const NOT_FOUND: Or = Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 404 Not Found\n\n..."),
    because: "RFC 9112 section 3.2: that it be a 400 is recommended only",
};

pub const HEADLESS: Or = Or {
    instead_of: "400",
    answer: Answer::Headless,
    because: "RFC 1945 section 6: who names no version speaks HTTP/0.9",
};

pub const NOT_SUPPORTED: Or = Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 505 HTTP Version Not Supported\n\n..."),
    because: "RFC 9112 section 2.2: that it be a 400 is recommended only",
};

pub const BAD_METHOD: Or = Or {
    instead_of: "501",
    answer: BAD_REQUEST,
    because: "RFC 9110 section 9.1: that it be a 501 is recommended only",
};

pub const NOT_ALLOWED: Or = Or {
    instead_of: "501",
    answer: Answer::Http("HTTP/1.1 405 Method Not Allowed\nAllow: ...\n\n..."),
    because: "RFC 9110 section 9.1: that it be a 501 is recommended only",
};

pub const NOTHING: Or = Or {
    instead_of: "400",
    answer: Answer::Nothing,
    because: "RFC 9112 section 8: a server may send an error before it closes",
};

pub const TIMEOUT: Or = Or {
    instead_of: "400",
    answer: Answer::Http("HTTP/1.1 408 Request Timeout\n\n..."),
    because: "RFC 9110 section 15.5.9: the request was not complete in time",
};
