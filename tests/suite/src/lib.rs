//! The cases: what must hold of a server, as data, and what is needed to play them. The
//! tests run them on the steps, and `cargo run -- check` on a reader's server.
//!
//! The way of a case, from its file to what a reader sees:
//!
//! 1. it stands in [`cases`], one file a step; [`case`] says what there is to say in one;
//! 2. [`play`] does what its client does: [`client`] sends and reads one request, a
//!    conversation sends several or dawdles, and [`keys`] keeps what a later request needs;
//! 3. [`play::judge`] compares what came with what was to come: [`message`] takes responses
//!    apart, and [`compare`] knows what HTTP takes for the same;
//! 4. of what fails, [`report`] tells what was sent and what came, and [`hint`] where the
//!    mistake may be; [`by_hand`] is a command to try it;
//! 5. [`outline`] is the case in words, for who would rather read than be asked.
//!
//! Where things are is known to [`root`] and [`steps`], and to [`folder`] whether the files of
//! the cases are as they were; [`process`] starts servers, watches
//! them, and ends them. [`record`] is what was measured of them.

pub mod by_hand;
pub mod case;
pub mod cases;
pub mod client;
pub mod compare;
mod conversation;
pub mod folder;
pub mod hint;
pub mod keys;
pub mod message;
pub mod outline;
pub mod play;
pub mod port;
pub mod process;
pub mod record;
pub mod report;
pub mod root;
pub mod steps;
