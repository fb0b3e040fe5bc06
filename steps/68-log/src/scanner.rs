//! A scanner: it reads a head from its front to its end, and each byte once.

use crate::classes::{Class, DIGIT, HEXDIG, HOST, TOKEN, VALUE};
use crate::error::Error;

/// What is still to be read.
#[derive(Debug)]
pub struct Scanner<'a>(pub &'a [u8]);

/// Scans what is at the front of the data, and takes it from there; `None` if there is more
/// to come. If it does not end within so many bytes, it is too long.
pub fn scan<'a, T>(
    data: &mut &'a [u8],
    limit: usize,
    too_long: impl FnOnce(&[u8]) -> Error,
    take: impl FnOnce(&mut Scanner<'a>) -> Result<Option<T>, Error>,
) -> Result<Option<T>, Error> {
    let front = data.get(..limit).unwrap_or(data);
    let mut scanner = Scanner(front);
    let found = take(&mut scanner)?;
    if found.is_some() {
        *data = &data[front.len() - scanner.0.len()..];
    } else if front.len() >= limit {
        return Err(too_long(front));
    }
    Ok(found)
}

impl<'a> Scanner<'a> {
    /// Takes all bytes of the class, and there may be none. The byte that ends them must have
    /// come.
    #[inline(always)]
    pub fn take(&mut self, class: Class) -> Option<&'a [u8]> {
        let end = class.end(self.0);
        #[cfg(test)]
        crate::connection::tests::count(end.unwrap_or(self.0.len()));
        let (taken, rest) = self.0.split_at(end?);
        self.0 = rest;
        Some(taken)
    }

    /// Goes on after such bytes where one is encoded: a `%` and two digits (RFC 3986, section
    /// 2.1).
    pub fn take_encoded(&mut self, class: Class) -> Option<()> {
        while self.skip(b"%") {
            if self.take(HEXDIG)?.len() < 2 {
                return None;
            }
            self.take(class)?;
        }
        Some(())
    }

    /// Skips this text. Whether it was there.
    pub fn skip(&mut self, text: &[u8]) -> bool {
        let Some(rest) = self.0.strip_prefix(text) else { return false };
        self.0 = rest;
        true
    }

    /// Skips this text, which must be there.
    pub fn expect(&mut self, text: &[u8]) -> Option<()> {
        self.skip(text).then_some(())
    }

    /// Takes a header, `Host: localhost`: its name and its value, which still has the space
    /// around it (RFC 9112, section 5).
    #[inline(always)]
    pub fn header(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        let name = self.take(TOKEN)?;
        self.expect(b":")?;
        let value = self.value()?;
        (!name.is_empty()).then_some((name, value))
    }

    /// Takes the value of a header, and the line end.
    #[inline(always)]
    pub fn value(&mut self) -> Option<&'a [u8]> {
        let value = self.take(VALUE)?;
        self.expect(b"\r\n")?;
        Some(value)
    }

    /// Takes a Host that is a name of which nothing is encoded, and perhaps a port:
    /// `Host: localhost:8080`.
    pub fn plain_host(&mut self) -> Option<()> {
        self.expect(b"Host: ")?;
        let name = self.take(HOST)?;
        if self.skip(b":") {
            self.take(DIGIT)?;
        }
        self.expect(b"\r\n")?;
        (!name.is_empty()).then_some(())
    }
}

/// Says why the line that begins there can't be scanned; `None` if it hasn't its end yet. No
/// class has a line end in it, so all that has been scanned belongs to this line.
pub fn refuse<T>(
    data: &[u8],
    explain: impl FnOnce(&[u8]) -> Error,
) -> Result<Option<T>, Error> {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return Ok(None) };
    Err(match data[..end].strip_suffix(b"\r") {
        Some(line) => explain(line),
        None => Error::bad_request("Each line must end in \\r\\n."),
    })
}
