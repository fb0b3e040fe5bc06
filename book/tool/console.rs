//! Transcripts: what one types in a terminal, and what comes back.
//!
//! A block of a chapter that begins with ```` ```console,step-02 ```` is a session while
//! that step's server runs; without a step there is no server. `$ ` begins a command,
//! `> ` continues it, `? 7` is an exit status other than 0, and the rest is output,
//! in which `[..]` stands for what varies.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Result, bail, ensure};

use crate::html::escape;

/// A `console` block of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// The package whose server runs: `step-02`.
    pub step: Option<String>,
    pub commands: Vec<Command>,
    /// The lines of the chapter between the fences, counted from 0.
    pub lines: Range<usize>,
}

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
    /// If a block is never closed, or doesn't begin with a command.
    pub fn find_all(chapter: &str) -> Result<Vec<Transcript>> {
        let mut transcripts = Vec::new();
        let mut lines = chapter.lines().enumerate();
        while let Some((start, line)) = lines.next() {
            let Some(fence) = fence_of(line) else { continue };
            let is_end = |line: &str| line.trim_end() == fence;
            let body: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| !is_end(line))
                .collect();
            let end = start + 1 + body.len();
            ensure!(
                chapter.lines().nth(end).is_some(),
                "line {}: this block never ends",
                start + 1
            );
            let Some(info) = line[fence.len()..].trim().strip_prefix("console") else {
                continue;
            };
            let step = info.strip_prefix(',').map(|step| step.trim().to_string());
            let commands = match parse(&body) {
                Ok(commands) => commands,
                Err(error) => bail!("line {}: {error}", start + 1),
            };
            transcripts.push(Transcript { step, commands, lines: start + 1..end });
        }
        Ok(transcripts)
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
        let mut html = String::from("<figure class=\"console\"");
        match &self.step {
            Some(step) => {
                let step = step.trim_start_matches("step-");
                let _ = write!(
                    html,
                    " data-step=\"{step}\">\n<figcaption>Second terminal, \
                     while the server of step {step} runs in the first</figcaption>\n<pre>"
                );
            }
            None => html += ">\n<figcaption>Terminal</figcaption>\n<pre>",
        }
        for command in &self.commands {
            for line in command.input.lines() {
                let _ = write!(html, "<kbd>{}\n</kbd>", escape(line));
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

/// The backticks that open a code block.
pub fn fence_of(line: &str) -> Option<&str> {
    let end = line.find(|c| c != '`').unwrap_or(line.len());
    (end >= 3).then(|| &line[..end])
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

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A\n\n```rust\n$ no\n```\n\n```console,step-02\n$ curl \\\n> -s\n\
                           Host: [..]\n\n$ false\n? 1\n```\n";

    #[test]
    fn a_transcript_has_commands_outputs_and_statuses() {
        let transcripts = Transcript::find_all(CHAPTER).unwrap();
        let curl = Command {
            input: "curl \\\n-s".into(),
            output: "Host: [..]\n\n".into(),
            status: 0,
        };
        let fails = Command { input: "false".into(), output: String::new(), status: 1 };
        let expected = Transcript {
            step: Some("step-02".into()),
            commands: vec![curl, fails],
            lines: 7..13,
        };
        assert_eq!(transcripts, [expected]);
    }

    #[test]
    fn a_transcript_is_written_as_it_was_read() {
        let transcript = &Transcript::find_all(CHAPTER).unwrap()[0];
        let lines: Vec<&str> = CHAPTER.lines().collect();
        assert_eq!(
            transcript.to_text(),
            lines[transcript.lines.clone()].join("\n") + "\n"
        );
    }

    #[test]
    fn a_block_without_a_command_is_an_error() {
        let error =
            Transcript::find_all("```console\nhello\n```\n").unwrap_err().to_string();
        assert_eq!(error, "line 1: a transcript begins with a command, `$ …`");
    }
}
