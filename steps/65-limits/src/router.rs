//! Which handler answers which request.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::method::Method;
use crate::request::Request;
use crate::response::{Response, Status};
use crate::template::{fits, shape};

#[cfg(test)]
mod tests;

/// What answers requests: a function, a closure, or a folder.
pub trait Handler: Send + Sync + 'static {
    /// Answers a request.
    fn answer(&self, request: &Request) -> Response;
}

impl<F: Fn(&Request) -> Response + Send + Sync + 'static> Handler for F {
    fn answer(&self, request: &Request) -> Response {
        self(request)
    }
}

/// All routes of a server.
#[derive(Debug)]
pub struct Router {
    routes: Vec<Route>,
    /// Answers where they know nothing.
    fallback: Route,
}

impl Router {
    /// A router that has these.
    pub fn new(routes: &[Route]) -> Router {
        let fallback = Route::new("*", "*", not_found);
        Router { routes: routes.to_vec(), fallback }
    }

    /// The same with more of them.
    pub fn routes(mut self, routes: impl IntoIterator<Item = Route>) -> Router {
        self.routes.extend(routes);
        self
    }

    /// The same with something else for paths that no route has.
    pub fn fallback(self, handler: impl Handler) -> Router {
        let handler = Pointer::Shared(Arc::new(handler));
        Router { fallback: Route { handler, ..self.fallback }, ..self }
    }

    /// The route that takes a request, if one of them does.
    pub fn find(&self, request: &Request) -> Option<&Route> {
        let takes = |route: &&Route| route.takes(request.method);
        // Most paths stand in a route as they are.
        let route = self.routes.iter().find(|it| takes(it) && request.is_at(it.uri));
        route.or_else(|| self.at(&request.path()).into_iter().find(takes))
    }

    /// The routes for a path. Of those that fit, these are the ones that say most about it.
    fn at(&self, path: &str) -> Vec<&Route> {
        let routes = self.routes.iter().filter(|route| fits(route.uri, path));
        let mut routes: Vec<&Route> = routes.collect();
        let best = routes.iter().map(|it| it.uri).min_by(|a, b| shape(a).cmp(shape(b)));
        routes.retain(|route| best.is_some_and(|best| shape(best).eq(shape(route.uri))));
        routes
    }

    /// Lets the handler of the route answer. If it panics, that must not end the server.
    pub fn answer(&self, request: &mut Request, route: Option<&Route>) -> Response {
        let answer = || match route {
            Some(route) => {
                request.template = route.uri;
                route.answer(request)
            }
            None => self.answer_without_route(request),
        };
        // What handlers share changes in one step, or with a lock, which knows of the panic.
        catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|_| {
            let status = Status::INTERNAL_SERVER_ERROR;
            Response::new(status, "Something in our server is broken.\n")
        })
    }

    /// Answers what no route takes, but for those that may take other methods.
    fn answer_without_route(&self, request: &Request) -> Response {
        // `*` is no path, but the server as a whole (RFC 9110, section 9.3.7).
        let is_server = request.uri() == "*" && request.method == Method::OPTIONS;
        let routes = match is_server {
            true => self.routes.iter().collect(),
            false => self.at(&request.path()),
        };
        if routes.is_empty() && !is_server {
            return self.fallback.answer(request);
        }
        allowed(request, |method| routes.iter().any(|route| route.takes(method)))
    }
}

/// Where a handler is.
#[derive(Clone)]
enum Pointer {
    /// In the program.
    Function(fn(&Request) -> Response),
    /// On the heap, with what it knows besides the request. All threads share that.
    Shared(Arc<dyn Handler>),
}

/// Which handler answers which method and URI; `*` stands for any method, and `{name}` for
/// any segment of a path.
#[derive(Clone)]
pub struct Route {
    /// None is any.
    method: Option<Method>,
    uri: &'static str,
    handler: Pointer,
    pub takes_time: bool,
}

impl Route {
    /// A route to a function.
    ///
    /// # Panics
    /// If we don't know the method.
    pub const fn new(
        method: &'static str,
        uri: &'static str,
        handler: fn(&Request) -> Response,
    ) -> Route {
        let handler = Pointer::Function(handler);
        Route { method: named(method), uri, handler, takes_time: false }
    }

    /// A route to a closure.
    ///
    /// # Panics
    /// If we don't know the method.
    pub fn from_fn(
        method: &'static str,
        uri: &'static str,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Route {
        let handler = Pointer::Shared(Arc::new(handler));
        Route { method: named(method), uri, handler, takes_time: false }
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
            Pointer::Shared(handler) => handler.answer(request),
        }
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

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.method.map_or("*", Method::as_str), self.uri)
    }
}

/// Says which methods may be used: it was asked, or the method is another.
pub fn allowed(request: &Request, takes: impl Fn(Method) -> bool) -> Response {
    let status = match request.method {
        Method::OPTIONS => Status::OK,
        _ => Status::METHOD_NOT_ALLOWED,
    };
    let is_allowed = |method: &Method| *method == Method::OPTIONS || takes(*method);
    let methods = Method::ALL.into_iter().filter(is_allowed).map(Method::as_str);
    let methods = methods.collect::<Vec<&str>>().join(", ");
    Response::new(status, format!("allowed: {methods}\n")).header("Allow", methods)
}

/// Says that there is nothing.
pub fn not_found(request: &Request) -> Response {
    let body = format!("There is nothing at {}.\n", request.uri());
    Response::new(Status::NOT_FOUND, body)
}
