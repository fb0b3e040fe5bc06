//! Runs every `console` block of the book, against the step or the variant that it
//! names. `SNAPSHOTS=overwrite cargo test --test book transcripts` writes down what comes
//! back instead; `[..]` stays where it still fits.

use std::cmp::Reverse;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, process};

use anstream::adapter::strip_str;
use anyhow::{Context, Result, bail, ensure};
use book::chapter::transcript::{Against, Transcript};
use book::check::examination::Examination;
use book::check::server::Server;
use libtest_mimic::Trial;
use pretty_assertions::StrComparison;
use snapbox::Data;
use snapbox::filter::{Filter, FilterNewlines, NormalizeToExpected};
use socket2::{Domain, Socket, Type};
use suite::port::Port;
use suite::process::Process;
use suite::root;

use crate::chapter::Chapter;
use crate::harness::build;
use crate::scratch::{Files, texts};
use crate::site::Site;
use crate::{is_large, left_to_ci_if, trial, waits};

/// The command that is not run by the shell, since it needs the tool.
pub const CHECK: &str = "cargo run -- check ";
/// The first step that shows a folder.
const FILES: u8 = 24;
/// Where servers listen in the book.
const ADDRESS: &str = "127.0.0.1:8080";
/// Where a server that is in front of ours listens.
const FRONT: &str = "127.0.0.1:8000";
/// What a transcript may start that is not everywhere.
const RARE: [&str; 2] = ["nginx", "openssl"];

