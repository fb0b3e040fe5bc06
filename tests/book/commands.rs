//! Every command of the tool that a page tells the reader to type is one that it takes.

use std::fs;

use anyhow::{Result, ensure};
use book::cli::Cli;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::site::Site;

/// What a command begins with.
const START: &str = "cargo run -- ";

pub fn check(site: &Site) -> Result<()> {
    let mut texts: Vec<String> =
        site.chapters.iter().map(|chapter| chapter.text.clone()).collect();
    for page in ["README.md", "CONTRIBUTING.md"] {
        texts.push(fs::read_to_string(site.root.join(page))?);
    }
    let mut tool = Cli::command();
    texts.extend(
        tool.get_subcommands_mut().map(|command| command.render_long_help().to_string()),
    );
    let commands: Vec<&str> = texts.iter().flat_map(|text| commands(text)).collect();
    let wrong: Vec<String> =
        commands.iter().filter_map(|command| problem(command)).collect();
    ensure!(commands.len() > 20, "only {} commands were found", commands.len());
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// What follows `cargo run -- `, to the end of the code that it stands in. An address is
/// for the reader's own server.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['`', '\n', '#', ';', '&', '|', ','];
    let commands = text.split(START).skip(1);
    let commands = commands.filter_map(move |rest| rest.split(ends).next());
    commands.filter(|command| !command.starts_with(|char: char| char.is_ascii_digit()))
}

/// Why the tool wouldn't take a command.
fn problem(command: &str) -> Option<String> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let error = Cli::try_parse_from(["book"].iter().chain(&words)).err()?;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
        // Prose may call a command by its name.
        ErrorKind::MissingRequiredArgument if words.len() == 1 => None,
        _ => Some(format!("{START}{command}\n{error}")),
    }
}
