//! Whether a server shows the folder of the cases as it is: somebody may have changed a file
//! in a copy of it, to see what becomes of that.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::{fs, str};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::client::{self, Trouble};
use crate::message::Message;

/// What is in a path as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');

/// A file that no server need show: there is a page of the same name.
const HIDDEN_BY_A_PAGE: &str = "hi";

/// The files of a folder that the server has with other bytes, by their paths in it. Those
/// that it doesn't show aren't among them, and if all are others, none is: then what it shows
/// is no copy.
///
/// # Errors
/// If the folder can't be read.
pub fn changed(folder: &Path, address: SocketAddr) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    add_files(folder, "", &mut files)?;
    files.sort();
    let count = files.len();
    let mut changed = Vec::new();
    for file in files {
        match get(&file, address) {
            Ok(Some(body)) if body != fs::read(folder.join(&file))? => changed.push(file),
            Ok(_) => {}
            // It has ended, or answers nothing: that is said elsewhere.
            Err(_) => break,
        }
    }
    Ok(if changed.len() < count { changed } else { Vec::new() })
}

/// Adds the files that are no links, and whose names don't begin with a dot.
fn add_files(folder: &Path, above: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let path = format!("{above}{}", name.to_string_lossy());
        if kind.is_dir() {
            add_files(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && !path.starts_with('.') && path != HIDDEN_BY_A_PAGE {
            files.push(path);
        }
    }
    Ok(())
}

/// What the server shows at this path, if it shows anything.
fn get(path: &str, address: SocketAddr) -> Result<Option<Vec<u8>>, Trouble> {
    let mut stream = client::connect(address)?;
    let path = utf8_percent_encode(path, PATH);
    let request =
        format!("GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut received = Vec::new();
    client::read_response(&mut stream, false, &mut received)?;
    let message = Message::parse(&received).ok();
    Ok(message.filter(|it| it.status.code == "200").map(|it| it.body))
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::root;

    /// A server that ends with the tests.
    fn serve(answer: impl Fn(&str) -> Option<Vec<u8>> + Send + 'static) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut buffer = [0; 4096];
                let length = stream.read(&mut buffer).unwrap();
                let request = str::from_utf8(&buffer[..length]).unwrap();
                let path = request.split(' ').nth(1).unwrap();
                let (status, body) = match answer(path) {
                    Some(body) => ("200 OK", body),
                    None => ("404 Not Found", Vec::new()),
                };
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n");
                stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
            }
        });
        address
    }

    #[test]
    fn what_has_changed_is_named() {
        let folder = root::folder().unwrap();
        let here = folder.clone();
        let address = serve(move |path| match path {
            "/index.html" | "/two%20words.txt" | "/hi" => Some(b"mine".to_vec()),
            "/chapter/index.html" => None,
            path => fs::read(here.join(path.trim_start_matches('/'))).ok(),
        });
        assert_eq!(changed(&folder, address).unwrap(), ["index.html", "two words.txt"]);
    }

    #[test]
    fn where_all_is_other_nothing_has_changed() {
        let address = serve(|_| Some(b"mine".to_vec()));
        assert_eq!(changed(&root::folder().unwrap(), address).unwrap(), [""; 0]);
    }
}
