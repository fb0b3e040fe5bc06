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
use crate::router::Router;
use crate::settings::Settings;

/// Who has asked. When a client has left, its key goes to another one, so the number says
/// which of them is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientId {
    pub key: usize,
    pub number: u64,
}

/// A request, and how its loop gets the response.
#[derive(Debug)]
pub struct Job {
    pub client: ClientId,
    pub request: Vec<u8>,
    pub done: Sender<Done>,
    pub waker: Arc<Waker>,
}

/// The response to it.
#[derive(Debug)]
pub struct Done {
    pub client: ClientId,
    pub response: Response,
}

/// The threads, seen from the loops.
#[derive(Clone, Debug)]
pub struct Workers {
    jobs: SyncSender<Job>,
}

impl Workers {
    /// Starts the threads, for requests that these routes take.
    ///
    /// # Errors
    /// If the system has no thread for us.
    pub fn start(router: &Arc<Router>, settings: &Arc<Settings>) -> io::Result<Workers> {
        let (jobs, queue) = mpsc::sync_channel(settings.queue);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..settings.workers {
            let (queue, router) = (queue.clone(), router.clone());
            let settings = settings.clone();
            thread::Builder::new().spawn(move || work(&queue, &router, &settings))?;
        }
        Ok(Workers { jobs })
    }

    /// Hands the request to the next worker that is free. False if too many wait for one.
    pub fn begin(&self, job: Job) -> bool {
        self.jobs.try_send(job).is_ok()
    }
}

/// Does one job after the other, until nobody is left who could have one.
fn work(queue: &Mutex<Receiver<Job>>, router: &Router, settings: &Settings) {
    loop {
        // A statement of its own, which gives the lock back before the work begins.
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { client, request, done, waker }) = job else { return };
        let response = answer_to(&request, router, settings);
        // A loop that has ended waits for no response.
        if done.send(Done { client, response }).is_ok() {
            let _ = waker.wake();
        }
    }
}

/// Answers a request that is whole. To take it apart a second time costs little, beside the
/// work.
fn answer_to(request: &[u8], router: &Router, settings: &Settings) -> Response {
    match Request::parse(request, &mut Progress::new(settings), settings) {
        Ok(Some(mut request)) => {
            let route = router.find(&request);
            router.answer(&mut request, route)
        }
        Ok(None) => Error::bad_request("The request must be whole.").into(),
        Err(error) => error.into(),
    }
}
