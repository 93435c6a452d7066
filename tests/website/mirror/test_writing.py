"""The mirror is what the site says, only what changed is written, and what is gone goes."""

import gzip
import re
import sqlite3
from datetime import timedelta

import pytest

from cases import services as cases
from cases.models import Case
from desk.services import remove_edition
from editions import removing
from editions import services as editions
from organisations.models import Organisation
from revisions.revision_block import recorded, save
from tests.factories import (
    make_case,
    make_edition,
    make_organisation,
    make_source,
    make_user,
    publish_case,
)
from tests.website.public_pages import mended
from website import mirror_stamp
from website.mirror import search_index, writing
from website.mirror.asking import NotAnswered
from website.mirror.writing import write
from website.models import SiteText

from .links import broken_served

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FORMS = re.compile(
    r"^/cases/[-\w]+/(correct/$|editions/[0-9]+/s/)|^/(admin|suggest|favicon)|^/about/codebook.csv"
)


def remove(edition):
    """Take an edition away on a legal ground, as two administrators do."""
    one, other = (make_user(name, is_superuser=True, is_staff=True) for name in ("ada", "ben"))
    removal = removing.ask_removal(edition, by=one, ground="An order of the court of Ruritania.")
    remove_edition(removal, by=other)


def text(root, file):
    return (root / file).read_text(encoding="utf-8")


