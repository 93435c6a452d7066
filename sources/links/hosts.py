"""Which addresses may be asked at all: of the web, on its usual ports, of public hosts alone.

Names are resolved here, once, and the connection is made to the very number that was looked at:
a name that says something else a moment later leads nowhere (DNS rebinding).
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from .verdicts import Outcome, Trouble

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int, float], list[str]]
LONGEST = 2_000  # characters of an address
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_IETF = ipaddress.IPv4Network("192.0.0.0/24")  # some of it is global to ipaddress, none to us
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"\u2028\u2029]")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.I)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.I)
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Target:
    """An address taken apart; `path` is what stands in the first line of a request."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots.txt holds for them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _PORTS[self.scheme]
        return f"{self.scheme}://{host}" + ("" if usual else f":{self.port}")

    @property
    def url(self) -> str:
        """The address again."""
        return self.origin + self.path


def target_of(address: str, *, loopback: frozenset[int] = frozenset()) -> Target:
    """The address taken apart. Raises Trouble where it is none that we may ask: `loopback` are
    ports of this machine that tests may."""
    if len(address) > LONGEST or _ODD.search(address):
        raise _refused(_("It has signs that no address has."))
    try:
        parts = urlsplit(address)
        port, host = parts.port, _ascii(parts.hostname or "")
    except ValueError as error:
        raise _refused(_("It cannot be read as an address.")) from error
    if parts.scheme not in _PORTS:
        raise _refused(_("It is no address of the web."))
    if parts.username is not None or parts.password is not None:
        raise _refused(_("It holds a name or a password."))
    port = port or _PORTS[parts.scheme]
    if port not in _PORTS.values() and port not in loopback:
        raise _refused(_("Its port is not one of the web."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, quote(path, safe=_KEPT))


def host_of(address: str) -> str:
    """The host whose turn it is to be asked for this address; blank where it names none."""
    try:
        return _ascii(urlsplit(address).hostname or "")
    except (ValueError, Trouble):
        return ""


def _ascii(host: str) -> str:
    """The host as it is asked for: canonical numbers, or a name in letters of ASCII."""
    if not host:
        raise _refused(_("It names no host."))
    if ":" in host:
        return str(ipaddress.IPv6Address(host))  # a zone, too, is refused as no number
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _refused(_("Its host is no name.")) from error
    if _NUMERIC.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise _refused(_("Its host is a number in an odd notation.")) from error
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise _refused(_("Its host is no name."))
    return name


def is_public(number: Address) -> bool:
    """Whether a host of that number belongs to the public net, whatever it wraps: not private,
    loopback, link-local, multicast, unspecified or kept for later use."""
    if isinstance(number, ipaddress.IPv6Address):
        wrapped = [number.ipv4_mapped, number.sixtofour, *(number.teredo or ())]
        if number in _NAT64 or (number in _COMPATIBLE and int(number) > 1):
            wrapped.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
        inner = [one for one in wrapped if one is not None]
        if inner:
            return all(map(is_public, inner))
        if number.is_site_local:
            return False
    elif number in _IETF:
        return False
    return number.is_global and not (
        number.is_multicast or number.is_reserved or number.is_unspecified or number.is_link_local
    )


def number_of(target: Target, resolve: Resolve, seconds: float, loopback: frozenset[int]) -> str:
    """The number of the host to connect to. Raises Trouble where there is none, or where any of
    its numbers is not public."""
    try:
        numbers = [ipaddress.ip_address(target.host)]
    except ValueError:
        found = resolve(target.host, target.port, seconds)
        numbers = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    if not numbers:
        raise Trouble(Outcome.NO_HOST)
    if target.port in loopback and all(number.is_loopback for number in numbers):
        return str(numbers[0])
    if not all(map(is_public, numbers)):
        raise _refused(_("Its host is not one of the public net."))
    return str(numbers[0])


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """The numbers of a host, as the system finds them, in that many seconds. Raises Trouble."""
    answers: Queue[list[str] | OSError | UnicodeError] = Queue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()  # getaddrinfo knows no time limit
    try:
        answer = answers.get(timeout=seconds)
    except Empty as error:
        raise Trouble(Outcome.TIMED_OUT, _("Its name was not resolved in time.")) from error
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        raise Trouble(Outcome.TIMED_OUT, _("Its name could not be resolved just now."))
    if isinstance(answer, Exception):
        raise Trouble(Outcome.NO_HOST)
    return answer


def _refused(detail: str) -> Trouble:
    return Trouble(Outcome.NOT_ASKED, detail)
