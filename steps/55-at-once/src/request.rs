//! What a client asks for.

use std::borrow::Cow;

use crate::chunked::{self, Chunks};
use crate::classes::{PATH, QUERY, TOKEN, VALUE};
use crate::error::Error;
use crate::framing::{Framing, MAX_HEAD, MAX_REQUEST_LINE, skip_empty_line};
use crate::headers::{Headers, is_token};
use crate::method::Method;
use crate::percent;
use crate::progress::{Awaits, Progress};
use crate::response::Status;
use crate::scanner::{Scanner, refuse, scan};
use crate::target;

/// What the client asks for: a view into the bytes that have come.
#[derive(Debug)]
pub struct Request<'a> {
    pub method: Method,
    /// Its bytes are ASCII.
    uri: &'a [u8],
    /// The path in the URI, if it stands there as plain as nearly all do.
    path: Option<&'a [u8]>,
    pub version: &'a str,
    pub headers: Headers<'a>,
    /// A body in chunks is put together, and so is no view.
    pub body: Cow<'a, [u8]>,
    /// Whether the client may send another one.
    pub keeps_alive: bool,
    /// All of it, as it has come.
    pub bytes: &'a [u8],
}

impl<'a> Request<'a> {
    /// Parses the request at the front of the data; `None` if there is more to come.
    pub fn parse(
        data: &'a [u8],
        progress: &mut Progress,
    ) -> Result<Option<Request<'a>>, Error> {
        if !progress.advance(data)? {
            return Ok(None);
        }
        let mut rest = skip_empty_line(data);
        let Some((method, uri, path, version)) = take_request_line(&mut rest)? else {
            return Ok(None);
        };

        // From here on it is the head that may be too long.
        let limit = MAX_HEAD - (data.len() - rest.len());
        let mut framing = Framing::default();
        let take = |scanner: &mut Scanner| framing.take(scanner);
        let Some(headers) = Headers::parse(&mut rest, limit, take)? else {
            progress.awaits = Awaits::Line { searched: data.len(), limit: MAX_HEAD };
            return Ok(None);
        };
        let head = data.len() - rest.len();
        // HTTP/1.0 doesn't know this header. Who has sent more than the head does not wait.
        progress.expects_continue =
            framing.expects_continue && rest.is_empty() && version != "HTTP/1.0";
        let (body, end) = if let Some(length) = framing.body_length(version)? {
            let end = head + length;
            let Some(body) = data.get(head..end) else {
                progress.awaits = Awaits::Length(end);
                return Ok(None);
            };
            (Cow::Borrowed(body), end)
        } else {
            let chunks = || Box::new(Chunks::new(head));
            let chunks = progress.chunks.get_or_insert_with(chunks);
            let Some(end) = chunked::decode(data, chunks, &mut progress.awaits)? else {
                return Ok(None);
            };
            (Cow::Owned(std::mem::take(&mut chunks.body)), end)
        };
        let (bytes, keeps_alive) = (&data[..end], framing.keeps_alive(version));
        Ok(Some(Request {
            method,
            uri,
            path,
            version,
            headers,
            body,
            keeps_alive,
            bytes,
        }))
    }

    /// The URI, as it stands in the request line.
    pub fn uri(&self) -> &'a str {
        str::from_utf8(self.uri).unwrap_or_default()
    }

    /// The path of the URI, which names the resource.
    pub fn path(&self) -> Cow<'a, str> {
        target::path(self.uri())
    }

    /// Whether that is its path.
    pub fn is_at(&self, path: &str) -> bool {
        match self.path {
            Some(plain) => plain == path.as_bytes(),
            None => self.path() == path,
        }
    }

    /// The value of the first cookie of that name (RFC 6265, section 4.2).
    pub fn cookie(&self, name: &str) -> Option<String> {
        // Cookie: visits=1; name=Ada
        self.headers.get_all("Cookie").find_map(|line| {
            let mut pairs =
                line.split(';').filter_map(|it| it.trim_ascii().split_once('='));
            let (_, value) = pairs.find(|(n, _)| *n == name)?;
            Some(percent::decode(value))
        })
    }

    /// The value of the first field of that name, if the body is a form (WHATWG URL, section
    /// 5.1).
    pub fn field(&self, name: &str) -> Option<String> {
        // name=Ada+Lovelace&from=London
        let body = String::from_utf8_lossy(&self.body);
        let fields = body.split('&');
        let mut pairs = fields.map(|field| field.split_once('=').unwrap_or((field, "")));
        let (_, value) = pairs.find(|(n, _)| percent::decode_form(n) == name)?;
        Some(percent::decode_form(value))
    }
}

/// Method, URI, its path if that is plain, and version.
type RequestLine<'a> = (Method, &'a [u8], Option<&'a [u8]>, &'a str);

