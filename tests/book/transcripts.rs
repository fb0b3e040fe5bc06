//! Runs every `console` block of the book, against the step or the variant that it
//! names. `SNAPSHOTS=overwrite cargo test --test book transcripts` writes down what comes
//! back instead; `[..]` stays where it still fits.

use std::collections::BTreeMap;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anstream::adapter::strip_str;
use anyhow::{Context, Result, bail, ensure};
use book::console::{Server, Transcript};
use book::examine::Examination;
use book::subject::Subject;
use book::variant::Variant;
use libtest_mimic::Trial;
use snapbox::Data;
use snapbox::filter::{Filter, FilterNewlines, NormalizeToExpected};
use suite::root;

use crate::harness::build;
use crate::harness::process::Process;
use crate::scratch::{Scratch, texts};
use crate::site::Site;
use crate::trial;

/// The command that is not run by the shell, since it needs the tool.
pub const CHECK: &str = "cargo run -- check ";
/// Where servers listen in the book.
const ADDRESS: &str = "127.0.0.1:8080";

/// One trial a chapter.
pub fn trials(site: &'static Site) -> Vec<Trial> {
    let missing: Vec<&str> =
        ["curl", "sh"].into_iter().filter(|program| !can_run(program)).collect();
    let chapters = site.chapters().unwrap_or_default().into_iter();
    let trials = chapters.map(|(path, text)| {
        let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = match site.steps.iter().find(|step| step.slug == slug) {
            Some(step) => step.package().replace('-', "_"),
            None => slug,
        };
        let trial =
            trial(format!("transcripts::{name}"), move || check(site, &path, &text));
        match missing[..] {
            [] => trial,
            _ => trial
                .with_kind(format!("skipped: there is no {}", missing.join(" and no ")))
                .with_ignored_flag(true),
        }
    });
    trials.collect()
}

fn can_run(program: &str) -> bool {
    let version =
        if program == "sh" { ["-c", "exit 0"] } else { ["--version", "--silent"] };
    let mut command = Command::new(program);
    command
        .args(version)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn check(site: &Site, path: &Path, chapter: &str) -> Result<()> {
    let mut lines: Vec<String> = chapter.lines().map(String::from).collect();
    let mut differences = Vec::new();
    let variants = Variant::find_all(&site.steps, chapter)?;
    let transcripts = Transcript::find_all(chapter)?;
    // A variant that no transcript runs must compile all the same.
    for variant in &variants {
        let server = Server::Variant(variant.name.clone());
        if transcripts.iter().all(|transcript| transcript.server != server) {
            program(&server, &variants)?;
        }
    }
    // From the last to the first, so that the lines keep their numbers.
    for transcript in transcripts.into_iter().rev() {
        let at = || format!("{}, line {}", path.display(), transcript.lines.start);
        let received = run(site, &transcript, &variants).with_context(at)?.to_text();
        let expected = transcript.to_text();
        let normal = normalize(&received, &expected);
        if normal != expected {
            differences.push(format!("{}\n{}", at(), difference(&expected, &normal)));
            lines.splice(transcript.lines.clone(), normal.lines().map(String::from));
        }
    }
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(path, lines.join("\n") + "\n")?;
        return Ok(());
    }
    differences.reverse();
    ensure!(
        differences.is_empty(),
        "{}\nif the new output is right, write it down: \
         SNAPSHOTS=overwrite cargo test --test book transcripts",
        differences.join("\n")
    );
    Ok(())
}

/// The received text, with `[..]` where the expected one has it and it fits.
fn normalize(received: &str, expected: &str) -> String {
    let received = FilterNewlines.filter(Data::from(received));
    let normal =
        NormalizeToExpected::new().redact().normalize(received, &expected.into());
    normal.render().unwrap_or_default()
}

fn difference(expected: &str, received: &str) -> String {
    pretty_assertions::StrComparison::new(expected, received).to_string()
}

/// Runs the commands of a transcript and returns it with what they really say.
fn run(site: &Site, transcript: &Transcript, variants: &[Variant]) -> Result<Transcript> {
    let mut process = match program(&transcript.server, variants)? {
        Some(program) => Some(Process::start(&program)?),
        None => None,
    };
    let address = match &mut process {
        Some(process) => process.address().map_err(anyhow::Error::msg)?,
        None => closed_port()?,
    };
    let shell = Shell::new(address)?;
    if let Server::Step(package) = &transcript.server {
        shell.write(&texts(&site.steps.find(package)?.files))?;
    }
    let mut received = transcript.clone();
    for command in &mut received.commands {
        (command.output, command.status) = match command.input.strip_prefix(CHECK) {
            Some(step) => examine(site, step, address)?,
            None => shell.run(&command.input)?,
        };
    }
    Ok(received)
}

/// What the command of the tool says of the server at this address, and its exit status.
fn examine(site: &Site, step: &str, address: SocketAddr) -> Result<(String, i32)> {
    let step = site.steps.find(step)?;
    let examination = Examination::new(&site.root, &site.steps, step)?;
    let mut text = String::new();
    let verdict = examination.run(Subject::Found(address), |words| text += words);
    if let Err(error) = &verdict {
        text += &format!("error: {error:#}\n");
    }
    let text = strip_str(&text).to_string().replace(&address.to_string(), ADDRESS);
    let holds = verdict.is_ok_and(|verdict| verdict.passes());
    Ok((text, if holds { 0 } else { 1 }))
}

/// Builds a variant, and returns its program.
pub fn build_variant(variant: &Variant) -> Result<PathBuf> {
    let scratch = Scratch::new(&format!("variant-{}", variant.name))?;
    scratch.write(texts(&variant.step.files))?;
    let program = scratch.build(&variant.step.package());
    program.with_context(|| format!("the variant {}", variant.name))
}

fn program(server: &Server, variants: &[Variant]) -> Result<Option<PathBuf>> {
    match server {
        Server::None | Server::NotRun(_) => Ok(None),
        Server::Step(package) => {
            build::build_steps().map_err(anyhow::Error::msg)?;
            Ok(Some(build::program(package.trim_start_matches("step-").parse()?)))
        }
        Server::Variant(name) => {
            let variant = variants.iter().find(|variant| variant.name == *name);
            let Some(variant) = variant else { bail!("there is no variant {name}") };
            Ok(Some(build_variant(variant)?))
        }
    }
}

/// An address at which nobody listens.
fn closed_port() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A second terminal.
struct Shell {
    folder: PathBuf,
}

impl Shell {
    /// Makes curl go to `address` when it is told to go to port 8080, as the page tells it.
    fn new(address: SocketAddr) -> Result<Shell> {
        let folder = root::scratch().join("shell").join(address.port().to_string());
        fs::create_dir_all(&folder)?;
        // A terminal shows no progress, and so must this.
        let settings = format!(
            "connect-to = \"{ADDRESS}:{address}\"\nsilent\nshow-error\nmax-time = 30\n"
        );
        fs::write(folder.join(".curlrc"), settings)?;
        Ok(Shell { folder })
    }

    /// Fills the folder, which is the reader's crate.
    fn write(&self, files: &BTreeMap<&str, &str>) -> Result<()> {
        for (path, text) in files {
            let file = self.folder.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&self.folder))?;
            fs::write(file, text)?;
        }
        Ok(())
    }

    /// The output, errors included, and the exit status.
    fn run(&self, input: &str) -> Result<(String, i32)> {
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{input}")])
            .current_dir(&self.folder)
            .env("CURL_HOME", &self.folder)
            .env("HOME", &self.folder)
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .context("sh can't be run")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok((text, output.status.code().unwrap_or(-1)))
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // A folder that stays behind does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
