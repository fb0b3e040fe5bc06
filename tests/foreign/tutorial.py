"""The server of the tutorial in Python, as somebody writes it who follows the chapters.

    python3 tests/foreign/tutorial.py 127.0.0.1:8080 --step 12
    cargo run -- check 12

To see that `check` misses nothing, one can take a promise of a chapter out:

    python3 tests/foreign/tutorial.py 127.0.0.1:8080 --step 8 --without allow

And to see that it calls nothing wrong that is right, one can let the server say the same
in another way:

    python3 tests/foreign/tutorial.py 127.0.0.1:8080 --spelling no-space,chunked

The promises are in `promises.txt`, and the spellings in `spellings.txt`.
"""

import math
import os
import re
import socket
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path

WORKERS = 8
LINGER = 1
GOODBYE = 2
GOODBYE_BYTES = 16 * 1024 * 1024
STALL = 10
SILENCE = 5
HEAD = 10
BODY = 10
BYTES_A_SECOND = 64 * 1024
MAX_REQUEST_LINE = 8 * 1024
MAX_HEAD = 16 * 1024
MAX_BODY = 1024 * 1024
MAX_COOKIE = 4096
YEAR = 365 * 24 * 60 * 60
LIFETIME = 60 * 60
MAX_SESSIONS = 1000
LARGEST_NUMBER = 2**64 - 1

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
USERS = {"ada": "lovelace", "grace": "hopper"}


def read_table(name):
    """The lines of a table, by the word that is a name."""
    lines = Path(__file__).with_name(name).read_text().splitlines()
    return [line.split(None, 3) for line in lines if line and not line.startswith("#")]


Promise = namedtuple("Promise", "since case words")
PROMISES = {
    name: Promise(int(since), case, words)
    for since, name, case, words in read_table("promises.txt")
}
SPELLINGS = {name: words for name, _, *words in read_table("spellings.txt")}

# What the command line says.
step = 20
without = set()
spelling = set()


def keeps(promise):
    """Whether the server does what a chapter up to this step promises."""
    return PROMISES[promise].since <= step and promise not in without


def breaks(promise):
    """Whether the server is told to break a promise, as no earlier step does."""
    assert promise in PROMISES, promise
    return promise in without


def spells(name):
    """Whether the server says the same in this other way."""
    assert name in SPELLINGS, name
    return name in spelling


# ---------------------------------------------------------------- errors


class Refusal(Exception):
    """Why we do not do what a client asks for."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status
        self.reason = reason


class NobodyAsksError(Exception):
    """The client has ended, or been silent for too long, and there is nothing to answer."""


def bad_request(reason):
    return Refusal("400 Bad Request", reason)


HEAD_TOO_LARGE = Refusal(
    "431 Request Header Fields Too Large", "Headers must not be longer than 16 KiB."
)
BODY_TOO_LARGE = Refusal("413 Content Too Large", "The body must not be longer than 1 MiB.")


TIMEOUT = Refusal("408 Request Timeout", "The request must be whole in time.")


# ---------------------------------------------------------------- patience


def at_our_pace(seconds):
    """As long as the chapters wait, or more, or less."""
    if spells("patient"):
        return seconds * 1.25
    return seconds / 2 if spells("impatient") else seconds


class Patience:
    """What of a request we wait for, and since when."""

    def __init__(self):
        self.wait_for("first byte")

    def wait_for(self, part):
        self.part = part
        self.since = time.monotonic()

    def seconds(self, length):
        """How long we wait for this part, if so many bytes of the request have come."""
        if self.part == "first byte":
            seconds = SILENCE if not breaks("5-seconds") else SILENCE / 2
            return seconds if keeps("silence") else math.inf
        if self.part == "head":
            seconds = HEAD if not breaks("10-seconds") else HEAD / 2
            return seconds if keeps("head-in-time") else math.inf
        earned = length // BYTES_A_SECOND if keeps("time-for-64-kib") else 0
        if breaks("no-second-for-128-kib"):
            earned /= 2
        if breaks("no-more-for-64-kib"):
            earned *= 8
        return BODY + earned if keeps("body-in-time") else math.inf

    def left(self, length):
        """How long we still wait."""
        if self.part == "first byte" and length:
            self.wait_for("head")
        if breaks("byte-now-and-then"):
            self.since = time.monotonic()
        return self.since + at_our_pace(self.seconds(length)) - time.monotonic()


def receive(stream, seconds):
    """What has come; `None` if nothing has in this time."""
    if seconds <= 0:
        return None
    stream.settimeout(None if seconds == math.inf else seconds)
    try:
        return stream.recv(64 * 1024)
    except TimeoutError:
        return None


# ---------------------------------------------------------------- framing


class Connection:
    """The bytes that come from a client."""

    def __init__(self, stream):
        self.stream = stream
        self.buffer = bytearray()
        self.has_failed = False
        self.is_over = False
        self.is_told_again = False
        self.begun = time.monotonic()
        self.asked_at = 0
        self.answered = 0
        self.patience = Patience()
        self.expect_request()

    def expect_request(self):
        """From now on, we wait for a request. Some of it may be there."""
        self.request_line = b""
        self.has_read = False
        self.length = len(self.buffer)
        since = self.patience.since
        self.patience = Patience()
        if breaks("patience-for-each-request"):
            self.patience.since = since
        if self.answered and breaks("time-of-the-handler"):
            self.patience.since = self.asked_at

    def fill(self):
        """Waits for more bytes."""
        if self.has_read and not keeps("pieces"):
            raise bad_request("The request must come in one piece.")
        self.has_read = True
        left = self.patience.left(self.length)
        if breaks("time-for-a-conversation"):
            left = min(left, self.begun + HEAD - time.monotonic())
        piece = receive(self.stream, left)
        if piece is None:
            self.is_over = True
            is_silent = not self.is_asked() and keeps("without-a-word")
            if is_silent or spells("silent-timeouts"):
                raise NobodyAsksError
            raise TIMEOUT if keeps("request-timeout") else bad_request("It takes too long.")
        if not piece and self.request_line and breaks("whole-head"):
            piece = b"\r\n\r\n"
        if not piece:
            self.is_over = True
            has_no_more = keeps("ends-silently") or (self.answered and step < 17)
            if not self.is_asked() and has_no_more:
                raise NobodyAsksError
            raise bad_request("The request must be whole.")
        if self.is_told_again:
            self.stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.buffer += piece
        self.length += len(piece)

    def is_asked(self):
        """Whether a request has begun."""
        has_sent = self.length > 0 and breaks("empty-line-alone")
        return bool(self.buffer or self.request_line or has_sent)

    def take(self, length):
        """Takes so many bytes from the front."""
        while len(self.buffer) < length:
            self.fill()
        taken = bytes(self.buffer[:length])
        del self.buffer[:length]
        return taken

    def take_line(self, limit, too_long):
        """Takes a line from the front, and drops its end, which the limit doesn't count."""
        start = 0
        looks_once = breaks("limit-in-pieces") or breaks("chunk-line-in-pieces")
        while (end := self.buffer.find(b"\n", start)) < 0:
            is_first = start == 0
            start = len(self.buffer)
            # The last two bytes may be the line end.
            if start >= limit + 2 and (is_first or not looks_once):
                raise too_long()
            self.fill()
        if end - 1 > limit:
            raise too_long()
        line = self.take(end + 1)
        if not line.endswith(b"\r\n"):
            if not breaks("bare-line-feed"):
                raise bad_request("Each line must end in \\r\\n.")
            return line[:-1]
        return line[:-2]

    def is_head(self):
        """Whether a response must have no body; a request that is refused counts, too."""
        return (self.request_line or bytes(self.buffer)).startswith(b"HEAD ")


