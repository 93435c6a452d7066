"""What servers ask of machines in their robots.txt (RFC 9309), kept for a day."""

from hashlib import sha256
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from django.core.cache import cache
from django.utils.translation import gettext as _

from .asking import Door
from .hosts import Target, target_of
from .verdicts import Outcome, Trouble

NAME = "peacesite"  # by which robots.txt may speak to us
_KEPT = 24 * 60 * 60  # seconds
_REDIRECTS = 5
_SLOWEST = 60.0  # seconds between two questions that we wait at a server's wish
_EVERYTHING, _NOTHING = "", "User-agent: *\nDisallow: /"


class Robots:
    """The wishes of the servers that are asked through `door`."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def allow(self, target: Target, *, until: float) -> bool:
        """Whether we may ask for this. Raises Trouble where the server cannot be reached."""
        return self._wishes(target, until).can_fetch(NAME, target.url)

    def delay(self, target: Target, *, until: float) -> float:
        """The seconds between two questions that the server asks for."""
        return min(float(self._wishes(target, until).crawl_delay(NAME) or 0), _SLOWEST)

    def _wishes(self, target: Target, until: float) -> RobotFileParser:
        key = "robots:" + sha256(target.origin.encode()).hexdigest()
        text = cache.get(key)
        if text is None:
            text = self._text(target, until)
            cache.set(key, text, timeout=_KEPT)
        parser = RobotFileParser()
        parser.parse(text.splitlines())
        return parser

    def _text(self, target: Target, until: float) -> str:
        """Nothing is asked of a server that has no such file; one whose file we cannot get, though
        it is there, may have asked for anything."""
        asked = target_of(target.origin + "/robots.txt", loopback=self.door.loopback)
        try:
            for _turn in range(_REDIRECTS + 1):
                most = self.door.limits.robots
                answer = self.door.ask(
                    "GET", asked, until=until, wanted=lambda head: head.status == 200, most=most
                )
                if answer.status not in (301, 302, 303, 307, 308):
                    break
                asked = redirected(asked, answer.headers.get("Location", ""), self.door)
            else:
                return _EVERYTHING
        except Trouble as trouble:
            if trouble.connected or asked.origin != target.origin:
                return _NOTHING
            raise
        if answer.status == 200:
            return answer.body.decode("utf-8-sig", "replace").replace("\0", "")
        return _NOTHING if answer.status >= 500 or answer.status == 429 else _EVERYTHING


def redirected(target: Target, location: str, door: Door) -> Target:
    """Where a redirect leads, looked at as every address is. Raises Trouble."""
    from_latin = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if not from_latin:
        raise Trouble(Outcome.UNREACHABLE, _("It redirects to nowhere."), connected=True)
    try:
        joined = urljoin(target.url, from_latin)
    except ValueError as error:
        raise Trouble(
            Outcome.NOT_ASKED, _("It redirects to no address."), connected=True
        ) from error
    return target_of(joined, loopback=door.loopback)
