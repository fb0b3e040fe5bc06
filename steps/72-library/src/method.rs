//! What a client wants to do.

use std::fmt;

/// The names of the methods that we know, in the order in which `Allow` lists them.
const NAMES: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A method (RFC 9110, section 9.3; PATCH: RFC 5789).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Method(usize);

impl Method {
    /// Asks for what is there.
    pub const GET: Method = Method(0);
    /// Asks for the same without its body.
    pub const HEAD: Method = Method(1);
    /// Asks that something be done with the body.
    pub const POST: Method = Method(2);
    /// Asks that the body be put there.
    pub const PUT: Method = Method(3);
    /// Asks that what is there be changed.
    pub const PATCH: Method = Method(4);
    /// Asks that it be removed.
    pub const DELETE: Method = Method(5);
    /// Asks what may be asked.
    pub const OPTIONS: Method = Method(6);

    /// All methods that we know, in the order in which `Allow` lists them.
    pub const ALL: [Method; 7] =
        [Method(0), Method(1), Method(2), Method(3), Method(4), Method(5), Method(6)];

    /// Finds the method of that name, which is in capitals.
    pub const fn parse(name: &str) -> Option<Method> {
        Method::from_bytes(name.as_bytes())
    }

    /// The same for a name as it has come.
    pub(crate) const fn from_bytes(name: &[u8]) -> Option<Method> {
        Some(Method(match name {
            b"GET" => 0,
            b"HEAD" => 1,
            b"POST" => 2,
            b"PUT" => 3,
            b"PATCH" => 4,
            b"DELETE" => 5,
            b"OPTIONS" => 6,
            _ => return None,
        }))
    }

    /// The name, as it stands in a request line.
    pub fn as_str(self) -> &'static str {
        NAMES[self.0]
    }
}

/// A number says nothing to a person.
impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Method({:?})", self.as_str())
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
