//! A JSON interface: a list of what is to be done.
//!
//! ```sh
//! curl http://127.0.0.1:8080/tasks -d '{"title": "write it out by hand"}'
//! curl http://127.0.0.1:8080/tasks
//! curl http://127.0.0.1:8080/tasks/1 -X DELETE
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use longhand::{Error, Request, Response, Route, Server, Status};
use serde_json::{Value, json};

/// The tasks, by their numbers.
type Tasks = BTreeMap<u64, Value>;
/// A response, or why there is none.
type Answer = Result<Response, Error>;

fn main() -> std::io::Result<()> {
    let tasks: Arc<Mutex<Tasks>> = Arc::default();
    let route = |method, path, handler: fn(&Request, &mut Tasks) -> Answer| {
        let tasks = Arc::clone(&tasks);
        Route::from_fn(method, path, move |request| {
            let mut tasks = tasks.lock().unwrap_or_else(PoisonError::into_inner);
            handler(request, &mut tasks).unwrap_or_else(Response::from)
        })
    };
    let server = Server::bind("127.0.0.1:8080")?.route(route("GET", "/tasks", list));
    let server = server.route(route("POST", "/tasks", add));
    server.route(route("DELETE", "/tasks/{number}", remove)).run()
}

fn list(_request: &Request, tasks: &mut Tasks) -> Answer {
    Ok(respond(Status::OK, &json!(tasks)))
}

fn add(request: &Request, tasks: &mut Tasks) -> Answer {
    let no_json = |error| Error::bad_request(format!("The body must be JSON: {error}."));
    let task = serde_json::from_slice(request.body()).map_err(no_json)?;
    let number = tasks.last_key_value().map_or(1, |(last, _)| last + 1);
    tasks.insert(number, task);
    let response = respond(Status::CREATED, &json!({ "number": number }));
    Ok(response.header("Location", format!("/tasks/{number}")))
}

fn remove(request: &Request, tasks: &mut Tasks) -> Answer {
    let number = request.parameter("number").unwrap_or_default();
    let none = || Error::new(Status::NOT_FOUND, format!("There is no task {number}."));
    let task = number.parse().ok().and_then(|number| tasks.remove(&number));
    Ok(respond(Status::OK, &task.ok_or_else(none)?))
}

fn respond(status: Status, value: &Value) -> Response {
    Response::new(status, value.to_string()).content_type("application/json")
}
