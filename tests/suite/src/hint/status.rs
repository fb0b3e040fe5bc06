//! Why a status may be another than it should be.

use super::sent::Sent;
use super::target::{is_absolute, of_malformed_host, of_malformed_target, path_of};

const SCHEME_IN_QUERY: &str = "A `://` in the query means nothing. A target is absolute if it begins with a scheme.";

const TAKEN: &str = "This request must be refused, and was taken. Check it while you parse it, before any \
     handler sees it.";

/// Where to look, if a case expects one status code and another has come.
pub fn of_status(wanted: &str, got: &str, sent: &Sent) -> Option<&'static str> {
    of_fault(wanted, got)
        .or_else(|| of_page(wanted, got, sent))
        .or_else(|| of_redirect(wanted, got))
        .or_else(|| of_refusal(wanted, got, sent))
}

/// Whether there is no such page, so that nothing else can be said of it.
pub fn is_absence(wanted: &str, got: &str) -> bool {
    got == "500" || matches!((wanted, got), ("200" | "303", "404" | "405" | "501"))
}

fn of_fault(wanted: &str, got: &str) -> Option<&'static str> {
    Some(match (wanted, got) {
        ("500", _) => {
            "A handler has failed, and that is the server's fault: catch it, and say 500."
        }
        (_, "500") => {
            "A handler has failed, or what comes before it. Your server has printed why."
        }
        _ => return None,
    })
}

/// If there should be a page, or there should be none.
fn of_page(wanted: &str, got: &str, sent: &Sent) -> Option<&'static str> {
    Some(match (wanted, got) {
        ("200" | "303", "404") => of_unknown_path(sent),
        ("200" | "303", "405" | "501") => of_unknown_method(sent),
        ("200" | "303" | "404" | "405", "400") => of_needless_refusal(sent),
        ("200" | "303", "413" | "414" | "431") => {
            "This request is long, but not too long: it must be taken. Which limit has it \
             met, and does that count what it should?"
        }
        ("200" | "303", "505") => {
            "This is a version that you speak: HTTP/1.0, and HTTP/1. with any digit, are \
             served like HTTP/1.1."
        }
        ("200" | "303", "401") => {
            "The client has shown a key, and your server doesn't know it, or not any more. \
             Follow the key from the login that has made it."
        }
        ("404", "200") if sent.method() == "GET" => of_wrong_path(sent),
        ("404" | "405", "200") => {
            "This was answered like a GET. Has your router looked at the method?"
        }
        ("404", _) => {
            "No route has this path, whatever the method: look for the path first."
        }
        ("405", "501") => {
            "This method is known to you, and only this page doesn't have it: 405, with \
             `Allow`. A 501 is for a method that no page has."
        }
        ("405", _) => {
            "There is such a path, but not with this method. Look for the path first, and \
             then for the method; `Allow` says which methods there are."
        }
        _ => return None,
    })
}

/// If the client should be sent to another page.
fn of_redirect(wanted: &str, got: &str) -> Option<&'static str> {
    Some(match (wanted, got) {
        ("303", "200") => {
            "The page comes as the answer to the POST, and who reloads it posts again. \
             Answer 303, with the page's address in `Location`."
        }
        ("303", "301" | "302" | "307" | "308") => {
            "Only a 303 says that the other page is to be fetched with GET: with a 307 or \
             308 the client posts again, and with 301 and 302 it may."
        }
        _ => return None,
    })
}

/// If something should be refused.
fn of_refusal(wanted: &str, got: &str, sent: &Sent) -> Option<&'static str> {
    Some(match (wanted, got) {
        ("501", "200") => {
            "This was answered as if there were such a method. One that nobody knows is \
             refused before a handler sees it, also where a page is for all methods."
        }
        ("501", _) => {
            "Nobody knows this method, so the server can't do it: 501. A method that you \
             know, and that this page doesn't have, is a 405."
        }
        ("413" | "414" | "431", "200" | "404") => {
            "This is longer than the limit, and was taken. Count the bytes while they \
             come, and stop at the limit: a client may send for ever."
        }
        ("400", "200" | "303" | "404") => of_negligence(sent),
        ("417" | "505", "200" | "303" | "404") => TAKEN,
        ("400" | "413" | "414" | "417" | "431" | "505", _) => {
            "This request is refused, as it must be, but for another reason. Which of your \
             checks comes first?"
        }
        ("401", "403") => {
            "403 says that nothing helps. Here it would help to log in, and that is 401."
        }
        ("401", "301" | "302" | "303" | "307" | "308") => {
            "The client is sent to another page, where this one says that it is protected: \
             401, and the form to log in as the body."
        }
        ("401", _) => {
            "Whoever is not known must not get in. Ask the table of sessions, and nothing \
             else: a key that was given back is not in it any more, and one that a client \
             has made up never was."
        }
        _ => return None,
    })
}

