//! Percent-encoding: any text in a few harmless characters (RFC 3986, section 2.1).

use crate::classes::UNRESERVED;

/// Writes each byte as `%` and two hexadecimal digits, but for letters, digits and `-._~`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if UNRESERVED.has(byte) {
            encoded.push(byte.into());
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// Undoes it. A `%` without two digits after it stands for itself.
pub fn decode(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut decoded = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|two| !two.starts_with('+'));
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                decoded.extend(&piece.as_bytes()[2..]);
            }
            None => {
                decoded.push(b'%');
                decoded.extend(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Decodes a name or a value of a form, in which a `+` is a space.
pub fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " "))
}
