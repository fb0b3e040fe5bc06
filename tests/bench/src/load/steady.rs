//! Requests at a steady rate, whether or not the ones before have been answered.
//!
//! Clients that wait for a response before they ask again are kind: while a server dawdles,
//! nobody asks, and so nobody waits. Here a request is due at a certain time, and its time
//! counts from then.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use mio::{Events, Token};

use super::{Load, PATIENCE};

impl Load<'_> {
    /// Asks at so many times a second, and tells how long each response took.
    ///
    /// It never sleeps, since the clock that would wake it is coarser than what it measures. So
    /// it needs a core of its own.
    pub fn at_rate(&mut self, rate: f64, time: Duration) -> Result<Vec<Duration>> {
        let mut idle: VecDeque<usize> =
            self.connections.iter().map(|(key, _)| key).collect();
        let mut due_of = vec![Instant::now(); self.connections.capacity()];
        let mut events = Events::with_capacity(1024);
        let mut taken = Vec::new();
        let start = Instant::now();
        let due_at =
            |number: usize| start + Duration::from_secs_f64(number as f64 / rate);
        let total = (rate * time.as_secs_f64()) as usize;
        let mut asked = 0;
        while taken.len() < total {
            while asked < total
                && due_at(asked) <= Instant::now()
                && let Some(key) = idle.pop_front()
            {
                due_of[key] = due_at(asked);
                self.ask(key)?;
                asked += 1;
            }
            self.poll.poll(&mut events, Some(Duration::ZERO))?;
            for event in &events {
                let Token(key) = event.token();
                if self.receive(key)? {
                    taken.push(due_of[key].elapsed());
                    idle.push_back(key);
                }
            }
            ensure!(start.elapsed() < time + PATIENCE, "it doesn't hold the rate");
        }
        Ok(taken)
    }
}
