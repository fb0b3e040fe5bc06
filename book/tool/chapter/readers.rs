//! One message and two readers: where does its request end for somebody who goes by
//! `Content-Length`, and where for somebody who goes by `Transfer-Encoding`?
//!
//! ````text
//! ```readers
//! POST /echo HTTP/1.1\r\n
//! Content-Length: 1\r\n
//! Transfer-Encoding: chunked\r\n
//! \r\n
//! 0\r\n
//! \r\n
//! > Content-Length 70 74
//! > Transfer-Encoding 74
//! ```
//! ````
//!
//! Behind `>` stands after how many bytes each of the requests ends which this reader sees. A
//! test asks the steps.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};

use crate::chapter::code_block::{CodeBlock, written_out};
use crate::render::html::escape;

/// The word that begins such a block.
pub const INFO: &str = "readers";
/// Who reads, and by what it goes at first.
const WHO: [(&str, &str); 2] =
    [("proxy", "Transfer-Encoding"), ("server", "Content-Length")];

/// A message, and what its readers make of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Readers {
    pub bytes: Vec<u8>,
    /// By which header a reader goes, and after how many bytes each of its requests ends.
    pub ends: Vec<(String, Vec<usize>)>,
}

/// Reads a block.
///
/// # Errors
/// If a request ends where no line does, or before it begins.
pub fn read(block: &CodeBlock) -> Result<Readers> {
    let (mut bytes, mut ends) = (Vec::new(), Vec::new());
    for line in &block.body {
        match line.strip_prefix("> ") {
            Some(line) => {
                let mut words = line.split(' ');
                let header = words.next().unwrap_or_default().to_string();
                let numbers: Result<Vec<usize>, _> = words.map(str::parse).collect();
                ends.push((
                    header,
                    numbers.with_context(|| format!("`> {line}`: numbers"))?,
                ));
            }
            None => bytes.extend(written_out(line).bytes()),
        }
    }
    for end in ends.iter().flat_map(|(_, ends)| ends) {
        ensure!(bytes.get(end - 1) == Some(&b'\n'), "no line ends after {end} bytes");
    }
    for (_, by) in WHO {
        ensure!(ends.iter().any(|(header, _)| header == by), "`> {by}` is missing");
    }
    Ok(Readers { bytes, ends })
}

/// The figure: a row for each line of the message, with the number of the request that it is
/// of, for each of the readers. `theme/readers.js` lets one choose what they go by.
///
/// # Errors
/// If the block can't be read.
pub fn to_html(block: &CodeBlock) -> Result<String> {
    let Readers { bytes, ends } = read(block)?;
    let mut html = String::from(
        "<figure class=\"readers\">\n<figcaption>One message, two readers</figcaption>\n\
         <div class=\"table-wrapper\"><table>\n<thead><tr>",
    );
    for (who, by) in WHO {
        let _ = write!(
            html,
            "<th scope=\"col\" data-who=\"{who}\" data-by=\"{by}\">the {who}, by {by}</th>"
        );
    }
    html += "<th scope=\"col\">what is sent</th></tr></thead>\n<tbody>\n";
    let mut end = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        html += "<tr";
        for (header, ends) in &ends {
            let _ = write!(
                html,
                " data-{}=\"{}\"",
                header.to_lowercase(),
                request_of(ends, end)
            );
        }
        html += ">";
        for (_, by) in WHO {
            let ends = ends.iter().find(|(header, _)| header == by);
            let request = ends.map_or(0, |(_, ends)| request_of(ends, end));
            let _ = write!(html, "<td>{request}</td>");
        }
        let text =
            String::from_utf8_lossy(line).replace('\r', "\\r").replace('\n', "\\n");
        let text = text
            .strip_suffix("\\r\\n")
            .map_or(escape(&text), |text| format!("{}<b>\\r\\n</b>", escape(text)));
        let _ = writeln!(html, "<td><code>{text}</code></td></tr>");
    }
    Ok(html + "</tbody>\n</table></div>\n</figure>\n")
}

/// In which request, from 1 on, a line is that ends there.
fn request_of(ends: &[usize], end: usize) -> usize {
    ends.iter().filter(|other| **other < end).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: [&str; 4] =
        ["A\\r\\n", "B\\r\\n", "> Content-Length 3 6", "> Transfer-Encoding 6"];

    fn block(body: &[&'static str]) -> CodeBlock<'static> {
        CodeBlock { info: vec![INFO], body: body.to_vec(), lines: 0..0 }
    }

    #[test]
    fn each_line_is_of_a_request() {
        let html = to_html(&block(&BODY)).unwrap();
        let second = "<tr data-content-length=\"2\" data-transfer-encoding=\"1\"><td>1</td><td>2</td>\
                      <td><code>B<b>\\r\\n</b></code></td></tr>";
        assert!(html.contains(second), "{html}");
    }

    #[test]
    fn both_readers_are_there_and_end_with_lines() {
        assert!(read(&block(&BODY[..3])).is_err());
        let [a, b, ..] = BODY;
        for wrong in ["> Content-Length 2 6", "> Content-Length 9", "> Content-Length x"]
        {
            assert!(read(&block(&[a, b, wrong, BODY[3]])).is_err(), "{wrong}");
        }
    }
}
