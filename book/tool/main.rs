//! `cargo run`: builds the book and serves it; `cargo run -- --help` tells the rest.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{eprintln, print, println};
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use mdbook_preprocessor::Preprocessor;
use suite::client;

use book::change::Change;
use book::crates::Crate;
use book::examine::{Examination, Server, Verdict};
use book::launch::Launch;
use book::preprocess::Narrator;
use book::start::Origin;
use book::step::Steps;
use book::watch::Sources;
use book::{carry, serve, site, start, terminal};

/// Where the book is served, if nobody says otherwise.
const HOST: &str = "127.0.0.1";
const PORT: u16 = 3000;

/// Build an HTTP server from scratch: the book and its tools.
///
/// Without a command, builds the book and serves it on http://127.0.0.1:3000.
#[derive(Parser)]
#[command(name = "cargo run --", bin_name = "cargo run --", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Build the book and serve it until Ctrl-C
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
    /// Each case has a mark. For one that fails: what was sent and what came back, with
    /// all line ends visible, a hint, where the standard says so, the chapter that
    /// explains it, and a command to try it by hand. The exit status is 0 if all hold.
    ///
    /// The server is one that runs already, or that is started for this with the command
    /// after `--`. Then you see what it prints if a case fails; if one ends it, it is
    /// started again; and in the end it is stopped, with all that it has started.
    ///
    /// Examples:
    ///   cargo run -- check 04
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

#[derive(Args)]
struct Serve {
    /// The port to listen on; 0 for any that is free
    #[arg(short, long, default_value_t = PORT)]
    port: u16,
    /// The address to listen at; 0.0.0.0 lets the whole room read
    #[arg(short = 'n', long, default_value = HOST)]
    host: String,
    /// Open the book in a browser
    #[arg(short, long)]
    open: bool,
}

#[derive(Args)]
struct Diff {
    /// What comes first: a step (2, 02, 02-parser), or the folder of your crate
    old: String,
    /// What comes second; if it is left out, a step is compared with the one before it
    new: Option<String>,
    /// Count lines instead of showing them
    #[arg(long)]
    stat: bool,
}

#[derive(Args)]
struct Check {
    /// The step that your server has reached: 4, 04 or 04-route-dictionary
    step: String,
    /// Where your server listens
    #[arg(long, default_value = "127.0.0.1:8080")]
    addr: String,
    /// The folder in which to start it
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// Start it and ask it again whenever a file in that folder changes, until Ctrl-C;
    /// hidden files don't count, nor target, node_modules, and what .gitignore names
    #[arg(long, requires = "command")]
    watch: bool,
    /// The command that starts your server; it is stopped afterwards
    #[arg(last = true)]
    command: Vec<String>,
}

#[derive(Args)]
struct Start {
    /// The step: 3, 03 or 03-if-else; or a server of the chapter "Find the mistake": wrong-3
    step: String,
    /// The folder of the new crate
    folder: PathBuf,
    /// If the folder is there already, move it aside first, and say where to; without
    /// this, it stays as it is, and nothing is made
    #[arg(long)]
    aside: bool,
    /// The name of the package, if it is not that of the folder
    #[arg(long)]
    name: Option<String>,
}

