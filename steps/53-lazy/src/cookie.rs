//! Cookies: what we ask the client to keep for us, and to send back each time.

use std::fmt;
use std::time::Duration;

use crate::percent;

/// The longest cookie that we give, in bytes; a client need not keep a longer one (RFC 6265,
/// section 6.1).
const MAX_LENGTH: usize = 4096;

/// A cookie for the client. It belongs to all of our pages (`Path=/`), no script can read
/// it (`HttpOnly`), and a form on another site can't use it (`SameSite=Lax`).
#[derive(Debug)]
pub struct Cookie {
    name: &'static str,
    value: String,
    max_age: Option<Duration>,
}

impl Cookie {
    /// A cookie that the client keeps until its user closes it.
    pub fn new(name: &'static str, value: impl ToString) -> Cookie {
        Cookie { name, value: value.to_string(), max_age: None }
    }

    /// Lets the client keep the cookie for so long; with zero, it forgets it at once.
    pub fn max_age(self, age: Duration) -> Cookie {
        Cookie { max_age: Some(age), ..self }
    }

    /// Whether a client will keep it, and we will take it back.
    pub fn fits(&self) -> bool {
        self.to_string().len() <= MAX_LENGTH
    }
}

/// Writes the value of a `Set-Cookie` (RFC 6265, section 4.1).
impl fmt::Display for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Cookie { name, value, max_age } = self;
        // Encoded, the value can't end early and begin an attribute or another header.
        write!(f, "{name}={}; Path=/; HttpOnly; SameSite=Lax", percent::encode(value))?;
        match max_age {
            Some(age) => write!(f, "; Max-Age={}", age.as_secs()),
            None => Ok(()),
        }
    }
}