def text(data):
    return data.decode("utf-8", "replace" if not breaks("not-text") else "strict")


def take_request_line(connection):
    limit = MAX_REQUEST_LINE if keeps("line-limit") else math.inf
    if breaks("line-of-8000"):
        limit = MAX_REQUEST_LINE / 2

    def too_long():
        # It is the method that goes on and on, or else the URI.
        is_method = b" " not in connection.buffer[:MAX_REQUEST_LINE]
        if is_method and keeps("method-limit"):
            status = "501 Not Implemented"
        else:
            status = "414 URI Too Long"
        return Refusal(status, "The request line must not be longer than 8 KiB.")

    line = connection.take_line(limit, too_long)
    is_between = connection.answered and breaks("empty-line-between")
    if not line and keeps("empty-line") and not is_between:
        line = connection.take_line(limit, too_long)
    connection.request_line = line
    return line


# ---------------------------------------------------------------- requests


TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+\-.^_`|~]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
CONTROL_BUT_TAB = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
PATH = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=/:@]|%[0-9A-Fa-f]{2})*")
BROWSERS_PATH = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=/:@|\[\]]|%[0-9A-Fa-f]{2})*")
BROWSERS_QUERY = re.compile(
    r"(?:[A-Za-z0-9\-._~!$&'()*+,;=/:@|\[\]?\\^`{}]|%[0-9A-Fa-f]{2})*"
)
NAME = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")


class Request:
    """What a client asks for."""

    def __init__(self, method, uri, version, headers, body):
        self.method = method
        self.uri = uri
        self.version = version
        self.headers = headers
        self.body = body

    def path(self):
        """The path of the URI, which names the resource."""
        uri = percent_decode(self.uri) if breaks("reserved") else self.uri
        _, rest = split_host(uri) if keeps("absolute-form") else (None, uri)
        path = (rest.partition("?")[0] if keeps("query") else rest) or "/"
        if not keeps("unreserved"):
            return path
        return re.sub("%([0-9A-Fa-f]{2})", decode_unreserved, path)

    def cookie(self, name):
        """The value of the first cookie of that name."""
        lines = get_all(self.headers, "cookie")
        if not keeps("cookies-in-two-headers"):
            lines = lines[:1]
        pairs = [pair.strip().partition("=") for pair in ";".join(lines).split(";")]
        if not keeps("cookie-case"):
            pairs = [(n.lower(), equals, value) for n, equals, value in pairs]
        if breaks("odd-cookies") and not all(equals for _, equals, _ in pairs):
            raise bad_request("A cookie must have a name and a value.")
        values = [value for n, equals, value in pairs if n == name and equals]
        if not values:
            return None
        value = values[0] if keeps("first-cookie") else values[-1]
        return percent_decode(value) if keeps("cookie-decoding") else value

    def field(self, name):
        """The value of the first field of that name, if the body is a form."""
        if not keeps("form-bytes"):
            try:
                self.body.decode()
            except UnicodeDecodeError:
                return None
        fields = [field.partition("=") for field in text(self.body).split("&")]
        decode = decode_form if keeps("field-names") else str
        values = [value for n, _, value in fields if decode(n) == name]
        if not values:
            return None
        return decode_form(values[0] if keeps("first-field") else values[-1])


def split_host(uri):
    """Splits http://localhost/hi into the host and what comes after it."""
    is_scheme = uri[:7].lower() if keeps("scheme-case") else uri[:7]
    if is_scheme == "http://":
        end = re.search("[/?]|$", uri[7:]).start() + 7
        return uri[7:end], uri[end:]
    if not keeps("scheme-first") and "://" in uri:
        rest = uri.partition("://")[2]
        return "", rest[rest.find("/") :] if "/" in rest else ""
    return None, uri


def decode_unreserved(match):
    char = chr(int(match[1], 16))
    return char if re.fullmatch(r"[A-Za-z0-9\-._~]", char) else match[0]


def percent_decode(value):
    """Undoes percent-encoding; a % without two digits after it stands for itself."""
    if breaks("lone-percent-sign"):
        value = re.sub("%(?![0-9A-Fa-f]{2})", "", value)
    decoded = re.sub(
        b"%([0-9A-Fa-f]{2})", lambda two: bytes([int(two[1], 16)]), value.encode()
    )
    return decoded.decode("utf-8", "replace" if not breaks("cookie-bytes") else "ignore")


def percent_encode(value):
    digits = "%{:02x}" if spells("lower-case-digits") else "%{:02X}"
    is_safe = re.compile(r"[A-Za-z0-9\-._~]").fullmatch
    chars = (byte.to_bytes(1, "big") for byte in value.encode())
    return "".join(
        char.decode() if char < b"\x80" and is_safe(char.decode()) else digits.format(char[0])
        for char in chars
    )


def decode_form(value):
    if keeps("form-plus"):
        value = value.replace("+", " ")
    return percent_decode(value) if keeps("form-decoding") else value


