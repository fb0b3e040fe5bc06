//! What may be wrong with a target, and with a host.

/// Characters that are only there encoded.
const ENCODED: &str = "\"<>\\^`{}";

pub fn is_absolute(target: &str) -> bool {
    !target.starts_with('/') && target.contains("://")
}

/// The path of a target, which an absolute one need not have.
pub fn path_of(target: &str) -> &str {
    let end = |text: &str| text.find('?').unwrap_or(text.len());
    let rest = match target.split_once("://") {
        Some((_, rest)) if is_absolute(target) => rest,
        _ => return &target[..end(target)],
    };
    let place = &rest[..end(rest)];
    place.find('/').map_or("", |start| &place[start..])
}

/// What is wrong with a target that should have been refused (RFC 9112 section 3.2).
pub fn of_malformed_target(method: &str, target: &str) -> Option<&'static str> {
    if target.contains('#') {
        return Some(
            "What begins with `#` is for the browser alone, and is not sent. A target \
             ends before it.",
        );
    }
    if !target.is_ascii() || target.contains(|char| ENCODED.contains(char)) {
        return Some(
            "There is a character in the target that must be encoded there: `%` and two \
             digits for each byte.",
        );
    }
    if target.split('%').skip(1).any(|rest| !begins_with_two_digits(rest)) {
        return Some("Behind a `%` come two hexadecimal digits, or it is no target.");
    }
    if target.starts_with('*') {
        let is_for_all = method == "OPTIONS" && target == "*";
        return (!is_for_all).then_some("`*` alone is a target, and for OPTIONS alone.");
    }
    let Some(authority) = authority_of(target) else {
        return (!target.starts_with('/')).then_some(
            "A target begins with `/`, or with `http://` and a host. Where do you look for \
             the `://`: at its beginning, or anywhere?",
        );
    };
    let is_wrong = authority.is_empty() || authority.contains('@') || !is_host(authority);
    is_wrong.then_some(
        "Look at what is between the `://` and the path: it is a host and perhaps a port, \
         the host is not empty, and nobody logs in there, with an `@`.",
    )
}

/// What is wrong with a Host that should have been refused.
pub fn of_malformed_host(host: &str) -> Option<&'static str> {
    (!is_host(host)).then_some(
        "A Host is a name, an IPv4 address, or an IPv6 address in brackets, and then perhaps a \
         colon and digits. Compare all of it with that, and not only its characters.",
    )
}

fn begins_with_two_digits(text: &str) -> bool {
    text.as_bytes().get(..2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
}

/// What comes between `http://` and the path.
fn authority_of(target: &str) -> Option<&str> {
    let (scheme, rest) = target.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    scheme.eq_ignore_ascii_case("http").then_some(&rest[..end])
}

/// Whether this may be a host and a port: more than a hint need not know.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (text, ""),
    };
    let is_address = |host: &str| {
        let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        inner.is_some_and(|inner| inner.contains(':'))
    };
    let is_name = |host: &str| {
        host.chars().all(|char| char.is_ascii_alphanumeric() || ".-_~".contains(char))
    };
    port.bytes().all(|byte| byte.is_ascii_digit())
        && (is_address(host) || is_name(host) && (!host.is_empty() || text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_part_of_a_target() {
        for (target, path) in [
            ("/hi", "/hi"),
            ("/hi?to=http://it/", "/hi"),
            ("http://it/hi?x", "/hi"),
            ("http://it", ""),
            ("http://it?to=/hi", ""),
        ] {
            assert_eq!(path_of(target), path, "{target}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_target_is_named() {
        for (target, part) in [
            ("/hi#top", "browser alone"),
            ("/h\"i", "must be encoded"),
            ("/hé", "must be encoded"),
            ("/%6gi", "two hexadecimal digits"),
            ("*", "OPTIONS alone"),
            ("hi", "begins with `/`"),
            ("a?u=http://localhost/hi", "anywhere"),
            ("ftp://localhost/hi", "begins with `/`"),
            ("http:///hi", "not empty"),
            ("http://ada@localhost/hi", "with an `@`"),
            ("http://localhost:a/hi", "perhaps a port"),
        ] {
            let hint = of_malformed_target("GET", target).unwrap_or_default();
            assert!(hint.contains(part), "{target} has the hint {hint:?}, not {part:?}");
        }
        for target in
            ["/hi", "/hi?u=http://it", "http://it/", "http://[::1]:80?a", "/%68i"]
        {
            assert_eq!(of_malformed_target("GET", target), None, "{target}");
        }
        assert_eq!(of_malformed_target("OPTIONS", "*"), None);
    }

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for host in
            ["", "it", "localhost:80", "localhost:", "[::1]", "[::1]:80", "127.0.0.1"]
        {
            assert_eq!(of_malformed_host(host), None, "{host}");
        }
        for host in
            ["localhost:abc", "::1", "[::1", "a]b", "x:80:80", ":80", "[it]", "[]"]
        {
            assert!(of_malformed_host(host).is_some(), "{host}");
        }
    }
}
