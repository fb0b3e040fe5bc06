//! Many clients that want the same at the same time, and stay.

use std::net::{Shutdown, TcpStream};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use super::patience::{CLOSES, HI, check_time};
use super::{Player, Problem, Whose, judge};
use crate::case::{Exchange, Response, on_the_wire};
use crate::client::Trouble;
use crate::conversation::{Conversation, ONE_MORE};
use crate::process::allow_files;

/// How long a client waits for its answer: twice as long as ours keep the last one waiting.
const PATIENCE: Duration = Duration::from_secs(60);

/// What each of the clients does.
pub struct Rush<'a> {
    pub request: &'a str,
    pub responses: &'a [Response],
    pub not_before: u64,
}

/// An answer and its time, and the one to another request, if the connection has stayed.
type Answers = (Vec<u8>, Duration, Option<Vec<u8>>);

impl Player {
    /// Many connections that ask for the same, and another exchange beside them.
    pub fn rush(
        &mut self,
        size: usize,
        &Rush { request, responses, not_before }: &Rush,
        other: &Exchange,
        received: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        allow_files();
        let sent = on_the_wire(request);
        let begun = Instant::now();
        let clients = (0..size).map(|_| self.asker(&sent));
        let clients = clients.collect::<Result<Vec<Conversation>, Problem>>()?;
        let streams = clients.iter().map(|client| client.stream().try_clone());
        let streams: Vec<TcpStream> =
            streams.collect::<Result<_, _>>().map_err(Trouble::from)?;
        let answers = thread::scope(|scope| {
            let wait = |client| scope.spawn(move || wait(client, begun));
            let threads: Vec<_> = clients.into_iter().map(wait).collect();
            let played = self.play(other, received);
            if played.is_err() {
                // Nobody has to wait any more.
                let end = |stream: &TcpStream| drop(stream.shutdown(Shutdown::Both));
                streams.iter().for_each(end);
            }
            let answers: Vec<_> =
                threads.into_iter().map(ScopedJoinHandle::join).collect();
            played.map(|()| answers)
        })?;
        received.clear();
        let mut missing: Vec<&Response> = responses.iter().collect();
        for answer in answers {
            let bug = |_| Problem::Broken("the test has a bug".into());
            let (answer, time, more) = answer.map_err(bug)??;
            received.clone_from(&answer);
            self.judge_one_of(responses, &sent, &answer)?;
            check_time(time, not_before)?;
            self.judge_the_stay(more)?;
            missing
                .retain(|response| judge(response, &sent, &answer, self.whose).is_err());
        }
        missing
            .first()
            .map_or(Ok(()), |response| judge(response, &sent, received, self.whose))
    }

    /// A client that has asked, and waits.
    fn asker(&self, sent: &[u8]) -> Result<Conversation, Problem> {
        let mut client = Conversation::new(self.connect()?).map_err(Trouble::from)?;
        client.send(sent).map_err(Trouble::from)?;
        client.stream().set_read_timeout(Some(PATIENCE)).map_err(Trouble::from)?;
        Ok(client)
    }

    fn judge_one_of(
        &self,
        responses: &[Response],
        sent: &[u8],
        answer: &[u8],
    ) -> Result<(), Problem> {
        let mut verdicts =
            responses.iter().map(|response| judge(response, sent, answer, self.whose));
        match verdicts.next() {
            Some(Err(problem)) if !verdicts.any(|verdict| verdict.is_ok()) => {
                Err(problem)
            }
            _ => Ok(()),
        }
    }

    /// A server need not keep a connection, but ours do.
    fn judge_the_stay(&mut self, more: Option<Vec<u8>>) -> Result<(), Problem> {
        match more {
            Some(more) => judge(&HI, &on_the_wire(ONE_MORE), &more, self.whose),
            None if self.whose == Whose::Ours => Err(Trouble::NotKept.into()),
            None => {
                self.differ(CLOSES.into());
                Ok(())
            }
        }
    }
}

/// Waits for the answer, and asks once more.
fn wait(mut client: Conversation, begun: Instant) -> Result<Answers, Trouble> {
    let (answer, is_last) = client.read(false)?;
    let time = begun.elapsed();
    if is_last {
        client.closes()?;
        return Ok((answer, time, None));
    }
    let more = client.stays()?;
    Ok((answer, time, Some(more)))
}
