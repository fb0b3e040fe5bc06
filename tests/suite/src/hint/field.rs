//! Why a header may be another than it should be.

use std::borrow::Cow;

use super::sent::Sent;
use crate::message::{Field, Message};

/// What is missing.
pub fn of_missing(expected: &Message, received: &Message) -> Option<Cow<'static, str>> {
    let mut fields = expected.fields.iter();
    let Field { name, .. } =
        fields.find(|field| received.value(&field.name).is_none())?;
    Some(format!("`{name}` is missing. {}", about(name)).into())
}

/// What is there and should not be, or is another.
pub fn of_fields(
    sent: &Sent,
    expected: &Message,
    received: &Message,
) -> Option<Cow<'static, str>> {
    // If the body is another, so is its length.
    let is_told =
        |field: &Field| field.is("Content-Length") && expected.body != received.body;
    for field in expected.fields.iter().filter(|field| !is_told(field)) {
        let values = |message: &Message| -> Vec<String> {
            let fields = message.fields.iter().filter(|other| other.is(&field.name));
            fields.map(|field| field.value.clone()).collect()
        };
        let (wanted, got) = (values(expected), values(received));
        let differ = |other: &&String| !wanted.contains(other);
        if let Some(other) = got.iter().find(differ) {
            return Some(of_value(sent, field, other).into());
        }
    }
    let is_surplus = |field: &&Field| expected.value(&field.name).is_none();
    let Field { name, .. } = received.fields.iter().find(is_surplus)?;
    Some(format!("`{name}` should not be there.").into())
}

fn of_value(sent: &Sent, expected: &Field, received: &str) -> String {
    let Field { name, value } = expected;
    if expected.is("Set-Cookie") {
        return of_cookie(sent, value, received);
    }
    if expected.is("Allow") {
        return of_allow(value, received);
    }
    format!("`{name}` is another. {}", about(name))
}

/// Which part of a cookie is another.
fn of_cookie(sent: &Sent, expected: &str, received: &str) -> String {
    let split = |text| str::split_once(text, ';').unwrap_or((text, ""));
    let ((wanted, attributes), (got, others)) = (split(expected), split(received));
    let pair = |text| str::split_once(text, '=').unwrap_or((text, ""));
    let ((name, value), (other_name, other)) = (pair(wanted.trim()), pair(got.trim()));
    if name != other_name {
        return format!("This cookie is called `{other_name}`, and should be `{name}`.");
    }
    if value == "[hex]" && !is_long_hex(other) {
        return format!(
            "The value of `{name}` can be guessed: it must be 32 hexadecimal digits or \
             more, and all of them from the system's source of chance."
        );
    }
    if !value.contains('[') && value != other {
        return format!(
            "The value of `{name}` is `{other}`, and should be `{value}`. It depends on \
             what this client has sent, and on nothing else: {}. What have you found in \
             that?",
            sent.cookies()
        );
    }
    of_attributes(name, attributes, others)
}

fn of_attributes(name: &str, expected: &str, received: &str) -> String {
    let list = |text: &str| -> Vec<String> {
        let parts = text.split(';').map(|part| part.trim().to_string());
        parts.filter(|part| !part.is_empty() && part != "...").collect()
    };
    let (wanted, got) = (list(expected), list(received));
    let has =
        |list: &[String], one: &str| list.iter().any(|it| it.eq_ignore_ascii_case(one));
    let missing: Vec<String> = wanted
        .iter()
        .filter(|one| !has(&got, one))
        .map(|one| format!("`{one}`"))
        .collect();
    if missing.is_empty() {
        return format!("The cookie `{name}` has an attribute that it should not have.");
    }
    format!("The cookie `{name}` lacks {}.", missing.join(" and "))
}

fn is_long_hex(text: &str) -> bool {
    text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Which methods are missing.
fn of_allow(expected: &str, received: &str) -> String {
    let list = |text| str::split(text, ',').map(str::trim).collect::<Vec<_>>();
    let got = list(received);
    let wanted = list(expected).into_iter();
    let missing: Vec<&str> =
        wanted.filter(|method| *method != "..." && !got.contains(method)).collect();
    if missing.is_empty() {
        return format!("`Allow` names too many methods. {}", about("Allow"));
    }
    format!("`Allow` lacks {}. {}", missing.join(", "), about("Allow"))
}

/// What a header is for.
fn about(name: &str) -> &'static str {
    match &*name.to_ascii_lowercase() {
        "allow" => "It names each method that the path has, and no other.",
        "cache-control" => {
            "It says who may keep the response, and `no-store` that nobody may."
        }
        "connection" => "It says whether the connection is closed after the response.",
        "content-length" => "It is the number of bytes in the body.",
        "content-type" => "It says what the bytes of the body are.",
        "date" => "It is the time in GMT, written like `Sun, 06 Nov 1994 08:49:37 GMT`.",
        "location" => "It says where the client shall go.",
        "set-cookie" => "It has one cookie: a name, a value, and attributes after `;`.",
        "vary" => "It says which headers of the request the response depends on.",
        "www-authenticate" => "A 401 says with it how one can log in.",
        _ => "Look at the line with it in what should come.",
    }
}
