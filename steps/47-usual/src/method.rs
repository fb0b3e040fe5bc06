//! What a client wants to do.

/// A method, by its name (RFC 9110, section 9.3; PATCH: RFC 5789).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(&'static str);

impl Method {
    pub const HEAD: Method = Method("HEAD");
    pub const OPTIONS: Method = Method("OPTIONS");

    /// All methods that we know, in the order in which `Allow` lists them.
    pub const ALL: [Method; 7] = [
        Method("GET"),
        Method("HEAD"),
        Method("POST"),
        Method("PUT"),
        Method("PATCH"),
        Method("DELETE"),
        Method("OPTIONS"),
    ];

    /// Finds the method of that name, which is in capitals.
    pub fn parse(name: &str) -> Option<Method> {
        Method::from_bytes(name.as_bytes())
    }

    /// The same for a name as it has come.
    pub fn from_bytes(name: &[u8]) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.as_str().as_bytes() == name)
    }

    /// The name, as it stands in a request line.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}
