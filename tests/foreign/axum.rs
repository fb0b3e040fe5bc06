//! The pages of the tutorial on axum, with hyper below it.
//!
//! ```text
//! cargo run --example foreign-axum -- 127.0.0.1:8080
//! cargo run -- check 15
//! ```

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, io};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, Method, StatusCode, Uri, Version};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router()).await
}

/// The methods that the page knows: axum would take any word for one.
const DESCRIBED: MethodFilter = MethodFilter::GET
    .or(MethodFilter::POST)
    .or(MethodFilter::PUT)
    .or(MethodFilter::PATCH)
    .or(MethodFilter::DELETE);

fn router() -> Router {
    Router::new()
        .route("/hi", get("Hello World!"))
        .route("/namaste", get("Namaste!"))
        .route("/echo", post(async |body: Bytes| body))
        .route("/visits", get(visit))
        .route("/name", post(introduce))
        .route("/login", get(form).post(login))
        .route("/logout", post(logout))
        .route("/protected", get(protected))
        .route("/slow", get(slow))
        .route("/panic", get(panic))
        .route("/request", on(DESCRIBED, describe))
        // It would refuse more than 2 MB.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(catch))
}

/// Answers for a handler that panics.
async fn catch(request: Request, next: Next) -> Response {
    // In a task of its own, so that there is still somebody who can.
    let answer = tokio::spawn(next.run(request)).await;
    answer.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn describe(
    method: Method,
    uri: Uri,
    version: Version,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let lossy = String::from_utf8_lossy;
    let mut headers: Vec<_> = headers.iter().collect();
    // Of different names, a `HeaderMap` has no order.
    headers.sort_by_key(|(name, _)| name.as_str());
    let lines: String = headers
        .into_iter()
        .map(|(name, value)| format!("header {name}: {}\n", lossy(value.as_bytes())))
        .collect();
    let body = lossy(&body);
    let text = format!(
        "method: {method}\nuri: {uri}\nversion: {version:?}\n{lines}body: {body}\n"
    );
    ([(CACHE_CONTROL, "no-store")], text)
}

async fn visit(headers: HeaderMap) -> impl IntoResponse {
    let before = cookie(&headers, "visits").and_then(|count| count.parse().ok());
    let visits = before.unwrap_or(0_u64).saturating_add(1);
    let name = cookie(&headers, "name").unwrap_or("Stranger".into());
    let text = format!("{name}, this is visit {visits}.\n");
    let cookie = set_cookie("visits", &visits.to_string());
    ([(CACHE_CONTROL, "no-store".to_string()), (SET_COOKIE, cookie)], text)
}

async fn introduce(body: Bytes) -> Response {
    let name = field(&body, "name").unwrap_or_default();
    let cookie = set_cookie("name", &name);
    if name.is_empty() || cookie.len() > MAX_COOKIE {
        return StatusCode::BAD_REQUEST.into_response();
    }
    see_other("/visits", cookie)
}

/// What browsers keep.
const MAX_COOKIE: usize = 4096;

const USERS: [(&str, &str); 2] = [("ada", "lovelace"), ("grace", "hopper")];
static SESSIONS: Mutex<Option<HashMap<String, &str>>> = Mutex::new(None);

/// Looks at the sessions, or changes them.
fn sessions<T>(look: impl FnOnce(&mut HashMap<String, &'static str>) -> T) -> T {
    let mut sessions = SESSIONS.lock().unwrap_or_else(PoisonError::into_inner);
    look(sessions.get_or_insert_default())
}

async fn form() -> impl IntoResponse {
    (
        [(CACHE_CONTROL, "no-store")],
        Html(
            "<form method=post><input name=user><input name=password><button>Log in</button></form>",
        ),
    )
}

async fn login(headers: HeaderMap, body: Bytes) -> Response {
    let name = field(&body, "user").unwrap_or_default();
    let password = field(&body, "password").unwrap_or_default();
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let Some((user, _)) = USERS.into_iter().find(|pair| *pair == (&name, &password))
    else {
        return unauthorized();
    };
    let key = format!("{:032x}", u128::from_ne_bytes(random));
    sessions(|sessions| {
        sessions.remove(&cookie(&headers, "session").unwrap_or_default());
        sessions.insert(key.clone(), user);
    });
    see_other("/protected", set_cookie("session", &key))
}

async fn logout(headers: HeaderMap) -> Response {
    let key = cookie(&headers, "session").unwrap_or_default();
    sessions(|sessions| sessions.remove(&key));
    see_other("/login", set_cookie("session", "") + "; Max-Age=0")
}

async fn protected(headers: HeaderMap) -> Response {
    let key = cookie(&headers, "session").unwrap_or_default();
    match sessions(|sessions| sessions.get(&key).copied()) {
        Some(user) => {
            let page = Html(format!("<p>Only for you, {user}.</p>"));
            ([(CACHE_CONTROL, "no-store")], page).into_response()
        }
        None => unauthorized(),
    }
}

async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_secs(3)).await;
    "Sorry for the wait.\n"
}

async fn panic() -> StatusCode {
    panic!("a handler has a bug");
}

fn unauthorized() -> Response {
    let headers = [(CACHE_CONTROL, "no-store"), (WWW_AUTHENTICATE, "Form")];
    (StatusCode::UNAUTHORIZED, headers).into_response()
}

fn see_other(path: &'static str, cookie: String) -> Response {
    let headers = [(LOCATION, path.to_string()), (SET_COOKIE, cookie)];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn set_cookie(name: &str, value: &str) -> String {
    let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax")
}

/// The value of a cookie that the client has sent.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(COOKIE).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';').filter_map(|pair| pair.split_once('=')))
        .find(|(key, _)| key.trim_start() == name)
        .map(|(_, value)| decode(value))
}

/// The value of a field of a form.
fn field(form: &[u8], name: &str) -> Option<String> {
    let form = String::from_utf8_lossy(form).replace('+', " ");
    let mut pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| decode(key) == name).map(|(_, value)| decode(value))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
