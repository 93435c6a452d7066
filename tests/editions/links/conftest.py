"""A server, a clock that goes only when somebody sleeps, and a watch that uses both."""

from datetime import UTC, datetime, timedelta

import pytest

from editions.links.watching import Watch
from sources.links.archives import Archive
from tests.factories import make_edition, make_source
from tests.sources.links.servers import Server, checker, door


class Clock:
    def __init__(self):
        self.now = datetime(2031, 3, 1, 9, tzinfo=UTC)
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def forward(self, **over):
        self.now += timedelta(**over)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def watch(server, clock):
    """A watch that asks the server, and no archive; `lookup` and `save` are paths at the server."""

    def make(lookup="", save=""):
        asked = Archive(
            door(server, names=("archive.test",)),
            lookup=server.url(lookup, "archive.test") if lookup else "",
            save=server.url(save, "archive.test") if save else "",
        )
        return Watch(checker(server), asked, clock, clock.sleep)

    return make


@pytest.fixture
def cite(db):
    """An edition whose note cites a source with that address, and the passage if there is one."""

    def make(url, passage="", **over):
        source = make_source(url=url, type="webpage", **over)
        quoted = f": “{passage}”" if passage else ""
        return make_edition(source=source, body=f"It ended.[@{source.key}, p. 1{quoted}]")

    return make
