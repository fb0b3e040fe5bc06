//! Workers: threads for what takes time.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use mio::Waker;

use crate::error::Error;
use crate::progress::Progress;
use crate::request::Request;
use crate::response::Response;
use crate::router::{answer, find};

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
    jobs: SyncSender<(ClientId, Vec<u8>)>,
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
    pub fn begin(&self, client: ClientId, request: Vec<u8>) -> bool {
        self.jobs.try_send((client, request)).is_ok()
    }

    /// What has been done since the last time.
    pub fn done(&self) -> Vec<(ClientId, Response)> {
        self.done.try_iter().collect()
    }
}

/// Does one job after the other, until nobody is left who could have one.
fn work(
    queue: &Mutex<Receiver<(ClientId, Vec<u8>)>>,
    done: &Sender<(ClientId, Response)>,
    waker: &Waker,
) {
    loop {
        // A statement of its own, which gives the lock back before the work begins.
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((client, request)) = job else { return };
        if done.send((client, answer_to(&request))).is_err() || waker.wake().is_err() {
            return;
        }
    }
}

/// Answers a request that is whole. To take it apart a second time costs little, beside the
/// work.
fn answer_to(request: &[u8]) -> Response {
    match Request::parse(request, &mut Progress::new()) {
        Ok(Some(request)) => answer(&request, find(&request)),
        Ok(None) => Error::bad_request("The request must be whole.").into(),
        Err(error) => error.into(),
    }
}
