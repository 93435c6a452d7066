"""Sources in the admin: references as they will be set, keys that stay, the citation search."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from sources.models import Source
from tests.factories import make_case, make_source, make_user, publish_case

LIST = "/admin/sources/source/"
CITE = "/admin/sources/source/cite/"
PLAIN = [
    *("key", "type", "title", "title_short", "container_title", "container_title_short"),
    *("publisher", "publisher_place", "issued", "volume", "issue", "page", "number", "edition"),
    *("genre", "url", "archive_url", "doi", "isbn", "language", "note"),
]


def page_of(source, page="change"):
    return f"{LIST}{source.pk}/{page}/"


def form_of(source, **over):
    rows = list(source.contributors.all())
    data = {name: getattr(source, name) for name in PLAIN} | {
        "lock": source.lock,
        "accessed": "",
        "contributors-TOTAL_FORMS": len(rows),
        "contributors-INITIAL_FORMS": len(rows),
        "reason": "As on the title page.",
        "_continue": "1",
    }
    for n, row in enumerate(rows):
        for name in ("role", "position", "given", "family", "literal"):
            data[f"contributors-{n}-{name}"] = getattr(row, name)
        data[f"contributors-{n}-id"] = row.pk
        data[f"contributors-{n}-source"] = source.pk
    return data | over


def test_a_change_of_an_author_is_in_the_sources_revision(logged_in, editor):
    source = make_source(authors=[("Don", "Lynch")])
    data = form_of(source, **{"contributors-0-given": "Dov"})
    logged_in(editor).post(page_of(source), data)
    assert str(source.contributors.get()) == "Dov Lynch"
    newest, oldest = Version.objects.get_for_object(source)
    assert (newest.revision.user, newest.revision.comment) == (editor, "As on the title page.")
    address = page_of(source, "history/compare") + f"?from={oldest.pk}&to={newest.pk}"
    [found] = logged_in(editor).get(address).context["differences"]
    assert found.label == "Authors, editors and others"
    assert {c.text for c in found.chunks} == {"Don Lynch (author)", "Dov Lynch (author)"}


def test_authors_without_a_place_come_last_in_the_order_typed(logged_in, editor):
    source = make_source(authors=[("Ann", "First")])
    rows = {
        "contributors-TOTAL_FORMS": 3,
        "contributors-1-role": "author",
        "contributors-1-family": "Second",
        "contributors-2-role": "author",
        "contributors-2-family": "Another",
    }
    logged_in(editor).post(page_of(source), form_of(source, **rows))
    assert [c.family for c in source.contributors.all()] == ["First", "Second", "Another"]


def test_a_save_over_a_newer_save_is_refused_and_the_authors_typed_are_kept(logged_in, editor):
    source = make_source(authors=[("Ann", "First")])
    client = logged_in(editor)
    opened = form_of(source, **{"contributors-0-given": "Anna"})
    removed = form_of(
        source,
        **{
            "contributors-0-DELETE": "on",
            "contributors-TOTAL_FORMS": 2,
            "contributors-1-role": "author",
            "contributors-1-literal": "A Body",
        },
    )
    client.post(page_of(source), removed)
    page = client.post(page_of(source), opened).content.decode()
    assert 'value="Anna"' in page
    assert "A Body (author)" in page
    source.refresh_from_db()
    client.post(page_of(source), opened | {"lock": source.lock})
    assert {str(c) for c in source.contributors.all()} == {"Anna First", "A Body"}


def test_restoring_brings_the_authors_back(logged_in, editor):
    source = make_source(authors=[("Ann", "First"), ("Bea", "Second")], title="Old title")
    older = Version.objects.get_for_object(source).first()
    client = logged_in(editor)
    client.post(page_of(source), form_of(source, title="New", **{"contributors-0-DELETE": "on"}))
    data = {"lock": 2, "reason": "Both wrote it."}
    client.post(page_of(source, f"history/{older.pk}/restore"), data)
    source.refresh_from_db()
    assert source.title == "Old title"
    assert [c.family for c in source.contributors.all()] == ["First", "Second"]


def test_the_page_shows_the_reference_as_it_will_be_set(logged_in, editor):
    source = make_source(title="A Fine Book", authors=[("Ann", "Author")])
    page = logged_in(editor).get(page_of(source)).content.decode()
    assert "Ann Author. <i>A Fine Book</i>. (London: A Press, 2001)" in page


def test_the_page_names_the_editions_that_cite_it(logged_in, editor):
    source = make_source()
    publish_case(make_case(source=source, title="A citing case"))
    page = logged_in(editor).get(page_of(source)).content.decode()
    assert "A citing case, edition 1, note 1" in page
    assert f"/admin/cases/case/?q=%40{source.key}" in page


def test_a_key_that_an_edition_cites_is_read_only_and_survives_restoring(logged_in, editor):
    source = make_source("old2001")
    older = Version.objects.get_for_object(source).first()
    client = logged_in(editor)
    client.post(page_of(source), form_of(source, key="new2001"))
    source.refresh_from_db()
    assert source.key == "new2001"
    publish_case(make_case(source=source))
    client.post(page_of(source), form_of(source, key="other", title="Other"))
    source.refresh_from_db()
    assert (source.key, source.title) == ("new2001", "Other")
    data = {"lock": source.lock, "reason": "Back."}
    client.post(page_of(source, f"history/{older.pk}/restore"), data)
    source.refresh_from_db()
    assert source.key == "new2001"
    assert source.title != "Other"


def test_a_source_that_an_edition_cites_is_not_deleted(logged_in, administrator):
    cited, uncited = make_source(), make_source()
    publish_case(make_case(source=cited))
    client = logged_in(administrator)
    assert client.post(page_of(cited, "delete"), {"post": "yes"}).status_code == 403
    client.post(page_of(uncited, "delete"), {"post": "yes"})
    assert not Source.objects.filter(pk=uncited.pk).exists()


@pytest.mark.parametrize("words", ["lynch2001", "Tajik", "lynch", "Survival", "1997", "lynch taj"])
def test_the_citation_search_finds_by_key_title_author_container_and_year(logged_in, editor, words):
    make_source(
        "lynch2001",
        title="The Tajik War",
        authors=[("Dov", "Lynch"), ("Ann", "Lynch")],
        container_title="Survival",
        issued="1997",
        type="article-journal",
    )
    make_source(title="Something else", authors=[("Nora", "Body")])
    found = logged_in(editor).get(CITE, {"q": words}).json()["sources"]
    assert [s["key"] for s in found] == ["lynch2001"]
    assert "“The Tajik War.” Survival" in found[0]["reference"]
    assert found[0]["type"] == "article in a journal"


def test_the_citation_search_offers_a_few_and_the_newest_first(logged_in, editor):
    sources = [make_source() for _n in range(20)]
    found = logged_in(editor).get(CITE).json()["sources"]
    assert len(found) == 12
    assert found[0]["key"] == sources[-1].key


@pytest.mark.parametrize("words", ["\x00", "x" * 3000, "%_'\"<>", "\u202e", "'; drop"])
def test_whatever_is_searched_for_is_no_error(logged_in, editor, words):
    client = logged_in(editor)
    make_source()
    assert client.get(CITE, {"q": words}).status_code == 200
    assert client.get(LIST, {"q": words}).status_code == 200


def test_the_citation_search_is_for_those_who_see_sources(db, client, logged_in):
    assert client.get(CITE).status_code == 302
    assert logged_in(make_user("nina", is_staff=True)).get(CITE).status_code == 403


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", [LIST, CITE, LIST + "?q=author"])
def test_lists_take_as_many_queries_for_one_source_as_for_twenty(logged_in, editor, address):
    client = logged_in(editor)
    make_source()
    client.get(address)
    one = queries_of(client, address)
    for _n in range(19):
        make_source()
    assert queries_of(client, address) == one


def test_a_title_with_markup_is_shown_as_text(logged_in, editor):
    source = make_source(title="<script>alert(1)</script>")
    assert "<script>alert" not in logged_in(editor).get(page_of(source)).content.decode()


def test_a_new_key_is_followed_by_the_drafts_and_the_desk_names_them(logged_in, editor):
    source = make_source()
    case = make_case(body=f"A claim.[@{source.key}, p. 3]")
    response = logged_in(editor).post(page_of(source), form_of(source, key="new1"), follow=True)
    assert case.title in " ".join(map(str, response.context["messages"]))
    case.refresh_from_db()
    assert case.body == "A claim.[@new1, p. 3]"
