"""A server to ask."""

import pytest

from .servers import Server


@pytest.fixture
def server():
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def other():
    made = Server()
    yield made
    made.stop()
