//! The panel that shows a browser's request, byte by byte, and what the chapter's step
//! makes of it. It is drawn here from a recorded request; served by `cargo run`, the
//! page's script draws it again, from the request that the reader's browser has sent.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::render::html::escape;

/// What a browser has sent (Chromium on Linux), asked by a script for `/request`.
pub const RECORDED: &str = "GET /request HTTP/1.1\r\n\
    Host: 127.0.0.1:3000\r\n\
    Connection: keep-alive\r\n\
    sec-ch-ua-platform: \"Linux\"\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/156.0.0.0 Safari/537.36\r\n\
    Accept: */*\r\n\
    Sec-Fetch-Site: same-origin\r\n\
    Sec-Fetch-Mode: cors\r\n\
    Sec-Fetch-Dest: empty\r\n\
    Referer: http://127.0.0.1:3000/02-parser.html\r\n\
    Accept-Encoding: gzip, deflate, br, zstd\r\n\
    Accept-Language: en-GB\r\n\
    \r\n";

/// The step that takes a request apart, and the one that keeps its headers in order.
const PARSER: u8 = 2;
const HEADERS: u8 = 10;

/// The panel of a step's chapter.
pub fn to_html(step: u8) -> String {
    let mut html = format!(
        "<figure class=\"request\" data-step=\"{step}\">\n\
         <figcaption>A request that a browser has sent, recorded</figcaption>\n\
         <pre class=\"request-bytes\">{}</pre>\n",
        visible(RECORDED)
    );
    if step >= PARSER {
        let _ = write!(
            html,
            "<p>What step {step:02} makes of it:</p>\n<pre class=\"request-parsed\">{}</pre>\n",
            escape(parse(RECORDED, step).trim_end())
        );
    }
    html + "</figure>\n"
}

/// A text whose line ends can be seen. Inside of it there is no empty line, or Markdown
/// would end the block.
fn visible(text: &str) -> String {
    let lines = text.split_inclusive("\r\n").map(|line| {
        format!("<span>{}<b>\\r\\n</b>\n</span>", escape(line.trim_end_matches("\r\n")))
    });
    lines.collect()
}

/// What a step's page `/request` says of a request.
fn parse(request: &str, step: u8) -> String {
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((request, ""));
    let mut lines = head.split("\r\n");
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let names = ["method", "uri", "version"];
    let mut text: String =
        names.iter().zip(words).map(|(name, word)| format!("{name}: {word}\n")).collect();
    let mut headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    if step < HEADERS {
        // Until then they are kept in a map, in which the last of one name stays.
        headers = headers.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
    }
    for (name, value) in headers {
        let _ = writeln!(text, "header {name}: {value}");
    }
    let _ = writeln!(text, "body: {body}");
    text
}
