//! An HTTP response taken apart, as strictly as RFC 9112 has it.

/// How many responses that only announce the real one are left out.
const MAX_INTERIM: usize = 100;

/// The longest head that we look for the end of, so that we needn't look through all that
/// a server writes without end, again and again.
const MAX_HEAD: usize = 64 * 1024;

/// A response.
#[derive(Clone)]
pub struct Message {
    pub status: Status,
    pub fields: Vec<Field>,
    pub body: Vec<u8>,
    /// Whether the body comes in chunks, and the last of them is missing.
    lacks_chunks: bool,
}

/// A status line: `HTTP/1.1 200 OK`.
#[derive(Clone)]
pub struct Status {
    pub version: String,
    pub code: String,
    pub reason: String,
}

/// A header line: `Server: from-scratch`.
#[derive(Clone)]
pub struct Field {
    pub name: String,
    pub value: String,
}

impl Message {
    /// Takes a response apart, or says what is malformed in its head.
    pub fn parse(bytes: &[u8]) -> Result<Message, String> {
        let bytes = Message::skip_interim(bytes);
        if bytes.is_empty() {
            return Err("the reply is empty, there is not even a status line".into());
        }
        let length = head_length(bytes).ok_or(
            r"no empty line ends the head, \r\n\r\n is missing (RFC 9112 section 2.1)",
        )?;
        let head = String::from_utf8_lossy(&bytes[..length - 4]);
        let mut lines = head.split("\r\n");
        let mut message = Message {
            status: Status::parse(lines.next().unwrap_or_default())?,
            fields: lines.map(Field::parse).collect::<Result<_, _>>()?,
            body: bytes[length..].to_vec(),
            lacks_chunks: false,
        };
        if message.is_chunked() {
            match decode(&message.body) {
                Some(body) => message.body = body,
                None => message.lacks_chunks = true,
            }
        }
        Ok(message)
    }

    /// What comes after responses that only announce the real one (RFC 9110 section 15.2).
    /// With too many of them, the next one is taken for the real one.
    pub fn skip_interim(mut bytes: &[u8]) -> &[u8] {
        for _ in 0..MAX_INTERIM {
            match head_length(bytes) {
                Some(length) if bytes.starts_with(b"HTTP/1.1 1") => {
                    bytes = &bytes[length..];
                }
                _ => break,
            }
        }
        bytes
    }

    /// Whether there have been so many responses that announce another that the last one
    /// has been taken for it.
    pub fn is_interim(&self) -> bool {
        self.status.code.starts_with('1')
    }

    /// Whether the body comes in chunks.
    pub fn is_chunked(&self) -> bool {
        self.value("Transfer-Encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked"))
    }

    /// Whether the server has announced that it closes the connection after this.
    fn closes(&self) -> bool {
        let connection = self.fields.iter().filter(|field| field.is("Connection"));
        let mut options = connection.flat_map(|field| field.value.split(','));
        options.any(|option| option.trim().eq_ignore_ascii_case("close"))
    }

    /// Whether the server has announced that this is its last response on the connection:
    /// whoever speaks HTTP/1.0 does, unless it says something else (RFC 9112 section 9.3).
    pub fn is_the_last(&self) -> bool {
        let is_old = self.status.version == "HTTP/1.0";
        self.closes() || is_old && self.value("Connection").is_none()
    }

    /// How long the response at the front of these bytes is, with those before it that only
    /// announce it; `None` if it isn't whole yet, or ends where the connection ends.
    pub fn end_of(bytes: &[u8], is_to_head: bool) -> Option<usize> {
        let own = Message::skip_interim(bytes);
        let message = Message::parse(own).ok()?;
        let head = head_length(own)?;
        let body = own.get(head..)?;
        let length = match message.body_length(is_to_head) {
            Ok(Some(0)) => 0,
            _ if message.is_chunked() => end_of_chunks(body)?,
            length => length.ok()??,
        };
        let end = bytes.len() - own.len() + head + length;
        (end <= bytes.len()).then_some(end)
    }

    /// Whether only the end of the connection tells where the body ends.
    pub fn ends_by_closing(&self) -> bool {
        let is_old = self.status.version == "HTTP/1.0";
        let has_length = self.is_chunked() || self.value("Content-Length").is_some();
        !has_length && (is_old || self.closes())
    }

    /// Whether nothing more will come: the body has its length, and the server has not
    /// announced that it closes the connection after it.
    pub fn is_whole(&self, is_to_head: bool) -> bool {
        let keeps_open = !self.closes();
        if self.is_chunked() && !is_to_head {
            return keeps_open && !self.lacks_chunks;
        }
        let length = self.body_length(is_to_head).ok().flatten();
        keeps_open && length.is_some_and(|length| self.body.len() >= length)
    }

    /// Leaves out a response that comes after this one: a server that keeps the connection
    /// takes what comes after a request for the next request, and says what it makes of it.
    pub fn leave_out_the_next(&mut self, is_to_head: bool) {
        let Ok(Some(length)) = self.body_length(is_to_head) else { return };
        let next = self.body.get(length..).unwrap_or_default();
        if next.starts_with(b"HTTP/1.") && !self.closes() {
            self.body.truncate(length);
        }
    }

    /// Makes it end with the last whole line of the body that has come, or says what is
    /// malformed in the chunks before it.
    pub fn end_here(&mut self) -> Result<(), String> {
        if self.lacks_chunks {
            self.body = decode_beginning(&self.body)
                .ok_or("a chunk is malformed (RFC 9112 section 7.1)")?;
            self.lacks_chunks = false;
        }
        let end = self.body.iter().rposition(|&byte| byte == b'\n');
        self.body.truncate(end.map_or(0, |end| end + 1));
        Ok(())
    }

    /// Says what is malformed in a response that was received, and is not a pattern: its
    /// code, or the length of its body.
    pub fn check(&self, is_to_head: bool) -> Result<(), String> {
        let code = &self.status.code;
        if !is_code(code) {
            return Err(format!(
                "{code:?} is no status code, like `200` (RFC 9112 section 4)"
            ));
        }
        if self.is_chunked() && self.value("Content-Length").is_some() {
            return Err("there must not be a Content-Length beside chunks (RFC 9112 \
                        section 6.2)"
                .into());
        }
        if self.lacks_chunks && !is_to_head {
            return Err("the last chunk is missing (RFC 9112 section 7.1)".into());
        }
        let received = self.body.len();
        match self.body_length(is_to_head)? {
            Some(length) if length == received => Ok(()),
            Some(0) if is_to_head => Err(format!(
                "the response to HEAD has a body of {received} bytes, and must have none \
                 (RFC 9110 section 9.3.2)"
            )),
            Some(length) => Err(format!(
                "the body should have {length} bytes, and has {received} (RFC 9112 \
                 section 6.3)"
            )),
            None => Ok(()),
        }
    }

    /// How many bytes of body there must be, if the head says so (RFC 9112 section 6.3).
    fn body_length(&self, is_to_head: bool) -> Result<Option<usize>, String> {
        if is_to_head || matches!(&*self.status.code, "204" | "304") {
            return Ok(Some(0));
        }
        let Some(value) = self.value("Content-Length") else { return Ok(None) };
        let mut fields = self.fields.iter().filter(|field| field.is("Content-Length"));
        match value.parse() {
            Ok(length)
                if value.bytes().all(|byte| byte.is_ascii_digit())
                    && fields.all(|field| field.value == value) =>
            {
                Ok(Some(length))
            }
            _ => Err(format!(
                "Content-Length must be one number, and is {value:?} (RFC 9110 \
                 section 8.6)"
            )),
        }
    }

    /// Whether one can tell where the body ends, while the connection is open.
    pub fn has_an_end(&self, is_to_head: bool) -> bool {
        self.is_chunked() || matches!(self.body_length(is_to_head), Ok(Some(_)))
    }

    /// The value of the first field of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.is(name))?;
        Some(&field.value)
    }

    /// Puts the response together again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Status { version, code, reason } = &self.status;
        let mut head = format!("{version} {code} {reason}\r\n");
        for Field { name, value } in &self.fields {
            head += &format!("{name}: {value}\r\n");
        }
        head += "\r\n";
        [head.as_bytes(), &self.body].concat()
    }
}

