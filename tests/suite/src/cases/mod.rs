//! The cases, in one file for the step that introduces them.

use crate::case::Case;

/// The text of a request that sends a form to a path. A wrong length would make the server
/// wait, so it doesn't compile.
macro_rules! form {
    ($path:literal, $length:literal, $body:literal) => {{
        const { assert!($body.len() == $length) };
        concat!(
            "POST ",
            $path,
            " HTTP/1.1\nHost: localhost\n\
             Content-Type: application/x-www-form-urlencoded\nContent-Length: ",
            $length,
            "\n\n",
            $body
        )
    }};
}

/// A piece of a body: 64 KiB.
const PIECE: &str = match str::from_utf8(&[b'a'; 64 * 1024]) {
    Ok(piece) => piece,
    Err(_) => panic!("they are letters"),
};

mod hints;
mod or;
mod step_01;
mod step_02;
mod step_03;
// Step 04 has none of its own: it moves the routes into a dictionary, and the same
// tests pass.
// Nor has step 05: its decorator is another way to write the dictionary.
mod step_06;
// Nor has step 07: it moves everything into modules, and nothing changes.
mod step_08;
mod step_09;
mod step_10;
mod step_11;
mod step_12;
mod step_13;
mod step_14;
mod step_15;
mod step_16;
mod step_17;
// Steps 18 to 20 have none: they give the program another form, and nothing changes.
mod step_21;
// Step 22 has none: it gives the program another form, and nothing changes.
mod step_23;
mod step_24;
// Step 25 has none: what it does can be seen in its memory only, and a trial looks there.
mod step_26;
mod step_27;
mod step_28;
// Steps 29 to 61 have none: what the log says no client can see, how a server stops is asked
// by trials, Part IV makes it faster, and then it gets another form.
mod step_62;

pub use step_01::EVERY_BYTE;
pub use step_24::FOLDER;

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    let cases = [
        step_01::CASES,
        step_02::CASES,
        step_03::CASES,
        step_06::CASES,
        step_08::CASES,
        step_09::CASES,
        step_10::CASES,
        step_11::CASES,
        step_12::CASES,
        step_13::CASES,
        step_14::CASES,
        step_15::CASES,
        step_16::CASES,
        step_17::CASES,
        step_21::CASES,
        step_23::CASES,
        step_24::CASES,
        step_26::CASES,
        step_27::CASES,
        step_28::CASES,
        step_62::CASES,
    ];
    cases.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Answer, on_the_wire};
    use crate::message::Message;

    #[test]
    fn what_else_is_right_is_well_formed() {
        for case in all() {
            for or in case.or {
                if let Answer::Http(text) = or.answer {
                    let parsed = Message::parse(&on_the_wire(text)).map(drop);
                    assert_eq!(parsed, Ok(()), "{}: {text}", case.name);
                }
            }
        }
    }
}