def parse_request(connection):
    """Reads one request, as far as it takes to know whether we refuse it."""
    while breaks("line-at-once") and b"\r\n\r\n" not in connection.buffer:
        connection.fill()
    line = take_request_line(connection)
    method, uri, version = parse_request_line(text(line))
    longest = MAX_HEAD if not breaks("head-of-16-kib") else MAX_HEAD / 2
    limit = longest - len(line) - 4 if keeps("head-limit") else math.inf
    headers = take_headers(connection, limit)
    if not breaks("time-for-the-body"):
        connection.patience.wait_for("body")
    check_host(headers, version)
    is_coded = is_chunked(headers, version)
    length = 0 if is_coded else body_length(headers)
    if expects_continue(connection, headers, version, is_coded, length):
        reason = "Go on" if spells("reason") else "Continue"
        connection.stream.sendall(f"HTTP/1.1 100 {reason}\r\n\r\n".encode())
        connection.is_told_again = breaks("continue-once")
    if is_coded:
        body = take_chunks(connection, headers)
    elif breaks("no-length-no-body") and not get_all(headers, "content-length"):
        body = connection.take(len(connection.buffer))
    elif keeps("content-length-counts"):
        body = take_body(connection, length)
    else:
        body = connection.take(len(connection.buffer))
    return Request(method, uri, version, headers, body)


def take_body(connection, length):
    try:
        return connection.take(length)
    except Refusal:
        if not breaks("whole-body"):
            raise
        return connection.take(len(connection.buffer))


def parse_request_line(line):
    """Takes apart `GET /hi HTTP/1.1`."""
    if breaks("request-line-controls"):
        line = CONTROL.sub("", line)
    if keeps("request-line-controls") and CONTROL.search(line):
        raise bad_request("The request line must be printable.")
    words = line.split(" ")
    if breaks("one-space"):
        words = line.split()
    if len(words) == 2 and not keeps("two-words"):
        words.append("HTTP/1.0")
    if len(words) > 3 and not keeps("four-words"):
        words = words[:3]
    if len(words) != 3:
        raise bad_request("The request line must be three words, one space apart.")
    method, uri, version = words
    if keeps("empty-words") and (not method or not uri):
        raise bad_request("The method and the URI must not be empty.")
    if keeps("method-is-a-word") and not TOKEN.fullmatch(method):
        raise bad_request("The method must be a word.")
    if breaks("version-first") and method not in METHODS:
        raise Refusal("501 Not Implemented", "We do not know this method.")
    check_version(version)
    if not keeps("method-case"):
        method = method.upper()
    if method not in METHODS and keeps("unknown-method"):
        raise Refusal("501 Not Implemented", "We do not know this method.")
    if keeps("target"):
        check_target(uri, method)
    return method, uri, version


def check_version(version):
    if breaks("version-case"):
        version = version.upper()
    number = "[0-9]" if not breaks("version-digits") else "[0-9]+"
    match = re.fullmatch(rf"HTTP/({number})\.({number})", version)
    if not match:
        if keeps("version-grammar"):
            raise bad_request("The version must look like HTTP/1.1.")
    elif match[1] != "1":
        if keeps("other-version"):
            raise Refusal("505 HTTP Version Not Supported", "We speak HTTP/1.1.")
    elif match[2] not in ("0", "1") and breaks("later-minor-version"):
        raise Refusal("505 HTTP Version Not Supported", "We speak HTTP/1.1.")


def check_target(uri, method):
    """Checks that a URI has one of the forms of a target."""
    if uri == "*" and (method == "OPTIONS" or not keeps("star-for-options")):
        return
    if not keeps("no-fragment"):
        uri = uri.partition("#")[0]
    if not keeps("target-digits"):
        uri = re.sub("%(?![0-9A-Fa-f]{2})", "", uri)
    if not keeps("target-ascii"):
        uri = re.sub("[^\x00-\x7f]", "", uri)
    if not keeps("target-characters"):
        uri = re.sub('["<>]', "", uri)
    host, rest = split_host(uri)
    path, _, query = rest.partition("?")
    if not keeps("no-userinfo"):
        host = host and host.rpartition("@")[2]
    if host is None:
        is_form = path.startswith("/") or not keeps("target-slash")
    else:
        is_form = is_host(host) or (not host and not keeps("target-host"))
        is_form = is_form or (host and not keeps("target-host-grammar"))
    if not is_form:
        raise bad_request("The URI must begin with / or http://host.")
    path_grammar = BROWSERS_PATH if not breaks("browsers-characters") else PATH
    query_grammar = BROWSERS_QUERY if not breaks("browsers-characters") else PATH
    if not path_grammar.fullmatch(path) or not query_grammar.fullmatch(query):
        raise bad_request("The URI must be percent-encoded.")


def is_host(host):
    """Whether it is a name or an address, and perhaps a port."""
    name, colon, port = host.rpartition(":")
    if not colon or port.endswith("]"):
        name, port = host, ""
    if not re.fullmatch("[0-9]*", port):
        return False
    if name.startswith("[") and name.endswith("]"):
        try:
            socket.inet_pton(socket.AF_INET6, name[1:-1])
            return True
        except OSError:
            return False
    return bool(NAME.fullmatch(name))


# ---------------------------------------------------------------- headers


def take_headers(connection, limit):
    """Takes headers, and the empty line after them."""
    headers = []
    while line := take_header(connection, limit):
        limit -= len(line) + 2
        header = parse_header(header_text(line))
        if header:
            headers.append(header)
    return headers


def header_text(line):
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1") if keeps("latin-1") else text(line)


def take_header(connection, limit):
    try:
        return connection.take_line(limit, lambda: HEAD_TOO_LARGE)
    except Refusal:
        if not breaks("head-ends"):
            raise
        return connection.take(len(connection.buffer))


def parse_header(line):
    """Takes apart `Host: localhost`."""
    if line[0] in " \t":
        if keeps("folded-line"):
            raise bad_request("A header must not go on in the next line.")
        line = line.strip()
    name, colon, value = line.partition(":" if keeps("first-colon") else ": ")
    if not keeps("first-colon") and not colon:
        name, colon, value = line.partition(":")
        value = value and ""
    if not colon:
        if keeps("colon"):
            raise bad_request("A header must have a colon.")
        return None
    if name.endswith((" ", "\t")):
        if keeps("space-before-colon"):
            raise bad_request("There must be no space before the colon.")
        name = name.rstrip()
    is_name = TOKEN.fullmatch(name) or (not name and not keeps("name-not-empty"))
    if keeps("header-name") and not is_name:
        raise bad_request("The name of a header must be a word.")
    if keeps("value-trimmed"):
        value = value.strip(" \t")
    if not keeps("no-nul"):
        value = value.replace("\0", "")
    if not keeps("no-carriage-return"):
        value = value.replace("\r", "")
    controls = CONTROL_BUT_TAB if not breaks("tab-in-value") else CONTROL
    if breaks("any-letters-in-value") and not value.isascii():
        raise bad_request("The value of a header must be in ASCII.")
    if keeps("printable-value") and controls.search(value):
        raise bad_request("The value of a header must be printable.")
    return (name.lower() if keeps("lower-case-names") else name), value


