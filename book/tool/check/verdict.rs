//! What has been found out about a server, and how that is summed up.

use std::fmt::{self, Display, Formatter};

use anstyle::{AnsiColor, Style};
use suite::case::Case;

/// How ticks are shown, what holds in another way, crosses, and what sums up.
pub const HOLDS: Style = AnsiColor::Green.on_default();
pub const OTHERWISE: Style = AnsiColor::Yellow.on_default();
pub const FAILS: Style = AnsiColor::Red.on_default();
pub const BOLD: Style = Style::new().bold();

/// What has come of asking one case.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The server does what the chapter does.
    Holds,
    /// It does it in another way, or not at all, and HTTP allows that: how, and who says so.
    Otherwise(String),
    /// It does what HTTP forbids, or what the chapter asks for is not there. Failures of
    /// the same cause look alike.
    Fails { cause: String },
}

/// What has come of asking all cases, in the order in which they were asked.
#[derive(Clone)]
pub struct Verdict {
    /// The step whose cases they are.
    step: u8,
    /// How many there are.
    count: usize,
    findings: Vec<(&'static Case, Finding)>,
}

impl Verdict {
    /// Nothing is known yet.
    pub fn new(step: u8, count: usize) -> Verdict {
        Verdict { step, count, findings: Vec::new() }
    }

    /// Notes what has come of a case.
    pub fn add(&mut self, case: &'static Case, finding: Finding) {
        self.findings.push((case, finding));
    }

    /// Whether all cases were asked.
    pub fn is_whole(&self) -> bool {
        self.findings.len() == self.count
    }

    /// Whether there is no cross.
    pub fn passes(&self) -> bool {
        self.is_whole() && self.fails().next().is_none()
    }

    /// Whether there are only ticks.
    pub fn is_clean(&self) -> bool {
        self.is_whole() && self.findings.iter().all(|(_, it)| *it == Finding::Holds)
    }

    /// What has come of a case, if it was asked.
    pub fn finding(&self, case: &Case) -> Option<&Finding> {
        let mut findings = self.findings.iter();
        findings.find(|(other, _)| other.name == case.name).map(|(_, finding)| finding)
    }

    /// Whether the case of this name has failed.
    pub fn fails_in(&self, name: &str) -> bool {
        self.fails().any(|(case, _)| case.name == name)
    }

    /// The first case that has failed for this cause.
    pub fn first_of(&self, cause: &str) -> Option<&'static Case> {
        self.fails().find(|(_, other)| *other == cause).map(|(case, _)| case)
    }

    /// The cases that fail, each with its cause.
    fn fails(&self) -> impl Iterator<Item = (&'static Case, &str)> {
        self.findings.iter().filter_map(|(case, finding)| match finding {
            Finding::Fails { cause } => Some((*case, &**cause)),
            Finding::Holds | Finding::Otherwise(_) => None,
        })
    }

    /// The cases that hold otherwise, each with the way in which they do.
    fn otherwise(&self) -> impl Iterator<Item = (&'static Case, &str)> {
        self.findings.iter().filter_map(|(case, finding)| match finding {
            Finding::Otherwise(words) => Some((*case, &**words)),
            Finding::Holds | Finding::Fails { .. } => None,
        })
    }

    /// Writes once more what fails, below each cause what looks like it.
    fn write_fails(&self, f: &mut Formatter) -> fmt::Result {
        let mut has_alike = false;
        for (case, cause) in self.fails() {
            let first = self.first_of(cause).unwrap_or(case);
            if first.name != case.name {
                continue;
            }
            writeln!(f, "{FAILS}✗ {}{FAILS:#}", case.sentence())?;
            let alike = self.fails().filter(|(_, other)| *other == cause).skip(1);
            for (case, _) in alike {
                has_alike = true;
                writeln!(f, "    {FAILS}✗ {}{FAILS:#}", case.sentence())?;
            }
        }
        if has_alike {
            writeln!(
                f,
                "(What is indented looks like what is above it: mend that first. With \
                 --full, you see all of each.)"
            )?;
        }
        Ok(())
    }

    /// Writes how many there are of each mark, and what that means.
    fn write_summary(&self, f: &mut Formatter) -> fmt::Result {
        let Verdict { step, count, findings } = self;
        let (fails, otherwise) = (self.fails().count(), self.otherwise().count());
        let holds = findings.len() - fails - otherwise;
        write!(f, "{BOLD}step {step:02}: {holds} of {count} hold")?;
        if otherwise > 0 {
            write!(f, ", {otherwise} otherwise")?;
        }
        match fails {
            0 => {}
            1 => write!(f, ", 1 fails")?,
            fails => write!(f, ", {fails} fail")?,
        }
        match count - findings.len() {
            0 => {}
            left => write!(f, ", {left} not asked")?,
        }
        if self.is_clean() {
            write!(f, ": a clean sheet")?;
        } else if self.passes() {
            write!(f, ": no cross, and no clean sheet")?;
        }
        writeln!(f, "{BOLD:#}")
    }
}

impl Display for Verdict {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        for (case, words) in self.otherwise() {
            writeln!(f, "{OTHERWISE}~{OTHERWISE:#} {}: {words}", case.sentence())?;
        }
        self.write_fails(f)?;
        self.write_summary(f)
    }
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    /// What is said in the end of cases with these names.
    fn sum_up(count: usize, findings: Vec<(&'static str, Finding)>) -> (Verdict, String) {
        let mut verdict = Verdict::new(12, count);
        for (name, finding) in findings {
            verdict.add(Box::leak(Box::new(Case { name, ..Case::DEFAULT })), finding);
        }
        let text = strip_str(&verdict.to_string()).to_string();
        (verdict, text)
    }

    fn fails(cause: &str) -> Finding {
        Finding::Fails { cause: cause.into() }
    }

    #[test]
    fn only_ticks_are_a_clean_sheet() {
        let (verdict, text) = sum_up(1, vec![("a", Finding::Holds)]);
        assert!(verdict.passes() && verdict.is_clean());
        assert_eq!(text, "step 12: 1 of 1 hold: a clean sheet\n");
        let otherwise = Finding::Otherwise("in another way".into());
        let (verdict, text) =
            sum_up(2, vec![("a", Finding::Holds), ("b_b", otherwise.clone())]);
        assert!(verdict.passes() && !verdict.is_clean());
        assert_eq!(
            text,
            "~ b b: in another way\n\
             step 12: 1 of 2 hold, 1 otherwise: no cross, and no clean sheet\n"
        );
        let (verdict, text) = sum_up(2, vec![("a", fails("")), ("b", otherwise)]);
        assert!(!verdict.passes() && !verdict.is_clean());
        assert!(text.ends_with("step 12: 0 of 2 hold, 1 otherwise, 1 fails\n"), "{text}");
    }

    #[test]
    fn what_was_not_asked_does_not_hold() {
        let (verdict, text) = sum_up(3, vec![("a", Finding::Holds)]);
        assert!(!verdict.passes() && !verdict.is_clean());
        assert_eq!(text, "step 12: 1 of 3 hold, 2 not asked\n");
    }

    #[test]
    fn what_looks_alike_is_listed_below_the_first() {
        let (_, text) = sum_up(
            4,
            vec![
                ("a", fails("x")),
                ("b", fails("y")),
                ("c", fails("x")),
                ("d", fails("x")),
            ],
        );
        assert!(
            text.starts_with("✗ a\n    ✗ c\n    ✗ d\n✗ b\n(What is indented"),
            "{text}"
        );
        assert!(text.ends_with("step 12: 0 of 4 hold, 4 fail\n"), "{text}");
    }
}
