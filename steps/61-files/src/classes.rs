//! Classes of bytes: where each of them may stand.

/// A class of bytes, as a bit of `CLASSES`.
#[derive(Clone, Copy, Debug)]
pub struct Class(u8);

/// What means the same encoded or not (RFC 3986, section 2.3).
pub const UNRESERVED: Class = Class(1);
/// What a word is made of (`tchar`: RFC 9110, section 5.6.2).
pub const TOKEN: Class = Class(1 << 1);
/// What the name of a host is made of (`reg-name`: RFC 3986, section 3.2.2).
pub const HOST: Class = Class(1 << 2);
/// What a path is made of (RFC 3986, section 3.3). Browsers send |, [ and ] as they are.
pub const PATH: Class = Class(1 << 3);
/// What a query is made of (RFC 3986, section 3.4). Here they send \, ^, `, { and }, too.
pub const QUERY: Class = Class(1 << 4);
/// What the value of a header is made of (RFC 9110, section 5.5). Bytes above 0x7F have no
/// meaning, and do no harm.
pub const VALUE: Class = Class(1 << 5);
/// What is a digit of a byte that is encoded (RFC 5234, section B.1).
pub const HEXDIG: Class = Class(1 << 6);
/// What is a digit of a number.
pub const DIGIT: Class = Class(1 << 7);

/// To which classes each byte belongs.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = classes_of(byte as u8);
        byte += 1;
    }
    classes
}

const fn classes_of(byte: u8) -> u8 {
    const IN_QUERY: u8 = QUERY.0 | VALUE.0;
    const IN_PATH: u8 = PATH.0 | IN_QUERY;
    const IN_HOST: u8 = HOST.0 | IN_PATH;
    match byte {
        b'0'..=b'9' => DIGIT.0 | HEXDIG.0 | UNRESERVED.0 | TOKEN.0 | IN_HOST,
        b'a'..=b'f' | b'A'..=b'F' => HEXDIG.0 | UNRESERVED.0 | TOKEN.0 | IN_HOST,
        b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' | b'~' => {
            UNRESERVED.0 | TOKEN.0 | IN_HOST
        }
        b'!' | b'$' | b'&' | b'\'' | b'*' | b'+' => TOKEN.0 | IN_HOST,
        b'(' | b')' | b',' | b';' | b'=' => IN_HOST,
        b'|' => TOKEN.0 | IN_PATH,
        b'/' | b':' | b'@' | b'[' | b']' => IN_PATH,
        b'^' | b'`' => TOKEN.0 | IN_QUERY,
        b'?' | b'\\' | b'{' | b'}' => IN_QUERY,
        b'#' | b'%' => TOKEN.0 | VALUE.0,
        b'\t' | b' '..=b'~' | 0x80.. => VALUE.0,
        _ => 0,
    }
}

impl Class {
    /// Whether the byte belongs to it.
    pub fn has(self, byte: u8) -> bool {
        CLASSES[usize::from(byte)] & self.0 != 0
    }

    /// Where the first byte is that doesn't; `None` if all of them do. Of a loop over eight bytes
    /// at a time, the compiler makes straight code.
    #[inline(always)]
    pub fn end(self, bytes: &[u8]) -> Option<usize> {
        let is_end = |byte: &u8| !self.has(*byte);
        let (chunks, rest) = bytes.as_chunks::<8>();
        for (index, chunk) in chunks.iter().enumerate() {
            if let Some(end) = chunk.iter().position(is_end) {
                return Some(8 * index + end);
            }
        }
        Some(8 * chunks.len() + rest.iter().position(is_end)?)
    }

    /// Whether all of these bytes do.
    pub fn has_all(self, bytes: &[u8]) -> bool {
        // Without a way out, the loop has nothing to decide.
        let classes = bytes.iter().map(|byte| CLASSES[usize::from(*byte)]);
        classes.fold(self.0, |common, classes| common & classes) != 0
    }
}
