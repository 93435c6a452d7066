"""Pages that are kept: given out again for one query, never stale, never to the wrong reader."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cases import services as cases
from cases.models import Case
from editions.models import Edition
from organisations.services import merge
from serving import page_cache
from serving.dear import QUICK, Wish
from serving.file_cache import NoRoom
from serving.models import SiteVersion
from serving.page_cache import PAGES, CachedPage, Key, PageCache, PageStore, cached_page
from serving.site_version import bump
from tests.factories import make_edition, make_organisation, make_user, publish_case
from tests.website.public_pages import mended

ADDRESSES = ["/", "/cases/", "/cases/?country=tjk", "/cases/one/", "/cases/one/editions/"]


@pytest.fixture
def one(db):
    body = make_organisation("A body of peace")
    return make_edition(slug="one", title="The first title", organisations=[body])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asked_for_again_costs_one_query(one, client, django_assert_num_queries, address):
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    numbers = {answer.headers.pop("X-Request-ID") for answer in (first, again)}
    assert len(numbers) == 2
    assert dict(again.items()) == dict(first.items())
    assert "Content-Security-Policy" in again.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_publication_is_seen_by_the_next_request(one, client, address):
    assert b"The first title" in client.get(address).content
    case = cases.change_case(
        Case.objects.get(slug="one"), by=make_user("edith"), reason="-", title="Another title"
    )
    assert b"The first title" in client.get(address).content
    publish_case(case, kind="correction", change_note="A better title.")
    assert b"Another title" in client.get(address).content


def test_notices_merges_and_the_desk_are_seen_by_the_next_request(
    one, client, logged_in, moderator, administrator
):
    client.get("/cases/one/")
    mended(Edition.objects.get(case__slug="one"))
    bump()  # that helper writes its notice past the services
    assert "Corrected on" in client.get("/cases/one/").content.decode()

    assert "A body of peace" in client.get("/cases/").content.decode()
    kept_body = make_organisation("The body that stays")
    merge(
        one.participations.get().organisation, kept_body, by=moderator, reason="They are the same."
    )
    assert "The body that stays" in client.get("/cases/").content.decode()

    term = one.initiative_types.get()
    path = f"/admin/cases/initiativetype/{term.pk}/change/"
    form = {
        name: getattr(term, name) for name in ("label", "definition", "other_spellings", "position")
    }
    staff = logged_in(administrator)
    assert staff.post(path, form | {"code": "", "label": "Peace talks"}).status_code == 302
    assert "Peace talks" in client.get("/cases/").content.decode()


def test_a_preview_turns_nothing_over(one, logged_in, editor):
    before = SiteVersion.objects.get().pages
    address = "/admin/cases/case/add/"
    assert logged_in(editor).post(address, {"title": ""}).status_code == 200
    assert SiteVersion.objects.get().pages == before


def test_browsers_that_have_it_are_told_so(one, client):
    first = client.get("/cases/one/")
    assert first.headers["Cache-Control"] == "no-cache"
    for _ in range(2):  # from the view, and from what is kept
        again = client.get("/cases/one/", headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    bump()
    again = client.get("/cases/one/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304, "nothing has changed on this page"
    mended(Edition.objects.get(case__slug="one"))
    changed = client.get("/cases/one/", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_compressed_and_plain_answers_are_kept_apart(one, client):
    plain = client.get("/cases/one/")
    for _ in range(2):
        packed = client.get("/cases/one/", headers={"accept-encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
    assert client.get("/cases/one/").content == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_what_is_kept_is_not_given_to_a_host_that_is_not_ours(one, client):
    client.get("/cases/one/")
    assert client.get("/cases/one/", HTTP_HOST="evil.example").status_code == 400


def test_other_methods_and_private_pages_are_never_kept(one, client, logged_in, administrator):
    client.post("/cases/one/")
    client.get("/cases/one/correct/")
    client.get("/nowhere/")
    client.get("/cases/?country=tjk&from=abc")
    logged_in(administrator).get("/admin/")
    assert {key.path for key in PAGES._pages} <= {"/cases/"}


def test_a_page_reads_the_same_whoever_asks(one, client, logged_in, administrator):
    stranger = client.get("/cases/one/").content
    PAGES.clear()
    assert logged_in(administrator).get("/cases/one/").content == stranger


def test_a_cookie_keeps_a_page_from_being_kept(db):
    @cached_page
    def view(request):
        response = HttpResponse("for you")
        response.set_cookie("you", "1")
        return response

    PageCache(view)(RequestFactory().get("/x/"))
    assert PAGES.get(Key("/x/", "", False)) is None


def test_a_new_day_makes_pages_anew(one, client, monkeypatch, django_assert_num_queries):
    client.get("/cases/one/")
    with django_assert_num_queries(1):
        client.get("/cases/one/")
    monkeypatch.setattr(page_cache, "_today", lambda: 10**6)
    with django_assert_num_queries(2):
        client.get("/cases/one/")


def test_the_store_forgets_the_longest_kept_and_stays_within_its_bytes():
    store = PageStore(10_000)
    for n in range(20):
        store.put(Key(f"/{n}/", "", False), CachedPage("v", 1, [], b"x" * 500, 0.0))
        assert store.bytes <= 10_000
    assert store.get(Key("/0/", "", False)) is None
    assert store.get(Key("/19/", "", False)) is not None
    store.put(Key("/19/", "", False), CachedPage("v", 1, [], b"", 0.0))
    assert store.get(Key("/19/", "", False)).content == b""
    store.clear()
    assert (store.bytes, store.get(Key("/19/", "", False))) == (0, None)


def test_a_page_computed_before_a_change_is_not_cached_for_after_it(one):
    """The version is read first: what a slow view made of the past stays with the past."""

    @cached_page
    def slow(request):
        bump()
        return HttpResponse("of the past")

    middleware = PageCache(slow)
    middleware(RequestFactory().get("/x/"))
    before = SiteVersion.objects.get().pages
    stored = PAGES.get(Key("/x/", "", False))
    assert stored is not None and stored.pages != before


def test_an_export_is_refused_while_slow_readers_hold_too_much(client, db, monkeypatch):
    def full(*args):
        raise NoRoom

    monkeypatch.setattr(page_cache.FILES, "put", full)
    response = client.get("/cases.csv?sort=title")
    assert (response.status_code, response["Retry-After"]) == (503, "20")
    assert "Please ask again in a minute" in response.content.decode()


def test_an_export_is_made_once_for_each_version_and_can_be_asked_after(client, db):
    make_edition()
    first = client.get("/cases.csv?sort=title")
    assert first.has_header("ETag")
    assert (
        client.get("/cases.csv?sort=title", headers={"If-None-Match": first["ETag"]}).status_code
        == 304
    )
    assert client.head("/cases.csv?sort=title")["Content-Length"] == first["Content-Length"]
    bump()
    make_edition()
    assert client.get("/cases.csv?sort=title")["ETag"] != first["ETag"]


def test_who_asks_for_a_page_that_is_long_in_the_making_holds_no_thread(monkeypatch):
    wishes, request = [], RequestFactory().get("/sources/", **{QUICK: True})

    def make(_request):
        for quick, a_while in ((True, 60.0), (True, 0.0), (False, 0.0), (True, 0.0)):
            monkeypatch.setattr(page_cache, "_A_WHILE", a_while)
            other = RequestFactory().get("/sources/", **{QUICK: quick})
            wishes.append(getattr(inner(other), "wish", None))
        return HttpResponse("made")

    cache = PageCache(make)
    inner = PageCache(lambda _request: HttpResponse("made beside"))
    assert cache(request).content == b"made"
    assert wishes == [None, Wish.TIME, None, Wish.TIME]
    assert not hasattr(inner(request), "wish")  # nothing is at work any more


def test_a_page_that_fails_is_made_by_the_next_who_asks():
    def fail(_request):
        raise ZeroDivisionError

    request = RequestFactory().get("/sources/", **{QUICK: True})
    with pytest.raises(ZeroDivisionError):
        PageCache(fail)(request)
    assert PageCache(lambda _request: HttpResponse("made"))(request).content == b"made"
