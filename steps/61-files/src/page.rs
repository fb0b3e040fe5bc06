//! A file as a page, or what is said in its place.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::body::Body;
use crate::range;
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
            Response::new(Status::NOT_MODIFIED, "").without_content_type()
        } else {
            self.send(request).header("Accept-Ranges", "bytes")
        })
    }

    /// Sends all of it, or the part that the request asks for.
    fn send(self, request: &Request) -> Response {
        // Who has a part of another version gets all of this one.
        if !self.version.is_same(request) {
            return self.whole(Status::OK);
        }
        match range::wanted(request, self.length) {
            Ok(Some(part)) => self.part(part, request),
            Ok(None) => self.whole(Status::OK),
            Err(error) => {
                let range = format!("bytes */{}", self.length);
                Response::from(error).header("Content-Range", range)
            }
        }
    }

    /// These bytes of it.
    fn part(mut self, Range { start, end }: Range<u64>, request: &Request) -> Response {
        let length = self.length;
        // Where we can't go to a place in the file, all of it is an answer, too.
        if self.file.seek(SeekFrom::Start(start)).is_err() {
            return self.whole(Status::OK);
        }
        self.length = end - start;
        let range = format!("bytes {start}-{}/{length}", end - 1);
        let response = self.whole(Status::PARTIAL_CONTENT).header("Content-Range", range);
        if request.headers.get_all("If-Range").next().is_none() {
            return response;
        }
        // Who has another part knows what it is a part of (RFC 9110, section 15.3.7).
        response.without_content_type().without("Last-Modified")
    }

    /// All of it.
    pub fn whole(self, status: Status) -> Response {
        Response::new(status, Body::new(self.file, self.length))
            .content_type(self.media_type)
            .header("Last-Modified", httpdate::fmt_http_date(self.version.modified))
            // What a file is, its name says, and no browser shall guess.
            .header("X-Content-Type-Options", "nosniff")
    }
}
