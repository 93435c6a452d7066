"""A mirror in a folder of its own, without what takes longest: search, exports, typefaces."""

import pytest

from organisations.models import Country
from website.mirror import parts, search_index


@pytest.fixture
def root(tmp_path, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    return tmp_path / "mirror"


@pytest.fixture(autouse=True)
def _no_search(request, monkeypatch):
    if "search" not in request.node.name:
        monkeypatch.setattr(search_index, "is_there", lambda: False)


@pytest.fixture(autouse=True)
def _some_of_what_is_alike(request, monkeypatch):
    """Of style sheets and of exports some: each is asked for like the others."""
    if "all_formats" in request.node.name:
        return
    static, exports = parts.static_files, parts.whole_collection
    monkeypatch.setattr(parts, "static_files", lambda: [n for n in static() if "/css/base" in n])
    some = ("/cases.csv", "/cases.json")
    monkeypatch.setattr(parts, "whole_collection", lambda: [n for n in exports() if n in some])


@pytest.fixture(autouse=True)
def _few_countries(request, db):
    """Each of some two hundred and fifty has a page, which takes as long as that of a case."""
    if "all_formats" not in request.node.name:
        Country.objects.exclude(alpha3__in=("TJK", "PER", "KEN")).delete()
