//! Which handler answers which request.

use crate::ROUTES;
use crate::request::Request;
use crate::response::{Response, Status};

/// A function that answers a request.
pub type Handler = fn(&Request) -> Response;

/// Which handler answers which method and URI; `*` stands for any method.
#[derive(Debug)]
pub struct Route {
    method: &'static str,
    uri: &'static str,
    handler: Handler,
}

impl Route {
    pub const fn new(method: &'static str, uri: &'static str, handler: Handler) -> Route {
        Route { method, uri, handler }
    }

    fn matches(&self, request: &Request) -> bool {
        (self.method == "*" || self.method == request.method) && self.uri == request.uri
    }
}

/// Looks up the handler that answers the request.
pub fn create_response(request: &Request) -> Response {
    match ROUTES.iter().find(|route| route.matches(request)) {
        Some(route) => (route.handler)(request),
        None => not_found(request),
    }
}

fn not_found(request: &Request) -> Response {
    let body = format!("There is nothing at {}.\n", request.uri);
    Response::new(Status::NOT_FOUND, body)
}
