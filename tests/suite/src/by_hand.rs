//! What one can type to do by hand what the client of a case does.

use std::iter;
use std::net::SocketAddr;

use crate::case::{Case, Exchange, Request, on_the_wire};
use crate::play::Failure;

/// How long the commands may be, in characters.
const MAX_LENGTH: usize = 2000;

/// What one can type to send what a case has sent, if a shell can do it: a command for
/// each connection.
pub fn commands(case: &Case, failure: &Failure, address: SocketAddr) -> Option<String> {
    let done = case.exchanges.get(..=failure.exchange)?;
    let commands: Option<Vec<String>> =
        done.iter().map(|exchange| command(exchange, address)).collect();
    let commands = commands?;
    // If there is too much, that which has failed.
    let texts = [commands.join("\n"), commands.last()?.clone()];
    // What a response has said is not known here.
    texts.into_iter().find(|text| text.len() < MAX_LENGTH && !text.contains("[="))
}

fn command(exchange: &Exchange, address: SocketAddr) -> Option<String> {
    let send = |pieces: &[&[u8]]| {
        let prints: Vec<String> = pieces
            .iter()
            .map(|piece| format!("printf '{}'", for_printf(piece)))
            .collect();
        match &prints[..] {
            [print] => format!("{print} | curl telnet://{address}"),
            prints => {
                format!("({}) | curl telnet://{address}", prints.join("; sleep 1; "))
            }
        }
    };
    Some(match exchange {
        Exchange::Ask(Request::Pieces(pieces), _) => send(pieces),
        // curl doesn't close its side, and nobody types byte by byte.
        Exchange::Ask(Request::Truncated(_) | Request::ByteByByte(_), _) => return None,
        Exchange::Ask(request, _) => send(&[&request.to_bytes()]),
        Exchange::Continue { head, body, response: _ } => {
            let head = on_the_wire(head);
            let pieces = body.iter().map(|piece| piece.as_bytes());
            send(&iter::once(&head[..]).chain(pieces).collect::<Vec<_>>())
        }
        Exchange::Meanwhile { start, others: exchanges, rest, response: _ } => {
            let others = exchanges.iter().map(|exchange| command(exchange, address));
            let others = others.collect::<Option<Vec<_>>>()?.join("; ");
            let (start, rest) = (on_the_wire(start), on_the_wire(rest));
            let pieces = [&start[..], &rest].into_iter().filter(|it| !it.is_empty());
            format!("{} & {others}; wait", send(&pieces.collect::<Vec<_>>()))
        }
        Exchange::Leave(bytes) => {
            format!("printf '{}' | curl -m 1 telnet://{address}", for_printf(bytes))
        }
        Exchange::Keep { requests, how, responses: _, then: _ } => {
            let wire: Vec<Vec<u8>> =
                requests.iter().map(|request| on_the_wire(request)).collect();
            match how {
                how if how.is_one_by_one() => {
                    send(&wire.iter().map(Vec::as_slice).collect::<Vec<_>>())
                }
                _ => send(&[&wire.concat()]),
            }
        }
        Exchange::Wait { start, drops: [], .. } => {
            let start = for_printf(&on_the_wire(start));
            format!("(printf '{start}'; sleep 20) | curl telnet://{address}")
        }
        // Only a program can.
        Exchange::Reset(_)
        | Exchange::Times(..)
        | Exchange::Crowd { .. }
        | Exchange::Beside { .. }
        | Exchange::Rush { .. }
        | Exchange::Wait { .. }
        | Exchange::Stuff { .. }
        | Exchange::GoOn { .. } => return None,
    })
}

/// Bytes as the `printf` of a shell takes them, in single quotes.
fn for_printf(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        match byte {
            b'\r' => text += "\\r",
            b'\n' => text += "\\n",
            b'%' => text += "%%",
            b' '..=b'~' if !b"'\\".contains(&byte) => text.push(byte.into()),
            _ => text += &format!("\\{byte:03o}"),
        }
    }
    text
}
