//! Files: a folder becomes pages.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::page::Page;
use crate::percent;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::router::{self, Route};
use crate::target;

/// What answers for a path that has a file.
pub const ROUTE: Route = Route::new("GET", "*", show);

/// The folder, in full and without links; none if we have no files.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Makes pages of what is in this folder, but for what begins with a dot.
///
/// # Errors
/// If there is no such folder.
pub fn publish(folder: &str) -> io::Result<()> {
    let folder = Path::new(folder).canonicalize()?;
    if !folder.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    FOLDER.get_or_init(|| folder);
    Ok(())
}

/// Whether there is a file, or a folder with an index, at this URI.
pub fn has(uri: &str) -> bool {
    find(uri).is_some()
}

/// The page of the folder that says that there is none.
pub fn not_found() -> Option<Response> {
    let page = Page::open(&file(FOLDER.get()?.join("404.html"))?).ok()?;
    Some(page.whole(Status::NOT_FOUND).without("Last-Modified"))
}

fn show(request: &Request) -> Response {
    match find(request.uri()) {
        Some(Found::File(file)) => Page::open(&file)
            .map(|page| page.answer(request))
            .unwrap_or_else(|error| unreadable(request, error)),
        Some(Found::Folder) => add_slash(request.uri()),
        // It has gone in the meantime.
        None => router::not_found(request),
    }
}

fn unreadable(request: &Request, error: io::Error) -> Response {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => router::not_found(request),
        // There may be no descriptor left.
        _ => Response::new(Status::INTERNAL_SERVER_ERROR, "The file can't be read.\n"),
    }
}

/// Sends the client to where the links of an index lead to what is in its folder.
fn add_slash(uri: &str) -> Response {
    let (path, query) = target::split(uri);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Response::new(Status::MOVED_PERMANENTLY, "")
        .header("Location", format!("{path}/{query}"))
}

/// What there is at a path.
enum Found {
    File(PathBuf),
    /// Its index is at the path with a slash.
    Folder,
}

fn find(uri: &str) -> Option<Found> {
    let (path, _) = target::split(uri);
    let found = below(locate(path)?)?;
    match (found.is_dir(), path.ends_with('/')) {
        (true, true) => file(found.join("index.html")).map(Found::File),
        (true, false) => file(found.join("index.html")).map(|_| Found::Folder),
        (false, false) => file(found).map(Found::File),
        (false, true) => None,
    }
}

/// Where the file of a path would be. Each of its names is decoded once, and after the path
/// has been cut, so that no `%2F` is a slash.
fn locate(path: &str) -> Option<PathBuf> {
    let names = path.strip_suffix('/').unwrap_or(path).split('/').skip(1);
    names.map(percent::decode).try_fold(FOLDER.get()?.clone(), |folder, name| {
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
fn below(path: PathBuf) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.starts_with(FOLDER.get()?).then_some(path)
}

/// The same, if it is a file. (Who opens a pipe waits for somebody to write into it.)
fn file(path: PathBuf) -> Option<PathBuf> {
    below(path).filter(|path| path.is_file())
}