def get_all(headers, name):
    return [value for n, value in headers if n.lower() == name]


def check_host(headers, version):
    hosts = get_all(headers, "host")
    if not hosts:
        if keeps("host-missing") and (version != "HTTP/1.0" or breaks("http-1.0-host")):
            raise bad_request("There must be a Host.")
        return
    if len(hosts) > 1 and keeps("host-once"):
        raise bad_request("There must be only one Host.")
    if hosts[0] == "" and breaks("host-empty"):
        raise bad_request("The Host must not be empty.")
    if hosts[0] and keeps("host-grammar") and not is_host(hosts[0]):
        raise bad_request("The Host must be a name, and perhaps a port.")


# ---------------------------------------------------------------- bodies


def body_length(headers):
    lengths = get_all(headers, "content-length")
    if not lengths:
        return 0
    if len(lengths) > 1 and not keeps("length-once"):
        lengths = lengths[-1:]
    if not keeps("length-list"):
        lengths = [lengths[0].split(",")[0]] + lengths[1:]
    is_number = re.compile("[0-9]+") if keeps("length-digits") else re.compile("[+0-9_]+")
    if breaks("length-zeros"):
        is_number = re.compile("0|[1-9][0-9]*")
    if breaks("length-integers"):
        is_number = re.compile("[0-9]{1,9}")
    if len(lengths) != 1 or not is_number.fullmatch(lengths[0]):
        raise bad_request("The Content-Length must be one number.")
    length = int(lengths[0])
    longest = MAX_BODY if not breaks("body-of-1-mib") else MAX_BODY - 1
    if length > longest and keeps("body-limit"):
        raise BODY_TOO_LARGE
    return length


def is_chunked(headers, version):
    values = get_all(headers, "transfer-encoding")
    if not values or not keeps("chunks"):
        return False
    if version == "HTTP/1.0" and keeps("http-1.0-chunks"):
        raise bad_request("HTTP/1.0 has no Transfer-Encoding.")
    if get_all(headers, "content-length") and keeps("length-and-chunks"):
        raise bad_request("Send a Content-Length or chunks, not both.")
    value = ",".join(values)
    value = value.lower() if keeps("coding-case") else value
    blank = " \t" if keeps("coding-blanks") else None
    codings = [coding.strip(blank) for coding in value.split(",")]
    if keeps("empty-coding"):
        codings = [coding for coding in codings if coding]
    if codings == ["chunked"]:
        return True
    if not codings and breaks("some-coding"):
        return False
    if codings[-1:] == ["chunked"] and "chunked" not in codings[:-1]:
        if keeps("unknown-coding"):
            raise Refusal(
                "501 Not Implemented", "We know no Transfer-Encoding but chunked."
            )
        return True
    if codings[-1:] == ["chunked"] and not keeps("chunked-once"):
        return True
    if "chunked" in codings and not keeps("chunked-last"):
        return True
    if not keeps("chunked-exact") and "chunked" in value:
        return True
    raise bad_request("The Transfer-Encoding must end in one chunked.")


def take_chunks(connection, headers):
    """Puts a body together that comes in chunks; adds no trailers to the headers."""
    body = bytearray()
    limit = MAX_HEAD
    while True:
        longest = limit + 6 if keeps("coding-limit") else math.inf
        line = connection.take_line(longest, lambda: HEAD_TOO_LARGE)
        size, surplus = parse_size(line)
        limit -= surplus if keeps("small-chunks") else len(line) + 4
        if limit < 0 and keeps("coding-limit"):
            raise HEAD_TOO_LARGE
        if size == 0:
            headers += take_trailers(connection, limit)
            if breaks("all-of-the-chunks"):
                connection.buffer[:0] = b"\r\n"
            return bytes(body)
        longest = MAX_BODY if not breaks("chunks-of-1-mib") else MAX_BODY - 1
        is_too_large = size > longest - len(body) and keeps("chunk-limit")
        if is_too_large and not breaks("size-at-once"):
            raise BODY_TOO_LARGE
        chunk = connection.take(size + 2)
        if is_too_large:
            raise BODY_TOO_LARGE
        if not chunk.endswith(b"\r\n") and keeps("chunk-end"):
            raise bad_request("A chunk is longer than its size.")
        body += chunk[:size]


def take_trailers(connection, limit):
    if not keeps("trailers"):
        if connection.take(2) != b"\r\n":
            raise bad_request("The last chunk must end in an empty line.")
        return []
    limit = limit - 2 if keeps("trailer-limit") else math.inf
    if keeps("trailer-grammar"):
        trailers = take_headers(connection, limit)
        return trailers if breaks("trailers-dropped") else []
    while connection.take_line(limit, lambda: HEAD_TOO_LARGE):
        pass
    return []


SIZE = re.compile(b"[0-9A-Fa-f]+")
EXTENSIONS = re.compile(
    r"""(?:[ \t]*;[ \t]*TOKEN(?:[ \t]*=[ \t]*(?:TOKEN|"(?:[^"\\]|\\.)*"))?)*""".replace(
        "TOKEN", TOKEN.pattern
    )
)


def parse_size(line):
    """The size of a chunk, and how many bytes its line has that it need not have."""
    if breaks("size-zeros") and line.startswith(b"0") and line != b"0":
        raise bad_request("The size of a chunk must not begin with a zero.")
    if breaks("size-integers") and re.match(b"[0-9A-Fa-f]{9}", line):
        raise bad_request("The size of a chunk must be a number.")
    if SIZE.fullmatch(line):
        return to_size(line), len(line) - len(line.lstrip(b"0"))
    line = text(line)
    if breaks("chunk-controls"):
        line = CONTROL_BUT_TAB.sub("", line)
    elif CONTROL_BUT_TAB.search(line):
        raise bad_request("The line of a chunk must be printable.")
    if breaks("size-digits"):
        return parse_loosely(line)
    digits = re.match("[0-9A-Fa-f]*", line)[0]
    extensions = line[len(digits) :]
    is_extension = EXTENSIONS.fullmatch(extensions)
    if breaks("extension-grammar"):
        is_extension = not extensions or extensions.strip(" \t").startswith(";")
    if breaks("extension-quotes") and '"' in extensions:
        is_extension = all(part.count('"') in (0, 2) for part in extensions.split(";"))
    if not digits or not is_extension or (extensions and breaks("extensions")):
        raise bad_request("The line of a chunk must be its size, and perhaps extensions.")
    return to_size(digits), len(line.encode()) - len(digits.lstrip("0"))


