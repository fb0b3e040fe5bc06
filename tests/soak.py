"""A soak: good, bad, slow and leaving clients, all at once, for some minutes.

    python3 tests/soak.py [--seconds 300] [--clients 200] target/release/step-72

Starts the program with a folder that it makes, and ends with status 1 if an answer was
wrong, a good client waited for too long, or descriptors, threads or memory did not come back
to where they were. For Linux, which says in /proc what a process has; for Python 3.11.
"""

import argparse
import asyncio
import os
import random
import re
import resource
import signal
import socket
import struct
import sys
import tempfile
import time
from pathlib import Path

PAGES = {"index.html": b"<h1>Soak</h1>\n", "small.txt": b"small\n" * 20,
         "large.bin": random.Random(1).randbytes(3_000_000)}
HOST = "Host: localhost\r\n"


class Wrong(Exception):
    """An answer that is not what it should be."""


class Client:
    """A connection, and how to read responses from it."""

    @classmethod
    async def connect(cls, port):
        client = cls()
        client.reader, client.writer = await asyncio.open_connection("127.0.0.1", port)
        return client

    def send(self, text):
        self.writer.write(text if isinstance(text, bytes) else text.encode())

    async def response(self, is_head=False):
        """The status, the headers, and the body."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        headers = dict(re.findall(r"^([^:\r\n]+): *([^\r\n]*)\r$", head, re.MULTILINE))
        headers = {name.lower(): value for name, value in headers.items()}
        if is_head or status in (204, 304) or status < 200:
            return status, headers, b""
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await self.reader.readline(), 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
            return status, headers, body
        length = int(headers.get("content-length", 0))
        return status, headers, await self.reader.readexactly(length)

    async def ask(self, request, status, body=None):
        self.send(request)
        got, _, text = await self.response(request.startswith("HEAD"))
        if got != status or (body is not None and text != body):
            raise Wrong(f"{request[:60]!r}: {got} and {len(text)} bytes")
        return text

    def reset(self):
        """Leaves without a goodbye."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()

    async def close(self):
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except OSError:
            pass


async def good(port, dice):
    """Asks for this and that on one connection, and looks at each answer."""
    client = await Client.connect(port)
    for _ in range(dice.randint(1, 20)):
        start = time.monotonic()
        body = dice.randbytes(dice.choice([0, 1, 100, 70_000]))
        match dice.randrange(8):
            case 0:
                await client.ask(f"GET /hi HTTP/1.1\r\n{HOST}\r\n", 200, b"Hello World!")
            case 1:
                client.send(f"POST /echo HTTP/1.1\r\n{HOST}"
                            f"Content-Length: {len(body)}\r\n\r\n")
                client.send(body)
                if (await client.response())[2] != body:
                    raise Wrong("/echo, with a length")
            case 2:
                client.send(f"POST /echo HTTP/1.1\r\n{HOST}"
                            "Transfer-Encoding: chunked\r\n\r\n")
                for at in range(0, len(body), 4096):
                    piece = body[at:at + 4096]
                    client.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                client.send("0\r\n\r\n")
                if (await client.response())[2] != body:
                    raise Wrong("/echo, in chunks")
            case 3:
                name = dice.choice(list(PAGES))
                await client.ask(f"GET /{name} HTTP/1.1\r\n{HOST}\r\n", 200, PAGES[name])
            case 4:
                first = dice.randrange(1_000_000)
                await client.ask(
                    f"GET /large.bin HTTP/1.1\r\n{HOST}Range: bytes={first}-{first + 999}"
                    "\r\n\r\n", 206, PAGES["large.bin"][first:first + 1000])
            case 5:
                await client.ask(f"HEAD /nowhere HTTP/1.1\r\n{HOST}\r\n", 404)
            case 6:
                many = dice.randint(2, 300)
                client.send(f"GET /hi HTTP/1.1\r\n{HOST}\r\n" * many)
                for _ in range(many):
                    if (await client.response())[2] != b"Hello World!":
                        raise Wrong("pipelined")
            case 7:
                await client.ask(f"GET /small.txt HTTP/1.1\r\n{HOST}"
                                 "If-None-Match: *\r\n\r\n", 304)
        good.longest = max(good.longest, time.monotonic() - start)
        good.count += 1
    await client.close()

good.longest = 0
good.count = 0


