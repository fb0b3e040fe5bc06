//! What the loop lends to the client whose turn it is.

use std::mem;

use crate::clock::Clock;
use crate::log::Lines;

/// How much room the desk has for each of what is read, what has come, and what is to go, in
/// bytes.
const ROOM: usize = 64 * 1024;

/// What clients need only while it is their turn.
#[derive(Debug)]
pub struct Desk {
    /// What they read into.
    pub buffer: Vec<u8>,
    pub input: Spare,
    pub output: Spare,
    pub clock: Clock,
    pub log: Lines,
}

impl Desk {
    /// A desk with room to read into.
    pub fn new() -> Desk {
        Desk {
            buffer: vec![0; ROOM],
            input: Spare::default(),
            output: Spare::default(),
            clock: Clock::new(),
            log: Lines::default(),
        }
    }
}

/// Room for whoever has kept nothing.
#[derive(Debug, Default)]
pub struct Spare(Vec<u8>);

impl Spare {
    /// Lends it, if it is needed.
    pub fn lend(&mut self, own: &mut Vec<u8>) {
        if own.is_empty() {
            mem::swap(own, &mut self.0);
        }
    }

    /// Takes it back. What is in there is kept in no more room than it needs.
    pub fn take_back(&mut self, own: &mut Vec<u8>) {
        if self.0.capacity() > 0 {
            return shrink(own);
        }
        mem::swap(own, &mut self.0);
        if !self.0.is_empty() {
            own.extend_from_slice(&self.0);
            self.0.clear();
        }
        self.0.shrink_to(ROOM);
    }
}

/// Gives back what is not needed of it, if that is much.
fn shrink(own: &mut Vec<u8>) {
    if own.capacity() > 4 * own.len() {
        own.shrink_to_fit();
    }
}