def to_size(digits):
    if keeps("size-hexadecimal"):
        return int(digits, 16)
    try:
        return int(digits)
    except ValueError:
        raise bad_request("The size of a chunk must be a number.") from None


def parse_loosely(line):
    """What int takes, it takes: a sign, white space, 0x."""
    try:
        return max(int(line.partition(";")[0], 16), 0), 0
    except ValueError:
        raise bad_request("The size of a chunk must be a number.") from None


def expects_continue(connection, headers, version, is_coded, length):
    """Whether the client waits for us before it sends the body."""
    if not keeps("continue") or connection.buffer or not (is_coded or length):
        return False
    if version == "HTTP/1.0" and keeps("http-1.0-continue"):
        return False
    if connection.answered and breaks("continue-each"):
        return False
    if not keeps("continue-only-if-asked"):
        return True
    expected = get_all(headers, "expect")
    if keeps("continue-in-a-list"):
        expected = ",".join(expected).split(",")
    return any(value.strip(" \t").lower() == "100-continue" for value in expected)


# ---------------------------------------------------------------- responses


Cookie = namedtuple("Cookie", "name value max_age", defaults=[None])


class Response:
    """What we answer. `status` is a code and a reason, `body` a text or bytes."""

    def __init__(self, status, body="", media_type="text/plain; charset=utf-8"):
        self.status = status
        self.is_refusal = False
        self.headers = []
        self.body = body.encode() if isinstance(body, str) else body
        length = len(self.body)
        if breaks("length-in-bytes"):
            length = len(text(self.body))
        self.add("server", "Server", "from-scratch")
        self.add("date", "Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime()))
        self.add("connection-close", "Connection", "close")
        self.add("content-type", "Content-Type", media_type)
        self.add("content-length", "Content-Length", str(length))
        if not self.status.startswith("2") and breaks("refusals-have-a-length"):
            self.headers.remove(("Content-Length", str(length)))

    def add(self, promise, name, value):
        """Adds a header, if that promise is kept."""
        if keeps(promise):
            self.headers.append((name, value))

    def header(self, name, value):
        self.headers.append((name, re.sub("[\x00-\x1f\x7f-\x9f]", " ", value)))
        return self

    def cookie(self, cookie):
        self.headers.append(("Set-Cookie", write_cookie(cookie)))
        return self


def write_cookie(cookie):
    """The value of a Set-Cookie."""
    name, value, max_age = cookie
    value = percent_encode(value) if keeps("cookie-encoding") else value
    attributes = []
    if keeps("cookie-path"):
        attributes.append("Path=/")
    if keeps("cookie-http-only"):
        attributes.append("HttpOnly")
    if keeps("cookie-same-site"):
        attributes.append("SameSite=Lax")
    if max_age is not None and keeps("cookie-max-age"):
        attributes.append(f"Max-Age={max_age}")
    if breaks("cookie-not-secure"):
        attributes.append("Secure")
    return "; ".join([f"{name}={value}", *spell_attributes(attributes)])


def see_other(path):
    status = "303 See Other" if keeps("see-other") else "307 Temporary Redirect"
    return Response(status).header("Location", spell_location(path))


def refuse(refusal):
    """Refuses what is no request, so that nobody knows where the next one begins."""
    response = Response(refusal.status, f"{refusal.reason}\n")
    response.is_refusal = True
    return response


def page(status, html, message):
    response = Response(status, html.replace("{text}", message), html_type())
    if keeps("session-no-store"):
        response.header("Cache-Control", "no-store")
    return response


def html_type():
    if not keeps("html"):
        return "text/plain; charset=utf-8"
    return "text/html; charset=utf-8" if keeps("html-charset") else "text/html"


# ---------------------------------------------------------------- pages


pages = {}


def route(method, path, since):
    """A page, from the chapter that adds it."""

    def decorate(handler):
        if since <= step:
            pages.setdefault(path, {})[method] = handler
        return handler

    return decorate


def add_pages():
    """Routes are made when the command line has been read."""
    route("GET", "/hi", 3)(hello)
    route("GET", "/namaste", 3)(namaste)
    route("*" if not breaks("any-method") else "GET", "/request", 3)(describe)
    route("POST", "/echo", 11)(echo)
    route("GET", "/visits", 13)(visit)
    route("POST" if keeps("name-by-post") else "*", "/name", 13)(introduce)
    route("GET", "/login", 14)(form)
    route("POST", "/login", 14)(login)
    route("POST" if keeps("logout-by-post") else "*", "/logout", 14)(logout)
    route("GET", "/protected", 14)(protected)
    route("GET", "/slow", 15)(slow)
    route("GET", "/panic", 15)(panic)


def hello(_request):
    return Response("200 OK", "Hello World!" if keeps("hi") else "Hello, World!")


def namaste(_request):
    return Response("200 OK", "Namaste!" if keeps("namaste") else "Hello World!")


def echo(request):
    body = request.body if keeps("echo-bytes") else text(request.body)
    octets = "application/octet-stream"
    return Response("200 OK", body, octets if keeps("echo-type") else "text/plain")


def visit(request):
    before = request.cookie("visits") or ""
    is_number = re.fullmatch(r"\+?[0-9]+", before) and int(before) <= LARGEST_NUMBER
    if before and not is_number and breaks("visits-that-are-none"):
        raise ValueError("this is no number of visits")
    largest = LARGEST_NUMBER if keeps("visits-saturate") else 2 * LARGEST_NUMBER
    visits = min(int(before) + 1, largest) if is_number else 1
    if not keeps("visits-count"):
        visits = 1
    name = request.cookie("name")
    name = "Stranger" if name is None or not keeps("name-is-known") else name
    response = Response("200 OK", f"{name}, this is visit {visits}.\n")
    if keeps("visits-no-store"):
        response.header("Cache-Control", "no-store")
    if keeps("set-cookie"):
        response.cookie(Cookie("visits", str(visits), YEAR))
    return response


def introduce(request):
    """Remembers the name that a form sends."""
    name = request.field("name")
    if name is None and not keeps("name-missing"):
        name = "Nobody"
    if name is None or (not name and keeps("name-empty")):
        raise bad_request("There must be a name.")
    cookie = Cookie("name", name, YEAR)
    if len(write_cookie(cookie)) > MAX_COOKIE and keeps("cookie-limit"):
        raise bad_request("The name is too long for a cookie.")
    return see_other("/visits").cookie(cookie)


def form(_request):
    return page("200 OK", LOGIN, "Who are you?")


def login(request):
    user = request.field("user") or ""
    password = request.field("password") or ""
    if breaks("login-fields") and request.field("password") is None:
        password = USERS.get(user)
    is_known = user in USERS and (USERS[user] == password or not keeps("password"))
    if not keeps("password-of-the-user"):
        is_known = user in USERS and password in USERS.values()
    if not is_known:
        return unauthorized("Wrong name or password.")
    before = request.cookie("session")
    if before and keeps("login-ends-the-session-before"):
        sessions.close(before)
    key = sessions.open(user, before)
    if not keeps("login-to-protected"):
        return page("200 OK", PROTECTED, user).cookie(Cookie("session", key))
    return see_other("/protected").cookie(Cookie("session", key))


def logout(request):
    key = request.cookie("session")
    if key and keeps("logout-ends-the-session"):
        sessions.close(key)
    response = see_other("/login" if keeps("logout-to-login") else "/hi")
    if keeps("logout-forgets"):
        response.cookie(Cookie("session", "", 0))
    return response


def protected(request):
    key = request.cookie("session") or ""
    user = sessions.user(key) or (key and breaks("made-up-key") and "ada")
    if not user and keeps("protected"):
        return unauthorized("Log in first.")
    return page("200 OK", PROTECTED, (user or "you") if keeps("knows-the-user") else "you")


def unauthorized(message):
    """Asks for a login, and says how."""
    status = "401 Unauthorized" if keeps("unauthorized") else "403 Forbidden"
    response = page(status, LOGIN, message)
    if keeps("www-authenticate"):
        response.header("WWW-Authenticate", "Form")
    return response


def slow(_request):
    time.sleep(3)
    return Response("200 OK", "Sorry for the wait.\n")


def panic(_request):
    raise RuntimeError("a handler has a bug")


def describe(request):
    """Shows the client how we understood its request."""
    method = request.method
    if method == "HEAD" and keeps("head-length"):
        method = "GET"
    uri = request.uri if not breaks("uri-as-it-came") else request.path()
    lines = [f"method: {method}", f"uri: {uri}", f"version: {request.version}"]
    headers = request.headers
    if not keeps("all-headers"):
        headers = list(dict(headers).items())
    if breaks("header-order"):
        headers = sorted(headers, reverse=True)
    if not keeps("describe"):
        headers = []
    lines += [f"header {name}: {value}" for name, value in headers]
    body = text(request.body)
    if not keeps("body-line-ends"):
        body = body.replace("\r", "").replace("\n", "")
    lines.append(f"body: {body}\n")
    response = Response("200 OK", "\n".join(lines))
    if keeps("request-no-store"):
        response.header("Cache-Control", "no-store")
    return response


LOGIN = """<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>Log in</title>
<p>{text}</p>
<form method="post" action="/login">
  <p><label>Name: <input name="user" autocomplete="username"></label></p>
  <p><label>Password: <input name="password" type="password"
    autocomplete="current-password"></label></p>
  <button>Log in</button>
</form>
"""

PROTECTED = """<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>Protected</title>
<p>Only for you, {text}.</p>
<form method="post" action="/logout"><button>Log out</button></form>
"""


class Sessions:
    """Who is logged in. The client has a key, and we have the rest."""

    def __init__(self):
        self.lock = threading.Lock()
        self.by_key = {}
        self.count = 0

    def open(self, user, before):
        self.count += 1
        # Two promises are about keys: that they can't be guessed, and that they are new.
        key = self.new_key() if keeps("random-key") else f"{self.count:032x}"
        if before and not keeps("new-key"):
            key = before
        with self.lock:
            now = time.monotonic()
            if breaks("two-sessions"):
                self.forget(user)
            self.by_key = {k: s for k, s in self.by_key.items() if s[1] > now}
            if len(self.by_key) >= MAX_SESSIONS and keeps("session-limit"):
                del self.by_key[min(self.by_key, key=lambda key: self.by_key[key][1])]
            self.by_key[key] = (user, now + LIFETIME)
        return key

    @staticmethod
    def new_key():
        return os.urandom(16).hex() if keeps("long-key") else os.urandom(2).hex()

    def user(self, key):
        with self.lock:
            user, end = self.by_key.get(key, (None, 0))
            return user if end > time.monotonic() else None

    def close(self, key):
        with self.lock:
            if breaks("logout-ends-no-other"):
                self.by_key.clear()
            self.by_key.pop(key, None)

    def forget(self, user):
        self.by_key = {k: s for k, s in self.by_key.items() if s[0] != user}


sessions = Sessions()


# ---------------------------------------------------------------- router


def create_response(request):
    """Looks up the page that answers the request."""
    if not keeps("pages"):
        return describe(request)
    path = request.path()
    if breaks("path-case"):
        path = path.lower()
    if breaks("whole-path"):
        path = "/hi" if path.startswith("/hi") else path
    is_server = path == "*" and request.method == "OPTIONS" and keeps("options-star")
    handlers = every_handler() if is_server else pages.get(path)
    if not handlers:
        if request.method == "OPTIONS" and breaks("options-not-found"):
            return allowed(request, {})
        if not keeps("not-found"):
            return Response("200 OK", "")
        body = f"There is nothing at {request.uri}.\n" if keeps("not-found-says-what") else ""
        return Response("404 Not Found", body)
    handler = handlers.get("*") or handlers.get(request.method)
    if request.method == "HEAD" and keeps("head"):
        handler = handler or handlers.get("GET")
    if handler and not is_server:
        return handler(request)
    return allowed(request, handlers)


def every_handler():
    return {method: handler for page in pages.values() for method, handler in page.items()}


def allowed(request, handlers):
    """Says which methods a page takes: it was asked, or the method is another."""
    is_asked = request.method == "OPTIONS" and keeps("options")
    if not is_asked and not keeps("method-not-allowed"):
        return Response("404 Not Found", f"There is nothing at {request.uri}.\n")
    methods = [
        method
        for method in METHODS
        if method in handlers
        or "*" in handlers
        or method == "OPTIONS"
        or (method == "HEAD" and "GET" in handlers)
    ]
    if not keeps("allow-names-all"):
        methods = methods[:1]
    status = "200 OK" if is_asked else "405 Method Not Allowed"
    methods = ", ".join(methods)
    response = Response(status, f"allowed: {methods}\n")
    if keeps("allow") or is_asked:
        response.header("Allow", methods)
    return response


# ---------------------------------------------------------------- spellings


def spell_attributes(attributes):
    """The attributes of a cookie in another order, in another case, or one more."""
    if spells("attributes"):
        attributes = [attribute.upper() for attribute in reversed(attributes)]
    if spells("expires"):
        ends = {attribute.lower(): attribute for attribute in attributes}
        if "max-age=0" in ends:
            attributes = [*attributes, "Expires=Thu, 01 Jan 1970 00:00:00 GMT"]
    return attributes


def spell_location(path):
    """Another reference to the same page."""
    if spells("absolute-location"):
        return f"http://localhost{path}"
    if spells("host-location"):
        return f"//localhost{path}"
    if spells("relative-location"):
        return path[1:]
    if spells("dotted-location"):
        return f"/./hi/..{path}"
    return path


def spell_value(name, value):
    """The values of a header: several, if it comes in several lines."""
    if name == "Content-Type" and spells("media-type"):
        return [value.title().replace("Utf-8", "utf-8")]
    if name == "Content-Type" and spells("quoted-charset"):
        return [value.replace("; charset=utf-8", ';charset="UTF-8"')]
    if name == "Content-Length" and spells("zeros"):
        return [value.zfill(9)]
    if name == "Date" and spells("rfc-850-date"):
        return [time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime())]
    if name == "Date" and spells("asctime-date"):
        return [time.asctime(time.gmtime())]
    if name == "Connection" and spells("connection"):
        return [f"{value.title()}, TE"]
    if name == "Allow" and spells("allow-lines"):
        return value.split(", ")
    if name == "Allow" and spells("allow-list"):
        return [" ,\t".join(reversed(value.split(", "))) + ", ,"]
    if name == "Cache-Control" and spells("cache-control"):
        return ["Private, No-Store"]
    if name == "Cache-Control" and spells("cache-lines"):
        return ["private", "max-age=0,no-store"]
    if name == "WWW-Authenticate" and spells("challenge"):
        return ['FORM realm="tutorial, 1", Other a="b"']
    if name == "Set-Cookie" and spells("cookie-blanks"):
        return [value.replace("; ", " ;  ")]
    return [value]


