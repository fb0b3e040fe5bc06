//! Files: a folder becomes pages.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::method::Method;
use crate::page::Page;
use crate::percent;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::{self, Handler, allowed};
use crate::target;

/// The files of a folder, but for those whose names begin with a dot. The path of the folder
/// is in full, and without links.
#[derive(Debug)]
pub struct Files(PathBuf);

/// What there is at a path.
enum Found {
    File(PathBuf),
    /// Its index is at the path with a slash.
    Folder,
}

impl Files {
    /// What is below this folder.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn below(folder: impl AsRef<Path>) -> io::Result<Files> {
        let folder = folder.as_ref().canonicalize()?;
        if !folder.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        Ok(Files(folder))
    }
}

impl Handler for Files {
    fn answer(&self, request: &Request) -> Response {
        let response = show(&self.0, request).or_else(|| not_found(&self.0));
        response.unwrap_or_else(|| router::not_found(request))
    }
}

/// The page of the folder that says that there is none.
fn not_found(folder: &Path) -> Option<Response> {
    let page = Page::open(&file(folder, folder.join("404.html"))?).ok()?;
    Some(page.whole(Status::NOT_FOUND).without("Last-Modified"))
}

/// Answers if there is a file, or a folder with an index.
fn show(folder: &Path, request: &Request) -> Option<Response> {
    let reads = |method| [Method::GET, Method::HEAD].contains(&method);
    match find(folder, request.uri())? {
        _ if !reads(request.method) => Some(allowed(request, reads)),
        Found::File(file) => match Page::open(&file) {
            Ok(page) => Some(page.answer(request)),
            Err(error) => unreadable(error),
        },
        Found::Folder => Some(add_slash(request.uri())),
    }
}

/// If we must not read it, there is nothing.
fn unreadable(error: io::Error) -> Option<Response> {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => None,
        // There may be no descriptor left.
        _ => {
            let status = Status::INTERNAL_SERVER_ERROR;
            Some(Response::new(status, "The file can't be read.\n"))
        }
    }
}

/// Sends the client to where the links of an index lead to what is in its folder.
fn add_slash(uri: &str) -> Response {
    let (path, query) = target::split(uri);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Response::new(Status::MOVED_PERMANENTLY, "")
        .header("Location", format!("{path}/{query}"))
}

fn find(folder: &Path, uri: &str) -> Option<Found> {
    let (path, _) = target::split(uri);
    let found = below(folder, folder.join(locate(path)?))?;
    let file = |path| file(folder, path);
    match (found.is_dir(), path.ends_with('/')) {
        (true, true) => file(found.join("index.html")).map(Found::File),
        (true, false) => file(found.join("index.html")).map(|_| Found::Folder),
        (false, false) => file(found).map(Found::File),
        (false, true) => None,
    }
}

/// Where in the folder the file of a path would be. Each of its names is decoded once, and
/// after the path has been cut, so that no `%2F` is a slash.
fn locate(path: &str) -> Option<PathBuf> {
    let names = path.strip_suffix('/').unwrap_or(path).split('/').skip(1);
    names.map(percent::decode).try_fold(PathBuf::new(), |folder, name| {
        is_plain(&name).then(|| folder.join(name))
    })
}

/// Whether it means a thing in the folder and nothing else, whatever the system. `..` means
/// another folder, `a\b` is a path on Windows, and `a:b`, `a.` or `a~1` another file there.
fn is_plain(name: &str) -> bool {
    let is_special = |char: char| char.is_control() || "/\\:~\u{FFFD}".contains(char);
    let is_hidden = name.is_empty() || name.starts_with('.');
    !is_hidden && !name.ends_with(['.', ' ']) && !name.contains(is_special)
}

/// The path without links, if there is something and no link leads out of the folder.
fn below(folder: &Path, path: PathBuf) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.starts_with(folder).then_some(path)
}

/// The same, if it is a file. (Who opens a pipe waits for somebody to write into it.)
fn file(folder: &Path, path: PathBuf) -> Option<PathBuf> {
    below(folder, path).filter(|path| path.is_file())
}