#[derive(Subcommand)]
enum Question {
    /// Can this renderer use us?
    Supports { renderer: String },
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    match Cli::parse().command {
        None => serve(&Serve { port: PORT, host: HOST.into(), open: false })?,
        Some(Command::Serve(options)) => serve(&options)?,
        Some(Command::Build) => {
            println!("the book is in {}", build()?.display());
        }
        Some(Command::Diff(options)) => diff(&options)?,
        Some(Command::Check(options)) => {
            let holds = check(&options)?;
            return Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Some(Command::Start(options)) => start(&options)?,
        Some(Command::Carry { step }) => carry(&step)?,
        Some(Command::Preprocess { question: None }) => preprocess()?,
        Some(Command::Preprocess { question: Some(Question::Supports { renderer }) }) => {
            let supported = Narrator.supports_renderer(&renderer)?;
            return Ok(if supported { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the book, and returns its folder.
fn build() -> Result<PathBuf> {
    let root = site::root();
    let folder = root.join("book/book");
    site::build(&root, &folder)?;
    Ok(folder)
}

fn serve(options: &Serve) -> Result<()> {
    let folder = build()?;
    serve::serve(&folder, &options.host, options.port, |address| {
        println!("the book is on {address}, until you press Ctrl-C");
        if options.open
            && let Err(error) = open::that_detached(address)
        {
            eprintln!("no browser could be opened: {error}");
        }
    })
}

fn diff(options: &Diff) -> Result<()> {
    let steps = steps()?;
    let (old, new) = match &options.new {
        Some(new) => (Crate::find(&steps, &options.old)?, Crate::find(&steps, new)?),
        None => {
            let step = steps.find(&options.old).context("compare it with what?")?;
            (Crate::before(&steps, step), Crate::find(&steps, &options.old)?)
        }
    };
    let (old, new) = (old.without_notes(&new), new.without_notes(&old));
    let change = Change::between(&old.files, &new.files);
    println!("- {old}\n+ {new}\n");
    match options.stat {
        true => print!("{}", terminal::stat(&change)),
        false => print!("{}", terminal::diff(&change)),
    }
    // The steps are told by the book.
    if old.is_own || new.is_own {
        print!("{}", terminal::in_words(&old, &new));
    }
    Ok(())
}

/// Whether all cases of the step hold.
fn check(options: &Check) -> Result<bool> {
    let (root, steps) = (site::root(), steps()?);
    let examination = Examination::new(&root, &steps, steps.find(&options.step)?)?;
    let addresses = client::addresses(&options.addr).map_err(anyhow::Error::msg)?;
    let verdict = if options.command.is_empty() {
        let address = client::find(&addresses).with_context(|| {
            format!(
                "nobody listens at {}: start your server, or have it started: cargo run -- \
                 check {} --dir ../my-server -- cargo run",
                options.addr, options.step
            )
        })?;
        examination.run(Server::Found(address), || true, |text| print!("{text}"))?
    } else {
        let mut launch = Launch::new(&root, &addresses, &options.dir, &options.command)?;
        let end = launch.ender();
        ctrlc::set_handler(move || {
            end();
            std::process::exit(130);
        })?;
        if options.watch {
            check_again_and_again(&examination, &mut launch, &options.dir);
        }
        let address = launch.start()?;
        let server = Server::Launched(&mut launch, address);
        examination.run(server, || true, |text| print!("{text}"))?
    };
    Ok(verdict == Verdict::AllHold)
}

/// Starts the server and asks it whenever a source has changed, until Ctrl-C.
fn check_again_and_again(
    examination: &Examination,
    launch: &mut Launch,
    folder: &Path,
) -> ! {
    loop {
        let sources = Sources::look(folder);
        let is_current = || sources.changed().is_none();
        let verdict = launch.start().and_then(|address| {
            let server = Server::Launched(launch, address);
            examination.run(server, is_current, |text| print!("{text}"))
        });
        if let Err(error) = &verdict {
            eprintln!("error: {error:#}");
        }
        if !matches!(verdict, Ok(Verdict::Interrupted)) {
            println!("\nwaiting for a change in {}; Ctrl-C ends this", folder.display());
        }
        println!("\n{} has changed\n", sources.wait().display());
    }
}

fn start(options: &Start) -> Result<()> {
    let Start { step, folder, aside, name } = options;
    let root = site::root();
    let origin = Origin::find(&root, &steps()?, step)?;
    let started = start::start(&root, &origin, folder, *aside, name.as_deref())?;
    println!("{started}");
    Ok(())
}

fn carry(step: &str) -> Result<()> {
    let steps = steps()?;
    let written = carry::carry(&site::root(), steps.find(step)?, &steps)?;
    match written.is_empty() {
        true => println!(
            "nothing to carry: no later step has a copy of what has changed since the last commit"
        ),
        false => println!("{}", written.join("\n")),
    }
    Ok(())
}

fn preprocess() -> Result<()> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin())?;
    let book = Narrator.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book).context("mdBook does not listen")
}

fn steps() -> Result<Steps> {
    Steps::load(&site::root().join("steps"))
}
