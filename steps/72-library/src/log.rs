//! What we tell whoever runs the server.

use std::io::{self, Write};
use std::mem;
use std::sync::Arc;
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

/// Where lines are written, if anywhere. A clone of it writes to the same place.
///
/// Each answer has a line in the Common Log Format, and at its end how many milliseconds it
/// has taken.
///
/// ```no_run
/// use std::io;
///
/// use longhand::{Log, Server};
///
/// # fn main() -> io::Result<()> {
/// let log = Log::to(io::stderr())?;
/// Server::bind("127.0.0.1:8080")?.log(log.clone()).run()?;
/// log.flush();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The way to the thread that writes.
    sender: Option<SyncSender<Message>>,
    /// How many lines there was no room for.
    lost: Arc<AtomicUsize>,
    /// Whether answers have a line, too, and not only what goes wrong.
    pub(crate) tells_answers: bool,
}

impl Log {
    /// A log that is written there, by a thread of its own.
    ///
    /// # Errors
    /// If the system has no thread for us.
    pub fn to(writer: impl Write + Send + 'static) -> io::Result<Log> {
        let (sender, receiver) = sync_channel(QUEUE);
        thread::Builder::new().spawn(|| write(receiver, writer))?;
        Ok(Log { sender: Some(sender), lost: Arc::default(), tells_answers: true })
    }

    /// The same, and answers have a line there, or only what goes wrong has.
    pub fn answers(self, tells_answers: bool) -> Log {
        Log { tells_answers, ..self }
    }

    /// Says lines, soon. Whoever reads them may be slow, or gone: then they are lost, and
    /// nobody waits.
    pub fn say(&self, lines: String) {
        let Some(sender) = &self.sender else { return };
        let (lost, count) = (self.lost.swap(0, Relaxed), lines.lines().count());
        let text = if lost > 0 { format!("({lost} lines lost)\n{lines}") } else { lines };
        if sender.try_send(Message::Lines(text + "\n")).is_err() {
            self.lost.fetch_add(lost + count, Relaxed);
        }
    }

    /// Waits until all lines have been written, but not for a reader who is slow.
    pub fn flush(&self) {
        let Log { sender: Some(log), lost, .. } = self.clone() else { return };
        let (sender, done) = sync_channel(1);
        // It may have to wait for room, and that must not take longer, either.
        let _ = thread::Builder::new().spawn(move || {
            let lost = lost.swap(0, Relaxed);
            if lost > 0 {
                let _ = log.send(Message::Lines(format!("({lost} lines lost)\n")));
            }
            log.send(Message::Flush(sender))
        });
        let _ = done.recv_timeout(PATIENCE);
    }
}

enum Message {
    Lines(String),
    /// All lines before it have been written, and somebody wants to know.
    Flush(SyncSender<()>),
}

/// Lines that go to the log together.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds the line of an answer, if this log wants those.
    pub fn answered(&mut self, line: impl FnOnce() -> String, log: &Log) {
        if log.tells_answers {
            self.0 += &line();
            self.0.push('\n');
        }
        if self.0.len() >= ENOUGH {
            self.send(log);
        }
    }

    /// Sends what has been added.
    pub fn send(&mut self, log: &Log) {
        // The last one gets its end from `log`.
        if self.0.pop().is_some() {
            log.say(mem::take(&mut self.0));
        }
    }
}

fn write(receiver: Receiver<Message>, mut writer: impl Write) {
    for message in receiver {
        // If nobody reads the log, or waits for it, there is nobody to tell.
        match message {
            Message::Lines(lines) => _ = writer.write_all(lines.as_bytes()),
            Message::Flush(done) => _ = done.send(()),
        }
    }
}
