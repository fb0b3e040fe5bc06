//! What the parts of a request are: a sentence for each, and where the book and the standard
//! tell more.

use crate::explorer::parts::Kind;

/// What a part is.
#[derive(Debug, PartialEq, Eq)]
pub struct Meaning {
    pub title: &'static str,
    pub sentence: &'static str,
    /// The page of the chapter that builds it, without `.html`.
    pub chapter: &'static str,
    /// An RFC and its section, if one of them tells of it.
    pub rfc: Option<(u16, &'static str)>,
}

/// What a part of this kind is; `None` if it is only between two others.
pub fn of_kind(kind: Kind) -> Option<&'static Meaning> {
    Some(match kind {
        Kind::Method => &METHOD,
        Kind::Target => &TARGET,
        Kind::Version => &VERSION,
        Kind::Name => &NAME,
        Kind::Value => &VALUE,
        Kind::LineEnd => &LINE_END,
        Kind::EmptyLine => &EMPTY_LINE,
        Kind::Body => &BODY,
        Kind::Unknown => &UNKNOWN,
        Kind::Between => return None,
    })
}

/// What a header of this name says; names have no case.
pub fn of_header(name: &str) -> Option<&'static Meaning> {
    let known = HEADERS.iter().find(|known| known.title.eq_ignore_ascii_case(name));
    let is_own = || name.to_ascii_lowercase().starts_with("sec-");
    known.or_else(|| is_own().then_some(&SEC))
}

const METHOD: Meaning = Meaning {
    title: "The method",
    sentence: "What is to be done: GET wants to have something, POST brings something along.",
    chapter: "08-methods",
    rfc: Some((9110, "9")),
};
const TARGET: Meaning = Meaning {
    title: "The target",
    sentence: "What it is to be done with: the path of the URI, and its query. The program \
               calls it uri.",
    chapter: "02-parser",
    rfc: Some((9112, "3.2")),
};
const VERSION: Meaning = Meaning {
    title: "The version",
    sentence: "Which HTTP the client speaks. A server that doesn't know it has to say so.",
    chapter: "09-errors",
    rfc: Some((9112, "2.3")),
};
const NAME: Meaning = Meaning {
    title: "The name of a header",
    sentence: "Upper or lower case doesn't matter, so the program writes it in small letters.",
    chapter: "10-headers",
    rfc: Some((9110, "5.1")),
};
const VALUE: Meaning = Meaning {
    title: "The value of a header",
    sentence: "It goes up to the end of the line. Spaces around it don't count.",
    chapter: "10-headers",
    rfc: Some((9110, "5.5")),
};
const LINE_END: Meaning = Meaning {
    title: "A line end",
    sentence: "Two bytes, carriage return and line feed: 13 and 10.",
    chapter: "09-errors",
    rfc: Some((9112, "2.2")),
};
const EMPTY_LINE: Meaning = Meaning {
    title: "The empty line",
    sentence: "Here the head ends. It must be there even if there is no body.",
    chapter: "02-parser",
    rfc: Some((9112, "2.1")),
};
const BODY: Meaning = Meaning {
    title: "The body",
    sentence: "What is brought along. How long it is, the head has said.",
    chapter: "11-framing",
    rfc: Some((9112, "6")),
};
const UNKNOWN: Meaning = Meaning {
    title: "No header",
    sentence: "A line of the head must have a colon. A server has to refuse this one.",
    chapter: "10-headers",
    rfc: Some((9112, "5")),
};
const SEC: Meaning = Meaning {
    title: "What no script can change",
    sentence: "Names that begin with Sec- are the browser's own. They say why it asks, and on \
               what kind of machine.",
    chapter: "10-headers",
    rfc: None,
};

/// Headers that browsers send, by their names.
const HEADERS: [Meaning; 11] = [
    Meaning {
        title: "Host",
        sentence: "Whose page is meant: several names may share one address. It is the one \
                   header that each request must have.",
        chapter: "10-headers",
        rfc: Some((9110, "7.2")),
    },
    Meaning {
        title: "Connection",
        sentence: "What becomes of the connection when this request has been answered.",
        chapter: "17-keep-alive",
        rfc: Some((9110, "7.6.1")),
    },
    Meaning {
        title: "User-Agent",
        sentence: "Which program asks. Browsers claim to be each other, for the sake of \
                   servers that once made a difference.",
        chapter: "10-headers",
        rfc: Some((9110, "10.1.5")),
    },
    Meaning {
        title: "Accept",
        sentence: "Which kinds of content the client can use. */* is any.",
        chapter: "10-headers",
        rfc: Some((9110, "12.5.1")),
    },
    Meaning {
        title: "Accept-Encoding",
        sentence: "How the content may be compressed. Our servers don't.",
        chapter: "10-headers",
        rfc: Some((9110, "12.5.3")),
    },
    Meaning {
        title: "Accept-Language",
        sentence: "Which languages the reader likes, the best one first.",
        chapter: "10-headers",
        rfc: Some((9110, "12.5.4")),
    },
    Meaning {
        title: "Referer",
        sentence: "The page from which one comes. Its name was misspelt when it was \
                   invented, and has stayed so.",
        chapter: "10-headers",
        rfc: Some((9110, "10.1.3")),
    },
    Meaning {
        title: "Cookie",
        sentence: "What the server has once given the browser, and gets back with each \
                   request.",
        chapter: "13-cookies",
        rfc: Some((6265, "4.2")),
    },
    Meaning {
        title: "Cache-Control",
        sentence: "Whether an answer that somebody has kept will do.",
        chapter: "26-conditions",
        rfc: Some((9111, "5.2")),
    },
    Meaning {
        title: "Content-Length",
        sentence: "How many bytes the body has.",
        chapter: "11-framing",
        rfc: Some((9110, "8.6")),
    },
    Meaning {
        title: "Pragma",
        sentence: "What Cache-Control says, for servers of the last century.",
        chapter: "26-conditions",
        rfc: Some((9111, "5.4")),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case() {
        assert_eq!(of_header("hOST").unwrap().title, "Host");
        assert_eq!(of_header("sec-fetch-mode"), Some(&SEC));
        assert_eq!(of_header("X-Tea"), None);
    }
}
