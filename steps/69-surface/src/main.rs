//! The application: its pages, and `main`. The modules are the server.

mod body;
mod chunked;
mod classes;
mod client;
mod clock;
mod connection;
mod cookie;
mod desk;
mod error;
mod event_loop;
mod files;
mod framing;
mod handle;
mod headers;
mod log;
mod loops;
mod method;
mod page;
mod patience;
mod percent;
mod progress;
mod range;
mod record;
mod request;
mod response;
mod router;
mod scanner;
mod server;
mod session;
mod settings;
mod socket;
mod target;
mod template;
mod version;
mod workers;

use std::env;
use std::io;
use std::panic;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use route::route;

use body::Body;
use cookie::Cookie;
use error::Error;
use files::Files;
use log::Log;
use method::Method;
use request::Request;
use response::{Response, Status};
use router::Route;
use server::Server;
use session::Sessions;

fn main() -> io::Result<()> {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let tells_answers = env::var("RUST_LOG").as_deref() != Ok("error");
    let log = Log::to(io::stderr())?.answers(tells_answers);
    let mut server =
        Server::bind(address)?.routes(ROUTES).routes(routes_with(Sessions::new()));
    server = server.log(log.clone());
    if let Some(folder) = env::args().nth(2) {
        let files = Files::below(&folder).map_err(|error| {
            io::Error::new(error.kind(), format!("{folder} can't be shown: {error}"))
        })?;
        server = server.fallback(files);
    }
    let (place, handle) = (server.local_addr()?, server.handle());
    ctrlc::set_handler(move || {
        // Who asks twice doesn't want to wait.
        if !handle.stop() {
            process::exit(1);
        }
    })
    .map_err(io::Error::other)?;
    // Whoever reads this may ask us to stop.
    println!("listening on http://{place}");
    // From now on, what a panic says is a line of the log, and so holds up nobody.
    let panics = log.clone();
    panic::set_hook(Box::new(move |it| panics.say(it.to_string().replace('\n', " "))));
    server.run()?;
    log.flush();
    Ok(())
}

const ROUTES: &[Route] = &[
    hello,
    greet,
    namaste,
    echo,
    visit,
    introduce,
    form,
    squares,
    slow.on_worker(),
    panic,
    describe,
];

/// The pages of those who log in: all three know of the same sessions.
fn routes_with(sessions: Sessions) -> [Route; 3] {
    let sessions = Arc::new(sessions);
    let route = |method, uri, handler: fn(&Request, &Sessions) -> Response| {
        let sessions = Arc::clone(&sessions);
        Route::from_fn(method, uri, move |request| handler(request, &sessions))
    };
    [
        route("POST", "/login", login),
        route("POST", "/logout", logout),
        route("GET", "/protected", protected),
    ]
}

#[route("GET", "/hi")]
fn hello(_request: &Request) -> Response {
    Response::new(Status::OK, "Hello World!")
}

/// Greets whoever is named in the path: `/hi/Ada?greeting=Welcome`.
#[route("GET", "/hi/{name}")]
fn greet(request: &Request) -> Response {
    let name = request.parameter("name").unwrap_or_default();
    let greeting = request.query("greeting").unwrap_or("Hello".into());
    Response::new(Status::OK, format!("{greeting} {name}!\n"))
}

#[route("GET", "/namaste")]
fn namaste(_request: &Request) -> Response {
    Response::new(Status::OK, "Namaste!")
}

#[route("POST", "/echo")]
fn echo(request: &Request) -> Response {
    Response::new(Status::OK, request.body().to_vec())
        .content_type("application/octet-stream")
}

/// How long a client shall remember its user.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

#[route("GET", "/visits")]
fn visit(request: &Request) -> Response {
    let before = request.cookie("visits").and_then(|count| count.parse().ok());
    let visits = before.unwrap_or(0_u64).saturating_add(1);
    let name = request.cookie("name").unwrap_or("Stranger".into());
    Response::new(Status::OK, format!("{name}, this is visit {visits}.\n"))
        .header("Cache-Control", "no-store")
        .cookie(Cookie::new("visits", visits).max_age(YEAR))
}

