//! What callgrind writes: for each function, and each file that its lines come from, how many
//! instructions they took (<https://valgrind.org/docs/manual/cl-format.html>).

use std::collections::HashMap;

/// A function, and the file of some of its lines; code that was inlined into it comes from
/// another one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Place {
    pub function: String,
    pub file: String,
}

/// The instructions of each place, without those of the functions that it calls.
pub type Profile = HashMap<Place, f64>;

/// Adds what is in a file of callgrind's.
pub fn add(text: &str, profile: &mut Profile) {
    let mut reader = Reader::default();
    for line in text.lines() {
        if let Some((place, instructions)) = reader.read(line) {
            *profile.entry(place).or_default() += instructions;
        }
    }
}

/// What it has read so far.
#[derive(Default)]
struct Reader {
    /// Names are written once, with a number that stands for them from then on.
    files: HashMap<String, String>,
    functions: HashMap<String, String>,
    file: String,
    function: String,
    /// Whether the next line is about a call, and has the sum of all that is called.
    is_call: bool,
}

impl Reader {
    /// Reads a line: where we are now, or how many instructions there were.
    fn read(&mut self, line: &str) -> Option<(Place, f64)> {
        if let Some((key, value)) = line.split_once('=') {
            match key {
                "fl" | "fi" | "fe" => self.file = name(value, &mut self.files),
                "fn" => self.function = name(value, &mut self.functions),
                // Who is called has a name, too, and may have it here for the first time.
                "cfi" | "cfl" => _ = name(value, &mut self.files),
                "cfn" => _ = name(value, &mut self.functions),
                "calls" => self.is_call = true,
                _ => {}
            }
            return None;
        }
        // The line of a file, or how far it is from the one before, and a number.
        let (position, count) = line.split_once(' ')?;
        position
            .starts_with(|it: char| it.is_ascii_digit() || "+-*".contains(it))
            .then_some(())?;
        let count = count.trim().parse().ok()?;
        if std::mem::take(&mut self.is_call) {
            return None;
        }
        Some((Place { function: self.function.clone(), file: self.file.clone() }, count))
    }
}

/// `(3) name` says what 3 is, and `(3)` means that.
fn name(value: &str, names: &mut HashMap<String, String>) -> String {
    match value.split_once(' ') {
        Some((number, name)) => {
            names.insert(number.to_string(), name.to_string());
            name.to_string()
        }
        None => names.get(value).cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_counts_where_it_is() {
        let text = "version: 1\nevents: Ir\n\nob=(1) /bin/a\nfl=(1) a.rs\nfn=(1) main\n16 400\n\
                    fi=(2) slice.rs\n+3 5\nfe=(1)\ncfi=(2)\ncfn=(2) split\ncalls=3 90\n16 700\n\
                    * 1\n\nfl=(2)\nfn=(2)\n90 700\n\ntotals: 1106\n";
        let mut profile = Profile::new();
        add(text, &mut profile);
        let of = |function: &str, file: &str| {
            profile[&Place { function: function.into(), file: file.into() }]
        };
        assert_eq!(of("main", "a.rs"), 401.0);
        assert_eq!(of("main", "slice.rs"), 5.0);
        assert_eq!(of("split", "slice.rs"), 700.0);
        assert_eq!(profile.values().sum::<f64>(), 1106.0);
    }
}
