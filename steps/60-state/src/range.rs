//! Ranges: a part of a page (RFC 9110, section 14).

use std::ops::Range;

use crate::error::Error;
use crate::method::Method;
use crate::request::Request;
use crate::response::Status;

const NOT_SATISFIABLE: Error = Error {
    status: Status::RANGE_NOT_SATISFIABLE,
    reason: "There are not so many bytes.",
};

/// The part of so many bytes that the request asks for; `None` for all of them. Who asks for
/// something that we do not understand, or for several parts, gets all of them as well.
///
/// # Errors
/// If there is no such part.
pub fn wanted(request: &Request, length: u64) -> Result<Option<Range<u64>>, Error> {
    if request.method == Method::HEAD {
        return Ok(None);
    }
    let mut lines = request.headers.get_all("Range");
    match (lines.next().and_then(|line| parse(&line)), lines.next()) {
        (Some(range), None) => range.of(length),
        _ => Ok(None),
    }
}

/// A range, as it is asked for.
enum RangeSpec {
    /// `2-5`, or `2-`: the first byte, and the last, which need not be there.
    From(u64, u64),
    /// `-5`: so many at the end.
    Last(u64),
}

/// Takes apart `bytes=2-5`.
fn parse(value: &str) -> Option<RangeSpec> {
    let (unit, ranges) = value.split_once('=')?;
    let mut ranges = ranges.split(',').map(str::trim_ascii).filter(|it| !it.is_empty());
    let (first, last) = ranges.next()?.split_once('-')?;
    if !unit.eq_ignore_ascii_case("bytes") || ranges.next().is_some() {
        return None;
    }
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Some(RangeSpec::From(first, last)),
        (Some(first), None) if last.is_empty() => Some(RangeSpec::From(first, u64::MAX)),
        (None, Some(count)) if first.is_empty() => Some(RangeSpec::Last(count)),
        _ => None,
    }
}

/// A number in digits. One that is too large for us is beyond the end of any file.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

impl RangeSpec {
    /// Which of so many bytes these are.
    fn of(self, length: u64) -> Result<Option<Range<u64>>, Error> {
        match self {
            RangeSpec::From(first, last) if first < length => {
                Ok(Some(first..last.saturating_add(1).min(length)))
            }
            // Of nothing, the last bytes are all of it, and there is no other way to say so.
            RangeSpec::Last(1..) if length == 0 => Ok(None),
            RangeSpec::Last(count @ 1..) => {
                Ok(Some(length.saturating_sub(count)..length))
            }
            _ => Err(NOT_SATISFIABLE),
        }
    }
}
