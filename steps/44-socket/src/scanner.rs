//! A scanner: it reads a head from its front to its end, and each byte once.

use crate::classes::{Class, HEXDIG, TOKEN, VALUE};
use crate::error::Error;

/// What is still to be read.
#[derive(Debug)]
pub struct Scanner<'a>(pub &'a [u8]);

/// Why it can't go on.
#[derive(Debug)]
pub enum Stop {
    /// There is more to come.
    More,
    /// Something else has come.
    Wrong,
    /// What has come is refused.
    Refuse(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Refuse(error)
    }
}

/// Scans what is at the front of the data, and takes it from there; `None` if there is more
/// to come. If it does not end within so many bytes, it is too long.
pub fn scan<'a, T>(
    data: &mut &'a [u8],
    limit: usize,
    too_long: Error,
    take: impl FnOnce(&mut Scanner<'a>) -> Result<T, Stop>,
) -> Result<Option<T>, Error> {
    let front = data.get(..limit).unwrap_or(data);
    let mut scanner = Scanner(front);
    match take(&mut scanner) {
        Ok(found) => {
            *data = &data[front.len() - scanner.0.len()..];
            Ok(Some(found))
        }
        Err(Stop::Refuse(error)) => Err(error),
        Err(_) if front.len() < limit => Ok(None),
        Err(_) => Err(too_long),
    }
}

impl<'a> Scanner<'a> {
    /// Takes all bytes of the class, and there may be none. The byte that ends them must have
    /// come.
    pub fn take(&mut self, class: Class) -> Result<&'a [u8], Stop> {
        let end = self.0.iter().position(|byte| !class.has(*byte));
        #[cfg(test)]
        crate::connection::tests::count(end.unwrap_or(self.0.len()));
        let (taken, rest) = self.0.split_at(end.ok_or(Stop::More)?);
        self.0 = rest;
        Ok(taken)
    }

    /// The same, and among them there may be bytes that are encoded: a `%` and two digits
    /// (RFC 3986, section 2.1).
    pub fn take_encoded(&mut self, class: Class) -> Result<(), Stop> {
        self.take(class)?;
        while self.skip(b"%") {
            if self.take(HEXDIG)?.len() < 2 {
                return Err(Stop::Wrong);
            }
            self.take(class)?;
        }
        Ok(())
    }

    /// Skips this text. Whether it was there.
    pub fn skip(&mut self, text: &[u8]) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Skips this text, which must be there.
    pub fn expect(&mut self, text: &[u8]) -> Result<(), Stop> {
        match self.skip(text) {
            true => Ok(()),
            // It may come yet.
            false if text.starts_with(self.0) => Err(Stop::More),
            false => Err(Stop::Wrong),
        }
    }

    /// Takes a header, `Host: localhost`: its name and its value (RFC 9112, section 5).
    pub fn header(&mut self) -> Result<(&'a [u8], &'a [u8]), Stop> {
        let name = self.take(TOKEN)?;
        self.expect(b":")?;
        let value = self.take(VALUE)?;
        self.expect(b"\r\n")?;
        if name.is_empty() { Err(Stop::Wrong) } else { Ok((name, value.trim_ascii())) }
    }

    /// Scans a line. If that is wrong, it says why as soon as the line has its end.
    pub fn line<T>(
        &mut self,
        take: impl FnOnce(&mut Scanner<'a>) -> Result<T, Stop>,
        explain: impl FnOnce(&[u8]) -> Error,
    ) -> Result<T, Stop> {
        let line = self.0;
        take(self).map_err(|stop| match stop {
            Stop::Wrong => why(line, explain),
            stop => stop,
        })
    }
}

/// Why the line that begins there is refused, if it has its end.
fn why(data: &[u8], explain: impl FnOnce(&[u8]) -> Error) -> Stop {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else {
        return Stop::More;
    };
    let line = data[..end].strip_suffix(b"\r");
    let not_ended = Error::bad_request("Each line must end in \\r\\n.");
    Stop::Refuse(line.map_or(not_ended, explain))
}
