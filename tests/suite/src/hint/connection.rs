//! Hints for connections that went wrong: silence, a reset, an answer that came too early.

use crate::case::{Case, Response};
use crate::client::Trouble;
use crate::message::Message;

use super::sent::Sent;
use super::status;

const EARLY: &str = "TCP delivers bytes, and no messages: one read may bring a part of a request. Read on \
     until the empty line that ends the head, and then to the end of the body: as many bytes \
     as Content-Length says, or up to the last chunk. Answer after that.";

const EXPECT: &str = "A client that sends `Expect: 100-continue` waits before it sends the body. When you have \
     read the head, and there is a body to come, send `HTTP/1.1 100 Continue` and an empty \
     line.";

/// If there is no whole response.
pub fn of_trouble(
    trouble: &Trouble,
    case: &Case,
    sent: &Sent,
    response: Option<&Response>,
    received: &[u8],
) -> &'static str {
    let is_silent = received.is_empty();
    match trouble {
        Trouble::Early | Trouble::HungUp => EARLY,
        Trouble::Blocked => {
            "A handler took its time, and other clients had to wait for it. Look for what \
             they share with it: a thread, or a lock that is held while the handler runs."
        }
        Trouble::Closed => EXPECT,
        Trouble::NotKept => {
            "A connection stays open after a response, unless the client or your server has \
             said `Connection: close`, or the client speaks HTTP/1.0 and has not asked for \
             `keep-alive`. Read the next request where the last one has ended. If you would \
             rather close, say so: `Connection: close`."
        }
        Trouble::Kept => {
            "After a response with `Connection: close`, after a refusal, and when the client \
             has asked for it, the server closes. `Connection` is a list of words, in any \
             case, and may come more than once."
        }
        Trouble::Surplus if !case.hint.is_empty() => case.hint,
        Trouble::Surplus => {
            "Each request has one response, and nothing comes between them or after the \
             last. Is something answered that comes after `Connection: close`? Does a \
             response to HEAD have a body, or a response a wrong length?"
        }
        Trouble::ToldAgain => {
            "`100 Continue` is for a client that waits. Who has sent more than the head waits \
             no longer: send it once for a request, and only if nothing has come after the \
             head."
        }
        Trouble::Announced => {
            "A `100 Continue` goes before the answer, once for a request, and the answer must \
             follow. Does your server look at the same head again and again?"
        }
        Trouble::TooMuch => {
            "Your server writes without end. A response ends after as many bytes as \
             Content-Length says. What is the loop waiting for that writes it?"
        }
        // An answer may come too soon, too.
        Trouble::TooSoon(_) if !case.hint.is_empty() => case.hint,
        Trouble::TooSoon(_) => {
            "A deadline has passed too early. Each part of a request has its time from its \
             beginning on; what has been used up by the part before, or by another request \
             of the connection, doesn't count."
        }
        Trouble::Endless => {
            "A client that dawdles keeps its connection for as long as it likes, and whatever \
             your server holds for it. A limit for each read begins anew with each byte: \
             make it a moment, and count what is left until then."
        }
        Trouble::Answered => of_refusal(sent, response, received).unwrap_or(EXPECT),
        Trouble::Broke(_) => {
            "Who closes a connection while bytes of the client are still unread resets \
             it, and what was sent may never arrive. Read the request to its end before \
             you close; if you won't, stop sending first, and read what still comes."
        }
        Trouble::Silence if sent.has_company && !case.hint.is_empty() => case.hint,
        Trouble::Silence if sent.waits_for_leave && is_silent => EXPECT,
        Trouble::Silence if !is_silent => {
            "The response has begun, and the client can't tell where it ends. Say in \
             Content-Length how many bytes the body has, or close the connection."
        }
        Trouble::Silence if case.since == 1 => {
            "Your server waits for the end of the connection, and the client keeps it \
             open. Answer what a single read has brought."
        }
        Trouble::Silence => of_silence(sent),
    }
}

/// If a client has waited for leave to send a body, and was refused.
fn of_refusal(
    sent: &Sent,
    response: Option<&Response>,
    received: &[u8],
) -> Option<&'static str> {
    let code = Message::parse(received).ok()?.status.code;
    let is_refusal = code.starts_with(['4', '5']);
    is_refusal.then(|| status::of_status(response?.code()?, &code, sent))?
}

/// Why a server may be waiting for a client that waits for the server.
fn of_silence(sent: &Sent) -> &'static str {
    if sent.is_truncated {
        "The client has closed its side, and nothing more will come: a read tells so by \
         returning no bytes. Stop reading then, and answer."
    } else if sent.has_company {
        "While one client took its time, another one had to wait for it. Look for what the \
         two share: a thread, or a lock that is held for too long."
    } else if sent.has_a_bare_line_feed() && !sent.has_a_whole_head() {
        "A line ends in `\\n` alone, and your server waits for the `\\r\\n` of an empty line \
         that won't come. Look for the end of a line at the `\\n`, and refuse it there if \
         no `\\r` is before it."
    } else if !sent.has_a_whole_head() && sent.has_a_whole_line() {
        "The head has no end, and need have none: a line of it is whole, and wrong, or \
         there is too much already. Judge each line when its end has come, and count the \
         bytes before that, whenever more of them have come."
    } else if sent.is_chunked() {
        "The body comes in chunks, and has no Content-Length: it ends with the chunk of \
         size 0 and an empty line. Where does your server look for its end?"
    } else {
        "Your server waits for something that won't come. A client keeps its side open, so \
         a request doesn't end where the connection ends: the head ends with the empty \
         line, and the body after as many bytes as Content-Length says, or with its last \
         chunk. With neither, there is no body. Or is the server busy with another client, \
         such as a browser that holds a connection open?"
    }
}
