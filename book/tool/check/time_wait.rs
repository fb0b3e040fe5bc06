//! An address whose server has ended, and that the system still keeps.
//!
//! Who closes a connection first has to remember it for a while (TIME-WAIT, RFC 9293 section
//! 3.3.2), and our servers do. Until then nobody may listen at their address who hasn't said,
//! with `SO_REUSEADDR`, that it doesn't mind.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use anstream::eprintln;
use socket2::{Domain, Socket, Type};

/// How long it may take: Linux keeps an address for a minute.
const PATIENCE: Duration = Duration::from_secs(65);
/// How often we look whether the address is free.
const POLL: Duration = Duration::from_secs(1);

/// What those systems say that have no words of their own for it.
const WORDS: [&str; 2] =
    ["ddress already in use", "Only one usage of each socket address"];

/// How often we wait; a server that ends in every case would take an hour.
const MAX_TIMES: usize = 3;

const REASON: &str = "nobody listens there, but the system still keeps the address, for the connections that the \
     server had before it ended: Linux does so for a minute, unless the server sets \
     SO_REUSEADDR. We wait for it, and then try again";

/// How often we have waited.
#[derive(Debug, Default)]
pub struct TimeWait {
    times: usize,
}

impl TimeWait {
    /// Whether a server that has printed this has ended because of it. A server that doesn't
    /// compile ends as well, and most don't mind old connections: so it isn't enough that the
    /// address is kept.
    pub fn is_in_the_way(&self, addresses: &[SocketAddr], printed: &str) -> bool {
        WORDS.iter().any(|words| printed.contains(words)) && is_kept(addresses)
    }

    /// Waits until an address is free, and says why; false if that takes too long, or was
    /// done too often.
    pub fn pass(&mut self, addresses: &[SocketAddr]) -> bool {
        eprintln!("{}", self.reason());
        if self.times > MAX_TIMES {
            return false;
        }
        let start = Instant::now();
        while is_kept(addresses) {
            if start.elapsed() > PATIENCE {
                return false;
            }
            thread::sleep(POLL);
        }
        true
    }

    /// Why we wait for the address; the second time only that we do.
    fn reason(&mut self) -> &'static str {
        self.times += 1;
        match self.times {
            1 => REASON,
            2..=MAX_TIMES => "once more, for the old connections",
            _ => {
                "that was often enough: let your server set SO_REUSEADDR, or mend what ends it"
            }
        }
    }
}

/// Whether a server without `SO_REUSEADDR` could listen at none of the addresses.
fn is_kept(addresses: &[SocketAddr]) -> bool {
    let is_in_use = |address: &SocketAddr| {
        let socket = Socket::new(Domain::for_address(*address), Type::STREAM, None);
        // The standard library would set the option.
        let bound = socket.and_then(|socket| socket.bind(&(*address).into()));
        bound.is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
    };
    addresses.iter().any(is_in_use)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn an_address_is_in_the_way_of_who_says_so() {
        // A system that is short of memory forgets old connections at once, so it is a
        // listener that keeps the address here.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = [listener.local_addr().unwrap()];
        let time_wait = TimeWait::default();
        let words = "Error: Address already in use (os error 98)";
        assert!(time_wait.is_in_the_way(&address, words));
        assert!(!time_wait.is_in_the_way(&address, "expected one of `!` or `::`"));
        drop(listener);
        assert!(!time_wait.is_in_the_way(&address, words));
        assert!(TimeWait::default().pass(&address));
    }

    #[test]
    fn the_wait_is_explained_once() {
        let mut time_wait = TimeWait::default();
        assert!(time_wait.reason().contains("SO_REUSEADDR"));
        assert_eq!(time_wait.reason(), "once more, for the old connections");
        assert_eq!(time_wait.reason(), "once more, for the old connections");
        assert!(time_wait.reason().starts_with("that was often enough"));
    }
}
