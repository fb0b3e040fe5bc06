//! The panels that show a request are right: the step, given the recorded request, says
//! what the page says that it does.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Context, Result, anyhow, ensure};
use book::chapter::request_panel::RECORDED;
use book::steps::Step;
use libtest_mimic::Trial;

use crate::harness::build;
use crate::harness::process::Process;
use crate::site::Site;
use crate::trial;

/// The line of a chapter that asks for the panel.
const DIRECTIVE: &str = "{{#request}}";

/// One trial for each chapter that has a panel.
pub fn trials(site: &'static Site) -> Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for step in site.steps.iter() {
        if site.chapter(&step.slug)?.text.contains(DIRECTIVE) {
            let name = format!("request::{}", step.package().replace('-', "_"));
            trials.push(trial(name, || check(site, step)));
        }
    }
    ensure!(!trials.is_empty(), "no chapter has a panel, {DIRECTIVE}");
    Ok(trials)
}

fn check(site: &Site, step: &Step) -> Result<()> {
    let page = site.page(step)?;
    let elements = page.descendants();
    let with = |class| elements.iter().find(|element| element.has_class(class));
    let bytes = with("request-bytes").context("there is no panel")?;
    // On the page, `\r\n` is written out, and the line breaks are the page's own.
    let written = bytes.text().replace('\n', "").replace("\\r\\n", "\r\n");
    ensure!(written == RECORDED, "the page shows another request:\n{written}");
    let Some(parsed) = with("request-parsed") else { return Ok(()) };
    let answer = ask(step)?;
    let (_, body) = answer.split_once("\r\n\r\n").context("the answer has no body")?;
    pretty_assertions::assert_str_eq!(parsed.text(), body.trim_end());
    Ok(())
}

/// What the step answers to the request.
fn ask(step: &Step) -> Result<String> {
    build::build_steps().map_err(|error| anyhow!("{error}"))?;
    let mut process = Process::start(&build::program(step.number))?;
    let address = process.address().map_err(|error| anyhow!("{error}"))?;
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(RECORDED.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
