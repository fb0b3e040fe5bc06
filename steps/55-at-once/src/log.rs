//! What we tell whoever runs the server.

use std::env;
use std::io::{Write, stderr};
use std::mem;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How many messages may wait for somebody to read them.
const QUEUE: usize = 1024;
/// How many bytes of lines we collect before we send them.
const ENOUGH: usize = 4 * 1024;
/// How long the end of the server waits for the log.
const PATIENCE: Duration = Duration::from_secs(1);

static SENDER: LazyLock<SyncSender<Message>> = LazyLock::new(|| {
    let (sender, receiver) = sync_channel(QUEUE);
    thread::spawn(|| write(receiver));
    sender
});

enum Message {
    Lines(String),
    /// All lines before it have been written, and somebody wants to know.
    Flush(SyncSender<()>),
}

/// How many lines there was no room for.
static LOST: AtomicUsize = AtomicUsize::new(0);

/// Whether answers have a line, too, and not only what goes wrong.
static ANSWERS: LazyLock<bool> =
    LazyLock::new(|| env::var("RUST_LOG").as_deref() != Ok("error"));

/// Whether answers are to have a line.
pub fn tells_answers() -> bool {
    *ANSWERS
}

/// Says the line of an answer, unless `RUST_LOG` is `error`.
pub fn answered(line: impl FnOnce() -> String) {
    if *ANSWERS {
        log(line());
    }
}

/// Lines that go to the log together.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds the line of an answer, unless `RUST_LOG` is `error`.
    pub fn answered(&mut self, line: impl FnOnce() -> String) {
        if *ANSWERS {
            self.0 += &line();
            self.0.push('\n');
        }
        if self.0.len() >= ENOUGH {
            self.send();
        }
    }

    /// Sends what has been added.
    pub fn send(&mut self) {
        // The last one gets its end from `log`.
        if self.0.pop().is_some() {
            log(mem::take(&mut self.0));
        }
    }
}

/// Says lines on standard error, soon. Whoever reads them may be slow, or gone: then they are
/// lost, and nobody waits.
pub fn log(lines: String) {
    let (lost, count) = (LOST.swap(0, Relaxed), lines.lines().count());
    let lines = if lost > 0 { format!("({lost} lines lost)\n{lines}") } else { lines };
    if SENDER.try_send(Message::Lines(lines + "\n")).is_err() {
        LOST.fetch_add(lost + count, Relaxed);
    }
}

/// Waits until all lines have been written, but not for a reader who is slow.
pub fn flush() {
    let (sender, done) = sync_channel(1);
    // It may have to wait for room, and that must not take longer, either.
    thread::spawn(|| {
        let lost = LOST.swap(0, Relaxed);
        if lost > 0 {
            let _ = SENDER.send(Message::Lines(format!("({lost} lines lost)\n")));
        }
        SENDER.send(Message::Flush(sender))
    });
    let _ = done.recv_timeout(PATIENCE);
}

fn write(receiver: Receiver<Message>) {
    for message in receiver {
        // If nobody reads the log, or waits for it, there is nobody to tell.
        match message {
            Message::Lines(lines) => _ = stderr().write_all(lines.as_bytes()),
            Message::Flush(done) => _ = done.send(()),
        }
    }
}
