//! Workers: threads for what takes time.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use mio::Waker;

use crate::request::Request;
use crate::response::Response;
use crate::router::answer;

/// How many jobs are worked on at the same time.
const WORKERS: usize = 8;
/// How many more may wait for a worker.
const QUEUE: usize = 64;

/// Who has asked. When a client has left, its key goes to another one, so the number says
/// which of them is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientId {
    pub key: usize,
    pub number: u64,
}

/// The threads, seen from the loop.
#[derive(Debug)]
pub struct Workers {
    jobs: SyncSender<(ClientId, Request)>,
    done: Receiver<(ClientId, Response)>,
}

impl Workers {
    /// Starts the threads. The waker tells the loop that one of them is done.
    ///
    /// # Errors
    /// If the system has no thread for us.
    pub fn start(waker: &Arc<Waker>) -> io::Result<Workers> {
        let (jobs, queue) = mpsc::sync_channel(QUEUE);
        let (sender, done) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..WORKERS {
            let (queue, sender, waker) = (queue.clone(), sender.clone(), waker.clone());
            thread::Builder::new().spawn(move || work(&queue, &sender, &waker))?;
        }
        Ok(Workers { jobs, done })
    }

    /// Hands the request to the next worker that is free. False if too many wait for one.
    pub fn begin(&self, client: ClientId, request: Request) -> bool {
        self.jobs.try_send((client, request)).is_ok()
    }

    /// What has been done since the last time.
    pub fn done(&self) -> Vec<(ClientId, Response)> {
        self.done.try_iter().collect()
    }
}

/// Does one job after the other, until nobody is left who could have one.
fn work(
    queue: &Mutex<Receiver<(ClientId, Request)>>,
    done: &Sender<(ClientId, Response)>,
    waker: &Waker,
) {
    loop {
        // A statement of its own, which gives the lock back before the work begins.
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((client, request)) = job else { return };
        if done.send((client, answer(&request))).is_err() || waker.wake().is_err() {
            return;
        }
    }
}
