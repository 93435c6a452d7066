"""A server on loopback that answers as badly as it is told, and a door that reaches it alone."""

import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress

from sources.links.asking import Door
from sources.links.checker import Checker
from sources.links.verdicts import Limits

QUICK = Limits(connect=1, read=0.5, total=1.2, everything=4, body=50_000, redirects=4)
NAMES = ("good.test", "other.test", "third.test")


def answer(status=200, body=b"", **headers):
    """An answer as it goes over the wire; `Content_Type="…"` gives a header."""
    lines = [f"HTTP/1.1 {status} X"]
    headers = {"Content_Length": len(body), "Connection": "close"} | headers
    lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items() if v is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def page(words="", title="A page"):
    text = f"<html><head><title>{title}</title></head><body><p>{words}</p></body></html>"
    return answer(200, text.encode(), Content_Type="text/html; charset=utf-8")


class Server:
    """`ways[path]` is bytes to send, or a function of (socket, request) that sends what it likes;
    robots.txt is missing until there is a way for it. `asked` lists (method, path, headers)."""

    def __init__(self, context=None):
        self.ways, self.asked, self.open_now, self.most_open = {}, [], 0, 0
        self.context = context
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path="/", host="good.test", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self, method=None):
        return [p for m, p, _h in self.asked if p != "/robots.txt" and method in (None, m)]

    def _serve(self):
        while not self.stopped.is_set():
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection):
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        with suppress(OSError, ValueError), connection:
            if self.context:
                with self.context.wrap_socket(connection, server_side=True) as secure:
                    self._speak(secure)
            else:
                self._speak(connection)
        self.open_now -= 1

    def _speak(self, connection):
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65536)
            if not piece:
                break
            request += piece
            if piece[:1] == b"\x16":  # TLS, of which this server knows nothing
                connection.sendall(answer(400))
                return
        if not request:
            return
        first, *lines = request.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, path, _version = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        self.asked.append((method, path, headers))
        way = self.ways.get(path) or self.ways.get(path.partition("?")[0])
        way = way or answer(404)
        if callable(way):
            way = way(connection, (method, path, headers)) or b""
        if method == "HEAD":
            way = way.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        connection.sendall(way)

    def stop(self):
        self.stopped.set()
        self.listening.close()


def hang(before=b"", seconds=3):
    def way(connection, _request):
        connection.sendall(before)
        time.sleep(seconds)

    return way


def drip(start, piece, every=0.1, times=60):
    """Each piece comes in time; all of them never do."""

    def way(connection, _request):
        connection.sendall(start)
        for _n in range(times):
            time.sleep(every)
            connection.sendall(piece)

    return way


def endless(start, piece=b"x" * 16384):
    def way(connection, _request):
        connection.sendall(start)
        with suppress(OSError):
            while True:
                connection.sendall(piece)

    return way


def by_method(**ways):
    """Another way for each method."""

    def way(connection, request):
        chosen = ways[request[0].lower()]
        return chosen(connection, request) if callable(chosen) else chosen

    return way


def door(*servers, limits=QUICK, names=NAMES, numbers=None, context=None):
    """A door that finds `names` at 127.0.0.1, and reaches these servers alone."""
    numbers = {name: ["127.0.0.1"] for name in names} | (numbers or {})

    def resolve(host, _port, _seconds):
        found = numbers.get(host, [])
        return found(host) if callable(found) else found

    ports = frozenset(server.port for server in servers)
    return Door("peacesite (+https://example.org)", limits, resolve, ports, context)


def checker(*servers, **over):
    return Checker("", door=door(*servers, **over))


def self_signed(tmp_path, *names):
    """A server's context with a certificate that nobody vouches for, and a client's that does."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    alternative = ",".join(f"DNS:{name}" for name in names)
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out certificate.pem -subj"
    subprocess.run(
        ["openssl", *asked.split(), f"/CN={names[0]}", "-addext", f"subjectAltName={alternative}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=certificate)
    return serving, trusting