async def bad(port, dice):
    """Sends what is no request, and has to be refused, or to be let go."""
    client = await Client.connect(port)
    client.send(dice.choice([
        b"\x00\xff\x16\x03\r\n\r\n", b"GET /hi\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\n" + HOST.encode() + b"\r\n", b"X" * 20_000,
        b"POST /echo HTTP/1.1\r\n" + HOST.encode() + b"Content-Length: -1\r\n\r\n",
        b"POST /echo HTTP/1.1\r\n" + HOST.encode()
        + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", dice.randbytes(300) + b"\r\n\r\n"]))
    status, headers, _ = await client.response()
    if not 400 <= status < 600 or headers["connection"] != "close":
        raise Wrong(f"a bad request got {status}")
    if await client.reader.read(1):
        raise Wrong("something comes after the last answer")
    await client.close()


async def drip(client, text, dice):
    """Sends it byte by byte, until there is an answer. The status of that."""
    answer = asyncio.ensure_future(client.response())
    for byte in text.encode():
        if answer.done():
            break
        client.send(bytes([byte]))
        await asyncio.sleep(dice.choice([0.01, 0.5]))
    status, _, _ = await answer
    return status


async def slow(port, dice):
    """Drips a head, drips a body, or takes little of a long answer."""
    client = await Client.connect(port)
    match dice.randrange(3):
        case 0:
            request = f"GET /hi HTTP/1.1\r\n{HOST}\r\n"
            if (status := await drip(client, request, dice)) not in (200, 408):
                raise Wrong(f"a slow head got {status}")
        case 1:
            client.send(f"POST /echo HTTP/1.1\r\n{HOST}Content-Length: 30\r\n\r\n")
            if (status := await drip(client, "x" * 30, dice)) not in (200, 408):
                raise Wrong(f"a slow body got {status}")
        case 2:
            client.send(f"GET /large.bin HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
            await client.reader.readuntil(b"\r\n\r\n")
            body = b""
            while piece := await client.reader.read(60_000):
                body += piece
                await asyncio.sleep(0.05)
            if body != PAGES["large.bin"]:
                raise Wrong(f"a slow reader got {len(body)} bytes")
    await client.close()


async def leaving(port, dice):
    """Leaves in the middle, in one way or another."""
    client = await Client.connect(port)
    client.send(dice.choice([
        "", "GET /hi HT", f"GET /hi HTTP/1.1\r\n{HOST}\r\n" * 50,
        f"GET /large.bin HTTP/1.1\r\n{HOST}\r\n" * 3, f"GET /squares HTTP/1.1\r\n{HOST}\r\n",
        f"POST /echo HTTP/1.1\r\n{HOST}Content-Length: 1000\r\n\r\nx",
        f"GET /slow HTTP/1.1\r\n{HOST}\r\n"]))
    await asyncio.sleep(dice.random())
    if dice.random() < 0.5:
        client.reset()
    else:
        await client.close()


async def working(port, dice):
    """Asks for what takes time, and for something else behind it."""
    client = await Client.connect(port)
    client.send(f"GET /slow HTTP/1.1\r\n{HOST}\r\nGET /hi HTTP/1.1\r\n{HOST}\r\n")
    status, headers, _ = await client.response()
    if status not in (200, 503) or (status == 503 and "retry-after" not in headers):
        raise Wrong(f"/slow got {status}")
    if (await client.response())[2] != b"Hello World!":
        raise Wrong("behind /slow")
    await client.close()


KINDS = [good] * 6 + [bad, slow, leaving, leaving, working]


async def soak(port, seconds, clients):
    """All of them together. What was wrong, as a list of texts."""
    wrongs = []
    end = time.monotonic() + seconds

    async def one(number):
        dice = random.Random(number)
        while time.monotonic() < end:
            kind = dice.choice(KINDS)
            try:
                await asyncio.wait_for(kind(port, dice), 60)
            except Wrong as wrong:
                wrongs.append(f"{kind.__name__}: {wrong}")
            except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError) as error:
                # Who leaves in the middle can't complain.
                if kind is not leaving:
                    wrongs.append(f"{kind.__name__}: {error!r}")

    await asyncio.gather(*(one(number) for number in range(clients)))
    return wrongs


def usage(process):
    """How many descriptors, threads and KiB it has."""
    status = Path(f"/proc/{process}/status").read_text()
    number = lambda name: int(re.search(rf"{name}:\s+(\d+)", status)[1])
    return len(os.listdir(f"/proc/{process}/fd")), number("Threads"), number("VmRSS")


async def main():
    parser = argparse.ArgumentParser(description="soaks a server")
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--clients", type=int, default=200)
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    with tempfile.TemporaryDirectory() as folder:
        for name, content in PAGES.items():
            Path(folder, name).write_bytes(content)
        server = await asyncio.create_subprocess_exec(
            arguments.program, "127.0.0.1:0", folder, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL)
        try:
            port = int((await server.stdout.readline()).decode().rsplit(":", 1)[1])
            # What it needs for work, it has before the first measurement.
            warm_up = await soak(port, min(10, arguments.seconds / 4), arguments.clients)
            await asyncio.sleep(25)
            before = usage(server.pid)
            wrongs = warm_up + await soak(port, arguments.seconds, arguments.clients)
            # The longest patience of the server: ten seconds and a goodbye, or its workers'.
            await asyncio.sleep(25)
            after = usage(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            status = await asyncio.wait_for(server.wait(), 20)

    print(f"{good.count} good requests, the longest took {good.longest:.2f} s")
    for name, one, other in zip(["descriptors", "threads", "KiB"], before, after):
        print(f"{name}: {one} before, {other} after")
    for wrong in sorted(set(wrongs)):
        print(f"{wrongs.count(wrong)} times {wrong}")
    if status != 0:
        print(f"it ended with {status}")
    is_back = after[:2] == before[:2] and after[2] < before[2] + 4096
    return 0 if is_back and not wrongs and status == 0 else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
