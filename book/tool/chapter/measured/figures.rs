//! Figures in the prose: `{{#measured step-32 instructions}}` is replaced by the number.

use anyhow::{Context, Result, bail, ensure};
use suite::record::{Mode, Part, Record, Server};

use super::server;

const START: &str = "{{#measured ";
const END: &str = "}}";
/// What the ways to ask are called here, as in [`Mode::ALL`].
const MODES: [&str; 4] = ["keep-alive", "pipelined", "each", "many"];

/// Puts the figures into a text.
///
/// # Errors
/// If one is asked for that isn't in the record.
pub fn fill<'a>(text: &str, record: impl Fn() -> Result<&'a Record>) -> Result<String> {
    let mut pieces = text.split(START);
    let mut filled = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (question, after) = piece.split_once(END).context("`}}` is missing")?;
        let at = || format!("{START}{question}{END}");
        filled += &answer(question, record()?).with_context(at)?;
        filled += after;
    }
    Ok(filled)
}

/// The figure that is asked for: `step-32 instructions pipelined`.
fn answer(question: &str, record: &Record) -> Result<String> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let (name, what, mode) = match words[..] {
        [name, what] => (name, what, Mode::KeepAlive),
        [name, "part", part] => return self::part(server(record, name)?, part),
        [_, "idle", _] => {
            bail!("of an idle client there is one figure: leave out the last word")
        }
        [name, what, mode] => (name, what, parse_mode(mode)?),
        _ => bail!("name a server, and what was measured of it"),
    };
    let server = server(record, name)?;
    let figure = figure(server, what, mode)?;
    figure.with_context(|| {
        let known = Mode::ALL
            .iter()
            .zip(MODES)
            .filter(|(mode, _)| figure_is_known(server, what, **mode));
        let known: Vec<&str> = known.map(|(_, word)| word).collect();
        let known = if known.is_empty() { "nothing".into() } else { known.join(", ") };
        format!("that wasn't measured of {name}; of {what} there is {known}")
    })
}

fn figure_is_known(server: &Server, what: &str, mode: Mode) -> bool {
    figure(server, what, mode).is_ok_and(|figure| figure.is_some())
}

/// The instructions of a part, with keep-alive.
fn part(server: &Server, word: &str) -> Result<String> {
    let part = Part::ALL.into_iter().find(|part| part.word() == word);
    let part = part.with_context(|| {
        let words = Part::ALL.map(|part| part.word());
        format!("there are the parts {}", words.join(", "))
    })?;
    ensure!(!server.profile.is_empty(), "there is no profile of {}", server.name);
    Ok(thousands(server.profile.get(&part).copied().unwrap_or_default()))
}

fn figure(server: &Server, what: &str, mode: Mode) -> Result<Option<String>> {
    Ok(match what {
        "instructions" => server.instructions.get(&mode).map(|it| thousands(*it)),
        "cost" => server.costs.get(&mode).map(|it| format!("{:.2}", it.to_limit)),
        "to-hyper" => {
            let ratio = server.costs.get(&mode).and_then(|it| it.to_hyper);
            ratio.map(|it| format!("{it:.2}"))
        }
        "calls" => {
            let calls = server.system_calls.get(&mode);
            calls.map(|it| format!("{:.1}", it.values().sum::<f64>()))
        }
        "idle" => server.idle_client.map(|it| format!("{it:.2}")),
        _ => bail!("there are instructions, part, cost, to-hyper, calls and idle"),
    })
}

fn parse_mode(word: &str) -> Result<Mode> {
    let known = Mode::ALL.into_iter().zip(MODES).find(|(_, name)| *name == word);
    let (mode, _) = known.with_context(|| format!("there are {}", MODES.join(", ")))?;
    Ok(mode)
}

/// A number as prose has it, with the three digits that matter: `20,900`.
pub fn thousands(number: f64) -> String {
    let digits = number.abs().max(1.0).log10().floor() as i32 + 1;
    let unit = 10_f64.powi((digits - 3).max(0));
    let rounded = ((number / unit).round() * unit) as u64;
    let text = rounded.to_string();
    let mut grouped = String::new();
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use suite::{record, root};

    use super::*;

    fn record() -> Record {
        Record::read(&root::find().unwrap().join(record::FILE)).unwrap()
    }

    #[test]
    fn a_number_has_three_digits_that_matter() {
        assert_eq!(thousands(27_559.4), "27,600");
        assert_eq!(thousands(1_283.0), "1,280");
        assert_eq!(thousands(999_600.0), "1,000,000");
        assert_eq!(thousands(24.4), "24");
        assert_eq!(thousands(0.0), "0");
    }

    #[test]
    fn a_text_without_figures_stays_as_it_is() {
        let none = || bail!("nobody needs it");
        assert_eq!(fill("`{{#check}}` and more", none).unwrap(), "`{{#check}}` and more");
    }

    #[test]
    fn a_figure_is_put_in() {
        let text = "It takes {{#measured limit cost}} and {{#measured limit cost many}}.";
        let record = record();
        assert_eq!(fill(text, || Ok(&record)).unwrap(), "It takes 1.00 and 1.00.");
    }

    #[test]
    fn what_is_not_there_is_said() {
        let record = record();
        for (text, words) in [
            ("{{#measured apache cost}}", "apache isn't in tests/bench/recorded.json"),
            ("{{#measured hyper beauty}}", "there are instructions, part, cost"),
            ("{{#measured hyper part memory}}", "there is no profile of hyper"),
            ("{{#measured hyper part time}}", "there are the parts memory, copies"),
            ("{{#measured hyper idle each}}", "leave out the last word"),
            ("{{#measured step-15 cost many}}", "of cost there is each"),
            ("{{#measured hyper cost twice}}", "there are keep-alive, pipelined"),
            ("{{#measured hyper", "`}}` is missing"),
            ("{{#measured hyper}}", "name a server"),
        ] {
            let message = format!("{:#}", fill(text, || Ok(&record)).unwrap_err());
            assert!(message.contains(words), "{message}");
        }
    }
}
