//! What a client asks for.

use crate::error::Error;
use crate::framing;
use crate::headers::{Headers, is_token};
use crate::method::Method;
use crate::response::Status;

/// What the client asks for.
pub struct Request {
    pub method: Method,
    pub uri: String,
    pub version: String,
    pub headers: Headers,
    pub body: Vec<u8>,
}

impl Request {
    /// Parses the request at the front of the data, and says how many bytes it has;
    /// `None` if there is more to come.
    pub fn parse(data: &[u8]) -> Result<Option<(Request, usize)>, Error> {
        let Some(head_length) = framing::head_length(data)? else { return Ok(None) };
        let (head, rest) = data.split_at(head_length);
        let head = String::from_utf8_lossy(head);
        let mut lines = head.trim_end_matches("\r\n").split("\r\n");
        let (method, uri, version) =
            parse_request_line(lines.next().unwrap_or_default())?;

        let headers = Headers::parse(lines)?;
        check_host(&headers, version)?;
        let body_length = framing::body_length(&headers)?;
        let Some(body) = rest.get(..body_length) else { return Ok(None) };

        let request = Request {
            method,
            uri: uri.to_string(),
            version: version.to_string(),
            headers,
            body: body.to_vec(),
        };
        Ok(Some((request, head_length + body_length)))
    }

    /// The path of the URI: `/hi` of `/hi?x=1`, and of `http://localhost/hi?x=1`
    /// (RFC 9112, section 3.2).
    pub fn path(&self) -> &str {
        let target = match self.uri.split_once("://") {
            // The absolute form: what comes first is the scheme and the host.
            Some((_, rest)) if !self.uri.starts_with('/') => {
                rest.find(['/', '?']).and_then(|end| rest.get(end..)).unwrap_or("/")
            }
            _ => &self.uri,
        };
        target.split('?').next().filter(|path| !path.is_empty()).unwrap_or("/")
    }
}

/// Takes apart `GET /hi HTTP/1.1` (RFC 9112, section 3).
fn parse_request_line(line: &str) -> Result<(Method, &str, &str), Error> {
    if line.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(Error::bad_request("The request line must be printable."));
    }
    let words: Vec<&str> = line.split(' ').collect();
    let [method, uri, version] = words[..] else {
        return Err(Error::bad_request(
            "The request line must be three words, one space apart.",
        ));
    };
    if method.is_empty() || uri.is_empty() {
        return Err(Error::bad_request("The method and the URI must not be empty."));
    }
    if !is_token(method) {
        return Err(Error::bad_request("The method must be a word."));
    }
    check_version(version)?;
    let method = Method::parse(method).ok_or(Error {
        status: Status::NOT_IMPLEMENTED,
        reason: "We do not know this method.",
    })?;
    Ok((method, uri, version))
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

/// A request says which host it is for, and says it once; only HTTP/1.0 need not (RFC
/// 9112, section 3.2).
fn check_host(headers: &Headers, version: &str) -> Result<(), Error> {
    let hosts: Vec<&str> = headers.get_all("Host").collect();
    match hosts[..] {
        [] if version == "HTTP/1.0" => Ok(()),
        [] => Err(Error::bad_request("There must be a Host.")),
        [host] if is_host(host) => Ok(()),
        [_] => Err(Error::bad_request("The Host must be a name, and perhaps a port.")),
        _ => Err(Error::bad_request("There must be only one Host.")),
    }
}

/// Whether it has only characters that a host and a port may have (RFC 3986, section
/// 3.2.2). It may be empty.
fn is_host(host: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(&byte);
    host.bytes().all(is_allowed)
}
