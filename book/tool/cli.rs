//! The command line: what one can ask of the tool, in the words of `--help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Where the book is served, if nobody says otherwise.
pub const HOST: &str = "127.0.0.1";
pub const PORT: u16 = 3000;

/// Build an HTTP server from scratch: the book and its tools.
///
/// Without a command, builds the book and serves it on http://127.0.0.1:3000.
#[derive(Parser)]
#[command(name = "cargo run --", bin_name = "cargo run --", version)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the tool does.
#[derive(Subcommand)]
pub enum Command {
    /// Build the book and serve it until Ctrl-C; when it changes, it is built again
    Serve(Serve),
    /// Build the book into book/book
    Build,
    /// Show the difference between two steps, or between a step and your own crate
    ///
    /// The difference is aligned as in the book, function by function, and ends with a
    /// list in words: what the one has and the other has not.
    ///
    /// Example: cargo run -- diff 04 ../my-server
    #[command(verbatim_doc_comment)]
    Diff(Diff),
    /// Ask your own server, in any language, what the tests ask of a step
    ///
    /// Each case has a mark:
    ///   ✓  the server does what the chapter does
    ///   ~  it does it in another way, or not at all, and HTTP allows that: the line says
    ///      how, and who allows it
    ///   ✗  it does what HTTP forbids, or a page or a rule of the chapter is missing
    ///
    /// For a cross: what was sent and what came back, with all line ends visible, a hint,
    /// where the standard says so, the chapter that explains it, and a command to try it
    /// by hand. Those that look like an earlier one are only listed.
    ///
    /// The exit status is 0 if there is no ✗, 1 if there is one, or the server can't be
    /// asked, and 130 after Ctrl-C. A sheet with nothing but ✓ is a clean one, and the last
    /// line says so.
    ///
    /// The server is one that runs already, or that is started for this with the command
    /// after `--`. Then you see what it prints if a case fails; if one ends it, it is
    /// started again; and in the end it is stopped, with all that it has started. If it
    /// doesn't listen in time (--wait), that is an error.
    ///
    /// Examples:
    ///   cargo run -- check 04
    ///   cargo run -- check 04 --list
    ///   cargo run -- check 04 --addr 127.0.0.1:9000
    ///   cargo run -- check 04 --dir ../my-server -- cargo run
    ///   cargo run -- check 04 --dir ../my-server --watch -- cargo run
    #[command(verbatim_doc_comment)]
    Check(Check),
    /// Make a crate of your own that is where a step ends, or a wrong server to mend
    ///
    /// Examples:
    ///   cargo run -- start 03 ../my-server
    ///   cargo run -- start wrong-3 ../wrong-3
    #[command(verbatim_doc_comment)]
    Start(Start),
    /// Bring a change of an early step forward into all later ones
    ///
    /// Takes what has changed in the step since the last commit, and merges it into the
    /// steps that follow, one after the other. Where that can't be done, the conflicts
    /// stay in the files, with markers.
    Carry {
        /// The step that has changed: 2, 02 or 02-parser
        step: String,
    },
    /// Speak mdBook's protocol for preprocessors; `mdbook build book` calls this
    #[command(hide = true)]
    Preprocess {
        #[command(subcommand)]
        question: Option<Question>,
    },
}

/// What `serve` can be told.
#[derive(Args)]
pub struct Serve {
    /// The port to listen on; 0 for any that is free
    #[arg(short, long, default_value_t = PORT)]
    pub port: u16,
    /// The address to listen at; 0.0.0.0 lets the whole room read
    #[arg(short = 'n', long, default_value = HOST)]
    pub host: String,
    /// Open the book in a browser
    #[arg(short, long)]
    pub open: bool,
}

/// What is done without a command.
impl Default for Serve {
    fn default() -> Serve {
        Serve { port: PORT, host: HOST.into(), open: false }
    }
}

/// What `diff` can be told.
#[derive(Args)]
pub struct Diff {
    /// What comes first: a step (2, 02, 02-parser), or the folder of your crate
    pub old: String,
    /// What comes second; if it is left out, a step is compared with the one before it
    pub new: Option<String>,
    /// Count lines instead of showing them
    #[arg(long)]
    pub stat: bool,
}

/// What `check` can be told.
#[derive(Args)]
pub struct Check {
    /// The step that your server has reached: 4, 04 or 04-route-dictionary; wrong-3 for
    /// the step of that wrong server
    pub step: String,
    /// Where your server listens. (The steps take an address as their argument: `--addr
    /// 127.0.0.1:8081 -- cargo run 127.0.0.1:8081`)
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub addr: String,
    /// The folder in which to start it
    #[arg(long, default_value = ".")]
    pub dir: PathBuf,
    /// Start it and ask it again whenever a file in that folder changes, until Ctrl-C.
    /// Then what has failed before comes first, and of the rest you see only what fails,
    /// or has another mark than before. Hidden files don't count, nor target, node_modules, and what .gitignore names
    #[arg(long, requires = "command")]
    pub watch: bool,
    /// Say what the step asks for, in words, and ask nobody
    #[arg(long, conflicts_with_all = ["watch", "command"])]
    pub list: bool,
    /// Show all of each failure, also of those that look like an earlier one
    #[arg(long)]
    pub full: bool,
    /// For how many seconds we wait until a server that was started listens; then it is
    /// given up. It may have to be compiled first
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub wait: u64,
    /// The command that starts your server; it is stopped afterwards
    #[arg(last = true)]
    pub command: Vec<String>,
}

/// What `start` can be told.
#[derive(Args)]
pub struct Start {
    /// The step: 3, 03 or 03-if-else; or a server of the chapter "Find the mistake": wrong-3
    pub step: String,
    /// The folder of the new crate
    pub folder: PathBuf,
    /// If the folder is there already, move it aside first, and say where to; without
    /// this, it stays as it is, and nothing is made
    #[arg(long)]
    pub aside: bool,
    /// The name of the package, if it is not that of the folder
    #[arg(long)]
    pub name: Option<String>,
}

#[derive(Subcommand)]
pub enum Question {
    /// Can this renderer use us?
    Supports { renderer: String },
}
