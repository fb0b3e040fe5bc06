//! Bodies: so many bytes, read when it is their turn to be sent.

use std::fmt;
use std::io::{self, Cursor, Read, Take};

/// What comes after the head of a response.
pub struct Body(Take<Box<dyn Read + Send>>);

impl Body {
    /// So many bytes of what there is to read.
    pub fn new(reader: impl Read + Send + 'static, length: u64) -> Body {
        let reader: Box<dyn Read + Send> = Box::new(reader);
        Body(reader.take(length))
    }

    /// How many bytes there are to come.
    pub fn left(&self) -> u64 {
        self.0.limit()
    }

    /// Reads up to `length` bytes, and puts them to the end of the output.
    ///
    /// # Errors
    /// If they can't be read, or if there are fewer than the body should have.
    pub fn read_to(&mut self, output: &mut Vec<u8>, length: usize) -> io::Result<()> {
        let wanted = self.left().min(length as u64);
        let read = self.0.by_ref().take(wanted).read_to_end(output)?;
        if (read as u64) < wanted {
            Err(io::ErrorKind::UnexpectedEof.into())
        } else {
            Ok(())
        }
    }
}

impl<T: Into<Vec<u8>>> From<T> for Body {
    fn from(bytes: T) -> Body {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        Body::new(Cursor::new(bytes), length)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Body({} bytes)", self.left())
    }
}