def spell_headers(headers):
    """The headers in another order and with others among them."""
    if spells("extra-cookie"):
        ours = ("Set-Cookie", "server=1; Path=/")
        theirs = ("Set-Cookie", "route=a.b-c; Expires=Wed, 21 Oct 2037 07:28:00 GMT")
        headers = [ours, *headers, theirs]
    if spells("extra-headers"):
        headers = [("X-Powered-By", "Python: 3"), ("Vary", "Accept"), ("X-Empty", ""), *headers]
    if spells("other-order"):
        headers = list(reversed(headers))
    if spells("other-server"):
        headers = [(n, "Python/3 (a comment)" if n == "Server" else v) for n, v in headers]
    return [(n, value) for n, values in headers for value in spell_value(n, values)]


def spell_line(name, value):
    """One header as a line."""
    if spells("lower-case"):
        name = name.lower()
    if spells("upper-case"):
        name = name.upper()
    if spells("no-space"):
        return f"{name}:{value}\r\n"
    if spells("blanks"):
        return f"{name}: \t{value}\t \r\n"
    return f"{name}: {value}\r\n"


def connection_header(response, is_old, stays_open):
    """The value of Connection, or nothing."""
    status = response.status
    if not keeps("connection-close") or (status == TIMEOUT.status and breaks("408-closes")):
        return None
    if not stays_open:
        says_it = not breaks("refusal-says-close" if response.is_refusal else "says-close")
        return "close" if says_it else None
    is_said = keeps("stays") and not spells("no-keep-alive")
    if is_old:
        is_said = keeps("http-1.0-says-keep-alive")
    return "keep-alive" if is_said else None


