//! What a client asks for.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::method::Method;
use crate::response::Status;
use crate::target;

/// What the client asks for.
#[derive(Debug)]
pub struct Request {
    pub method: Method,
    pub uri: String,
    pub version: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Request {
    /// Parses the text of a request, or says why it can't be one.
    pub fn parse(data: &str) -> Result<Request, Error> {
        // An empty line separates the head of the request from its body.
        let (head, body) = data
            .split_once("\r\n\r\n")
            .ok_or(Error::bad_request("The head must end in an empty line."))?;
        let mut lines = head.split("\r\n");
        let (method, uri, version) =
            parse_request_line(lines.next().unwrap_or_default())?;

        // The headers, one a line: `Host: localhost`
        let mut headers = BTreeMap::new();
        for line in lines {
            let (name, value) = line
                .split_once(':')
                .ok_or(Error::bad_request("A header must have a colon."))?;
            headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
        }

        Ok(Request {
            method,
            uri: uri.to_string(),
            version: version.to_string(),
            headers,
            body: body.to_string(),
        })
    }

    /// The path of the URI, which names the resource.
    pub fn path(&self) -> String {
        target::path(&self.uri)
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
    check_version(version)?;
    let method = Method::parse(method).ok_or(Error {
        status: Status::NOT_IMPLEMENTED,
        reason: "We do not know this method.",
    })?;
    target::check(uri, method)?;
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
