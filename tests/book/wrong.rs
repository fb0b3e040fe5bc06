//! The wrong servers of the chapter "Find the mistake": the page shows which case catches
//! each, and when it is mended, all cases of its step hold.

use std::fs;

use anyhow::{Result, ensure};
use book::console::{Server, Transcript};
use book::examine::Examination;
use book::subject::Subject;
use book::variant::Variant;
use libtest_mimic::Trial;

use crate::harness::process::Process;
use crate::site::Site;
use crate::transcripts::{CHECK, build_variant};
use crate::trial;

/// Two trials a server.
pub fn trials(site: &'static Site) -> Vec<Trial> {
    let chapter = fs::read_to_string(site.root.join("book/src/mistakes.md"));
    let chapter = chapter.unwrap_or_default();
    let variants = Variant::find_all(&site.steps, &chapter).unwrap_or_default();
    let trials = variants.into_iter().map(|variant| {
        let (name, chapter) = (variant.name.clone(), chapter.clone());
        trial(format!("wrong::{}", name.replace('-', "_")), move || {
            match name.starts_with("mended-") {
                true => holds(site, &variant),
                false => is_caught(&name, &chapter),
            }
        })
    });
    trials.collect()
}

/// All cases that the reader's server is asked must hold.
fn holds(site: &Site, mended: &Variant) -> Result<()> {
    let mut process = Process::start(&build_variant(mended)?)?;
    let address = process.address().map_err(anyhow::Error::msg)?;
    let examination = Examination::new(&site.root, &site.steps, &mended.step)?;
    let mut said = String::new();
    let server = Subject::Found(address);
    let verdict = examination.run(server, |text| said += text)?;
    ensure!(verdict.passes(), "{} does not hold:\n{said}", mended.name);
    Ok(())
}

/// The page shows what `check` says of the server, with a case that fails. That it says so
/// is for the transcripts to test.
fn is_caught(name: &str, chapter: &str) -> Result<()> {
    let server = Server::Variant(name.into());
    let transcripts = Transcript::find_all(chapter)?;
    let its = transcripts.iter().filter(|transcript| transcript.server == server);
    let mut commands = its.flat_map(|transcript| &transcript.commands);
    let is_caught = commands
        .any(|command| command.input.starts_with(CHECK) && command.output.contains("✗ "));
    ensure!(is_caught, "the page doesn't show which case catches {name}");
    Ok(())
}
