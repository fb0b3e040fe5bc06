//! Trials: the cases, each on the steps that it says something about.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use anyhow::{Result, ensure};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::fuzz;
use crate::harness::build;
use crate::log;
#[cfg(target_os = "linux")]
use crate::memory;
use crate::step::Step;
#[cfg(target_os = "linux")]
use crate::stream;
#[cfg(unix)]
use crate::{shutdown, signals};
use suite::case::Case;
use suite::cases;
use suite::play::Failure;
use suite::report::{Chapter, Report};

/// A case and a step, and what is to be true of them.
pub struct Question {
    name: String,
    case: &'static Case,
    step: Arc<Step>,
    chapter: Chapter,
    ask: fn(&Case, &Step, &Chapter) -> Result<(), Failed>,
}

impl Question {
    /// The trial, which asks when its turn comes.
    pub fn into_trial(self) -> Trial {
        let Question { name, case, step, chapter, ask } = self;
        Trial::test(name, move || ask(case, &step, &chapter))
    }

    /// The same, but if the clients of the case wait most of the time, it asks now, beside
    /// all others.
    pub fn begin(self, arguments: &Arguments) -> Trial {
        let probe = Trial::test(self.name.clone(), || Ok(()));
        if !self.case.waits() || arguments.list || arguments.is_filtered_out(&probe) {
            return self.into_trial();
        }
        let Question { name, case, step, chapter, ask } = self;
        let ask = move || ask(case, &step, &chapter);
        let asked = thread::spawn(move || {
            build::build_steps()?;
            ask()
        });
        Trial::test(name, || asked.join().unwrap_or(Err("the test has a bug".into())))
    }
}

/// The matrix: every case that is asked must pass on every step that it holds for.
pub fn matrix(
    steps: &[Arc<Step>],
    is_asked: impl Fn(&Case, u8) -> bool,
) -> Vec<Question> {
    let mut trials = Vec::new();
    // One step after the other, so that a case that is hard work is so for one at a time.
    for step in steps {
        let number = step.number;
        let holds = |case: &&Case| case.holds(number) && is_asked(case, number);
        for case in cases::all().filter(holds) {
            let name = format!("step_{number:02}::{}", case.name);
            let (step, chapter) = (Arc::clone(step), chapter(case, steps));
            trials.push(Question { name, case, step, chapter, ask: passes });
        }
    }
    trials
}

/// The teeth: every case must fail on the step before it holds, and on the one after.
pub fn teeth(steps: &[Arc<Step>]) -> Vec<Question> {
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
                trials.push(Question { name, case, step, chapter, ask: fails });
            }
        }
    }
    trials
}

/// Leaves out what is asked of a step in between: of trials with one name, those are kept that
/// are on its first step, and on the last steps. The steps must be in order.
pub fn thin(mut trials: Vec<Trial>, is_last: impl Fn(u8) -> bool) -> Vec<Trial> {
    let mut known = HashSet::new();
    trials.retain(|trial| {
        let step = trial.name().strip_prefix("step_");
        let Some((number, name)) = step.and_then(|it| it.split_once("::")) else {
            return true;
        };
        known.insert(name.to_string()) || number.parse().is_ok_and(&is_last)
    });
    trials
}

/// The log: that nobody reads it ends no server, and did end the one before.
pub fn logs(steps: &[Arc<Step>]) -> Vec<Trial> {
    let trial = |name: String, step: u8, is_expected: bool| {
        Trial::test(name, move || match log::goes_unread(step) {
            Ok(goes_unread) if goes_unread == is_expected => Ok(()),
            Ok(true) => Err("the server answers, and should not yet".into()),
            Ok(false) => Err("the server has ended with its log".into()),
            Err(error) => Err(format!("{error:#}").into()),
        })
    };
    let mut trials = Vec::new();
    for step in steps.iter().map(|step| step.number) {
        let name = "a_log_that_nobody_reads_ends_nothing";
        if step >= log::SINCE {
            trials.push(trial(format!("step_{step:02}::{name}"), step, true));
        }
        if step >= log::SINCE_FULL {
            let name = format!("step_{step:02}::a_log_that_is_full_holds_up_nobody");
            trials.push(Trial::test(name, move || holds(log::may_be_full(step))));
            let name =
                format!("step_{step:02}::only_errors_are_told_if_one_asks_for_that");
            trials.push(Trial::test(name, move || holds(log::tells_only_errors(step))));
        }
        if step + 1 == log::SINCE_FULL {
            let name = "a_log_that_is_full_holds_up_nobody";
            let name = format!("teeth::step_{:02}::{name}", log::SINCE_FULL);
            trials.push(Trial::test(name, move || holds_not(log::may_be_full(step))));
            let name = "only_errors_are_told_if_one_asks_for_that";
            let name = format!("teeth::step_{:02}::{name}", log::SINCE_FULL);
            trials
                .push(Trial::test(name, move || holds_not(log::tells_only_errors(step))));
        }
        if step + 1 == log::SINCE {
            trials.push(trial(
                format!("teeth::step_{:02}::{name}", log::SINCE),
                step,
                false,
            ));
        }
    }
    trials
}

