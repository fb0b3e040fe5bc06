//! What must come back, byte for byte.
//!
//! The first response of a server is read with care: it must say what ours say. The names of
//! its headers may be written in another way and stand in another order (hyper and axum write
//! them in small letters), and nginx may call itself by its own name. From then on the same
//! bytes must come again, but for the value of `Date`.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Range;

use anyhow::{Context, Result, ensure};

use super::{PATIENCE, Talk};
use crate::peer::{BODY, CONTENT_TYPE, SERVER};

/// A response, and where in it the date is.
#[derive(Debug)]
pub struct Expected {
    bytes: Vec<u8>,
    date: Range<usize>,
}

impl Expected {
    /// Asks a server for its first response.
    pub fn ask(talk: &Talk) -> Result<Expected> {
        let mut stream = TcpStream::connect(talk.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let request = &talk.requests[..talk.requests.len() / talk.depth];
        stream.write_all(request)?;
        let (mut bytes, mut buffer) = (Vec::new(), [0; 1024]);
        while !bytes.ends_with(BODY.as_bytes()) {
            let length = stream.read(&mut buffer).context("no response")?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            ensure!(length > 0, "the response ends too early: {:?}", text());
            bytes.extend(&buffer[..length]);
        }
        Expected::new(bytes, talk.closes).with_context(|| {
            format!("not what is to come for {}", request.escape_ascii())
        })
    }

    /// Makes sure that this is what is to come from all servers.
    fn new(bytes: Vec<u8>, closes: bool) -> Result<Expected> {
        let mut headers = [httparse::EMPTY_HEADER; 16];
        let mut response = httparse::Response::new(&mut headers);
        let head = response.parse(&bytes)?;
        ensure!(head.is_complete(), "the head is not whole");
        ensure!(&bytes[head.unwrap()..] == BODY.as_bytes(), "it is another body");
        ensure!(response.version == Some(1), "it is not HTTP/1.1");
        ensure!(response.code == Some(200), "the status is {:?}", response.code);
        let mut headers = BTreeMap::new();
        for header in response.headers.iter() {
            let name = header.name.to_ascii_lowercase();
            let before = headers.insert(name, str::from_utf8(header.value)?);
            ensure!(before.is_none(), "there are two of {}", header.name);
        }
        let date = headers.remove("date").context("there is no date")?;
        httpdate::parse_http_date(date).with_context(|| date.to_string())?;
        ensure_same(headers, closes)?;
        let start = bytes.windows(date.len()).position(|it| it == date.as_bytes());
        let start = start.context("the date is nowhere")?;
        let date = start..start + date.len();
        Ok(Expected { bytes, date })
    }

    /// Follows what comes. `begun` is how much of a response has come before, and then how much
    /// of the last one has. How many have ended.
    pub fn follow(&self, begun: &mut usize, mut bytes: &[u8]) -> Result<usize> {
        let mut whole = 0;
        while !bytes.is_empty() {
            let length = bytes.len().min(self.bytes.len() - *begun);
            let (piece, rest) = bytes.split_at(length);
            let end = *begun + length;
            ensure!(self.has(*begun..end, piece), "not {:?}", piece.escape_ascii());
            *begun = end % self.bytes.len();
            whole += usize::from(*begun == 0);
            bytes = rest;
        }
        Ok(whole)
    }

    /// Whether a piece is what is at this place, the date aside.
    fn has(&self, place: Range<usize>, piece: &[u8]) -> bool {
        let before = self.date.start.clamp(place.start, place.end);
        let after = self.date.end.clamp(place.start, place.end);
        piece[..before - place.start] == self.bytes[place.start..before]
            && piece[after - place.start..] == self.bytes[after..place.end]
    }
}

/// Makes sure that these are the headers that all servers send, and no others.
fn ensure_same(mut headers: BTreeMap<String, &str>, closes: bool) -> Result<()> {
    let name = headers.remove("server");
    ensure!(matches!(name, Some(SERVER | "nginx")), "the server's name is {name:?}");
    let length = BODY.len().to_string();
    let wanted = [
        ("connection", if closes { "close" } else { "keep-alive" }),
        ("content-length", &length),
        ("content-type", CONTENT_TYPE),
    ];
    let wanted = BTreeMap::from(wanted.map(|(name, value)| (name.to_string(), value)));
    ensure!(headers == wanted, "the headers are {headers:?}, not {wanted:?}");
    Ok(())
}
