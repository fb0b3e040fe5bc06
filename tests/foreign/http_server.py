"""The pages of the tutorial on Python's http.server, as far as step 10, and what the cases of
steps 16 and 17 need besides.

    python3 tests/foreign/http_server.py 127.0.0.1:8080
    cargo run -- check 10
"""

import sys
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PAGES = {"/hi": "Hello World!", "/namaste": "Namaste!"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.read_body()
        path = urlsplit(self.path).path
        if path == "/request":
            self.send_text(HTTPStatus.OK, self.describe(body))
        elif path == "/echo":
            self.send_text(HTTPStatus.OK, body.decode())
        elif path == "/name":
            self.send_text(HTTPStatus.BAD_REQUEST, "There must be a name.\n")
        elif path == "/slow":
            time.sleep(3)
            self.send_text(HTTPStatus.OK, "Sorry for the wait.\n")
        elif path == "/panic":
            self.send_text(HTTPStatus.INTERNAL_SERVER_ERROR, "Something is broken.\n")
        elif self.command == "OPTIONS" and (path in PAGES or path == "*"):
            self.send_text(HTTPStatus.OK, "", allow="GET, HEAD, OPTIONS")
        elif path not in PAGES:
            self.send_text(HTTPStatus.NOT_FOUND, f"There is nothing at {path}.\n")
        elif self.command in ("GET", "HEAD"):
            self.send_text(HTTPStatus.OK, PAGES[path])
        else:
            self.send_text(HTTPStatus.METHOD_NOT_ALLOWED, "", allow="GET, HEAD, OPTIONS")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def read_body(self):
        # http.server leaves the body to whoever wants it.
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def describe(self, body):
        headers = [f"header {name.lower()}: {value}\n" for name, value in self.headers.items()]
        return (
            f"method: {self.command}\nuri: {self.path}\nversion: {self.request_version}\n"
            f"{''.join(headers)}body: {body.decode(errors='replace')}\n"
        )

    def send_text(self, status, text, allow=None):
        body = text.encode(errors="replace")
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if allow:
            self.send_header("Allow", allow)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    host, port = (sys.argv[1:] or ["127.0.0.1:8080"])[0].split(":")
    server = ThreadingHTTPServer((host, int(port)), Handler)
    print(f"listening on http://{host}:{server.server_port}", flush=True)
    server.serve_forever()


main()
