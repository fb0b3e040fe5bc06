//! What we tell whoever runs the server.

use std::env;
use std::io::{Write, stderr};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How many lines may wait for somebody to read them.
const QUEUE: usize = 1024;

static SENDER: LazyLock<SyncSender<String>> = LazyLock::new(|| {
    let (sender, receiver) = sync_channel(QUEUE);
    thread::spawn(|| write(receiver));
    sender
});

/// How many lines there was no room for.
static LOST: AtomicUsize = AtomicUsize::new(0);

/// Whether answers have a line, too, and not only what goes wrong.
static ANSWERS: LazyLock<bool> =
    LazyLock::new(|| env::var("RUST_LOG").as_deref() != Ok("error"));

/// Says the line of an answer, unless `RUST_LOG` is `error`.
pub fn answered(line: impl FnOnce() -> String) {
    if *ANSWERS {
        log(line());
    }
}

/// Says a line on standard error, soon. Whoever reads it may be slow, or gone: then lines are
/// lost, and nobody waits.
pub fn log(line: String) {
    let lost = LOST.swap(0, Relaxed);
    let line = if lost > 0 { format!("({lost} lines lost)\n{line}") } else { line };
    if SENDER.try_send(line).is_err() {
        LOST.fetch_add(lost + 1, Relaxed);
    }
}

fn write(receiver: Receiver<String>) {
    for line in receiver {
        // If nobody reads it, there is nobody to tell.
        let _ = writeln!(stderr(), "{line}");
    }
}
