//! Settings: how many may come, and how long we wait for them.

use std::time::Duration;

/// What whoever runs the server may want to be otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
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
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
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
        }
    }
}
