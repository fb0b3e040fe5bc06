//! Trials: the cases, each on the steps that it says something about.

use std::collections::HashSet;
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};

use crate::fuzz;
use crate::step::Step;
use suite::case::Case;
use suite::cases;
use suite::play::Failure;
use suite::report::{Chapter, Report};

/// The matrix: every case that is asked must pass on every step that it holds for.
pub fn matrix(steps: &[Arc<Step>], is_asked: impl Fn(&Case) -> bool) -> Vec<Trial> {
    let mut trials = Vec::new();
    // One step after the other, so that a case that is hard work is so for one at a time.
    for step in steps {
        let holds = |case: &&Case| case.holds(step.number) && is_asked(case);
        for case in cases::all().filter(holds) {
            let name = format!("step_{:02}::{}", step.number, case.name);
            let (step, chapter) = (Arc::clone(step), chapter(case, steps));
            trials.push(Trial::test(name, move || passes(case, &step, &chapter)));
        }
    }
    trials
}

/// The teeth: every case must fail on the step before it holds, and on the one after.
pub fn teeth(steps: &[Arc<Step>]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for case in cases::all() {
        // The trial is named after the step that makes the difference.
        let before = format!("step_{:02}::{}", case.since, case.name);
        let mut without = vec![(before, case.since - 1)];
        if let Some(after) = case.until.map(|until| until + 1) {
            without.push((format!("step_{after:02}::no_longer::{}", case.name), after));
        }
        for (name, number) in without {
            if let Some(step) = steps.iter().find(|step| step.number == number) {
                let name = format!("teeth::{name}");
                let (step, chapter) = (Arc::clone(step), chapter(case, steps));
                trials.push(Trial::test(name, move || fails(case, &step, &chapter)));
            }
        }
    }
    trials
}

/// The fuzz: no step comes to harm by what nobody would send on purpose.
pub fn fuzz(steps: &[Arc<Step>]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for fuzz in &fuzz::ALL {
        for step in steps.iter().filter(|step| step.number >= fuzz::SINCE) {
            let name = format!("step_{:02}::{}", step.number, fuzz.name);
            let step = Arc::clone(step);
            trials.push(Trial::test(name, move || fuzz.survives(&step)));
        }
    }
    trials
}

fn passes(case: &Case, step: &Step, chapter: &Chapter) -> Result<(), Failed> {
    step.play(case).map_err(|failure| report(case, step, chapter, &failure))
}

fn fails(case: &Case, step: &Step, chapter: &Chapter) -> Result<(), Failed> {
    match step.play(case) {
        Err(failure) if failure.is_the_servers() => Ok(()),
        Err(failure) => Err(report(case, step, chapter, &failure)),
        Ok(()) => Err(format!(
            "step {:02}: {}\n\nThis must fail here, for the case has since: {} and until: \
             {:?}. It passes:\neither the numbers are wrong, or the case asserts too little.\n",
            step.number,
            case.sentence(),
            case.since,
            case.until
        )
        .into()),
    }
}

fn report(case: &Case, step: &Step, chapter: &Chapter, failure: &Failure) -> Failed {
    let title = format!("step {:02}: {}", step.number, case.sentence());
    Report::new(title, case, chapter, failure).to_string().into()
}

/// The chapter that explains the case.
fn chapter(case: &Case, steps: &[Arc<Step>]) -> Chapter {
    Chapter::of(case, steps.iter().map(|step| (step.number, &*step.slug)))
}

/// Finds cases of a step that there is not, which would run nowhere, and names that are
/// taken twice.
pub fn check(steps: &[Step]) -> Result<(), String> {
    let mut names = HashSet::new();
    for Case { name, since, .. } in cases::all() {
        if !steps.iter().any(|step| step.number == *since) {
            return Err(format!("the case {name} is since {since}, which is no step"));
        }
        if !names.insert(name) {
            return Err(format!("there are two cases {name}"));
        }
    }
    Ok(())
}