def files(root):
    """Every file of the mirror but its own, with what is in it."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and ".mirror" not in file.parts and file.name != "mirror.json"
    }


def said_differently(one, other):
    """What two mirrors have not in common; exports say when they were made."""
    kept = [
        {n: c for n, c in m.items() if not n.startswith(("cases.", "mirror/")) or n == "cases.atom"}
        for m in (one, other)
    ]
    return {n for n in kept[0].keys() | kept[1].keys() if kept[0].get(n) != kept[1].get(n)}


def test_it_holds_what_the_sitemap_names_as_the_site_says_it(root, client):
    first = make_edition(organisations=[make_organisation("United Peace")], source=make_source())
    mended(first)
    run = write(root)
    assert run.finished and run.written == run.asked
    named = re.findall(r"<loc>http://127.0.0.1:8000([^<]*)</loc>", text(root, "sitemap.xml"))
    assert len(named) > 20
    for address in named:
        page = client.get(address, headers={"host": "127.0.0.1:8000"})
        assert text(root, f"{address[1:]}index.html") == page.content.decode(), address


def test_it_holds_editions_in_all_formats_comparisons_exports_and_feeds(root):
    edition = mended(make_edition(slug="a-peace"))
    write(root)
    held = files(root)
    for name in ("", ".json", ".bib", ".md", ".csl.json", "/references.txt", "/card.png"):
        for number in (1, edition.number):
            file = f"cases/a-peace/editions/{number}{name or '/index.html'}"
            assert file in held, file
    assert "cases/a-peace/compare/1/2/index.html" in held
    assert {"cases.csv", "cases.xlsx", "cases.zip", "cases.atom", "corrections.atom"} <= held.keys()
    assert {"about/record/log.jsonl", "about/record/head.json", "404.html"} <= held.keys()
    assert {"robots.txt", "card.png", "about/record/verify_record.py"} <= held.keys()
    assert any(name.startswith("static/css/base") for name in held)
    assert gzip.decompress(held["cases/a-peace/index.html.gz"]) == held["cases/a-peace/index.html"]


def test_of_all_formats_no_link_leads_out_of_it_but_to_forms_and_passages(root):
    body = make_organisation("United Peace", parent=make_organisation("All Peace"))
    mended(make_edition(organisations=[body], source=make_source()))
    write(root)
    assert [address for address in broken_served(root) if not FORMS.match(address)] == []


def test_nothing_is_written_again_where_nothing_changed(root):
    make_edition()
    write(root)
    before = {file: file.stat().st_mtime_ns for file in root.rglob("*.html")}
    run = write(root)
    assert (run.asked, run.written, run.finished) == (0, 0, True)
    anew = write(root, anew=True)
    assert anew.asked > 50
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_after_a_publication_only_what_it_touches_is_asked_for(root, monkeypatch):
    others = [make_edition(source=make_source()) for _ in range(3)]
    first = make_edition(source=make_source(), organisations=[make_organisation("United Peace")])
    write(root)
    second, asked, real = mended(first), [], writing.ask
    monkeypatch.setattr(writing, "ask", lambda address: asked.append(address) or real(address))
    write(root, exports_after=HOUR)
    assert "autumn" in text(root, f"cases/{second.case.slug}/index.html")
    assert f"/cases/{second.case.slug}/editions/2.json" in asked
    for other in others:
        assert f"/cases/{other.case.slug}/editions/1.json" not in asked
        assert f"/sources/{other.citations.get().source.key}/" not in asked
    assert "/cases.csv" not in asked


def changes():
    """What changes public pages, each a name and what does it to the case of an edition."""
    maud = make_user("maud")

    def organisation(edition):
        with recorded(by=maud, reason="Its name."):
            body = Organisation.objects.get(slug="united-peace")
            body.name = "United Peace of Nations"
            save(body)

    def source(edition):
        with recorded(by=maud, reason="Its title."):
            cited = edition.citations.first().source
            cited.title = "Another title"
            save(cited)

    def withdrawn(edition):
        editions.withdraw(Case.objects.get(pk=edition.case_id), by=maud, reason="A forgery.")

    def renamed(edition):
        editions.rename(Case.objects.get(pk=edition.case_id), "renamed", by=maud, reason="Better.")

    def text_of_site(edition):
        SiteText.objects.update_or_create(name=SiteText.Name.values[0], defaults={"text": "New."})
        from serving.site_version import bump

        bump()

    return [mended, organisation, source, withdrawn, renamed, text_of_site, remove]


@pytest.mark.parametrize("number", range(7))
def test_after_a_change_a_full_pass_finds_nothing_that_the_run_before_it_left(root, number):
    body = make_organisation("United Peace")
    edition = make_edition(slug="one", organisations=[body], source=make_source())
    make_edition(slug="two", organisations=[body])
    write(root)
    before = files(root)
    changes()[number](edition)
    write(root)
    assert said_differently(files(root), before), "the change is not seen"
    assert write(root, anew=True).unseen == []


def test_a_draft_is_not_in_it_and_a_renamed_case_leaves_no_file_behind(root):
    edition = make_edition(slug="before")
    make_case(slug="secret", title="Zqxplant")
    write(root)
    cases.change_case(
        Case.objects.get(pk=edition.case_id), by=make_user("e"), reason="x", standfirst="Zqxplant."
    )
    editions.rename(
        Case.objects.get(pk=edition.case_id), "after", by=make_user("m"), reason="Better."
    )
    write(root)
    assert (root / "cases/after/index.html").exists()
    assert not (root / "cases/before").exists()
    assert [name for name, said in files(root).items() if b"zqxplant" in said.lower()] == []


def test_a_removed_edition_leaves_it_before_anything_else_is_done(root, monkeypatch):
    first = make_edition(slug="gone", title="The zqxgone peace", body="Zqxgone was said.")
    mended(first, body="Something else.")
    write(root)
    assert any(b"zqxgone was said" in said.lower() for said in files(root).values())
    remove(first)

    def killed(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "ask", killed)
    with pytest.raises(KeyboardInterrupt):
        write(root, exports_after=HOUR)
    monkeypatch.undo()
    monkeypatch.setattr(search_index, "is_there", lambda: False)
    assert not (root / "cases/gone/editions/1").exists()
    assert not (root / "cases/gone/editions/1.json").exists()
    assert not (root / "cases/gone/compare/1/2/index.html").exists()
    assert not (root / "cases.json").exists()
    write(root, exports_after=HOUR)
    assert [n for n, said in files(root).items() if b"zqxgone was said" in said.lower()] == []
    assert (root / "cases.json").exists()


@pytest.mark.parametrize("asked", [3, 20, 60])
def test_killed_in_the_middle_and_begun_again_it_comes_to_the_same(root, tmp_path, asked):
    mended(make_edition(source=make_source()))
    answers = iter(range(asked))
    real = writing.ask

    def ask_until_killed(address):
        next(answers)
        return real(address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "ask", ask_until_killed)
        with pytest.raises(StopIteration):
            write(root)
    assert mirror_stamp.read(root) is None
    (root / ".mirror/writing/new").write_bytes(b"half a page")
    write(root)
    write(tmp_path / "at-once")
    assert said_differently(files(root), files(tmp_path / "at-once")) == set()
    assert [*(root / ".mirror/writing").iterdir()] == []


def test_a_run_that_is_out_of_time_goes_on_the_next_time(root):
    mended(make_edition())
    runs = [write(root, seconds=0.05)]
    while not runs[-1].finished and len(runs) < 300:
        assert mirror_stamp.read(root) is None
        runs.append(write(root, seconds=0.05))
    assert len(runs) > 2 and runs[-1].finished
    assert mirror_stamp.read(root).files == len([n for n in files(root) if not n.endswith(".gz")])


def test_where_the_site_is_in_trouble_nothing_is_written_and_nothing_lost(root, monkeypatch):
    edition = make_edition()
    write(root)
    before = files(root)
    mended(edition)

    def in_trouble(address):
        raise NotAnswered(address)

    monkeypatch.setattr(writing, "ask", in_trouble)
    stamp = mirror_stamp.read(root)
    with pytest.raises(NotAnswered):
        write(root)
    assert files(root) == before and mirror_stamp.read(root) == stamp


def test_the_stamp_says_of_what_it_is(root):
    make_edition()
    write(root)
    stamp = mirror_stamp.read(root)
    assert stamp.head["count"] == 2 and stamp.site == "http://127.0.0.1:8000"
    assert stamp.files > 50 and not stamp.alone and 0 <= stamp.seconds < 60


def test_exports_wait_until_they_are_due(root):
    edition = make_edition(slug="one")
    write(root)
    before = text(root, "cases.csv")
    mended(edition)
    write(root, exports_after=HOUR)
    assert text(root, "cases.csv") == before
    assert "autumn" in text(root, "cases/one/index.html")
    write(root, exports_after=timedelta(0))
    assert "autumn" in text(root, "cases.json") or text(root, "cases.csv") != before


def test_the_ledger_knows_every_file(root):
    publish_case(make_case())
    write(root)
    rows = sqlite3.connect(root / ".mirror/ledger.sqlite3")
    count = rows.execute("SELECT count(*) FROM files WHERE digest != ''").fetchone()[0]
    rows.close()
    assert count == len([name for name in files(root) if not name.endswith(".gz")])
