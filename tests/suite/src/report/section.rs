//! A part of a report.

use std::fmt::{self, Display, Formatter};

/// How far what is below a title is indented, in characters.
const INDENT: usize = 4;

/// A title, and below it some lines, or more sections.
#[derive(Clone)]
pub struct Section {
    title: String,
    text: String,
    inner: Vec<Section>,
}

impl Section {
    /// A section with a text of some lines.
    pub fn new(title: &str, text: impl Into<String>) -> Section {
        Section { title: title.into(), text: text.into(), inner: Vec::new() }
    }

    /// A section that is made of sections.
    pub fn of(title: &str, inner: Vec<Section>) -> Section {
        Section { title: title.into(), text: String::new(), inner }
    }

    /// Whether there is nothing below its title.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.inner.is_empty()
    }

    fn write(&self, f: &mut Formatter, indent: usize) -> fmt::Result {
        writeln!(f, "{:indent$}{}:", "", self.title)?;
        let indent = indent + INDENT;
        for line in self.text.lines() {
            match line {
                "" => writeln!(f)?,
                line => writeln!(f, "{:indent$}{line}", "")?,
            }
        }
        for (number, section) in self.inner.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            section.write(f, indent)?;
        }
        Ok(())
    }
}

impl Display for Section {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.write(f, INDENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_a_title_is_indented() {
        let inner = vec![Section::new("sent", "a\n\nb"), Section::new("sent", "c\n")];
        let section = Section::of("meanwhile", inner);
        assert_eq!(
            section.to_string(),
            "    meanwhile:\n        sent:\n            a\n\n            b\n\n        \
             sent:\n            c\n"
        );
    }
}
