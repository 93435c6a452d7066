"""The page of the log, and its files."""

import pytest
from django.core.management import CommandError, call_command

from desk import services as desk
from editions.log.appending import head
from editions.models import LogLine
from serving.page_cache import PAGES
from tests.factories import make_edition, make_user
from tests.website.public_pages import mended, page


def test_it_shows_the_head_and_leads_to_what_each_line_is_about(client, db):
    edition = make_edition(title="Told & heard")
    new = mended(edition)
    html = page(client, "record")
    assert head().digest in html
    assert f'<a href="{edition.permanent_path}">Told &amp; heard</a>' in html
    assert f'href="{new.notices.get().get_absolute_url()}"' in html
    assert "None: this line was written without a key" in html


@pytest.mark.parametrize("cases", [1, 20])
def test_it_costs_the_same_for_one_line_and_for_many(client, db, cases, django_assert_num_queries):
    edition, maud = make_edition(), make_user("maud")
    for _ in range(cases // 2):
        desk.express_concern(edition.case, by=maud, reason="Doubted.")
        desk.lift_concern(edition.case, by=maud, reason="It holds.")
    PAGES.clear()
    with django_assert_num_queries(5):  # version, count, lines, editions, head
        page(client, "record")


def test_lines_are_pages_and_the_file_has_them_all(client, db, monkeypatch):
    monkeypatch.setattr("website.views.record.LINES", 2)
    monkeypatch.setattr("website.views.record._AT_ONCE", 2)
    for _ in range(4):
        make_edition()
    assert page(client, "record", page=3).count("<tr>") == 2  # the header, and the first line
    lines = b"".join(client.get("/about/record/log.jsonl")).decode()
    assert lines == "".join(t + "\n" for t in LogLine.objects.values_list("text", flat=True))


def test_a_publication_is_on_the_page_at_once(client, db):
    make_edition()
    before = page(client, "record")
    make_edition(title="A newer one")
    assert "A newer one" in page(client, "record") and "A newer one" not in before
    assert client.get("/about/record/head.json").json()["count"] == head().count


def test_the_command_makes_a_key_once_and_announces_it(db, settings, tmp_path, capsys):
    with pytest.raises(CommandError, match="SIGNING_KEY_FILE is not set"):
        call_command("make_signing_key")
    file = tmp_path / "deep" / "key.pem"
    settings.SIGNING_KEY_FILE = str(file)
    call_command("make_signing_key")
    assert file.stat().st_mode & 0o777 == 0o600
    assert (head().holds, LogLine.objects.last().event) == (True, "key")
    pem, count = file.read_bytes(), head().count
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_signing_key")
    call_command("make_signing_key", unless_there=True)
    assert (file.read_bytes(), head().count) == (pem, count)
    assert head().key in capsys.readouterr().out


def test_deployment_is_told_where_the_key_is_missing_or_open(settings, tmp_path):
    from editions.checks import signing_key
    from editions.log.signing import make_key

    def ids():
        return [message.id for message in signing_key(None)]

    assert ids() == ["editions.W001"]
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    assert ids() == ["editions.W002"]
    make_key(tmp_path / "key.pem")
    assert ids() == []
    (tmp_path / "key.pem").chmod(0o644)
    assert ids() == ["editions.W003"]
