//! The wrong servers of the chapter "Find the mistake": the page shows which case catches
//! each, and when it is mended, all cases of its step hold.

use anyhow::{Result, ensure};
use book::chapter::transcript::{Against, Command};
use book::chapter::variant::Variant;
use book::check::examination::Examination;
use book::check::server::Server;
use libtest_mimic::Trial;
use suite::process::Process;

use crate::chapter::Chapter;
use crate::site::Site;
use crate::transcripts::CHECK;
use crate::{left_to_ci_if, trial, waits};

/// Two trials a server.
pub fn trials(site: &'static Site) -> Result<Vec<Trial>> {
    let chapter = site.chapter("mistakes")?;
    let trials = chapter.variants.iter().map(|variant| {
        let name = format!("wrong::{}", variant.name.replace('-', "_"));
        if variant.name.starts_with("mended-") {
            let trial = trial(name, || holds(site, chapter, variant));
            left_to_ci_if(waits(variant.step.number), trial)
        } else {
            trial(name, || is_caught(variant, chapter))
        }
    });
    let trials: Vec<Trial> = trials.collect();
    ensure!(!trials.is_empty(), "{} has no wrong servers", chapter.path.display());
    Ok(trials)
}

/// All cases that the reader's server is asked must hold, and as the chapters have them.
fn holds(site: &Site, chapter: &Chapter, mended: &Variant) -> Result<()> {
    site.programs.build(chapter)?;
    let mut process = Process::of_step(&site.programs.path(mended))?;
    let address = process.address()?;
    let examination = Examination::new(&site.steps, &mended.step)?;
    let mut said = String::new();
    let server = Server::Found(address);
    let verdict = examination.run(server, |text| said += text)?;
    ensure!(verdict.is_clean(), "{} does not hold:\n{said}", mended.name);
    Ok(())
}

/// The page shows what `check` says of the server, with a case that fails, or in which it
/// does something else than the chapters. That it says so is for the transcripts to test.
fn is_caught(wrong: &Variant, chapter: &Chapter) -> Result<()> {
    let name = &wrong.name;
    let against = Against::Variant(name.clone());
    let transcripts = chapter.transcripts.iter();
    let its = transcripts.filter(|transcript| transcript.against == against);
    let mut commands = its.flat_map(|transcript| &transcript.commands);
    let is_caught = commands.any(|Command { input, output, .. }| {
        input.starts_with(CHECK) && (output.contains("✗ ") || output.contains("~ "))
    });
    ensure!(is_caught, "the page doesn't show which case catches {name}");
    let mended = name.replace("wrong-", "mended-");
    let is_mended = chapter.variants.iter().any(|variant| variant.name == mended);
    ensure!(is_mended, "the page doesn't mend {name}");
    Ok(())
}
