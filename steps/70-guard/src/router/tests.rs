//! Which route takes which path.

use super::{Route, Router};
use crate::progress::Progress;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::settings::Settings;

/// A handler that says its name, and what it finds in the path.
fn say(name: &'static str) -> impl Fn(&Request) -> Response {
    move |request| {
        let [id, page] = ["id", "page"].map(|name| request.parameter(name));
        let text =
            format!("{name} {} {}", id.unwrap_or_default(), page.unwrap_or_default());
        Response::new(Status::OK, text)
    }
}

/// The body of the answer to such a request.
fn answer(method: &str, uri: &str) -> String {
    let router = Router::default().routes([
        Route::from_fn("GET", "/{id}/{page}", say("any")),
        Route::from_fn("GET", "/users/{id}", say("user")),
        Route::from_fn("DELETE", "/users/{name}", say("delete")),
        Route::from_fn("GET", "/users/me", say("me")),
        Route::from_fn("GET", "/{id}/me", say("me of")),
        Route::from_fn("GET", "/users/{id}/pages/{page}", say("page")),
    ]);
    let bytes = format!("{method} {uri} HTTP/1.1\r\nHost: x\r\n\r\n");
    let settings = Settings::default();
    let mut request =
        Request::parse(bytes.as_bytes(), &mut Progress::new(&settings), &settings)
            .unwrap()
            .unwrap();
    let route = router.find(&request);
    let mut response = router.answer(&mut request, route);
    let mut body = Vec::new();
    response.body.read_to(&mut body, 1_000).unwrap();
    String::from_utf8(body).unwrap().trim_end().to_string()
}

#[test]
fn a_parameter_is_what_stands_in_its_place() {
    assert_eq!(answer("GET", "/users/7"), "user 7");
    assert_eq!(answer("GET", "/users/7?id=8"), "user 7");
    assert_eq!(answer("GET", "http://localhost/users/7"), "user 7");
    assert_eq!(answer("HEAD", "/users/7/pages/9"), "page 7 9");
}

#[test]
fn it_is_decoded_once_and_after_the_path_has_been_cut() {
    assert_eq!(answer("GET", "/users/Ada%20Lovelace"), "user Ada Lovelace");
    assert_eq!(answer("GET", "/users/a%2Fb"), "user a/b");
    assert_eq!(answer("GET", "/users/%2541"), "user %41");
    assert_eq!(answer("GET", "/users/a+b"), "user a+b");
}

#[test]
fn it_is_a_whole_segment_and_not_an_empty_one() {
    for uri in ["/users/", "/users", "/users/7/", "/users//pages/9", "/users/7/8/9"] {
        assert_eq!(answer("GET", uri), format!("There is nothing at {uri}."));
    }
}

#[test]
fn a_name_says_more_than_a_parameter_and_the_first_matters() {
    assert_eq!(answer("GET", "/users/me"), "me");
    assert_eq!(answer("GET", "/%75sers/m%65"), "me");
    assert_eq!(answer("GET", "/users/you"), "user you");
    assert_eq!(answer("GET", "/groups/me"), "me of groups");
    assert_eq!(answer("GET", "/groups/7"), "any groups 7");
}

#[test]
fn who_uses_another_method_is_told_those_of_that_path_alone() {
    assert_eq!(answer("PUT", "/users/7"), "allowed: GET, HEAD, DELETE, OPTIONS");
    assert_eq!(answer("OPTIONS", "/users/7"), "allowed: GET, HEAD, DELETE, OPTIONS");
    assert_eq!(answer("DELETE", "/users/me"), "allowed: GET, HEAD, OPTIONS");
    assert_eq!(answer("DELETE", "/users/7"), "delete");
}
