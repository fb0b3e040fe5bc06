//! Transcripts: what one types in a terminal, and what comes back.
//!
//! A block of a chapter that begins with ```` ```console,step-02 ```` is a session while
//! that step's server runs, one with `solution=02-1`, `wrong=3` or `mends=3` while that
//! variant does; without any of them there is no server. `$ ` begins a command, `> ` continues it,
//! `? 7` is an exit status other than 0, and the rest is output, in which `[..]` stands
//! for what varies. A block that begins with ```` ```terminal ```` or
//! ```` ```terminal,second ```` looks the same, and is not run: it is for what never ends,
//! like a server.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

use crate::chapter::code_block::CodeBlock;
use crate::chapter::manuscript::Manuscript;
use crate::chapter::variant;
use crate::render::html::escape;

/// What answers the commands.
#[derive(Clone, Debug, PartialEq)]
pub enum Against {
    None,
    /// The commands would never end, or belong to the reader's own crate, and can't be
    /// run by a test. This is the terminal that they are typed in.
    NotRun(&'static str),
    /// The package of a step: `step-02`.
    Step(String),
    /// The name of a variant: `02-1`, `wrong-3`.
    Variant(String),
}

/// A `console` block of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    pub against: Against,
    pub commands: Vec<Command>,
    /// The lines of the chapter between the fences, counted from 0.
    pub lines: Range<usize>,
}

/// What is typed, and what comes of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// What follows `$ `, and the lines that continue it.
    pub input: String,
    pub output: String,
    pub status: i32,
}

impl Transcript {
    /// All `console` blocks of a chapter.
    ///
    /// # Errors
    /// If a block doesn't begin with a command.
    pub fn find_all(chapter: &Manuscript) -> Result<Vec<Transcript>> {
        let consoles = chapter.blocks().filter(|block| block.info[0] == "console");
        consoles.map(Transcript::new).collect()
    }

    /// Reads a `console` or `terminal` block.
    ///
    /// # Errors
    /// If the block doesn't begin with a command.
    pub fn new(block: &CodeBlock) -> Result<Transcript> {
        let commands =
            parse(&block.body).with_context(|| format!("line {}", block.lines.start))?;
        let against = match (block.info.get(1), variant::name_of(block)) {
            (Some(&"second"), _) => Against::NotRun("Second terminal"),
            _ if block.info[0] == "terminal" => Against::NotRun("First terminal"),
            (_, Some(name)) => Against::Variant(name),
            (Some(step), None) => Against::Step(step.to_string()),
            (None, None) => Against::None,
        };
        Ok(Transcript { against, commands, lines: block.lines.clone() })
    }

    /// The transcript as a chapter has it.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for command in &self.commands {
            let _ = writeln!(text, "$ {}", command.input.replace('\n', "\n> "));
            text += &command.output;
            if !text.ends_with('\n') {
                text.push('\n');
            }
            if command.status != 0 {
                let _ = writeln!(text, "? {}", command.status);
            }
        }
        text
    }

    /// The transcript as `figure.console`.
    pub fn to_html(&self) -> String {
        let caption = match &self.against {
            Against::None => "Terminal".to_string(),
            Against::NotRun(terminal) => terminal.to_string(),
            Against::Step(step) => {
                let number = step.trim_start_matches("step-");
                format!("Second terminal, while step {number} runs in the first")
            }
            Against::Variant(name) => {
                format!("Second terminal, while {} runs", words_for(name))
            }
        };
        let mut html = format!(
            "<figure class=\"console\">\n<figcaption>{}</figcaption>\n<pre>",
            escape(&caption)
        );
        for command in &self.commands {
            for (index, line) in command.input.lines().enumerate() {
                let class = if index > 0 { " class=\"more\"" } else { "" };
                let _ = write!(html, "<kbd{class}>{}\n</kbd>", escape(line));
            }
            // In the page a sign is enough; the brackets are for the comparison.
            let output = escape(&command.output).replace("[..]", "…");
            for line in output.lines() {
                let _ = write!(html, "<samp>{line}\n</samp>");
            }
            if command.status != 0 {
                let _ = write!(
                    html,
                    "<span class=\"console-status\">exit status {}\n</span>",
                    command.status
                );
            }
        }
        html + "</pre>\n</figure>\n"
    }
}

fn parse(lines: &[&str]) -> Result<Vec<Command>> {
    let mut commands: Vec<Command> = Vec::new();
    for line in lines {
        if let Some(input) = line.strip_prefix("$ ") {
            commands.push(Command { input: input.into(), ..Command::default() });
            continue;
        }
        let Some(command) = commands.last_mut() else {
            bail!("a transcript begins with a command, `$ …`");
        };
        let continued = line.strip_prefix("> ").filter(|_| command.output.is_empty());
        let status = line.strip_prefix("? ").and_then(|status| status.parse().ok());
        match (continued, status) {
            (Some(more), _) => command.input = format!("{}\n{more}", command.input),
            (_, Some(status)) => command.status = status,
            _ => {
                command.output += line;
                command.output.push('\n');
            }
        }
    }
    ensure!(!commands.is_empty(), "a transcript begins with a command, `$ …`");
    Ok(commands)
}

/// What a page calls a variant.
fn words_for(name: &str) -> &'static str {
    match name.split_once('-') {
        Some(("wrong", _)) => "this server",
        Some(("mended", _)) => "the mended server",
        Some((_, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            "the solution"
        }
        _ => "this variant",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A\n\n```rust\n$ no\n```\n\n```console,step-02\n$ curl \\\n> -s\n\
                           Host: [..]\n\n$ false\n? 1\n```\n";

    fn find_all(chapter: &str) -> Result<Vec<Transcript>> {
        Transcript::find_all(&Manuscript::parse(chapter)?)
    }

    #[test]
    fn a_transcript_has_commands_outputs_and_statuses() {
        let transcripts = find_all(CHAPTER).unwrap();
        let curl = Command {
            input: "curl \\\n-s".into(),
            output: "Host: [..]\n\n".into(),
            status: 0,
        };
        let fails = Command { input: "false".into(), output: String::new(), status: 1 };
        let expected = Transcript {
            against: Against::Step("step-02".into()),
            commands: vec![curl, fails],
            lines: 7..13,
        };
        assert_eq!(transcripts, [expected]);
    }

    #[test]
    fn a_transcript_is_written_as_it_was_read() {
        let transcript = &find_all(CHAPTER).unwrap()[0];
        let lines: Vec<&str> = CHAPTER.lines().collect();
        assert_eq!(
            transcript.to_text(),
            lines[transcript.lines.clone()].join("\n") + "\n"
        );
    }

    #[test]
    fn a_block_without_a_command_is_an_error() {
        let error = find_all("```console\nhello\n```\n").unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "line 1: a transcript begins with a command, `$ …`"
        );
    }
}