impl Status {
    fn parse(line: &str) -> Result<Status, String> {
        match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
            [version, code, reason]
                if is_version(version) && is_text(code) && is_text(reason) =>
            {
                let [version, code, reason] = [version, code, reason].map(String::from);
                Ok(Status { version, code, reason })
            }
            _ => Err(format!(
                "{line:?} is no status line, like `HTTP/1.1 200 OK` (RFC 9112 section 4)"
            )),
        }
    }
}

impl Field {
    fn parse(line: &str) -> Result<Field, String> {
        match line.split_once(':') {
            Some((name, value)) if is_token(name) && is_text(value) => {
                let value = value.trim_matches([' ', '\t']);
                Ok(Field { name: name.to_string(), value: value.to_string() })
            }
            _ => Err(format!(
                "{line:?} is no header line, like `Server: it` (RFC 9112 section 5)"
            )),
        }
    }

    /// Whether this is the field's name: upper and lower case are the same.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// How many bytes the head has, with the empty line that ends it.
fn head_length(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(end + 4)
}

/// How many bytes a body in chunks has in its coding, without trailers.
fn end_of_chunks(data: &[u8]) -> Option<usize> {
    let mut start = 0;
    loop {
        let rest = data.get(start..)?;
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let line = str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        start += end + 2 + size + 2;
        if size == 0 {
            return Some(start);
        }
    }
}

/// The body that comes in these chunks, if the last of them is there.
pub fn decode(mut data: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = data.windows(2).position(|window| window == b"\r\n")?;
        let line = str::from_utf8(&data[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        data = &data[end + 2..];
        if size == 0 {
            let is_end = data.starts_with(b"\r\n")
                || data.windows(4).any(|window| window == b"\r\n\r\n");
            return is_end.then_some(body);
        }
        body.extend(data.get(..size)?);
        data = data.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

/// What has come of a body in chunks, unless they are malformed.
fn decode_beginning(mut data: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(end) = data.windows(2).position(|window| window == b"\r\n") {
        let line = str::from_utf8(&data[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        data = &data[end + 2..];
        let (chunk, rest) = data.split_at(size.min(data.len()));
        body.extend(chunk);
        let (line_end, rest) = rest.split_at(rest.len().min(2));
        if !b"\r\n".starts_with(line_end) {
            return None;
        }
        data = rest;
    }
    Some(body)
}

fn is_version(text: &str) -> bool {
    matches!(text.as_bytes(), [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
        if major.is_ascii_digit() && minor.is_ascii_digit())
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_token(text: &str) -> bool {
    let is_sign = |byte| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

fn is_text(text: &str) -> bool {
    !text.contains(|char: char| char.is_ascii_control() && char != '\t')
}
