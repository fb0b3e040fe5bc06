//! The parts of a request, byte by byte (RFC 9112, sections 2 and 5).

use std::ops::Range;

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Method,
    Target,
    Version,
    Name,
    Value,
    /// Spaces and colons, which are between others.
    Between,
    LineEnd,
    /// The line end that ends the head.
    EmptyLine,
    Body,
    /// What is none of these.
    Unknown,
}

/// A part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    /// Where it is.
    pub range: Range<usize>,
    /// In which line, from 0 on; those of the body are not counted.
    pub line: usize,
}

impl Part {
    /// Its bytes, as characters: each byte is one (ISO 8859-1), so that none gets lost.
    pub fn text(&self, data: &[u8]) -> String {
        data[self.range.clone()].iter().map(|byte| char::from(*byte)).collect()
    }
}

/// Takes a request apart. Each byte is in one part, also those of a request that isn't whole
/// or isn't one.
pub fn parts(data: &[u8]) -> Vec<Part> {
    let mut cutter = Cutter { data, parts: Vec::new(), front: 0, line: 0 };
    while cutter.front < data.len() {
        let rest = &data[cutter.front..];
        let length = rest.windows(2).position(|bytes| bytes == b"\r\n");
        match (length, cutter.line) {
            (Some(0), 1..) => {
                cutter.cut(Kind::EmptyLine, 2);
                cutter.cut(Kind::Body, data.len());
            }
            (length, 0) => cutter.request_line(length.unwrap_or(rest.len())),
            (length, _) => cutter.header(length.unwrap_or(rest.len())),
        }
    }
    cutter.parts
}

struct Cutter<'a> {
    data: &'a [u8],
    parts: Vec<Part>,
    /// How far we have come.
    front: usize,
    line: usize,
}

impl Cutter<'_> {
    /// Makes a part of so many bytes, or of all that there are; none if there are none.
    fn cut(&mut self, kind: Kind, length: usize) {
        let end = (self.front + length).min(self.data.len());
        if end > self.front {
            self.parts.push(Part { kind, range: self.front..end, line: self.line });
            self.front = end;
        }
    }

    /// `GET /hi HTTP/1.1`: three words. What is more than that is of the last one.
    fn request_line(&mut self, length: usize) {
        let line = &self.data[self.front..self.front + length];
        let words: Vec<usize> =
            line.splitn(3, |byte| *byte == b' ').map(<[u8]>::len).collect();
        for (index, kind) in
            [Kind::Method, Kind::Target, Kind::Version].into_iter().enumerate()
        {
            let Some(length) = words.get(index) else { break };
            self.cut(Kind::Between, usize::from(index > 0));
            self.cut(kind, *length);
        }
        self.end_line();
    }

    /// `Host: localhost`: a name, and a value without the space around it.
    fn header(&mut self, length: usize) {
        let line = &self.data[self.front..self.front + length];
        match line.iter().position(|byte| *byte == b':') {
            Some(colon) => {
                let behind = &line[colon + 1..];
                let before = behind.len() - behind.trim_ascii_start().len();
                let value = behind.trim_ascii().len();
                self.cut(Kind::Name, colon);
                self.cut(Kind::Between, 1 + before);
                self.cut(Kind::Value, value);
                self.cut(Kind::Between, behind.len() - before - value);
            }
            None => self.cut(Kind::Unknown, length),
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        self.cut(Kind::LineEnd, 2);
        self.line += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Kind::*;
    use super::*;

    fn cut(data: &[u8]) -> Vec<(Kind, String)> {
        parts(data).iter().map(|part| (part.kind, part.text(data))).collect()
    }

    #[test]
    fn a_request_has_its_parts() {
        let data = b"POST /echo HTTP/1.1\r\nHost:  x \r\n\r\nhello\r\n";
        let expected = [
            (Method, "POST"),
            (Between, " "),
            (Target, "/echo"),
            (Between, " "),
            (Version, "HTTP/1.1"),
            (LineEnd, "\r\n"),
            (Name, "Host"),
            (Between, ":  "),
            (Value, "x"),
            (Between, " "),
            (LineEnd, "\r\n"),
            (EmptyLine, "\r\n"),
            (Body, "hello\r\n"),
        ];
        assert_eq!(cut(data), expected.map(|(kind, text)| (kind, text.to_string())));
    }

    #[test]
    fn each_byte_is_in_one_part() {
        let data = "GET /a b HTTP/1.1\r\nHost: x\r\nno header\r\n:\r\nÄ: é \r\n\r\nbody";
        let data = data.as_bytes();
        for end in 0..=data.len() {
            let mut next = 0;
            for part in parts(&data[..end]) {
                assert_eq!(part.range.start, next);
                assert!(!part.range.is_empty());
                next = part.range.end;
            }
            assert_eq!(next, end);
        }
    }

    #[test]
    fn what_is_no_request_has_parts_as_well() {
        assert_eq!(cut(b"hello"), [(Method, "hello".to_string())]);
        assert_eq!(cut(b"\r\n"), [(LineEnd, "\r\n".to_string())]);
        assert_eq!(cut(b""), []);
    }
}
