//! Shows a folder: `cargo run --example folder -- the/folder`.

use longhand::{Files, Server};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or(".".into());
    Server::bind("127.0.0.1:8080")?.fallback(Files::below(folder)?).run()
}
