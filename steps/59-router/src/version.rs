//! Versions: whether what a client has is what we have (RFC 9110, section 13).

use std::fs::Metadata;
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::request::Request;
use crate::response::Response;

/// What tells one version of a file from another.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its length, and when it was written, in quotes. Two versions might have both in common,
    /// so it is a weak tag.
    tag: String,
    /// When it was written, in whole seconds.
    pub modified: SystemTime,
}

impl Version {
    /// The version of a file.
    ///
    /// # Errors
    /// If the system doesn't know when it was written.
    pub fn of(metadata: &Metadata) -> io::Result<Version> {
        let age = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let modified = UNIX_EPOCH + Duration::from_secs(age.as_secs());
        Ok(Version {
            tag: format!("\"{:x}-{:x}\"", metadata.len(), age.as_nanos()),
            // A clock may have been wrong, but nothing was written later than now.
            modified: modified.min(SystemTime::now()),
        })
    }

    /// Tells the client which version it is, and that it shall ask for it again.
    pub fn describe(&self, response: Response) -> Response {
        response
            .header("ETag", format!("W/{}", self.tag))
            .header("Cache-Control", "no-cache")
    }

    /// Whether it is the version that the request is about.
    pub fn is_meant(&self, request: &Request) -> bool {
        let mut lines = request.headers.get_all("If-Match").peekable();
        if lines.peek().is_none() {
            return date(request, "If-Unmodified-Since")
                .is_none_or(|it| self.modified <= it);
        }
        // A weak tag isn't good enough for that.
        lines.any(|line| line == "*")
    }

    /// Whether the client has a part of it, and not of another version: `If-Range`. Without
    /// that header, it doesn't care.
    pub fn is_same(&self, request: &Request) -> bool {
        if request.headers.get_all("If-Range").next().is_none() {
            return true;
        }
        // It may be written twice within a second, and a weak tag isn't good enough.
        let is_old = self.modified + Duration::from_secs(1) <= SystemTime::now();
        is_old && date(request, "If-Range") == Some(self.modified)
    }

    /// Whether the client has it already.
    pub fn is_known(&self, request: &Request) -> bool {
        let mut lines = request.headers.get_all("If-None-Match").peekable();
        if lines.peek().is_none() {
            return date(request, "If-Modified-Since")
                .is_some_and(|it| self.modified <= it);
        }
        lines.any(|line| line == "*" || line.contains(&self.tag))
    }
}

/// The date in the header, if it is one, and the only one.
fn date(request: &Request, name: &str) -> Option<SystemTime> {
    let mut lines = request.headers.get_all(name);
    let date = httpdate::parse_http_date(&lines.next()?).ok()?;
    lines.next().is_none().then_some(date)
}
