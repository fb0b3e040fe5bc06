//! Which handler answers which request.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::files;
use crate::method::Method;
use crate::request::Request;
use crate::response::{Response, Status};

/// All routes of a server.
#[derive(Debug, Default)]
pub struct Router(Vec<Route>);

impl Router {
    /// A router that has these.
    pub fn new(routes: &[Route]) -> Router {
        Router(routes.to_vec())
    }

    /// The same with more of them.
    pub fn routes(mut self, routes: impl IntoIterator<Item = Route>) -> Router {
        self.0.extend(routes);
        self
    }

    /// The route that takes a request, if one of them does.
    pub fn find(&self, request: &Request) -> Option<&Route> {
        let (path, method) = (request.path(), request.method);
        self.0.iter().find(|route| route.uri == path && route.takes(method))
    }

    /// Lets the handler of the route answer. If it panics, that must not end the server.
    pub fn answer(&self, request: &Request, route: Option<&Route>) -> Response {
        let answer = || match route {
            Some(route) => route.answer(request),
            None => self.answer_without_route(request),
        };
        // What handlers share changes in one step, or with a lock, which knows of the panic.
        catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|_| {
            let status = Status::INTERNAL_SERVER_ERROR;
            Response::new(status, "Something in our server is broken.\n")
        })
    }

    /// Answers what no route takes: there may be a file, or routes that take other methods.
    fn answer_without_route(&self, request: &Request) -> Response {
        // `*` is no path, but the server as a whole (RFC 9110, section 9.3.7).
        let path = request.path();
        let is_server = path == "*" && request.method == Method::OPTIONS;
        let is_meant = |route: &&Route| route.uri == path || is_server;
        let mut routes: Vec<&Route> = self.0.iter().filter(is_meant).collect();
        if routes.is_empty() && files::has(request.uri) {
            routes.push(&files::ROUTE);
        }
        match routes.iter().find(|route| route.takes(request.method)) {
            Some(route) if !is_server => route.answer(request),
            _ if routes.is_empty() => not_found(request),
            _ => allowed(request, &routes),
        }
    }
}

/// Where a handler is.
#[derive(Clone)]
enum Pointer {
    /// In the program.
    Function(fn(&Request) -> Response),
    /// On the heap, with what it knows besides the request. All threads share that.
    Shared(Arc<dyn Fn(&Request) -> Response + Send + Sync>),
}

/// Which handler answers which method and URI; `*` stands for any method.
#[derive(Clone)]
pub struct Route {
    method: &'static str,
    uri: &'static str,
    handler: Pointer,
    pub takes_time: bool,
}

impl Route {
    /// A route to a function.
    pub const fn new(
        method: &'static str,
        uri: &'static str,
        handler: fn(&Request) -> Response,
    ) -> Route {
        Route { method, uri, handler: Pointer::Function(handler), takes_time: false }
    }

    /// A route to a closure.
    pub fn from_fn(
        method: &'static str,
        uri: &'static str,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Route {
        let handler = Pointer::Shared(Arc::new(handler));
        Route { method, uri, handler, takes_time: false }
    }

    /// The same for a handler that takes time: a worker calls it.
    pub const fn on_worker(mut self) -> Route {
        self.takes_time = true;
        self
    }

    /// Lets its handler answer.
    pub fn answer(&self, request: &Request) -> Response {
        match &self.handler {
            Pointer::Function(function) => function(request),
            Pointer::Shared(closure) => closure(request),
        }
    }

    /// Whether the route takes this method. HEAD is GET without the body, so no route
    /// has to name it.
    fn takes(&self, method: Method) -> bool {
        match method {
            _ if self.method == "*" => true,
            Method::HEAD => self.method == "GET",
            method => self.method == method.as_str(),
        }
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.method, self.uri)
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
        let body = format!("There is nothing at {}.\n", request.uri);
        Response::new(Status::NOT_FOUND, body)
    })
}
