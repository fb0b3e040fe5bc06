//! What a client has sent, as far as a hint has to know it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::case::{Exchange, How, Request, is_head, on_the_wire};

/// A request, and how it came.
pub struct Sent {
    bytes: Vec<u8>,
    head: String,
    body: Vec<u8>,
    /// Whether the client has closed its side behind it.
    pub is_truncated: bool,
    /// Whether there were others at the same time.
    pub has_company: bool,
    /// Whether the client waits for leave to send the body.
    pub waits_for_leave: bool,
}

impl Sent {
    /// What an exchange sends.
    pub fn new(exchange: &Exchange) -> Sent {
        let bytes = match exchange {
            Exchange::Ask(request, _) => request.to_bytes(),
            Exchange::Continue { head, body, .. } => {
                on_the_wire(&format!("{head}{}", body.concat()))
            }
            Exchange::Meanwhile { start, rest, .. } => {
                on_the_wire(&format!("{start}{rest}"))
            }
            Exchange::Times(_, exchange) => return Sent::new(exchange),
            Exchange::Crowd { other, .. } | Exchange::Beside { other, .. } => {
                return Sent { has_company: true, ..Sent::new(other) };
            }
            Exchange::Rush { request, .. } => on_the_wire(request),
            Exchange::Keep { requests, .. } => on_the_wire(requests[0]),
            Exchange::Wait { start, .. } => on_the_wire(start),
            Exchange::Stuff { request, .. } | Exchange::GoOn { request, .. } => {
                request.to_bytes()
            }
            Exchange::Leave(bytes) | Exchange::Reset(bytes) => bytes.to_vec(),
        };
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let (head, body) = bytes.split_at(end.map_or(bytes.len(), |end| end + 4));
        Sent {
            head: String::from_utf8_lossy(head).into_owned(),
            body: body.to_vec(),
            is_truncated: matches!(exchange, Exchange::Ask(Request::Truncated(_), _)),
            has_company: matches!(
                exchange,
                Exchange::Meanwhile { .. } | Exchange::Rush { .. }
            ),
            waits_for_leave: matches!(
                exchange,
                Exchange::Continue { .. } | Exchange::Keep { how: How::WhenTold, .. }
            ),
            bytes,
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn is_head(&self) -> bool {
        is_head(&self.bytes)
    }

    /// The method, or nothing if the request line has none.
    pub fn method(&self) -> &str {
        self.word(0)
    }

    /// The target, or nothing if the request line has none.
    pub fn target(&self) -> &str {
        self.word(1)
    }

    pub fn version(&self) -> &str {
        self.word(2)
    }

    fn word(&self, number: usize) -> &str {
        let line = self.head.trim_start_matches("\r\n").lines().next();
        line.unwrap_or_default().split(' ').nth(number).unwrap_or_default()
    }

    /// Whether an empty line comes before the request line.
    pub fn begins_with_an_empty_line(&self) -> bool {
        self.head.starts_with("\r\n")
    }

    /// Whether the empty line is there that ends the head.
    pub fn has_a_whole_head(&self) -> bool {
        self.head.ends_with("\r\n\r\n")
    }

    /// Whether a line of the head ends in a line feed alone.
    pub fn has_a_bare_line_feed(&self) -> bool {
        self.head.replace("\r\n", "").contains('\n')
    }

    /// Whether a line of the head ends in anything but both.
    pub fn has_a_bare_line_end(&self) -> bool {
        self.head.replace("\r\n", "").contains(['\r', '\n'])
    }

    /// Whether the head has such a character.
    pub fn has(&self, is_it: impl Fn(char) -> bool) -> bool {
        self.head.contains(is_it)
    }

    /// Whether the head has two headers of one name.
    pub fn has_a_header_twice(&self) -> bool {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut names: Vec<String> =
            lines.map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether a line of the head is whole.
    pub fn has_a_whole_line(&self) -> bool {
        self.head.trim_start_matches("\r\n").contains('\n')
    }

    pub fn is_chunked(&self) -> bool {
        self.value("Transfer-Encoding").is_some()
    }

    /// What comes after the head, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The value of the first header of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values = fields.filter(|(other, _)| other.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value.trim())
    }

    /// The cookies that were sent, to be read.
    pub fn cookies(&self) -> String {
        let cookies = self.value("Cookie").map(|cookies| format!("`Cookie: {cookies}`"));
        cookies.unwrap_or_else(|| "no cookie".into())
    }

    /// The values in a form or a cookie that have a line end in them, once they are
    /// decoded.
    pub fn values_with_line_ends(&self) -> Vec<String> {
        let body = String::from_utf8_lossy(&self.body);
        let fields = [self.value("Cookie").unwrap_or_default(), &body];
        let values = fields.iter().flat_map(|text| text.split(['&', ';', '=']));
        let values = values.flat_map(|value| {
            let value = decode_form(value);
            // Who writes only the low byte of each character makes line ends of others.
            let low: String = value.chars().map(|char| char::from(char as u8)).collect();
            [value, low]
        });
        values.filter(|value| value.trim_end().contains(['\r', '\n'])).collect()
    }
}

/// What stands in the field of a form (WHATWG URL section 5.1).
pub fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " ")).into_owned()
}

/// What the percent signs stand for (RFC 3986 section 2.1).
pub fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
