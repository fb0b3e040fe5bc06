//! Which handler answers which request.

use std::panic::catch_unwind;

use crate::ROUTES;
use crate::files;
use crate::method::Method;
use crate::request::Request;
use crate::response::{Response, Status};

/// A function that answers a request.
pub type Handler = fn(&Request) -> Response;

/// Which handler answers which method and URI; `*` stands for any method.
#[derive(Debug)]
pub struct Route {
    /// None is any.
    method: Option<Method>,
    uri: &'static str,
    handler: Handler,
    pub takes_time: bool,
}

impl Route {
    pub const fn new(method: &'static str, uri: &'static str, handler: Handler) -> Route {
        Route { method: named(method), uri, handler, takes_time: false }
    }

    /// The same for a handler that takes time: a worker calls it.
    pub const fn on_worker(self) -> Route {
        Route { takes_time: true, ..self }
    }

    /// Whether the route takes this method. HEAD is GET without the body, so no route
    /// has to name it.
    fn takes(&self, method: Method) -> bool {
        match self.method {
            None => true,
            Some(Method::GET) => method == Method::GET || method == Method::HEAD,
            Some(own) => own == method,
        }
    }
}

/// The method of that name; none if it stands for any.
const fn named(name: &str) -> Option<Method> {
    match name.as_bytes() {
        b"*" => None,
        _ => Some(Method::parse(name).expect("no such method")),
    }
}

/// The route that takes a request, if one of them does.
pub fn find(request: &Request) -> Option<&'static Route> {
    let takes = |route: &&Route| route.takes(request.method) && request.is_at(route.uri);
    ROUTES.iter().find(takes)
}

/// Lets the handler of the route answer. If it panics, that must not end the server.
pub fn answer(request: &Request, route: Option<&Route>) -> Response {
    let handler = route.map_or(answer_without_route as Handler, |route| route.handler);
    catch_unwind(|| handler(request)).unwrap_or_else(|_| {
        let status = Status::INTERNAL_SERVER_ERROR;
        Response::new(status, "Something in our server is broken.\n")
    })
}

/// Answers what no route takes: there may be a file, or routes that take other methods.
fn answer_without_route(request: &Request) -> Response {
    // `*` is no path, but the server as a whole (RFC 9110, section 9.3.7).
    let is_server = request.uri() == "*" && request.method == Method::OPTIONS;
    let is_meant = |route: &&Route| request.is_at(route.uri) || is_server;
    let mut routes: Vec<&Route> = ROUTES.iter().filter(is_meant).collect();
    if routes.is_empty() && files::has(request.uri()) {
        routes.push(&files::ROUTE);
    }
    match routes.iter().find(|route| route.takes(request.method)) {
        Some(route) if !is_server => (route.handler)(request),
        _ if routes.is_empty() => not_found(request),
        _ => allowed(request, &routes),
    }
}

/// Says which methods one of the routes takes: it was asked, or the method is another.
fn allowed(request: &Request, routes: &[&Route]) -> Response {
    let status = match request.method {
        Method::OPTIONS => Status::OK,
        _ => Status::METHOD_NOT_ALLOWED,
    };
    let is_allowed = |method: &Method| {
        *method == Method::OPTIONS || routes.iter().any(|route| route.takes(*method))
    };
    let methods = Method::ALL.into_iter().filter(is_allowed).map(Method::as_str);
    let methods = methods.collect::<Vec<&str>>().join(", ");
    Response::new(status, format!("allowed: {methods}\n")).header("Allow", methods)
}

/// Says that there is nothing: with a page of the folder, or else in our own words.
pub fn not_found(request: &Request) -> Response {
    files::not_found().unwrap_or_else(|| {
        let body = format!("There is nothing at {}.\n", request.uri());
        Response::new(Status::NOT_FOUND, body)
    })
}
