//! Framing: where a request ends. TCP delivers bytes, and no messages.

use crate::error::Error;
use crate::headers::lists;
use crate::response::Status;
use crate::scanner::Scanner;
use crate::settings::Settings;
use crate::target;

/// The body is longer than we take.
pub fn too_large(settings: &Settings) -> Error {
    Error::too_long(Status::CONTENT_TOO_LARGE, "The body", settings.max_body)
}

/// What the headers say to us, and not to the handlers.
#[derive(Debug, Default)]
pub struct Framing {
    has_host: bool,
    /// What the `Content-Length` says, if there is one: nothing, if it isn't one number.
    length: Option<Option<usize>>,
    /// What all of `Transfer-Encoding` says, in small letters.
    codings: Option<String>,
    closes: bool,
    keeps_alive: bool,
    pub expects_continue: bool,
}

impl Framing {
    /// Takes a header, and notes what it says; `None` as in `Scanner::header`.
    pub fn take(&mut self, scanner: &mut Scanner) -> Result<Option<()>, Error> {
        if self.take_plain_host(scanner) {
            return Ok(Some(()));
        }
        // Nearly all clients send these, and they say nothing to us.
        if scanner.skip(b"User-Agent:") || scanner.skip(b"Accept:") {
            return Ok(scanner.value().map(drop));
        }
        let Some((name, value)) = scanner.header() else { return Ok(None) };
        self.note(name, value).map(Some)
    }

    /// Takes the Host, if it is the first one, and is written as nearly all write it.
    fn take_plain_host(&mut self, scanner: &mut Scanner) -> bool {
        let mut rest = Scanner(scanner.0);
        let is_plain = !self.has_host && rest.plain_host().is_some();
        if is_plain {
            (*scanner, self.has_host) = (rest, true);
        }
        is_plain
    }

    /// Notes what a header says.
    fn note(&mut self, name: &[u8], value: &[u8]) -> Result<(), Error> {
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        if is("Host") {
            self.note_host(value.trim_ascii())?;
        } else if is("Connection") {
            self.closes |= lists(value, "close");
            self.keeps_alive |= lists(value, "keep-alive");
        } else if is("Expect") {
            self.expects_continue |= lists(value, "100-continue");
        } else if is("Content-Length") {
            let number = parse_number(value.trim_ascii());
            self.length = Some(number.filter(|_| self.length.is_none()));
        } else if is("Transfer-Encoding") {
            let codings = self.codings.take().unwrap_or_default();
            let value = String::from_utf8_lossy(value).to_ascii_lowercase();
            self.codings = Some(codings + "," + &value);
        }
        Ok(())
    }

    /// A request says which host it is for, and says it once (RFC 9112, section 3.2).
    fn note_host(&mut self, host: &[u8]) -> Result<(), Error> {
        if self.has_host {
            return Err(Error::bad_request("There must be only one Host."));
        }
        // It is empty where the URI has no host.
        if !host.is_empty() && !target::is_host(host) {
            let reason = "The Host must be a name, and perhaps a port.";
            return Err(Error::bad_request(reason));
        }
        self.has_host = true;
        Ok(())
    }

    /// How long the body is, in bytes; `None` if it comes in chunks (RFC 9112, section 6.3).
    /// Only HTTP/1.0 need not name a host.
    pub fn body_length(
        &self,
        version: &str,
        settings: &Settings,
    ) -> Result<Option<usize>, Error> {
        if !self.has_host && version != "HTTP/1.0" {
            return Err(Error::bad_request("There must be a Host."));
        }
        if let Some(codings) = &self.codings {
            return self.check_codings(codings, version).map(|()| None);
        }
        match self.length.unwrap_or(Some(0)) {
            None => Err(Error::bad_request("The Content-Length must be one number.")),
            Some(length) if length > settings.max_body => Err(too_large(settings)),
            length => Ok(length),
        }
    }

    /// Whether the client may send another request (RFC 9112, section 9.3).
    pub fn keeps_alive(&self, version: &str) -> bool {
        !self.closes && (version != "HTTP/1.0" || self.keeps_alive)
    }

    /// The body comes in chunks (RFC 9112, section 6.1). What can be read in two ways is
    /// refused, or somebody hides a request in it.
    fn check_codings(&self, codings: &str, version: &str) -> Result<(), Error> {
        if version == "HTTP/1.0" {
            return Err(Error::bad_request("HTTP/1.0 has no Transfer-Encoding."));
        }
        if self.length.is_some() {
            return Err(Error::bad_request("Send a Content-Length or chunks, not both."));
        }
        let codings = codings.split(',').map(|coding| coding.trim_matches([' ', '\t']));
        let codings = codings.filter(|coding| !coding.is_empty());
        match codings.collect::<Vec<_>>()[..] {
            ["chunked"] => Ok(()),
            [ref others @ .., "chunked"] if !others.contains(&"chunked") => {
                Err(Error::new(
                    Status::NOT_IMPLEMENTED,
                    "We know no Transfer-Encoding but chunked.",
                ))
            }
            _ => {
                Err(Error::bad_request("The Transfer-Encoding must end in one chunked."))
            }
        }
    }
}

/// Some clients send an empty line too many before a request (RFC 9112, section 2.2).
pub fn skip_empty_line(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"\r\n").unwrap_or(data)
}

/// Takes a line from the front of the data, and drops its end; `None` if there is more to
/// come. If it does not end within so many bytes, it is too long.
pub fn take_line<'a>(
    data: &mut &'a [u8],
    limit: usize,
    too_long: Error,
) -> Result<Option<&'a [u8]>, Error> {
    let front = data.get(..limit).unwrap_or(data);
    let end = front.iter().position(|byte| *byte == b'\n');
    #[cfg(test)]
    crate::connection::tests::count(end.unwrap_or(front.len()));
    let Some(end) = end else {
        return if front.len() < limit { Ok(None) } else { Err(too_long) };
    };
    let line = data.split_off(..=end).and_then(|line| line.strip_suffix(b"\r\n"));
    line.map(Some).ok_or(Error::bad_request("Each line must end in \\r\\n."))
}

/// Digits and nothing else; `parse` would take a sign as well.
fn parse_number(text: &[u8]) -> Option<usize> {
    let text = str::from_utf8(text).ok()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number that does not even fit into a `usize` is too large in any case.
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}
