//! Settings: how much may come, and how long we wait for it.

use std::time::Duration;

use crate::log::Log;

/// Longer than anybody waits.
const LONG: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// More bytes than anybody has.
const BYTES: usize = usize::MAX / 4;
/// More clients than anybody has, and more jobs.
const CLIENTS: usize = 1 << 16;

/// What whoever runs the server may want to be otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The longest request line that we take, in bytes.
    pub max_request_line: usize,
    /// The longest head that we take, in bytes.
    pub max_head: usize,
    /// The longest body that we take, in bytes.
    pub max_body: usize,
    /// How many clients there may be at the same time. Who comes then waits at the door.
    pub max_clients: usize,
    /// How many requests workers work on at the same time.
    pub workers: usize,
    /// How many more may wait for a worker.
    pub queue: usize,
    /// How long a client may be silent before it asks.
    pub idle_timeout: Duration,
    /// How long it may take for a head, from its first byte on.
    pub head_timeout: Duration,
    /// How long it may take for a body, from the end of the head on.
    pub body_timeout: Duration,
    /// For this many bytes that have come, the body has a second more.
    pub body_rate: usize,
    /// How long a client may take nothing of our response.
    pub write_timeout: Duration,
    /// How long we wait, after our response, for the client to close its side.
    pub linger_timeout: Duration,
    /// How long those who are being answered have when the server stops.
    pub shutdown_timeout: Duration,
    /// Where it is told what has become of requests.
    pub(crate) log: Log,
}

impl Settings {
    /// The same, but so that each of them can be added to another one.
    pub(crate) fn bounded(self) -> Settings {
        Settings {
            max_request_line: self.max_request_line.min(BYTES),
            max_head: self.max_head.min(BYTES),
            max_body: self.max_body.min(BYTES),
            max_clients: self.max_clients.min(CLIENTS),
            queue: self.queue.min(CLIENTS),
            idle_timeout: self.idle_timeout.min(LONG),
            head_timeout: self.head_timeout.min(LONG),
            body_timeout: self.body_timeout.min(LONG),
            write_timeout: self.write_timeout.min(LONG),
            linger_timeout: self.linger_timeout.min(LONG),
            shutdown_timeout: self.shutdown_timeout.min(LONG),
            ..self
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            max_request_line: 8 * 1024,
            max_head: 16 * 1024,
            max_body: 1024 * 1024,
            max_clients: 10_000,
            workers: 8,
            queue: 64,
            idle_timeout: Duration::from_secs(5),
            head_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            body_rate: 64 * 1024,
            write_timeout: Duration::from_secs(10),
            linger_timeout: Duration::from_secs(2),
            shutdown_timeout: Duration::from_secs(10),
            log: Log::default(),
        }
    }
}
