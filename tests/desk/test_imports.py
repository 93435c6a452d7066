"""Exports and several files at the desk: a batch that the worker imports, with its page."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from desk.jobs import ROUNDS
from manuscripts import batches
from manuscripts.batch_work import work_on_imports
from manuscripts.files import articles
from manuscripts.models import ImportBatch, ImportedArticle, ImportPoint
from tests.desk.test_manuscripts import ARTICLE, text_of
from tests.manuscripts.files.making import make_docx, make_wxr
from tests.manuscripts.test_killed_import import small_posts

WXR = make_wxr(*small_posts(3))
BOMB = WXR.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">]><rss', 1)
WORD = """# Ending the armed conflict in Mozambique

The mediation of a *religious* community helped to end it.

Talks began in Rome in 1990.[^1]

Start Year: 1990

End Year: 1992

[^1]: Ann Author. “A Made-up Book.” Made-up Studies, Vol. 4, No. 4. (2001) pp.52-4
"""


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


@pytest.fixture
def send(desk, page):
    """`send((name, data), …)` chooses files and presses “Read it”."""

    def send(*files, **over):
        chosen = [SimpleUploadedFile(name, data) for name, data in files]
        return desk.post(page("import"), {"action": "read", "text": "", "file": chosen} | over)

    return send


@pytest.fixture
def batch(send):
    send(("export.xml", WXR))
    return ImportBatch.objects.get()


def address(batch, name="import_batch"):
    return reverse(f"admin:{name}", args=[batch.pk])


def refused(response):
    assert response.status_code == 200
    assert not ImportBatch.objects.exists() and not Case.objects.exists()
    return " ".join(text_of(response).split())


def test_an_export_becomes_a_batch_that_the_worker_imports(desk, send, editor):
    response = send(("export.xml", WXR))
    batch = ImportBatch.objects.get()
    assert response["Location"] == address(batch)
    assert (batch.by, batch.state, batch.name) == (editor, "importing", "export.xml")
    html = text_of(desk.get(address(batch)))
    assert "0 of 3 articles are done" in html and "data-progress" in html
    assert work_on_imports in ROUNDS and work_on_imports() == 3
    html = text_of(desk.get(address(batch)))
    assert "3 of 3 articles are done" in html and "data-progress" not in html
    case = Case.objects.get(title="Ending the armed conflict number 1 in Chad")
    assert f'<a href="/admin/cases/case/{case.pk}/change/">{case.title}</a>' in html
    assert "https://old.example.org/ending-the-armed-conflict-number-1-in-chad/" in html
    assert ImportPoint.objects.filter(case=case).first().text.split(".")[0] in html


def test_several_files_of_every_kind_become_a_batch(send):
    send(("a.txt", ARTICLE.encode("utf-16")), ("b.docx", make_docx(WORD)), ("c.xml", WXR))
    work_on_imports()
    kinds = ImportedArticle.objects.values_list("name", "status")
    assert list(kinds) == [
        ("a.txt", "imported"),
        ("b.docx", "imported"),
        *[("c.xml", "imported")] * 3,
    ]


def test_files_that_are_no_articles_are_rows_with_their_reasons(desk, send):
    send(("a.txt", ARTICLE.encode()), ("b.pdf", b"%PDF-1.7 x"), ("c.txt", b""))
    work_on_imports()
    html = text_of(desk.get(address(ImportBatch.objects.get()) + "?show=refused"))
    assert "The file is a PDF, not an article" in html and "The file is empty" in html
    assert "Mozambique" not in html.partition('id="articles-heading"')[2]


def test_the_same_files_again_are_here_already(send, desk, batch):
    work_on_imports()
    send(("export.xml", WXR))
    again = ImportBatch.objects.latest("pk")
    assert work_on_imports() == 3 and again != batch
    assert set(again.articles.values_list("status", flat=True)) == {"unchanged"}
    assert Case.objects.count() == 3
    assert "here already (3)" in text_of(desk.get(address(again)))


def test_a_batch_is_stopped_and_gone_on_with(desk, batch):
    desk.post(address(batch), {"action": "stop"})
    assert work_on_imports() == 0
    html = text_of(desk.get(address(batch)))
    assert "Stopped" in html and 'value="go-on"' in html and 'value="stop"' not in html
    said = desk.post(address(batch), {"action": "stop"}, follow=True)
    assert "not under way" in text_of(said)
    desk.post(address(batch), {"action": "go-on"})
    assert work_on_imports() == 3


def test_the_report_is_taken_home_as_json(desk, batch):
    report = address(batch, "import_batch_report")
    assert json.loads(desk.get(report).getvalue()) == []
    work_on_imports()
    entries = json.loads(desk.get(report).getvalue())
    assert [entry["status"] for entry in entries] == ["imported"] * 3
    assert entries == list(batch.articles.values_list("report", flat=True))


def test_a_discarded_draft_is_named_and_back_when_it_is_brought_back(desk, batch):
    work_on_imports()
    Case.objects.get(title__contains="number 1 ").delete()
    assert "Its draft was discarded" in text_of(desk.get(address(batch)))


def test_one_word_file_is_shown_before_it_is_stored(desk, send, page, hidden):
    response = send(("b.docx", make_docx(WORD)))
    html = text_of(response)
    assert "What was understood" in html and "no text field can show" in html
    assert '<textarea name="text"' not in html
    assert "religious community" in html.partition('class="lines"')[2]
    desk.post(page("import"), hidden(response) | {"action": "accept"})
    assert (
        "*religious*" in Case.objects.get().standfirst
        or "religious" in Case.objects.get().standfirst
    )
    assert not ImportBatch.objects.exists()


def test_a_guessed_encoding_is_said_and_kept_as_a_point(desk, send, page, hidden):
    data = ARTICLE.replace("religious", "café’s").encode("cp1252")
    response = send(("m.txt", data))
    assert "read as Windows-1252" in text_of(response)
    typed = hidden(response)
    desk.post(page("import"), typed | {"action": "accept", "text": data.decode("cp1252")})
    assert ImportPoint.objects.filter(code="encoding-guessed").exists()


def test_what_was_said_of_a_file_cannot_be_made_up(desk, send, page, hidden):
    typed = hidden(send(("m.txt", ARTICLE.encode()))) | {"said": "[]:made:up", "text": ARTICLE}
    desk.post(page("import"), typed | {"action": "accept"})
    assert Case.objects.exists()


def test_more_files_than_fifty_are_refused_in_words(send):
    files = [(f"{n}.txt", ARTICLE.encode()) for n in range(51)]
    assert "These are 51 files; at most 50 are read at once" in refused(send(*files))


def _zip(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_zip_becomes_a_batch_of_its_files(desk, send):
    send(
        (
            "all.zip",
            _zip(**{"a/one.txt": ARTICLE, "b/two.docx": make_docx(WORD), "c.pdf": b"%PDF-"}),
        )
    )
    batch = ImportBatch.objects.get()
    assert batch.name == "all.zip"
    found = [(row.name, row.status) for row in batch.articles.order_by("position")]
    assert found == [("one.txt", "waiting"), ("two.docx", "waiting"), ("c.pdf", "refused")]
    work_on_imports()
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.zip", _zip(), "The file is a zip archive, and nothing is in it"),
        ("a.docx", b"", "The file is empty"),
        ("bomb.docx", _zip(**{"word/document.xml": b" " * 90_000_000}), "refused as a zip bomb"),
        ("bomb.xml", BOMB, "refused as a bomb"),
        ("feed.xml", b"<?xml version='1.0'?><feed/>", "no WordPress export"),
        ("empty.xml", make_wxr(), "holds no posts"),
        ("cut.xml", WXR[:900], "broken XML"),
    ],
)
def test_hostile_files_are_refused_in_words_and_store_nothing(send, name, data, said):
    assert said in refused(send((name, data)))


def test_an_export_that_stops_in_the_middle_keeps_what_was_read_before(desk, send):
    send(("cut.xml", WXR[:-900]))
    work_on_imports()
    batch = ImportBatch.objects.get()
    assert Case.objects.count() == 2
    html = text_of(desk.get(address(batch)))
    assert "2 posts before it were read" in html and "imported (2)" in html


def test_an_import_in_which_reading_was_cut_off_says_so(desk, editor):
    batch = batches.begin("files", by=editor, fingerprint="f")
    assert "choose the same files again" in text_of(desk.get(address(batch)))
    desk.post(address(batch), {"action": "go-on"})
    batch.refresh_from_db()
    assert batch.state == "importing"


@pytest.mark.parametrize("count", [1, 20])
def test_the_pages_cost_the_same_queries_for_one_and_for_twenty(
    desk, editor, count, django_assert_num_queries
):
    batch = batches.read_all(
        [("e.xml", batches_of(count))], name="e.xml", by=editor, fingerprint="f"
    )
    work_on_imports()
    for n in range(count):
        batches.begin(f"another {n}", by=editor, fingerprint=str(n))
    desk.get(address(batch))
    with django_assert_num_queries(8):
        desk.get(address(batch))
    with django_assert_num_queries(6):
        desk.get(reverse("admin:import_batches"))


def batches_of(count):
    return articles(io.BytesIO(make_wxr(*small_posts(count))), "e.xml")
