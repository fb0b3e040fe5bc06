//! The target of a request: which resource it is about.

/// The path of a URI: `/hi` of `/hi?x=1`, and of `http://localhost/hi?x=1` (RFC 9112,
/// section 3.2). What is encoded without need is decoded, so `/%68i` is `/hi` as well (RFC
/// 3986, section 6.2.2.2).
pub fn path(uri: &str) -> String {
    let (_, rest) = split_host(uri);
    let path = rest.split('?').next().filter(|path| !path.is_empty()).unwrap_or("/");
    let mut pieces = path.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or_default();
        match u8::from_str_radix(digits, 16) {
            Ok(byte) if is_unreserved(byte) => {
                decoded.push(byte.into());
                decoded += rest;
            }
            _ => {
                decoded.push('%');
                decoded += piece;
            }
        }
    }
    decoded
}

/// Splits `http://localhost/hi` into the host and what comes after it.
fn split_host(uri: &str) -> (Option<&str>, &str) {
    match uri.split_at_checked("http://".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http://") => {
            let (host, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
            (Some(host), rest)
        }
        _ => (None, uri),
    }
}

/// Whether the byte means the same encoded or not (RFC 3986, section 2.3).
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