def write_response(response, is_head, is_old, stays_open):
    """Status line, headers, empty line, body."""
    headers, body = response.headers, response.body
    connection = connection_header(response, is_old, stays_open)
    headers = [
        (name, connection if name == "Connection" else value)
        for name, value in headers
        if name != "Connection" or connection
    ]
    can_chunk = spells("chunked") and not is_old and keeps("content-length")
    if can_chunk or breaks("one-length"):
        body = write_chunks(body)
        headers = [*headers, ("Transfer-Encoding", "chunked")]
    if can_chunk or (spells("until-it-closes") and not stays_open):
        headers = [(name, value) for name, value in headers if name != "Content-Length"]
    head = "".join(spell_line(name, value) for name, value in spell_headers(headers))
    if response.status == TIMEOUT.status and breaks("408-without-body"):
        is_head = False
    if is_head and keeps("head-without-body"):
        body = b""
    empty_line = "\r\n" if not breaks("empty-line-after-head") else ""
    return f"{status_line(response.status)}\r\n{head}{empty_line}".encode() + body


def status_line(status):
    code, _, reason = status.partition(" ")
    if spells("reason"):
        reason = f"Whatever {code} means"
    if spells("no-reason"):
        reason = ""
    version = "HTTP/1.0" if spells("http-1.0") else "HTTP/1.1"
    return f"{version} {code} {reason}" if not breaks("status-line") else f"{version} {reason}"


def write_chunks(body):
    pieces = [body[start : start + 5000] for start in range(0, len(body), 5000)]
    chunks = [b"%X;a=b\r\n%b\r\n" % (len(piece), piece) for piece in pieces]
    return b"".join(chunks) + b"0\r\n\r\n"


# ---------------------------------------------------------------- connections


