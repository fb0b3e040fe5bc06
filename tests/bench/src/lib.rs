//! What a request costs: the steps beside other servers, and beside a loop that doesn't parse.
//!
//! ```text
//! cargo bench -p bench                   the first with threads, the first with a loop, the last
//! cargo bench -p bench -- 15 24 hyper    these
//! cargo bench -p bench -- --help
//! ```
//!
//! Requests a second say little: they are others on every machine, and in every minute. So all
//! that is printed is a ratio to another server, which was measured a second before or
//! after, or stands beside that of others.
//!
//! 1. [`server`] starts a server: a step, a peer (`src/bin`), or nginx;
//! 2. [`machine`] binds it to a core and ourselves to another, and knows what it has used;
//! 3. [`load`] asks it, and looks at every byte of what comes back;
//! 4. [`figures`] are what comes of it: CPU time, memory, latencies, system calls;
//! 5. [`report`] prints them, and [`suite::record`] is the file of them that the book draws.

pub mod peer;

// What a server has used, and where it runs, is asked of Linux.
cfg_if::cfg_if! {
    if #[cfg(target_os = "linux")] {
        mod arguments;
        mod check;
        pub mod figures;
        pub mod load;
        pub mod machine;
        mod plan;
        pub mod report;
        mod run;
        pub mod server;

        pub use run::main;
    }
}
