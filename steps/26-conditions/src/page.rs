//! A file as a page, or what is said in its place.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::body::Body;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::version::Version;

/// An open file, and what a client has to know of it.
#[derive(Debug)]
pub struct Page {
    file: File,
    length: u64,
    media_type: String,
    version: Version,
}

impl Page {
    /// Opens a file.
    ///
    /// # Errors
    /// If we can't read it.
    pub fn open(path: &Path) -> io::Result<Page> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut media_type =
            mime_guess::from_path(path).first_or_octet_stream().to_string();
        if media_type.starts_with("text/") {
            media_type += "; charset=utf-8";
        }
        let version = Version::of(&metadata)?;
        Ok(Page { file, length: metadata.len(), media_type, version })
    }

    /// Answers a GET (RFC 9110, section 13.2.2).
    pub fn answer(self, request: &Request) -> Response {
        let version = self.version.clone();
        if !version.is_meant(request) {
            let status = Status::PRECONDITION_FAILED;
            return Response::new(status, "This may be another version than yours.\n");
        }
        version.describe(if version.is_known(request) {
            // What it is, it knows as well.
            let response = Response::new(Status::NOT_MODIFIED, "");
            response.without("Content-Type").without("Content-Length")
        } else {
            self.whole(Status::OK)
        })
    }

    /// All of it.
    pub fn whole(self, status: Status) -> Response {
        Response::new(status, Body::new(self.file, self.length))
            .content_type(&self.media_type)
            .header("Last-Modified", httpdate::fmt_http_date(self.version.modified))
            // What a file is, its name says, and no browser shall guess.
            .header("X-Content-Type-Options", "nosniff")
    }
}
