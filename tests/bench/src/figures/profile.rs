//! Where the instructions of a request go, by the parts of a server.

use std::collections::BTreeMap;

use suite::record::Part;

use super::callgrind::Place;

/// Files of the standard library, of the system's, and of crates, by what they do. They count
/// as that, whoever calls them.
const LIBRARIES: [(Part, &[&str]); 5] = [
    (Part::Memory, &["malloc/", "alloc/src/raw_vec", "alloc/src/alloc.rs"]),
    (Part::Copies, &["memmove", "memset", "memcpy"]),
    (Part::Formatting, &["core/src/fmt", "alloc/src/fmt", "/itoa-", "/httpdate-"]),
    (
        Part::Texts,
        &["core/src/str/", "core/src/slice/memchr", "memcmp", "alloc/src/str.rs"],
    ),
    (
        Part::Loop,
        &[
            "socket/",
            "nptl/",
            "sysdeps/unix",
            "/mio-",
            "/slab-",
            "std/src/sys",
            "std/src/time",
            "sync/mpmc",
            "clock_gettime",
            "vdso",
            "btree",
        ],
    ),
];

/// Modules of a step, by what they do.
const MODULES: [(Part, &[&str]); 5] = [
    (
        Part::Parser,
        &[
            "request", "headers", "framing", "chunked", "progress", "method", "target",
            "percent", "classes", "scanner", "error",
        ],
    ),
    (Part::Response, &["response", "body", "clock", "cookie"]),
    (Part::Routes, &["router", "main", "files", "page", "session"]),
    (Part::Connection, &["connection", "patience", "record"]),
    (Part::Loop, &["server", "client", "desk", "workers", "log", "listener", "loops"]),
];

/// Adds up by parts what is known by places.
pub fn by_parts(places: impl IntoIterator<Item = (Place, f64)>) -> BTreeMap<Part, f64> {
    let mut parts = BTreeMap::new();
    for (place, instructions) in places {
        *parts.entry(part(&place)).or_default() += instructions;
    }
    parts
}

fn part(place: &Place) -> Part {
    let library = LIBRARIES
        .iter()
        .find(|(_, files)| files.iter().any(|file| place.file.contains(file)));
    if let Some((part, _)) = library {
        return *part;
    }
    if place.function.starts_with("core::fmt") || place.function.contains("fmt::Write") {
        return Part::Formatting;
    }
    let module = of_file(&place.file).or_else(|| of_function(&place.function));
    let part = MODULES
        .iter()
        .find(|(_, modules)| module.is_some_and(|module| modules.contains(&module)));
    part.map_or(Part::Rest, |(part, _)| *part)
}

/// The module of `steps/32-borrow/src/headers.rs`.
fn of_file(file: &str) -> Option<&str> {
    let (_, path) = file.split_once("steps/")?;
    let (_, module) = path.split_once("/src/")?;
    module.strip_suffix(".rs")
}

/// The module of `step_32::headers::Headers::parse`, into which generic code was inlined.
fn of_function(function: &str) -> Option<&str> {
    let (_, path) = function.split_once("step_")?;
    path.split("::").nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part_of(function: &str, file: &str) -> Part {
        part(&Place { function: function.into(), file: file.into() })
    }

    #[test]
    fn a_line_counts_where_it_belongs() {
        let parse = "step_32::headers::Headers::parse";
        assert_eq!(part_of("_int_free", "./malloc/./malloc/malloc.c"), Part::Memory);
        assert_eq!(part_of(parse, "steps/32-borrow/src/headers.rs"), Part::Parser);
        assert_eq!(part_of(parse, "library/core/src/slice/iter/macros.rs"), Part::Parser);
        assert_eq!(part_of(parse, "library/core/src/str/pattern.rs"), Part::Texts);
        assert_eq!(
            part_of("step_32::server::Server::run", "mio-1/src/poll.rs"),
            Part::Loop
        );
        assert_eq!(part_of("(below main)", "???"), Part::Rest);
    }
}
