//! A request with its parts, as HTML: the bytes, what a step makes of them, and a table of
//! what the parts are. `theme/request.js` makes it one that can be touched.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::explorer::meaning::{self, Meaning};
use crate::explorer::parts::{Kind, Part, parts};
use crate::render::html::escape;

/// The step that takes a request apart, and the one that keeps its headers in order.
const PARSER: u8 = 2;
const HEADERS: u8 = 10;

/// What is in the panel of a step's chapter, below the caption. There is no empty line in
/// it, or Markdown would end the block, unless there is one in the body.
pub fn inside(data: &[u8], step: u8) -> String {
    let parts = parts(data);
    let bytes = format!("<pre class=\"request-bytes\">{}</pre>\n", bytes(data, &parts));
    let made = if step >= PARSER { made(data, &parts, step) } else { String::new() };
    format!("<div class=\"request-sides\">\n{bytes}{made}</div>\n{}", table(data, &parts))
}

/// The bytes. Their line ends can be seen, and those of the head are line ends here, too.
fn bytes(data: &[u8], parts: &[Part]) -> String {
    let lines = parts.chunk_by(|one, next| {
        one.line == next.line && one.kind != Kind::EmptyLine && next.kind != Kind::Body
    });
    let mut html = String::new();
    for line in lines {
        html += "<span>";
        line.iter().for_each(|part| html += &one(data, part));
        html += "\n</span>";
    }
    html
}

/// A part of the bytes. What it is, and what the step makes of it, is found by its
/// attributes.
fn one(data: &[u8], part: &Part) -> String {
    let text = escape(&part.text(data)).replace('\r', "\\r").replace('\n', "\\n");
    let Some((key, _)) = meaning(data, part) else { return text };
    let tag = if text.starts_with('\\') { "b" } else { "span" };
    match twin(part) {
        Some(twin) => {
            format!("<{tag} data-meaning=\"{key}\" data-twin=\"{twin}\">{text}</{tag}>")
        }
        None => format!("<{tag} data-meaning=\"{key}\">{text}</{tag}>"),
    }
}

/// What connects a part with what is made of it.
fn twin(part: &Part) -> Option<String> {
    let name = match part.kind {
        Kind::Method => "method",
        Kind::Target => "uri",
        Kind::Version => "version",
        Kind::Name => return Some(format!("name-{}", part.line)),
        Kind::Value => return Some(format!("value-{}", part.line)),
        Kind::Body => "body",
        _ => return None,
    };
    Some(name.into())
}

/// A word for what a part is, and what that means.
fn meaning(data: &[u8], part: &Part) -> Option<(String, &'static Meaning)> {
    let name = (part.kind == Kind::Name).then(|| part.text(data));
    let meaning = name
        .and_then(|name| meaning::of_header(&name))
        .or_else(|| meaning::of_kind(part.kind))?;
    Some((meaning.title.to_ascii_lowercase().replace(' ', "-"), meaning))
}

/// What a step's page `/request` says.
fn made(data: &[u8], parts: &[Part], step: u8) -> String {
    let mut html = format!(
        "<div>\n<p>What step {step:02} makes of it:</p>\n<pre class=\"request-parsed\">"
    );
    let linked = |part: &Part, text: String| {
        let twin = twin(part).unwrap_or_default();
        format!("<span data-twin=\"{twin}\">{}</span>", escape(&text))
    };
    let as_it_is = |part| linked(part, part.text(data));
    for (kind, name) in
        [(Kind::Method, "method"), (Kind::Target, "uri"), (Kind::Version, "version")]
    {
        let part = parts.iter().find(|part| part.kind == kind);
        let _ = writeln!(html, "{name}: {}", part.map(as_it_is).unwrap_or_default());
    }
    for (name, value) in headers(data, parts, step) {
        let value = value.map(as_it_is).unwrap_or_default();
        let name = linked(name, name.text(data).to_ascii_lowercase());
        let _ = writeln!(html, "header {name}: {value}");
    }
    let body = parts.iter().find(|part| part.kind == Kind::Body).map(as_it_is);
    let _ = write!(html, "body: {}", body.unwrap_or_default());
    html.truncate(html.trim_end().len());
    html + "</pre>\n</div>\n"
}

/// The names and values of the headers. Before step 10 they are kept in a map, in which the
/// last of one name stays.
fn headers<'a>(
    data: &[u8],
    parts: &'a [Part],
    step: u8,
) -> Vec<(&'a Part, Option<&'a Part>)> {
    let value = |name: &Part| {
        parts.iter().find(|part| part.kind == Kind::Value && part.line == name.line)
    };
    let names = parts.iter().filter(|part| part.kind == Kind::Name);
    let headers = names.map(|name| (name, value(name)));
    if step >= HEADERS {
        return headers.collect();
    }
    let key = |name: &Part| name.text(data).to_ascii_lowercase();
    headers
        .map(|header| (key(header.0), header))
        .collect::<BTreeMap<_, _>>()
        .into_values()
        .collect()
}

/// What the parts are, each once.
fn table(data: &[u8], parts: &[Part]) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper request-parts\"><table>\n<thead><tr><th>part</th>\
         <th>what it is</th></tr></thead>\n<tbody>\n",
    );
    let mut told = Vec::new();
    for (key, meaning) in parts.iter().filter_map(|part| meaning(data, part)) {
        if !told.contains(&key) {
            let _ = writeln!(html, "<tr data-meaning=\"{key}\">{}</tr>", cells(meaning));
            told.push(key);
        }
    }
    html + "</tbody>\n</table></div>\n"
}

fn cells(meaning: &Meaning) -> String {
    let Meaning { title, sentence, chapter, rfc } = meaning;
    let sentence = sentence.replace('\'', "’");
    let number = chapter.split('-').next().unwrap_or_default().trim_start_matches('0');
    let rfc = rfc.map(|(rfc, section)| {
        format!(
            ", <a href=\"https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}\">RFC {rfc}, \
             section {section}</a>"
        )
    });
    format!(
        "<th scope=\"row\">{title}</th><td>{sentence} (<a href=\"{chapter}.html\">Chapter \
         {number}</a>{})</td>",
        rfc.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] = b"GET /<a> HTTP/1.1\r\nX-B: 1\r\nHost: x\r\nx-b: 2\r\n\r\n";

    #[test]
    fn a_part_has_a_twin() {
        let html = inside(REQUEST, 10);
        for part in [
            "<span data-meaning=\"the-target\" data-twin=\"uri\">/&lt;a&gt;</span>",
            "uri: <span data-twin=\"uri\">/&lt;a&gt;</span>\n",
            "<span data-meaning=\"host\" data-twin=\"name-2\">Host</span>: ",
            "header <span data-twin=\"name-2\">host</span>: <span data-twin=\"value-2\">x</span>\n",
            "<b data-meaning=\"the-empty-line\">\\r\\n</b>\n</span></pre>",
            "<tr data-meaning=\"host\"><th scope=\"row\">Host</th>",
        ] {
            assert!(html.contains(part), "{part} is not in\n{html}");
        }
        assert!(!html.contains("\n\n"), "{html}");
    }

    #[test]
    fn a_map_has_one_of_each_name() {
        let made = |step| {
            let html = inside(REQUEST, step);
            let (_, made) = html.split_once("request-parsed").unwrap();
            made.matches("\nheader ").count()
        };
        assert_eq!([made(2), made(10)], [2, 3]);
        assert!(!inside(REQUEST, 1).contains("request-parsed"));
    }
}
