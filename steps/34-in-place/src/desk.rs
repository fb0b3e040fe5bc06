//! What the loop lends to the client whose turn it is.

use crate::clock::Clock;

/// What clients need only while it is their turn.
#[derive(Debug)]
pub struct Desk {
    /// What they read into.
    pub buffer: Vec<u8>,
    pub clock: Clock,
}

impl Desk {
    /// A desk with room to read into.
    pub fn new() -> Desk {
        Desk { buffer: vec![0; 64 * 1024], clock: Clock::new() }
    }
}
