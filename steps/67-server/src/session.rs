//! Sessions: who is logged in. The client has a key, and we have the rest.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::response::Status;

/// How long a session lasts.
const LIFETIME: Duration = Duration::from_secs(60 * 60);
/// How many sessions we keep; when there are more, the oldest one ends.
const MAX_SESSIONS: usize = 1000;

/// All sessions, by their keys.
pub struct Sessions(Mutex<BTreeMap<String, Session>>);

struct Session {
    user: &'static str,
    end: Instant,
}

impl Sessions {
    /// Nobody is logged in.
    pub fn new() -> Sessions {
        Sessions(Mutex::new(BTreeMap::new()))
    }

    /// Opens a session for the user, and returns its key.
    pub fn open(&self, user: &'static str) -> Result<String, Error> {
        let key = random_key()?;
        let mut sessions = self.lock();
        let now = Instant::now();
        sessions.retain(|_, session| session.end > now);
        if sessions.len() >= MAX_SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.end);
            let oldest = oldest.map(|(key, _)| key.clone()).unwrap_or_default();
            sessions.remove(&oldest);
        }
        sessions.insert(key.clone(), Session { user, end: now + LIFETIME });
        Ok(key)
    }

    /// The user whose session has this key.
    pub fn user(&self, key: &str) -> Option<&'static str> {
        let sessions = self.lock();
        let session = sessions.get(key).filter(|session| session.end > Instant::now())?;
        Some(session.user)
    }

    /// Ends the session that has this key.
    pub fn close(&self, key: &str) {
        self.lock().remove(key);
    }

    /// If a thread has panicked while it had the lock, the map is whole all the same.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A key that nobody can guess: 128 random bits, as hexadecimal digits.
fn random_key() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| {
        Error::new(Status::INTERNAL_SERVER_ERROR, "We have no random numbers.")
    })?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
