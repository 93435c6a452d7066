"""Clients of the drills: well-behaved ones, and ones that send or read as slowly as they can."""

import http.client
import re
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

FORM = "/cases/ending-the-armed-conflict-in-tajikistan/correct/"


@dataclass
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    body: bytes = b""
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


def ask(
    base: str,
    method: str,
    path: str,
    body: str | bytes | None = None,
    headers: dict[str, str] | None = None,
    seconds: float = 30,
) -> Answer:
    """One request on a connection of its own."""
    url, started = urlsplit(base), time.perf_counter()
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=seconds)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        read = answer.read()
    except (OSError, http.client.HTTPException):
        return Answer(0, seconds=time.perf_counter() - started)
    finally:
        connection.close()
    lowered = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, read, time.perf_counter() - started, lowered)


def get(base: str, path: str, seconds: float = 30) -> Answer:
    """GET of a path."""
    return ask(base, "GET", path, seconds=seconds)


def cookie_and_token(base: str, path: str = FORM) -> tuple[str, str]:
    """What anybody can fetch: the cookie of a form, and its token."""
    answer = get(base, path)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body)
    return answer.headers["set-cookie"].partition(";")[0], token[1].decode()


def send_correction(base: str, message: str = "A slip in the third line.") -> Answer:
    """A correction as a reader sends it."""
    cookie, token = cookie_and_token(base)
    fields = {"csrfmiddlewaretoken": token, "kind": "correction", "message": message}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return ask(base, "POST", FORM, urlencode(fields), headers, seconds=60)


def slow_body(base: str, path: str, *, announced: int, sent: bytes, cookie: str) -> socket.socket:
    """A connection that announces a body, sends the beginning of it, and no more."""
    url = urlsplit(base)
    connection = socket.create_connection((url.hostname, url.port), 30)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {url.netloc}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {announced}\r\n"
    )
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    connection.sendall(head.encode() + b"\r\n" + sent)
    return connection


def slow_reader(base: str, path: str) -> socket.socket:
    """A connection that asks for a page and does not read the answer."""
    url = urlsplit(base)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((url.hostname, url.port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
    return connection


def ninety_ninth(base: str, path: str = "/", times: int = 300) -> float:
    """The 99th percentile of the seconds that a page takes, a slow one counting as 15."""
    took = []
    for _ in range(times):
        answer = get(base, path, seconds=15)
        took.append(answer.seconds if answer.status == 200 else 15.0)
        if sum(took) > 60:
            break
    return sorted(took)[int(len(took) * 0.99) - 1]