/// Remembers the name that a form sends.
#[route("POST", "/name")]
fn introduce(request: &Request) -> Response {
    let Some(name) = request.field("name").filter(|name| !name.is_empty()) else {
        return Error::bad_request("There must be a name.").into();
    };
    let cookie = Cookie::new("name", name).max_age(YEAR);
    if !cookie.fits() {
        return Error::bad_request("The name is too long for a cookie.").into();
    }
    Response::see_other("/visits").cookie(cookie)
}

/// Who may log in, and with which password.
const USERS: &[(&str, &str)] = &[("ada", "lovelace"), ("grace", "hopper")];

#[route("GET", "/login")]
fn form(_request: &Request) -> Response {
    page(Status::OK, include_str!("login.html"), "Who are you?")
}

fn login(request: &Request, sessions: &Sessions) -> Response {
    let name = request.field("user").unwrap_or_default();
    let password = request.field("password").unwrap_or_default();
    let Some((user, _)) = USERS.iter().find(|pair| **pair == (&name, &password)) else {
        return unauthorized("Wrong name or password.");
    };
    if let Some(key) = request.cookie("session") {
        sessions.close(&key);
    }
    match sessions.open(user) {
        Ok(key) => Response::see_other("/protected").cookie(Cookie::new("session", key)),
        Err(error) => Response::from(error),
    }
}

fn logout(request: &Request, sessions: &Sessions) -> Response {
    if let Some(key) = request.cookie("session") {
        sessions.close(&key);
    }
    let forget = Cookie::new("session", "").max_age(Duration::ZERO);
    Response::see_other("/login").cookie(forget)
}

fn protected(request: &Request, sessions: &Sessions) -> Response {
    match request.cookie("session").and_then(|key| sessions.user(&key)) {
        Some(user) => page(Status::OK, include_str!("protected.html"), user),
        None => unauthorized("Log in first."),
    }
}

/// Asks for a login, and says how: by a form (RFC 9110, section 15.5.2).
fn unauthorized(message: &'static str) -> Response {
    page(Status::UNAUTHORIZED, include_str!("login.html"), message)
        .header("WWW-Authenticate", "Form")
}

/// A page in HTML, with a text of ours in the place of `{text}`. Nobody may keep it: what
/// it shows depends on who is logged in.
fn page(status: Status, html: &str, text: &'static str) -> Response {
    Response::new(status, html.replace("{text}", text))
        .content_type("text/html; charset=utf-8")
        .header("Cache-Control", "no-store")
}

/// More than anybody wants to keep, so each line is made when its turn comes.
#[route("GET", "/squares")]
fn squares(_request: &Request) -> Response {
    let lines = (1..=10_000_000_u64).map(|n| format!("{n} * {n} = {}\n", n * n));
    Response::new(Status::OK, Body::of(lines)).header("Cache-Control", "no-store")
}

#[route("GET", "/slow")]
fn slow(_request: &Request) -> Response {
    thread::sleep(Duration::from_secs(3));
    Response::new(Status::OK, "Sorry for the wait.\n")
}

#[route("GET", "/panic")]
fn panic(_request: &Request) -> Response {
    panic!("a handler has a bug");
}

/// Shows the client how we understood its request.
#[route("*", "/request")]
fn describe(request: &Request) -> Response {
    let (uri, version) = (request.uri(), request.version());
    // HEAD gets the length that GET would.
    let is_head = request.method() == Method::HEAD;
    let method = if is_head { "GET" } else { request.method().as_str() };
    let mut text = format!("method: {method}\nuri: {uri}\nversion: {version}\n");
    for (name, value) in request.headers().iter() {
        text += &format!("header {}: {value}\n", name.to_ascii_lowercase());
    }
    text += &format!("body: {}\n", String::from_utf8_lossy(request.body()));
    Response::new(Status::OK, text).header("Cache-Control", "no-store")
}
