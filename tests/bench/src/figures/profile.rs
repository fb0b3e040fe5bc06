//! Where the instructions of a request go, by the parts of a server.

use std::collections::BTreeMap;

use suite::record::Part;

use super::callgrind::Place;

/// Files of the standard library, of the system's, and of crates, by what they do. They count
/// as that, whoever calls them.
const FILES: [(Part, &[&str]); 5] = [
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
            "./socket/",
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

/// Modules of a step, by what they do. What is inlined into them from elsewhere, such as the
/// iterators of the standard library, counts as theirs.
const MODULES: [(Part, &[&str]); 5] = [
    (
        Part::Parser,
        &[
            "request", "headers", "framing", "chunked", "progress", "method", "target",
            "percent", "classes", "scanner", "error",
        ],
    ),
    (Part::Response, &["response", "body", "clock", "cookie"]),
    // The crate `route` has nothing but a `lib`.
    (Part::Routes, &["router", "template", "main", "files", "page", "session", "lib"]),
    (Part::Connection, &["connection", "patience", "record"]),
    (
        Part::Loop,
        &[
            "server",
            "event_loop",
            "client",
            "socket",
            "desk",
            "workers",
            "log",
            "listener",
            "loops",
            "handle",
            "settings",
        ],
    ),
];

/// Functions of the standard library and of crates, by how their names begin, or that of the
/// type they belong to. What is inlined into them counts as theirs.
const FUNCTIONS: [(Part, &[&str]); 5] = [
    (Part::Memory, &["alloc::raw_vec::", "alloc::alloc::"]),
    (Part::Copies, &["std::io::default_read_to_end"]),
    (Part::Formatting, &["core::fmt::", "alloc::fmt::"]),
    (
        Part::Texts,
        &["core::str::", "core::slice::memchr::", "alloc::str::", "alloc::string::"],
    ),
    (Part::Loop, &["mio::", "slab::", "std::io::", "std::sys::", "std::time::"]),
];

/// Adds up by parts what is known by places. `inlined_into` knows, innermost first, the files of
/// the functions that a place was inlined into.
pub fn by_parts(
    places: impl IntoIterator<Item = (Place, f64)>,
    inlined_into: impl Fn(&Place) -> Vec<String>,
) -> BTreeMap<Part, f64> {
    let mut parts = BTreeMap::new();
    for (place, instructions) in places {
        *parts.entry(part(&place, &inlined_into(&place))).or_default() += instructions;
    }
    parts
}

fn part(place: &Place, inlined_into: &[String]) -> Part {
    let Place { file, function, .. } = place;
    let ours = || {
        let files = [file].into_iter().chain(inlined_into);
        let module = files.into_iter().find_map(|file| of_file(file));
        look_up(&MODULES, |name| module == Some(name))
    };
    let of_library = || {
        let function = function.trim_start_matches('<');
        look_up(&FUNCTIONS, |start| function.starts_with(start))
            .or(function.contains("fmt::Write").then_some(Part::Formatting))
    };
    let around = || {
        let module = of_function(function);
        look_up(&MODULES, |name| module == Some(name))
    };
    look_up(&FILES, |part| file.contains(part))
        .or_else(ours)
        .or_else(of_library)
        .or_else(around)
        .unwrap_or(Part::Rest)
}

/// The part of the first row that has a fitting word.
fn look_up(table: &[(Part, &[&str])], fits: impl Fn(&str) -> bool) -> Option<Part> {
    let row = table.iter().find(|(_, words)| words.iter().any(|word| fits(word)))?;
    Some(row.0)
}

/// The module of `steps/32-borrow/src/headers.rs`.
fn of_file(file: &str) -> Option<&str> {
    let (_, path) = file.split_once("steps/")?;
    let (_, module) = path.split_once("/src/")?;
    module.strip_suffix(".rs")
}

/// The module of `step_32::headers::Headers::parse`; the last step is a library, which has a
/// name of its own.
fn of_function(function: &str) -> Option<&str> {
    let names = ["step_", "longhand"];
    let (_, path) = names.into_iter().find_map(|name| function.split_once(name))?;
    path.split("::").nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part_of(function: &str, file: &str, inlined_into: &[&str]) -> Part {
        let place = Place {
            object: "step-32".into(),
            address: 0,
            function: function.into(),
            file: file.into(),
        };
        part(&place, &inlined_into.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_counts_where_it_belongs() {
        let parse = "step_32::headers::Headers::parse";
        let iterator = "library/core/src/slice/iter/macros.rs";
        let headers = "/home/me/book/steps/32-borrow/src/headers.rs";
        let proceed = "/home/me/book/steps/32-borrow/src/connection.rs";
        // The system's functions are in files below `socket/`, too.
        let in_socket = "/home/me/book/steps/44-socket/src/request.rs";
        for (function, file, inlined_into, part) in [
            ("_int_free", "./malloc/./malloc/malloc.c", &[][..], Part::Memory),
            (parse, headers, &[], Part::Parser),
            (parse, in_socket, &[], Part::Parser),
            ("recv", "./socket/../sysdeps/unix/sysv/linux/recv.c", &[], Part::Loop),
            (parse, iterator, &[], Part::Parser),
            (parse, "library/core/src/str/pattern.rs", &[headers], Part::Texts),
            (
                "step_32::connection::Connection::proceed",
                iterator,
                &["library/alloc/src/vec/mod.rs", headers, proceed],
                Part::Parser,
            ),
            ("step_32::server::Server::run", "mio-1/src/poll.rs", &[], Part::Loop),
            ("<core::str::pattern::Searcher>::next", iterator, &[], Part::Texts),
            ("<alloc::vec::Vec<T>>::from_iter", iterator, &[headers], Part::Parser),
            ("<alloc::vec::Vec<T>>::from_iter", iterator, &[], Part::Rest),
            ("(below main)", "???", &[], Part::Rest),
        ] {
            assert_eq!(part_of(function, file, inlined_into), part, "{function}, {file}");
        }
    }
}
