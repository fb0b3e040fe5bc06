//! What a client asks for.

use std::collections::BTreeMap;

use crate::method::Method;
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
    /// Parses the text of a request, or returns `None` if it is not HTTP.
    pub fn parse(data: &str) -> Option<Request> {
        // An empty line separates the head of the request from its body.
        let (head, body) = data.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");

        // The request line: `GET /hi HTTP/1.1`
        let words: Vec<&str> = lines.next()?.split(' ').collect();
        let [method, uri, version] = words[..] else { return None };

        // The headers, one a line: `Host: localhost`
        let mut headers = BTreeMap::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
        }

        Some(Request {
            method: Method::parse(method)?,
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
