//! What a step says of the beginnings of a request: a slider over its bytes.
//!
//! ````text
//! ```prefixes,step-11
//! # with a body of two bytes
//! POST /echo HTTP/1.1\r\n
//! Host: x\r\n
//! Content-Length: 2\r\n
//! \r\n
//! hi
//! > 0 not yet
//! > 51 a request of 51 bytes
//! ```
//! ````
//!
//! Behind `>` stands from how many bytes on the step says what. A test asks the step.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};

use crate::chapter::code_block::{CodeBlock, written_out};
use crate::render::html::escape;

/// The word that begins such a block.
pub const INFO: &str = "prefixes";

/// A request, and what the step says of its beginnings.
#[derive(Debug, PartialEq, Eq)]
pub struct Prefixes {
    /// What is special about it.
    pub name: String,
    pub bytes: Vec<u8>,
    /// From how many bytes on the step says what, in that order.
    pub says: Vec<(usize, String)>,
}

/// Reads the requests of a block.
///
/// # Errors
/// If a line is none of those above, or a number isn't larger than the one before.
pub fn read(block: &CodeBlock) -> Result<Vec<Prefixes>> {
    let mut all: Vec<Prefixes> = Vec::new();
    for line in &block.body {
        if let Some(name) = line.strip_prefix("# ") {
            all.push(Prefixes { name: name.into(), bytes: Vec::new(), says: Vec::new() });
            continue;
        }
        let Some(last) = all.last_mut() else {
            bail!("before its lines, a request has a name: `# a request of curl's`");
        };
        match line.strip_prefix("> ") {
            Some(line) => {
                let (from, says) =
                    line.split_once(' ').context("write `> 51 not yet`")?;
                let from =
                    from.parse().with_context(|| format!("{from} is no number"))?;
                let is_next = last.says.last().is_none_or(|(before, _)| *before < from);
                ensure!(
                    is_next && from <= last.bytes.len(),
                    "`> {line}` is out of order"
                );
                last.says.push((from, says.into()));
            }
            None => last.bytes.extend(written_out(line).bytes()),
        }
    }
    Ok(all)
}

/// The figure: each request with its bytes and a table. `theme/prefixes.js` puts a slider
/// in the place of the tables.
///
/// # Errors
/// If the block can't be read.
pub fn to_html(block: &CodeBlock) -> Result<String> {
    let step = block.info.get(1).and_then(|step| step.strip_prefix("step-"));
    let step = step.context("the step is missing: ```prefixes,step-11")?;
    let mut html = format!(
        "<figure class=\"prefixes\">\n<figcaption>What step {step} says, while the bytes of a \
         request come</figcaption>\n"
    );
    for Prefixes { name, bytes, says } in read(block)? {
        let name = escape(&name);
        let _ = writeln!(
            html,
            "<section aria-label=\"A request {name}\">\n<p>A request {name}:</p>\n\
             <pre>{}</pre>\n<div class=\"table-wrapper\"><table>\n<thead><tr><th>bytes that \
             have come</th><th>it says</th></tr></thead>\n<tbody>",
            one_by_one(&bytes)
        );
        let ends = says.iter().skip(1).map(|(next, _)| next - 1).chain([bytes.len()]);
        for ((from, says), to) in says.iter().zip(ends) {
            let range =
                if *from == to { to.to_string() } else { format!("{from} to {to}") };
            let _ = writeln!(
                html,
                "<tr data-from=\"{from}\"><th scope=\"row\">{range}</th><td>{}</td></tr>",
                escape(says)
            );
        }
        html += "</tbody>\n</table></div>\n</section>\n";
    }
    Ok(html + "</figure>\n")
}

/// Bytes, each in an element of its own.
fn one_by_one(bytes: &[u8]) -> String {
    let element = |byte: &u8| match byte {
        b'\r' => "<i class=\"end\">\\r</i>".to_string(),
        b'\n' => "<i class=\"end\">\\n</i>\n".to_string(),
        byte => format!("<i>{}</i>", escape(&char::from(*byte).to_string())),
    };
    bytes.iter().map(element).collect::<String>().trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(body: &'static str) -> CodeBlock<'static> {
        CodeBlock {
            info: vec![INFO, "step-11"],
            body: body.lines().collect(),
            lines: 0..0,
        }
    }

    #[test]
    fn a_block_has_requests() {
        let block =
            block("# a\nA\\r\\n\nB\n> 0 not yet\n> 4 a request of 4 bytes\n# b\n");
        let says = vec![(0, "not yet".into()), (4, "a request of 4 bytes".into())];
        let [a, b] = &read(&block).unwrap()[..] else { panic!("two") };
        assert_eq!(*a, Prefixes { name: "a".into(), bytes: b"A\r\nB".to_vec(), says });
        assert_eq!(*b, Prefixes { name: "b".into(), bytes: vec![], says: vec![] });
        let html = to_html(&block).unwrap();
        assert!(html.contains("<th scope=\"row\">0 to 3</th><td>not yet</td>"), "{html}");
        assert!(html.contains("<th scope=\"row\">4</th>"), "{html}");
        assert!(html.contains("<i>A</i><i class=\"end\">\\r</i>"), "{html}");
        assert!(!html.contains("\n\n"), "{html}");
    }

    #[test]
    fn numbers_go_up() {
        for wrong in
            ["A", "# a\nA\n> 0 x\n> 0 y", "# a\nA\n> 2 x", "# a\n> x", "# a\n> x y"]
        {
            assert!(read(&block(wrong)).is_err(), "{wrong}");
        }
    }
}