/// Takes the request line.
fn take_request_line<'a>(data: &mut &'a [u8]) -> Result<Option<RequestLine<'a>>, Error> {
    scan(data, MAX_REQUEST_LINE + "\r\n".len(), line_too_long, |scanner| {
        let line = scanner.0;
        match parse_request_line(scanner) {
            None => refuse(line, explain),
            found => Ok(found),
        }
    })
}

/// What makes a request line too long is a method that goes on and on, or else the URI (RFC
/// 9112, section 3).
fn line_too_long(line: &[u8]) -> Error {
    let is_method = line.iter().take(MAX_REQUEST_LINE).all(|byte| *byte != b' ');
    let status = if is_method { Status::NOT_IMPLEMENTED } else { Status::URI_TOO_LONG };
    Error { status, reason: "The request line must not be longer than 8 KiB." }
}

/// Takes apart `GET /hi HTTP/1.1` (RFC 9112, section 3).
fn parse_request_line<'a>(scanner: &mut Scanner<'a>) -> Option<RequestLine<'a>> {
    let method = scan_method(scanner)?;
    let line = scanner.0;
    let plain = scanner.take(PATH)?.len();
    if !scanner.0.starts_with(b" ") {
        take_rest_of_uri(scanner)?;
    }
    let uri = &line[..line.len() - scanner.0.len()];
    let version = scan_version(scanner)?;
    let is_plain = uri.get(plain) != Some(&b'%');
    let path = uri.get(..plain).filter(|path| is_plain && path.starts_with(b"/"));
    if path.is_none() && !uri.starts_with(b"/") {
        target::check(str::from_utf8(uri).ok()?, method).ok()?;
    }
    Some((method, uri, path, version))
}

/// Takes what of a URI comes after a plain path.
fn take_rest_of_uri(scanner: &mut Scanner) -> Option<()> {
    scanner.take_encoded(PATH)?;
    if scanner.skip(b"?") {
        scanner.take(QUERY)?;
        scanner.take_encoded(QUERY)?;
    }
    Some(())
}

/// Takes the method, and the space after it.
fn scan_method(scanner: &mut Scanner) -> Option<Method> {
    // So do most requests begin.
    if scanner.skip(b"GET ") {
        return Some(Method::GET);
    }
    let method = scanner.take(TOKEN)?;
    scanner.expect(b" ")?;
    Method::from_bytes(method)
}

/// Takes the version, the space before it, and the line end.
fn scan_version<'a>(scanner: &mut Scanner<'a>) -> Option<&'a str> {
    // What nearly all clients send needs no other look.
    if scanner.skip(b" HTTP/1.1\r\n") {
        return Some("HTTP/1.1");
    }
    scanner.expect(b" ")?;
    let version = str::from_utf8(scanner.take(VALUE)?).ok()?;
    scanner.expect(b"\r\n")?;
    check_version(version).ok()?;
    Some(version)
}

/// We speak HTTP/1.1, and all that begins with a 1 is compatible with it (RFC 9110,
/// section 2.5).
fn check_version(version: &str) -> Result<(), Error> {
    match version.strip_prefix("HTTP/").map(str::as_bytes) {
        Some([b'1', b'.', minor]) if minor.is_ascii_digit() => Ok(()),
        Some([major, b'.', minor])
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            Err(Error {
                status: Status::HTTP_VERSION_NOT_SUPPORTED,
                reason: "We speak HTTP/1.1.",
            })
        }
        _ => Err(Error::bad_request("The version must look like HTTP/1.1.")),
    }
}

/// What is wrong with a request line.
fn explain(line: &[u8]) -> Error {
    if line.iter().any(u8::is_ascii_control) {
        return Error::bad_request("The request line must be printable.");
    }
    // Whatever isn't UTF-8 isn't ASCII, either.
    let not_encoded = Error::bad_request("The URI must be percent-encoded.");
    let Ok(line) = str::from_utf8(line) else { return not_encoded };
    let words: Vec<&str> = line.split(' ').collect();
    let [method, uri, version] = words[..] else {
        return Error::bad_request(
            "The request line must be three words, one space apart.",
        );
    };
    if method.is_empty() || uri.is_empty() {
        return Error::bad_request("The method and the URI must not be empty.");
    }
    if !is_token(method.as_bytes()) {
        return Error::bad_request("The method must be a word.");
    }
    if let Err(error) = check_version(version) {
        return error;
    }
    match Method::parse(method) {
        Some(method) => target::check(uri, method).err().unwrap_or(not_encoded),
        None => Error {
            status: Status::NOT_IMPLEMENTED,
            reason: "We do not know this method.",
        },
    }
}