def serve(stream):
    """Answers one request, or several, if the connection stays open."""
    connection = Connection(stream)
    waiting = []
    stays_open = True
    while stays_open:
        try:
            response, stays_open = answer(connection)
        except NobodyAsksError:
            break
        if spells("interim") and not is_old(connection):
            stream.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preload\r\n\r\n")
        head = connection.is_head()
        waiting.append(write_response(response, head, is_old(connection), stays_open))
        connection.answered += 1
        if response.is_refusal and breaks("answers-before-a-refusal"):
            waiting = waiting[-1:]
        if stays_open and connection.buffer and has_all_wait():
            connection.expect_request()
            continue
        if breaks("in-order"):
            waiting.reverse()
        if breaks("answers-after-the-end") and has_ended(stream):
            break
        send(stream, b"".join(waiting))
        waiting = []
        forget(connection, response)
        if connection.buffer and breaks("nothing-after-close"):
            stays_open = True
        if not stays_open and not connection.is_over and breaks("nothing-later"):
            connection.buffer.clear()
            stays_open = True
        connection.expect_request()
    if breaks("closes"):
        time.sleep(30)
    if keeps("linger"):
        linger(stream)
    if connection.has_failed and not keeps("panic-costs-no-worker"):
        raise SystemExit


def has_all_wait():
    """Whether answers wait for those to the requests that are already here."""
    return breaks("in-order") or breaks("answers-before-a-refusal")


def has_ended(stream):
    """Whether the client has closed its side."""
    time.sleep(0.1)
    try:
        return not stream.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False


def forget(connection, response):
    """Forgets what has come of the next request, if that promise is broken."""
    if breaks("rest-is-kept"):
        connection.buffer.clear()
    if breaks("half-is-kept") and b"\r\n\r\n" not in connection.buffer:
        connection.buffer.clear()
    if breaks("unwanted-body") and response.status.startswith("405"):
        connection.buffer[:0] = b"surplus"


def is_old(connection):
    """Whether the client may know nothing of HTTP/1.1."""
    return not connection.request_line.endswith(b" HTTP/1.1")


def send(stream, data):
    """Sends all of it to a client that takes it. Only `send` begins to wait anew."""
    stream.settimeout(at_our_pace(STALL) if step >= 16 and not breaks("taken-in-time") else None)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    length = len(data) if not spells("in-pieces") else max(7, len(data) // 40)
    data = memoryview(data)
    while data:
        data = data[send_some(stream, data[:length]) :]
        if breaks("taken-slowly"):
            break


def send_some(stream, data):
    """Python waits until the system tells of room, and it tells when there is much. Who is
    slow has made a little, and is asked once more."""
    try:
        return stream.send(data)
    except TimeoutError:
        patience = stream.gettimeout()
        stream.setblocking(False)
        length = stream.send(data)
        stream.settimeout(patience)
        return length


def answer(connection):
    """A response, and whether the connection stays open after it."""
    try:
        request = parse_request(connection)
    except Refusal as refusal:
        return refuse(refusal), breaks("refusal-ends") and not connection.is_over
    connection.asked_at = time.monotonic()
    response = handle(connection, request)
    is_error = response.status.startswith("4") and breaks("refused-page-stays")
    is_error = is_error or connection.has_failed and breaks("panic-keeps")
    return response, keeps_alive(request) and not is_error


def handle(connection, request):
    """Lets the handler answer."""
    try:
        return create_response(request)
    except Refusal as refusal:
        return Response(refusal.status, f"{refusal.reason}\n")
    except Exception as error:
        print(f"a handler has failed: {error}", file=sys.stderr)
        connection.has_failed = True
        if breaks("panic-ends-no-session"):
            sessions.by_key.clear()
        if not keeps("panic-500"):
            raise
        status = "500 Internal Server Error"
        return Response(status, "Something in our server is broken.\n")


def keeps_alive(request):
    """Whether the client may send another request."""
    # Without a length, a response ends with its connection.
    has_length = keeps("content-length") and not spells("until-it-closes")
    can_stay = keeps("stays") or spells("keep-alive")
    if not has_length or not can_stay or spells("hangs-up"):
        return False
    values = get_all(request.headers, "connection")
    if breaks("close-in-two-headers"):
        values = values[:1]
    if not breaks("close-in-a-list"):
        values = ",".join(values).split(",")
    options = [value.strip(" \t") for value in values]
    if not breaks("close-case"):
        options = [option.lower() for option in options]
    if breaks("close-is-a-word"):
        options += [word for option in options for word in option.split("-")]
    wants = "keep-alive" in options
    if "close" in options and not breaks("close") and not (wants and breaks("close-wins")):
        return False
    if request.version != "HTTP/1.0" or breaks("http-1.0-closes"):
        return True
    return wants and keeps("http-1.0-stays")


def linger(stream):
    """Closes our side, and waits for the client to close its own."""
    end = time.monotonic() + at_our_pace(GOODBYE)
    left = GOODBYE_BYTES if keeps("goodbye-bytes") else math.inf
    try:
        stream.shutdown(socket.SHUT_WR)
        while left > 0:
            has_end = keeps("goodbye-in-time")
            piece = receive(stream, end - time.monotonic() if has_end else LINGER)
            if not piece:
                break
            left -= len(piece)
    except OSError:
        # However the client leaves, it has our response.
        pass


def serve_echo(stream):
    """All that the first chapter does."""
    data = stream.recv(2048)
    stream.sendall(data if keeps("every-byte") else text(data).encode())


def work(listener):
    """Answers one client after the other."""
    while True:
        stream, _ = listener.accept()
        try:
            with stream:
                if keeps("http"):
                    serve(stream)
                else:
                    serve_echo(stream)
        except OSError as error:
            print(f"connection failed: {error}", file=sys.stderr)
            if not keeps("survives-clients"):
                os._exit(1)
        except Exception as error:
            print(f"a worker has failed: {error}", file=sys.stderr)


def read_arguments(arguments):
    """The address; the options go to the variables at the top."""
    global step
    address = "127.0.0.1:8080"
    words = iter(arguments)
    for word in words:
        if word == "--step":
            step = int(next(words))
        elif word == "--without":
            without.update(next(words).split(","))
        elif word == "--spelling":
            spelling.update(next(words).split(","))
        elif word == "--list":
            for name, promise in PROMISES.items():
                print(f"{promise.since:02} {name:30} {promise.words}")
            sys.exit()
        else:
            address = word
    for name in [*(without - PROMISES.keys()), *(spelling - SPELLINGS.keys())]:
        sys.exit(f"{name} is not in promises.txt or spellings.txt")
    return address


def main():
    host, _, port = read_arguments(sys.argv[1:]).rpartition(":")
    add_pages()
    listener = socket.create_server((host, int(port)), backlog=128)
    print(f"listening on http://{host}:{listener.getsockname()[1]}", flush=True)
    workers = WORKERS if keeps("threads") else 1
    threads = [threading.Thread(target=work, args=[listener]) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