/// There is such a page, and the router has not found it.
fn of_unknown_path(sent: &Sent) -> &'static str {
    match sent.target() {
        "*" => {
            "`*` is no path: it stands for the server as a whole. Answer it before you look \
             for a route."
        }
        target if is_absolute(target) => {
            "This target is absolute. Its path is what comes after scheme and host, and \
             the router should see nothing else."
        }
        target if target.contains("://") => SCHEME_IN_QUERY,
        target if target.contains('?') => {
            "The path ends at the `?`, and what follows is the query. Cut it off before \
             you look for a route."
        }
        target if target.contains('%') => {
            "A letter may be written with a percent sign, `/%68i` for `/hi`: decode the path \
             before you look for a route."
        }
        _ if sent.is_head() => {
            "HEAD is answered as GET would be, without the body: look for a route with GET."
        }
        _ => {
            "No route has taken it. Compare what your router looks at with the request: \
             the method, and the path without query, scheme and host."
        }
    }
}

/// There is such a page, and it should have this method.
fn of_unknown_method(sent: &Sent) -> &'static str {
    match sent.method() {
        "HEAD" => {
            "Every page that has GET has HEAD as well: answer as to GET, without the body."
        }
        "OPTIONS" => {
            "OPTIONS asks which methods there are. Answer it for every path that you have, \
             with `Allow`."
        }
        _ => {
            "There is such a page, and it has this method. Which methods does your route \
             have, and does your server know this one?"
        }
    }
}

/// There is nothing wrong with a request.
fn of_needless_refusal(sent: &Sent) -> &'static str {
    if sent.begins_with_an_empty_line() {
        "An empty line before the request line is left out: old clients send one after a \
         body."
    } else if sent.is_chunked() {
        "This body comes in chunks, and there is nothing wrong with them. Who sends chunks \
         sends no Content-Length. Which line of a chunk does your parser not like?"
    } else if sent.version() == "HTTP/1.0" && sent.value("Host").is_none() {
        "HTTP/1.0 has no Host: only from HTTP/1.1 on it must be there."
    } else {
        "There is nothing wrong with this request, and your parser refuses it. Look for a \
         place where it is stricter than the standard, also in how it finds a header by \
         its name."
    }
}

/// There is something wrong with a request, and nobody has noticed.
fn of_negligence(sent: &Sent) -> &'static str {
    if sent.has_a_bare_line_end() {
        "A line ends in `\\r\\n`, and in nothing else. What splits lines in your language \
         may also split at a `\\n` or a `\\r` alone: another server may not, and would see \
         other headers."
    } else if sent.has(|char| char.is_whitespace() && !" \t\r\n".contains(char)) {
        "White space in HTTP is the space and the tab. What trims and splits texts in your \
         language may take away more than these two."
    } else if sent.has(|char| char.is_numeric() && !char.is_ascii()) {
        "Digits in HTTP are 0 to 9. What parses numbers in your language may take those of \
         other scripts as well."
    } else if sent.has_a_header_twice() {
        "A header comes twice, and a table by name keeps only one of them. Count them \
         before that: another server may believe the other one."
    } else if sent.is_chunked() && sent.value("Content-Length").is_some() {
        "Content-Length says one length, and Transfer-Encoding another. Who believes the \
         one takes for the next request what the other takes for the body: refuse it."
    } else if sent.value("Content-Length").is_some_and(|value| !is_number(value)) {
        "A length is digits and nothing else. What parses numbers in your language may take \
         a sign, spaces, `0x` or `_` as well: look at the characters first."
    } else if sent.version() == "HTTP/1.1" && sent.value("Host").is_none() {
        "There is no Host, and from HTTP/1.1 on there must be one."
    } else {
        of_malformed_target(sent.method(), sent.target())
            .or_else(|| of_malformed_host(sent.value("Host")?))
            .unwrap_or(TAKEN)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// There is no such page, and one has come.
fn of_wrong_path(sent: &Sent) -> &'static str {
    let target = sent.target();
    let path = path_of(target);
    match path {
        "" => {
            "This target is absolute, and it has no path: its query comes right after the \
             host, whatever is in it. An empty path stands for `/`."
        }
        _ if is_absolute(target) => {
            "This target is absolute. Compare all of its path, which begins after the host \
             and ends before the `?`."
        }
        _ if target.contains("://") => SCHEME_IN_QUERY,
        path if path.contains('%') => {
            "Decode only what need not be encoded, which is letters, digits, `-`, `.`, `_` and \
             `~`, and decode it once: `%2F` is no `/`, and `%3F` begins no query."
        }
        path if path.contains(|char: char| char.is_ascii_uppercase()) => {
            "Upper and lower case are not the same in a path. Compare it as it is."
        }
        _ => {
            "There is no page at this path, and it was answered like one. Compare the \
             whole path, and not only how it begins; for all that is left, say 404."
        }
    }
}
