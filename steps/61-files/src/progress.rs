//! Progress: what is known of a request that isn't whole, so that nothing is read twice.

use crate::chunked::{self, Chunks};
use crate::error::Error;
use crate::framing::MAX_REQUEST_LINE;

/// How far a request has come.
#[derive(Debug)]
pub struct Progress {
    pub awaits: Awaits,
    /// Its body, if that comes in chunks.
    pub chunks: Option<Box<Chunks>>,
    /// Whether the client waits for us before it sends the body (RFC 9110, section 10.1.1).
    pub expects_continue: bool,
}

/// What has to come before there is anything new to say. Positions are counted from the
/// front of the request; a view of its bytes would be gone when more of them come.
#[derive(Debug)]
pub enum Awaits {
    /// The end of a line, which is not before `searched`; or `limit` bytes, one too many.
    Line { searched: usize, limit: usize },
    /// So many bytes.
    Length(usize),
}

impl Progress {
    /// Nothing has come yet.
    pub fn new() -> Progress {
        let limit = MAX_REQUEST_LINE + "\r\n".len();
        let awaits = Awaits::Line { searched: 0, limit };
        Progress { awaits, chunks: None, expects_continue: false }
    }

    /// Whether the head is whole.
    pub fn has_head(&self) -> bool {
        self.chunks.is_some() || matches!(self.awaits, Awaits::Length(_))
    }

    /// Looks at what is new, and only at that. Whether the request has another line of its
    /// head, or all of its body.
    pub fn advance(&mut self, data: &[u8]) -> Result<bool, Error> {
        let has_come = match &mut self.awaits {
            Awaits::Line { searched, limit } => {
                // What comes first is mostly a whole head. Whether it is, one sees by reading it.
                let is_first = *searched == 0;
                let news = data.get(*searched..).unwrap_or_default();
                *searched = data.len();
                is_first || news.contains(&b'\n') || data.len() >= *limit
            }
            Awaits::Length(length) => data.len() >= *length,
        };
        if has_come && let Some(chunks) = &mut self.chunks {
            return Ok(chunked::decode(data, chunks, &mut self.awaits)?.is_some());
        }
        Ok(has_come)
    }
}
