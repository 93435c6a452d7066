"""A mirror in a folder of its own, without the search, which takes longest."""

import pytest

from website.mirror import search_index


@pytest.fixture
def root(tmp_path, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    return tmp_path / "mirror"


@pytest.fixture(autouse=True)
def _no_search(request, monkeypatch):
    if "search" not in request.node.name:
        monkeypatch.setattr(search_index, "is_there", lambda: False)
