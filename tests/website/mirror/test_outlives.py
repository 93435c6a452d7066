"""The drill: application and database away, every link of the mirror is followed through nginx."""

import http.client
import re
import shutil

import pytest
from django.db import connection

from cases.services import change_case
from desk.services import remove_edition
from editions import removing
from tests.factories import make_case, make_edition, make_organisation, make_source, make_user
from tests.website.public_pages import mended
from website.mirror.writing import write

from .nginx import free_port, nginx

LINK = re.compile(r'(?:href|src)="(/[^"?#]*)"|<loc>http://127.0.0.1:8000([^<]*)<')
ASKED = re.compile(r"/(cases/[-\w]+/correct/|admin/|suggest/)|.*/editions/[0-9]+/s/")


def follow(port: int) -> dict[str, tuple[int, bytes]]:
    """What stands at every address that can be reached, but for forms and passages."""
    found, waiting = {}, {"/", "/sitemap.xml", "/mirror/", "/robots.txt"}
    while waiting:
        address = waiting.pop()
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        asked.request("GET", address)
        answer = asked.getresponse()
        found[address] = answer.status, answer.read()
        asked.close()
        if address.endswith("/") or address == "/sitemap.xml":
            links = {"".join(one) for one in LINK.findall(found[address][1].decode())}
            waiting |= {link for link in links if not ASKED.match(link)} - found.keys()
    return found


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.django_db
def test_in_all_formats_reading_outlives_application_and_database(root, tmp_path, monkeypatch):
    body = make_organisation("United Peace")
    first = make_edition(
        slug="gone", title="Gone", organisations=[body], source=make_source(), body="Zqxremoved."
    )
    second = mended(first, body="Zqxstands.")
    change_case(second.case, by=make_user("e"), reason="x", standfirst="Zqxdraft.")
    make_case(slug="draft", title="Zqxdraft")
    write(root)
    one, other = (make_user(name, is_superuser=True, is_staff=True) for name in ("ada", "ben"))
    removal = removing.ask_removal(first, by=one, ground="An order of the court of Ruritania.")
    remove_edition(removal, by=other)
    write(root)
    for folder in (root, *root.parents[:3]):
        folder.chmod(0o755)

    def gone(*args, **kwargs):
        raise AssertionError("The database was asked.")

    monkeypatch.setattr(connection, "cursor", gone)
    with nginx(root, tmp_path, site_port=free_port()) as port:
        found = follow(port)
    monkeypatch.undo()
    tombstone = {"/cases/gone/editions/1/"}  # 410 by the site alone
    assert {address for address, (status, _said) in found.items() if status != 200} <= tombstone
    assert len(found) > 60 and any(b"Zqxstands" in said for _status, said in found.values())
    for word in (b"zqxremoved", b"zqxdraft"):
        assert [a for a, (_status, said) in found.items() if word in said.lower()] == []