/// The descriptors: to run out of them does no harm, and no client of the step before would
/// be answered.
#[cfg(unix)]
pub fn descriptors(steps: &[Arc<Step>]) -> Vec<Trial> {
    use crate::descriptors::{SINCE, run_out};

    let name = "a_server_may_run_out_of_descriptors";
    let mut trials = Vec::new();
    for step in steps.iter().map(|step| step.number).filter(|step| *step >= SINCE) {
        trials.push(Trial::test(format!("step_{step:02}::{name}"), move || {
            Ok(run_out(step).map_err(|error| format!("{error:#}"))?)
        }));
    }
    let name = format!("teeth::step_{SINCE:02}::{name}");
    trials.push(Trial::test(name, || match run_out(SINCE - 1) {
        Ok(()) => Err("it holds already".into()),
        Err(_) => Ok(()),
    }));
    trials
}

/// Signals: a server that is stopped and goes on loses no client.
#[cfg(unix)]
pub fn signals(steps: &[Arc<Step>]) -> Vec<Trial> {
    let trial = |step: u8| {
        let name = format!("step_{step:02}::who_is_stopped_and_goes_on_loses_no_client");
        Trial::test(name, move || match signals::cost_no_client(step) {
            Ok(true) => Ok(()),
            Ok(false) => Err("a signal has cost a client its answer".into()),
            Err(error) => Err(format!("{error:#}").into()),
        })
    };
    let numbers = steps.iter().map(|step| step.number);
    numbers.filter(|step| *step >= signals::SINCE).map(trial).collect()
}

/// Dates: no page is younger than its response. Of the step before, nobody could say.
pub fn dates(steps: &[Arc<Step>]) -> Vec<Trial> {
    use crate::dates::{SINCE, are_in_order};

    let name = "no_page_is_younger_than_its_response";
    let mut trials = Vec::new();
    for step in steps.iter().map(|step| step.number).filter(|step| *step >= SINCE) {
        let name = format!("step_{step:02}::{name}");
        trials.push(Trial::test(name, move || holds(are_in_order(step))));
    }
    let name = format!("teeth::step_{SINCE:02}::{name}");
    trials.push(Trial::test(name, || holds_not(are_in_order(SINCE - 1))));
    trials
}

/// Long files: they are never in memory as a whole, and were in the step before.
#[cfg(target_os = "linux")]
pub fn memory(steps: &[Arc<Step>]) -> Vec<Trial> {
    let trial = |name: String, step: u8, is_expected: bool| {
        Trial::test(name, move || match memory::is_steady(step) {
            Ok(is_steady) if is_steady == is_expected => Ok(()),
            Ok(true) => {
                Err("the server needs no memory for a file, and should yet".into())
            }
            Ok(false) => Err("the server has had much of a file in memory".into()),
            Err(error) => Err(format!("{error:#}").into()),
        })
    };
    let mut trials = Vec::new();
    for step in steps.iter().map(|step| step.number) {
        let name = "a_long_file_is_never_in_memory_as_a_whole";
        if step >= memory::SINCE {
            trials.push(trial(format!("step_{step:02}::{name}"), step, true));
        }
        if step + 1 == memory::SINCE {
            let name = format!("teeth::step_{:02}::{name}", memory::SINCE);
            trials.push(trial(name, step, false));
        }
    }
    trials
}

/// Streams: that a page is long needs no memory.
#[cfg(target_os = "linux")]
pub fn streams(steps: &[Arc<Step>]) -> Vec<Trial> {
    let trial = |step: u8| {
        let name = format!("step_{step:02}::a_stream_needs_no_memory");
        Trial::test(name, move || holds(stream::needs_no_memory(step)))
    };
    let numbers = steps.iter().map(|step| step.number);
    numbers.filter(|step| *step >= stream::SINCE).map(trial).collect()
}

/// The end: what a server does that is asked to stop, and the one before doesn't.
#[cfg(unix)]
pub fn shutdown(steps: &[Arc<Step>]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for step in steps.iter().map(|step| step.number) {
        for shutdown::Promise { name, holds: promise } in shutdown::ALL {
            if step >= shutdown::SINCE {
                let name = format!("step_{step:02}::{name}");
                trials.push(Trial::test(name, move || holds(promise(step))));
            }
            if step + 1 == shutdown::SINCE {
                let name = format!("teeth::step_{:02}::{name}", shutdown::SINCE);
                trials.push(Trial::test(name, move || holds_not(promise(step))));
            }
        }
    }
    trials
}

fn holds(promise: Result<()>) -> Result<(), Failed> {
    promise.map_err(|error| format!("{error:#}").into())
}

fn holds_not(promise: Result<()>) -> Result<(), Failed> {
    match promise {
        Ok(()) => Err("it holds already".into()),
        Err(_) => Ok(()),
    }
}

/// The fuzz: no step comes to harm by what nobody would send on purpose.
pub fn fuzz(steps: &[Arc<Step>], is_asked: impl Fn(u8) -> bool) -> Vec<Trial> {
    let mut trials = Vec::new();
    let is_asked =
        |step: &&Arc<Step>| step.number >= fuzz::SINCE && is_asked(step.number);
    for fuzz in &fuzz::ALL {
        for step in steps.iter().filter(is_asked) {
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
pub fn check(steps: &[Step]) -> Result<()> {
    let mut names = HashSet::new();
    for Case { name, since, .. } in cases::all() {
        let is_there = steps.iter().any(|step| step.number == *since);
        ensure!(is_there, "the case {name} is since {since}, which is no step");
        ensure!(names.insert(name), "there are two cases {name}");
    }
    Ok(())
}
