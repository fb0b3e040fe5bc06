//! Bodies, read when it is their turn to be sent.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Cursor, ErrorKind, Read};

/// What is put into the output in one piece, in bytes.
const SHORT: usize = 4 * 1024;

/// What comes after the head of a response.
pub struct Body {
    source: Source,
    end: End,
}

/// Where its bytes are.
enum Source {
    /// Here, and so many have been taken.
    Bytes(Cow<'static, [u8]>, usize),
    Reader(Box<dyn Read + Send>),
}

/// How the client knows where a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It has so many more bytes.
    Length(u64),
    /// The last chunk is empty (RFC 9112, section 7.1).
    Chunks,
    /// The connection ends.
    Close,
}

impl Body {
    /// So many bytes of what there is to read.
    pub fn new(reader: impl Read + Send + 'static, length: u64) -> Body {
        Body { source: Source::Reader(Box::new(reader)), end: End::Length(length) }
    }

    /// All that there is to read. Nobody knows yet how much that will be.
    pub fn stream(reader: impl Read + Send + 'static) -> Body {
        Body { source: Source::Reader(Box::new(reader)), end: End::Close }
    }

    /// Texts, each of which is made when its turn comes.
    pub fn of(texts: impl Iterator<Item = String> + Send + 'static) -> Body {
        Body::stream(Texts { texts, text: Cursor::default() })
    }

    /// How it ends.
    pub fn end(&self) -> End {
        self.end
    }

    /// Sends it in chunks.
    pub fn use_chunks(&mut self) {
        self.end = End::Chunks;
    }

    /// All of it, if it is at hand, and short.
    pub fn short(&self) -> Option<&[u8]> {
        match &self.source {
            Source::Bytes(bytes, 0) if bytes.len() <= SHORT => Some(bytes),
            _ => None,
        }
    }

    /// Puts a piece of it to the end of the output, of about so many bytes. Whether there is
    /// more to come.
    ///
    /// # Errors
    /// If it can't be read, or is shorter than it should be.
    pub fn read_to(&mut self, output: &mut Vec<u8>, length: usize) -> io::Result<bool> {
        let length = length as u64;
        match &mut self.end {
            End::Length(left) => {
                let wanted = length.min(*left);
                let read = self.source.take_to(output, wanted)?;
                *left -= read;
                if read < wanted {
                    Err(ErrorKind::UnexpectedEof.into())
                } else {
                    Ok(*left > 0)
                }
            }
            End::Chunks => {
                let mut chunk = Vec::new();
                self.source.take_to(&mut chunk, length)?;
                if !chunk.is_empty() {
                    output.extend(format!("{:x}\r\n", chunk.len()).bytes());
                    output.extend(&chunk);
                    output.extend(b"\r\n");
                }
                let is_over = (chunk.len() as u64) < length;
                if is_over {
                    output.extend(b"0\r\n\r\n");
                }
                Ok(!is_over)
            }
            End::Close => {
                let read = self.source.take_to(output, length)?;
                Ok(read == length)
            }
        }
    }
}

impl Default for Body {
    /// None at all.
    fn default() -> Body {
        "".into()
    }
}

impl Source {
    /// Puts so many bytes to the end of the output, or as many as there are.
    fn take_to(&mut self, output: &mut Vec<u8>, length: u64) -> io::Result<u64> {
        match self {
            Source::Bytes(bytes, taken) => {
                let left = &bytes[*taken..];
                let length =
                    left.len().min(usize::try_from(length).unwrap_or(usize::MAX));
                output.extend_from_slice(&left[..length]);
                *taken += length;
                Ok(length as u64)
            }
            Source::Reader(reader) => {
                Ok(reader.by_ref().take(length).read_to_end(output)? as u64)
            }
        }
    }
}

impl From<Cow<'static, [u8]>> for Body {
    fn from(bytes: Cow<'static, [u8]>) -> Body {
        let end = End::Length(bytes.len() as u64);
        Body { source: Source::Bytes(bytes, 0), end }
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Body {
        Cow::Borrowed(text.as_bytes()).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Body {
        text.into_bytes().into()
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Body {
        Cow::<'static, [u8]>::Owned(bytes).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Body").field("end", &self.end).finish_non_exhaustive()
    }
}

/// Texts to be read one after the other.
struct Texts<I> {
    texts: I,
    /// The one that we are at.
    text: Cursor<String>,
}

impl<I: Iterator<Item = String>> Read for Texts<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.text.read(buffer)? {
                0 if !buffer.is_empty() => match self.texts.next() {
                    Some(text) => self.text = Cursor::new(text),
                    None => return Ok(0),
                },
                length => return Ok(length),
            }
        }
    }
}
