//! The panel that shows a browser's request, byte by byte, and what the chapter's step
//! makes of it. It is drawn here from a recorded request; served by `cargo run`, the
//! page's script draws it again, from the request that the reader's browser has sent.

use crate::explorer::html;

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

/// The panel of a step's chapter.
pub fn to_html(step: u8) -> String {
    format!(
        "<figure class=\"request\" data-step=\"{step}\">\n\
         <figcaption>A request that a browser has sent, recorded</figcaption>\n{}</figure>\n",
        html::inside(RECORDED.as_bytes(), step)
    )
}
