//! Whether a header says what the pattern says: HTTP has several spellings of most things.

use std::collections::HashSet;

use super::matches;

/// Whether a value is as the pattern says, for a header of this name.
pub fn value_matches(name: &str, pattern: &str, value: &str) -> bool {
    match &*name.to_ascii_lowercase() {
        _ if pattern == "[date]" => httpdate::parse_http_date(value).is_ok(),
        "allow" => is_set(pattern, value, ','),
        "cache-control" | "connection" | "vary" => has_members(pattern, value),
        "content-length" => {
            let without_zeros = |text: &str| match text.trim_start_matches('0') {
                "" => "0".to_string(),
                rest => rest.to_string(),
            };
            text_matches(&without_zeros(pattern), &without_zeros(value))
        }
        "content-type" => text_matches(&media_type(pattern), &media_type(value)),
        "location" => is_reference(pattern, value),
        "set-cookie" => is_cookie(pattern, value),
        _ => text_matches(pattern, value),
    }
}

/// Whether several headers of this name mean the same as one with commas in it (RFC 9110
/// section 5.3).
pub fn is_list(name: &str) -> bool {
    ["Allow", "Cache-Control", "Connection", "Vary"]
        .iter()
        .any(|list| list.eq_ignore_ascii_case(name))
}

/// The name of a cookie, as the client will know it.
pub fn cookie_name(cookie: &str) -> &str {
    cookie.split(['=', ';']).next().unwrap_or_default().trim()
}

fn text_matches(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes())
}

/// The members of a list. Empty ones don't count (RFC 9110 section 5.6.1).
fn members(list: &str, separator: char) -> HashSet<&str> {
    list.split(separator).map(str::trim).filter(|member| !member.is_empty()).collect()
}

/// Whether a list has the members that the pattern names, and others only if `...` is one
/// of them.
fn is_set(pattern: &str, list: &str, separator: char) -> bool {
    let (mut expected, received) =
        (members(pattern, separator), members(list, separator));
    if expected.remove("...") {
        expected.is_subset(&received)
    } else {
        expected == received
    }
}

/// Whether a list has the members that the pattern names, in any case, whatever else is in
/// it.
fn has_members(pattern: &str, list: &str) -> bool {
    let (pattern, list) = (pattern.to_ascii_lowercase(), list.to_ascii_lowercase());
    let received = members(&list, ',');
    let is_there =
        |wanted: &str| received.iter().any(|member| text_matches(wanted, member));
    members(&pattern, ',').into_iter().all(is_there)
}

/// A media type in one spelling: in lower case, without quotes, and with one space before
/// each parameter (RFC 9110 section 8.3.1).
fn media_type(text: &str) -> String {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ").replace('"', "").to_ascii_lowercase()
}

/// Whether a cookie has the name and the value that the pattern says, and the same
/// attributes: neither their order nor their case matters, nor white space around them (RFC
/// 6265 section 5.2).
fn is_cookie(pattern: &str, cookie: &str) -> bool {
    let (expected, attributes) = split_cookie(pattern);
    let (pair, others) = split_cookie(cookie);
    let is_expected = match expected.strip_suffix("[hex]") {
        Some(name) => pair.strip_prefix(name).is_some_and(is_hex_key),
        None => text_matches(&expected, &pair),
    };
    is_expected && is_set(&attributes.to_lowercase(), &others.to_lowercase(), ';')
}

/// The pair of a cookie, and its attributes, without white space around any `=`.
fn split_cookie(cookie: &str) -> (String, String) {
    let trim = |part: &str| match part.split_once('=') {
        Some((name, value)) => format!("{}={}", name.trim(), value.trim()),
        None => part.trim().to_string(),
    };
    let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
    let attributes: Vec<String> = attributes.split(';').map(trim).collect();
    (trim(pair), attributes.join(";"))
}

/// Whether these are hexadecimal digits, enough of them for 128 bits. Chance hardly ever
/// gives one digit eight times in a row, and who counts fills up with zeros.
fn is_hex_key(text: &str) -> bool {
    let is_run = |bytes: &[u8]| bytes.iter().all(|byte| *byte == bytes[0]);
    text.len() >= 32
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !text.as_bytes().windows(8).any(is_run)
}