/// One trial for each transcript, and one for the variants that a chapter has: those that
/// no transcript runs must compile all the same. If not all of them are wanted, those of
/// large variants are left to `.ci/run`.
pub fn trials(site: &'static Site, is_whole: bool) -> Result<Vec<Trial>> {
    let missing = |programs: &[&'static str]| -> Vec<&'static str> {
        programs.iter().copied().filter(|program| !can_run(program)).collect()
    };
    let (common, rare) = (missing(&["curl", "sh"]), missing(&RARE));
    let mut trials = Vec::new();
    for chapter in &site.chapters {
        let step = site.steps.iter().find(|step| step.slug == chapter.slug);
        let is_run = step.is_none() || !chapter.transcripts.is_empty();
        ensure!(is_run, "{} has no transcript", chapter.path.display());
        let name = match step {
            Some(step) => step.package().replace('-', "_"),
            None => chapter.slug.clone(),
        };
        let is_large = step.is_some_and(is_large);
        let is_left = is_large && !is_whole;
        if !chapter.variants.is_empty() {
            let build = || site.programs.build(chapter);
            let trial = trial(format!("variants::{name}"), build);
            trials.push(left_to_ci_if(is_left, trial));
        }
        for transcript in &chapter.transcripts {
            let name = format!("transcripts::{name}::line_{}", transcript.lines.start);
            let trial = trial(name, || check(site, chapter, transcript));
            let is_used = |program: &&&str| starts(transcript, program);
            let missing: Vec<&str> =
                common.iter().chain(rare.iter().filter(is_used)).copied().collect();
            trials.push(match missing[..] {
                [] => {
                    let is_left = is_left && is_of_variant(transcript);
                    left_to_ci_if(is_left || examines_for_long(transcript), trial)
                }
                _ => trial
                    .with_kind(format!(
                        "skipped: there is no {}",
                        missing.join(" and no ")
                    ))
                    .with_ignored_flag(true),
            });
        }
    }
    Ok(trials)
}

fn is_of_variant(transcript: &Transcript) -> bool {
    matches!(transcript.against, Against::Variant(_))
}

/// Whether it has all cases of a step asked, and they wait for deadlines.
fn examines_for_long(transcript: &Transcript) -> bool {
    let steps = transcript
        .commands
        .iter()
        .filter_map(|command| command.input.strip_prefix(CHECK)?.trim().parse().ok());
    steps.into_iter().any(waits)
}

/// Whether one of its commands is this program.
fn starts(transcript: &Transcript, program: &str) -> bool {
    let is_it = |input: &str| input.split(' ').next() == Some(program);
    transcript.commands.iter().any(|command| is_it(&command.input))
}

fn can_run(program: &str) -> bool {
    let version: &[&str] = match program {
        "sh" => &["-c", "exit 0"],
        "curl" => &["--version", "--silent"],
        "openssl" => &["version"],
        _ => &["-v"],
    };
    let mut command = Command::new(program);
    command
        .args(version)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn check(site: &Site, chapter: &Chapter, transcript: &Transcript) -> Result<()> {
    let received = run(site, chapter, transcript)?.to_text();
    let expected = transcript.to_text();
    let normal = normalize(&received, &expected);
    if normal == expected {
        return Ok(());
    }
    if overwrites() {
        let mut news = NEWS.lock().unwrap_or_else(PoisonError::into_inner);
        news.push((chapter.path.clone(), transcript.lines.clone(), normal));
        return Ok(());
    }
    bail!(
        "{}, line {}\n{}\nif the new output is right, write it down: \
         SNAPSHOTS=overwrite cargo test --test book transcripts",
        chapter.path.display(),
        transcript.lines.start,
        StrComparison::new(&expected, &normal)
    )
}

/// What came back that is not as it is written, when it is to be written down.
static NEWS: Mutex<Vec<(PathBuf, Range<usize>, String)>> = Mutex::new(Vec::new());

fn overwrites() -> bool {
    env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite")
}

/// Writes down what came back, when all have run.
pub fn write_down() -> Result<()> {
    let mut news = NEWS.lock().unwrap_or_else(PoisonError::into_inner);
    // From the last to the first, so that the lines keep their numbers.
    news.sort_by_key(|(_, lines, _)| Reverse(lines.start));
    for (path, range, text) in news.drain(..) {
        let chapter = fs::read_to_string(&path)?;
        let mut lines: Vec<&str> = chapter.lines().collect();
        lines.splice(range, text.lines());
        fs::write(path, lines.join("\n") + "\n")?;
    }
    Ok(())
}

/// The received text, with `[..]` where the expected one has it and it fits.
fn normalize(received: &str, expected: &str) -> String {
    let received = FilterNewlines.filter(Data::from(received));
    let normal =
        NormalizeToExpected::new().redact().normalize(received, &expected.into());
    normal.render().unwrap_or_default()
}

/// Runs the commands of a transcript and returns it with what they really say.
fn run(site: &Site, chapter: &Chapter, transcript: &Transcript) -> Result<Transcript> {
    // Nobody listens at this socket, nor can anybody else while we have it.
    let closed = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    closed.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
    let shell = Shell::new()?;
    if let Against::Step(package) = &transcript.against {
        shell.write(&texts(&site.steps.find(package)?.files))?;
    }
    if shows_files(chapter, &transcript.against) {
        shell.copy_folder()?;
    }
    let mut process = match program(site, chapter, &transcript.against)? {
        Some(program) => Some(Process::of_step_with(&program, &shell.shown())?),
        None => None,
    };
    let address = match &mut process {
        Some(process) => process.address()?,
        None => closed.local_addr()?.as_socket().context("not an address")?,
    };
    shell.meet(address)?;
    // Whoever is in front of ours is not curl, and is told by its configuration where we are.
    let front = Port::reserve()?;
    let places = [(ADDRESS, address), (FRONT, front.address)]
        .map(|(place, address)| (place, address.to_string()));
    let places = if RARE.iter().any(|program| starts(transcript, program)) {
        &places[..]
    } else {
        &[]
    };
    let mut received = transcript.clone();
    for command in &mut received.commands {
        let input =
            places.iter().fold(command.input.clone(), |input, (place, address)| {
                input.replace(place, address)
            });
        (command.output, command.status) = match input.strip_prefix(CHECK) {
            Some(step) => examine(site, step, address)?,
            None => shell.run(&input)?,
        };
    }
    Ok(received)
}

/// What the command of the tool says of the server at this address, and its exit status.
fn examine(site: &Site, step: &str, address: SocketAddr) -> Result<(String, i32)> {
    let step = site.steps.find(step)?;
    let examination = Examination::new(&site.steps, step)?;
    let mut text = String::new();
    let verdict = examination.run(Server::Found(address), |words| text += words);
    if let Err(error) = &verdict {
        text += &format!("error: {error:#}\n");
    }
    let text = strip_str(&text).to_string().replace(&address.to_string(), ADDRESS);
    let holds = verdict.is_ok_and(|verdict| verdict.passes());
    Ok((text, if holds { 0 } else { 1 }))
}

fn program(site: &Site, chapter: &Chapter, against: &Against) -> Result<Option<PathBuf>> {
    match against {
        Against::None | Against::NotRun(_) => Ok(None),
        Against::Step(package) => {
            build::build_steps()?;
            Ok(Some(build::program(package.trim_start_matches("step-").parse()?)))
        }
        Against::Variant(name) => {
            let variant = chapter.variants.iter().find(|variant| variant.name == *name);
            let variant =
                variant.with_context(|| format!("there is no variant {name}"))?;
            site.programs.build(chapter)?;
            Ok(Some(site.programs.path(variant)))
        }
    }
}

/// Whether the program makes pages of a folder.
fn shows_files(chapter: &Chapter, against: &Against) -> bool {
    let step = match against {
        Against::None | Against::NotRun(_) => None,
        Against::Step(package) => package.trim_start_matches("step-").parse().ok(),
        Against::Variant(name) => {
            let variant = chapter.variants.iter().find(|it| it.name == *name);
            variant.map(|variant| variant.step.number)
        }
    };
    step >= Some(FILES)
}

/// A second terminal.
struct Shell {
    folder: PathBuf,
}

impl Shell {
    fn new() -> Result<Shell> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", process::id());
        let folder = root::scratch().join("shell").join(name);
        fs::create_dir_all(&folder)?;
        Ok(Shell { folder })
    }

    /// The folder that the server shows, if it shows one.
    fn shown(&self) -> PathBuf {
        self.folder.join("folder")
    }

    /// Copies the folder of the cases, with its links, as the page tells the reader to.
    fn copy_folder(&self) -> Result<()> {
        let folder = root::folder()?;
        let (text, status) = self.run(&format!("cp -R '{}' folder", folder.display()))?;
        ensure!(status == 0, "the folder can't be copied: {text}");
        Ok(())
    }

    /// Makes curl go to `address` when it is told to go to port 8080, as the page tells it.
    fn meet(&self, address: SocketAddr) -> Result<()> {
        // A terminal shows no progress, and so must this.
        let settings = format!(
            "connect-to = \"{ADDRESS}:{address}\"\nsilent\nshow-error\nmax-time = 30\n"
        );
        fs::write(self.folder.join(".curlrc"), settings)?;
        Ok(())
    }

    /// Fills the folder, which is the reader's crate.
    fn write(&self, files: &Files) -> Result<()> {
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
