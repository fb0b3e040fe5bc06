//! What callgrind writes with `--dump-instr=yes`: how often each instruction was carried out
//! (<https://valgrind.org/docs/manual/cl-format.html>).

use std::collections::HashMap;

/// An instruction.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Place {
    /// The program, or the library, that has it.
    pub object: String,
    /// Where in that it is.
    pub address: u64,
    /// The function that the linker knows.
    pub function: String,
    /// The file of its line; what was inlined into a function comes from another one.
    pub file: String,
}

/// How often each was carried out.
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
    objects: HashMap<String, String>,
    files: HashMap<String, String>,
    functions: HashMap<String, String>,
    object: String,
    file: String,
    function: String,
    address: u64,
    /// Whether the next line is about a call, and has the sum of all that is called.
    is_call: bool,
}

impl Reader {
    /// Reads a line: where we are now, or how many instructions there were.
    fn read(&mut self, line: &str) -> Option<(Place, f64)> {
        if let Some((key, value)) = line.split_once('=') {
            match key {
                "ob" => self.object = name(value, &mut self.objects),
                "fl" | "fi" | "fe" => self.file = name(value, &mut self.files),
                "fn" => self.function = name(value, &mut self.functions),
                // Who is called has a name, too, and may have it here for the first time.
                "cob" => _ = name(value, &mut self.objects),
                "cfi" | "cfl" => _ = name(value, &mut self.files),
                "cfn" => _ = name(value, &mut self.functions),
                "calls" => self.is_call = true,
                _ => {}
            }
            return None;
        }
        // The address, the line, and a number.
        let mut words = line.split(' ');
        self.address = go_on(words.next()?, self.address)?;
        let count = words.nth(1)?.parse().ok()?;
        if std::mem::take(&mut self.is_call) {
            return None;
        }
        let place = Place {
            object: self.object.clone(),
            address: self.address,
            function: self.function.clone(),
            file: self.file.clone(),
        };
        Some((place, count))
    }
}

/// An address: itself, how far it is from the one before, or `*` for the same.
fn go_on(word: &str, before: u64) -> Option<u64> {
    if word == "*" {
        Some(before)
    } else if let Some(address) = word.strip_prefix("0x") {
        u64::from_str_radix(address, 16).ok()
    } else if let Some(further) = word.strip_prefix('+') {
        before.checked_add(further.parse().ok()?)
    } else {
        before.checked_sub(word.strip_prefix('-')?.parse().ok()?)
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
        let text = "version: 1\npositions: instr line\nevents: Ir\n\nob=(1) /bin/a\n\
                    fl=(1) a.rs\nfn=(1) main\n0x10 16 400\nfi=(2) slice.rs\n+3 * 5\nfe=(1)\n\
                    cob=(2) /lib/b\ncfi=(2)\ncfn=(2) split\ncalls=3 0x90 7\n+4 16 700\n\
                    * * 1\n-7 -1 2\n\nob=(2)\nfl=(2)\nfn=(2)\n0x90 7 700\n\ntotals: 1108\n";
        let mut profile = Profile::new();
        add(text, &mut profile);
        let of = |object: &str, address, function: &str, file: &str| {
            let [object, function, file] = [object, function, file].map(String::from);
            profile[&Place { object, address, function, file }]
        };
        assert_eq!(of("/bin/a", 0x10, "main", "a.rs"), 402.0);
        assert_eq!(of("/bin/a", 0x13, "main", "slice.rs"), 5.0);
        assert_eq!(of("/bin/a", 0x17, "main", "a.rs"), 1.0);
        assert_eq!(of("/lib/b", 0x90, "split", "slice.rs"), 700.0);
        assert_eq!(profile.values().sum::<f64>(), 1108.0);
    }
}