/// Whether a reference leads to the page that the pattern names by its path (RFC 9110
/// section 10.2.2). All pages that are asked for lie in the root.
fn is_reference(pattern: &str, reference: &str) -> bool {
    text_matches(pattern, reference)
        || path_of(reference).is_some_and(|path| text_matches(pattern, &path))
}

/// The path of a reference to this server, or to a page beside the one that was asked for.
fn path_of(reference: &str) -> Option<String> {
    let reference = reference.split('#').next()?;
    let scheme = reference.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("http:"));
    let rest = scheme.map_or(reference, |scheme| &reference[scheme.len()..]);
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_local(host).then_some(path)?
        }
        None => rest,
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match segment {
            "." => {}
            ".." => _ = segments.pop(),
            segment => segments.push(segment),
        }
    }
    Some(format!("/{}", segments.join("/")))
}

/// Whether this is the host that every request names, or the address of the server.
fn is_local(host: &str) -> bool {
    let has_port = |rest: &str| {
        rest.strip_prefix(':').map_or(rest.is_empty(), |port| port.parse::<u16>().is_ok())
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let start = host.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
            && has_port(&host[name.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each, whether it says what the pattern says.
    fn check(name: &str, pattern: &str, right: &[&str], wrong: &[&str]) {
        for value in right {
            assert!(value_matches(name, pattern, value), "{name}: {value}");
        }
        for value in wrong {
            assert!(!value_matches(name, pattern, value), "{name}: {value}");
        }
    }

    #[test]
    fn a_list_is_a_set() {
        check(
            "Allow",
            "GET, HEAD",
            &["HEAD, GET", "GET,HEAD", "GET, , HEAD,"],
            &["GET", "GET, HEAD, POST", "get, head", "GET HEAD"],
        );
        check("Allow", "GET, ...", &["GET, POST", "GET"], &["POST", ""]);
        check("Connection", "close", &["Close", "close, x"], &["closed", "keep-alive"]);
        check("Cache-Control", "no-store", &["No-Store", "private, no-store"], &["no"]);
    }

    #[test]
    fn a_number_may_begin_with_zeros() {
        check("Content-Length", "12", &["12", "0012"], &["120", "1", ""]);
        check("Content-Length", "0", &["0", "00"], &["1"]);
    }

    #[test]
    fn a_media_type_has_no_case_and_may_have_quotes() {
        check(
            "Content-Type",
            "text/plain; charset=utf-8",
            &["Text/Plain;Charset=UTF-8", "text/plain ; charset=\"utf-8\""],
            &["text/plain", "text/html; charset=utf-8", "text/plain; charset=latin1"],
        );
        check(
            "Content-Type",
            "text/html[..]",
            &["TEXT/HTML", "text/html;a=b"],
            &["text"],
        );
    }

    #[test]
    fn a_date_has_three_forms() {
        check(
            "Date",
            "[date]",
            &[
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
            ],
            &["Sun, 31 Feb 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "now", ""],
        );
    }

    #[test]
    fn attributes_of_a_cookie_have_no_order_and_no_case() {
        check(
            "Set-Cookie",
            "a=1; Path=/; HttpOnly",
            &[
                "a=1; httponly; path=/",
                "a=1;Path=/;HttpOnly;",
                "a = 1 ; Path = / ; HTTPONLY",
            ],
            &["a=1; Path=/", "A=1; Path=/; HttpOnly", "a=1; Path=/; HttpOnly; Secure"],
        );
        check("Set-Cookie", "a=1; ...", &["a=1", "a=1; Secure"], &["a=12", "b=1"]);
        let key = format!("a={}", "0f".repeat(16));
        check("Set-Cookie", "a=[hex]", &[&key], &["a=0f", "a=", &key.replace('f', "g")]);
        check("Set-Cookie", "a=[hex]", &[], &[&format!("a={:032x}", 17)]);
    }

    #[test]
    fn references_may_lead_to_the_same_page() {
        check(
            "Location",
            "/visits",
            &[
                "/visits",
                "visits",
                "./visits",
                "/a/../visits",
                "/visits#top",
                "http://127.0.0.1:8080/visits",
                "HTTP://localhost/visits",
                "//localhost:80/visits",
            ],
            &[
                "/visit",
                "/a/visits",
                "http://example.com/visits",
                "http://localhost.example/visits",
                "//example.com/visits",
                "http://localhost:x/visits",
            ],
        );
    }
}
