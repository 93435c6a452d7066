"""Removing an edition where the law demands it."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases import services as cases
from cases.models import Case, CaseContent
from corrections.models import Notice
from desk import services as desk
from editions import removing
from editions.models import Edition, EditionCitation, Removal, SearchRow
from revisions.append_only import Immutable
from revisions.models import AuditEvent
from tests.factories import make_edition, make_source, make_user, publish_case
from tests.website.public_pages import mended

GROUND = "Order of the court of X, 3 May 2026, no. 17."
SECRET = "Zyrtolan"  # a word that is nowhere else


@pytest.fixture
def administrator(db):
    return make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def second(db):
    return make_user("maud", is_staff=True)


@pytest.fixture
def editions(db):
    """Three of one case; a word that must go stands in the first two."""
    source = make_source()
    first = make_edition(
        slug="told",
        title="Told",
        standfirst=f"{SECRET} did it.",
        source=source,
        authors=f"Ann {SECRET}",
        location=SECRET,
        impact_note=f"{SECRET} lasted.",
        impact_citation=f"[@{source.key}, p. 2]",
        body=f"{SECRET} began in spring.[@{source.key}, p. 12] It ended well.",
    )
    second = mended(first)
    third = mended(
        second,
        body="Somebody began in autumn.",
        standfirst="So.",
        location="There",
        authors="Ann Author",
        impact_note="",
    )
    return [Edition.objects.get(pk=e.pk) for e in (first, second, third)]


def remove(edition, administrator, second, **over):
    removal = removing.ask_removal(edition, by=administrator, ground=GROUND, **over)
    desk.remove_edition(removal, by=second)
    return Edition.objects.get(pk=edition.pk)


def verified():
    out = StringIO()
    call_command("verify_editions", stdout=out)
    return out.getvalue()


def test_text_facts_record_and_rows_go_and_the_digest_stays(editions, administrator, second):
    digests = [edition.digest for edition in editions]
    tombstone = remove(editions[0], administrator, second)
    assert tombstone.is_removed
    assert SECRET not in str([getattr(tombstone, f.attname) for f in Edition._meta.fields])
    assert not tombstone.countries.exists()
    assert not EditionCitation.objects.filter(edition=tombstone).exists()
    assert list(Edition.objects.order_by("number").values_list("digest", flat=True)) == digests
    assert (tombstone.number, tombstone.kind, tombstone.title) == (1, "first", "Told")


def test_no_column_is_left_but_title_licence_and_what_the_chain_needs(
    editions, administrator, second
):
    """Whatever field is added to cases later is among them."""
    tombstone = remove(editions[0], administrator, second)
    left = {
        field.name
        for field in CaseContent._meta.local_fields
        if getattr(tombstone, field.name) not in ("", None, False)
    }
    assert left == {"title", "licence"}
    assert not any(
        getattr(tombstone, field.name).exists() for field in CaseContent._meta.local_many_to_many
    )
    assert not list(tombstone.participations.all())


def test_the_chain_after_it_still_verifies(editions, administrator, second):
    unsigned = "6 of 6 lines of the log are not signed.\n"
    assert verified() == f"{unsigned}3 editions verified.\n"
    remove(editions[1], administrator, second)
    unsigned = "8 of 8 lines of the log are not signed.\n"
    assert verified() == (
        f"told, edition 2: removed lawfully on {timezone.now():%Y-%m-%d}. {GROUND}\n"
        f"{unsigned}3 editions verified.\n"
    )


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_word_is_at_no_public_address_and_in_no_index(
    client, number, editions, administrator, second
):
    for edition in editions[:2]:
        remove(edition, administrator, second)
    if number == 3:
        remove(editions[2], administrator, second)
    for address in (
        *("/cases/told/", "/cases/told/editions/", "/corrections/", "/corrections.atom"),
        *("/cases.json", "/cases.csv", "/sitemap.xml", "/", "/cases/?q=told"),
        *(f"/cases/told/editions/{number}{end}" for end in ("/", ".json", ".bib", ".ris", ".md")),
        *(f"/cases/told/editions/{number}{end}" for end in (".csl.json", "/card.png", "/s/p1/")),
        *("/cases/told/compare/1/2/", "/cases/told/compare/2/3/", "/cases/told/correct/"),
        *(f"/cases/told/editions/{number}/references.{end}" for end in ("bib", "ris")),
        *(notice.get_absolute_url() for notice in Notice.objects.all()),
    ):
        response = client.get(address)
        assert response.status_code in (200, 301, 302, 410), address
        content = b"".join(response) if response.streaming else response.content
        assert SECRET.encode() not in content, address
    assert not SearchRow.objects.filter(body__icontains=SECRET).exists()


def test_its_addresses_answer_410_with_a_tombstone(client, editions, administrator, second):
    remove(editions[0], administrator, second)
    page = client.get("/cases/told/editions/1/")
    assert page.status_code == 410
    for said in ("was removed on", GROUND, editions[0].digest):
        assert said in page.content.decode()
    answer = client.get("/cases/told/editions/1.json")
    assert answer.status_code == 410
    found = answer.json()
    assert (found["record"], found["digest"], found["removed"]["ground"]) == (
        *(None, editions[0].digest),
        GROUND,
    )
    assert client.get("/cases/told/").status_code == 200
    assert client.get("/cases/told/editions/2.json").json()["previous_digest"] == found["digest"]
    assert "Removed on" in client.get("/cases/told/editions/").content.decode()


def test_where_it_was_in_print_the_case_leaves_the_catalogue(
    client, editions, administrator, second
):
    other = make_edition(slug="other", title="Other")
    assert "/cases/told/" in client.get("/cases/other/").content.decode()  # beside it
    remove(editions[2], administrator, second)
    assert client.get("/cases/told/").status_code == 410
    for address in ("/cases/", "/cases/?q=autumn", "/cases/other/", "/"):
        assert 'href="/cases/told/"' not in client.get(address).content.decode(), address
    earlier = client.get("/cases/told/editions/2/").content.decode()
    assert "which was in print, has been removed" in earlier
    assert not Edition.objects.listed().filter(case=editions[0].case).exists()
    assert other in Edition.objects.listed()


def test_a_new_edition_puts_the_case_back_in_print(client, editions, administrator, second):
    remove(editions[2], administrator, second)
    case = cases.change_case(
        Case.objects.get(slug="told"), by=make_user("edith"), reason="Anew.", body="All new."
    )
    publish_case(case, kind="update", change_note="Anew.")
    assert client.get("/cases/told/").status_code == 200
    assert "4 editions verified." in verified()


def test_what_notices_quote_of_it_goes_too(editions, administrator, second):
    quoted = Notice.objects.get(found_in=editions[0])
    assert (quoted.before, quoted.after) == ("spring", "autumn")
    remove(editions[0], administrator, second)
    quoted = Notice.objects.get(pk=quoted.pk)
    assert (quoted.before, quoted.after) == ("", "autumn")
    remove(editions[1], administrator, second)
    assert Notice.objects.get(pk=quoted.pk).after == ""
    assert Notice.objects.filter(kind="removal").count() == 2


def test_a_notice_that_only_quoted_says_why_it_is_blank(editions, administrator, second):
    QuerySet(Notice).filter(found_in=editions[0]).update(after="", why="")
    remove(editions[0], administrator, second)
    [notice] = Notice.objects.filter(mended_in=editions[1])
    assert (notice.before, notice.why) == ("", "What it quoted was removed with edition 1.")


def test_the_title_goes_where_that_is_asked_for(client, editions, administrator, second):
    tombstone = remove(editions[0], administrator, second, title_too=True)
    assert tombstone.title == "[…]"
    assert "1: removed lawfully" in verified()


def test_whoever_asks_does_not_confirm(editions, administrator):
    removal = removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    with pytest.raises(removing.SamePerson):
        desk.remove_edition(removal, by=administrator)
    with pytest.raises(IntegrityError, match="removal_by_two_people"), transaction.atomic():
        QuerySet(Removal).update(confirmed_by=administrator, confirmed_at=timezone.now())
    assert not Edition.objects.get(pk=editions[0].pk).is_removed
    assert not Notice.objects.filter(kind="removal").exists()


def test_it_is_asked_once_decided_once_and_may_be_asked_again_when_refused(
    editions, administrator, second
):
    removal = removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    with pytest.raises(removing.NotRemovable):
        removing.ask_removal(editions[0], by=second, ground="Another.")
    removing.refuse_removal(removal, by=second)
    with pytest.raises(removing.NotRemovable):
        desk.remove_edition(removal, by=second)
    again = removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    desk.remove_edition(again, by=second)
    with pytest.raises(removing.NotRemovable):
        desk.remove_edition(again, by=second)
    with pytest.raises(removing.NotRemovable):
        removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    told = AuditEvent.objects.filter(action="removed").order_by("pk")
    assert [event.after for event in told] == ["asked", "refused", "asked", "removed"]


@pytest.mark.parametrize("ground", ["", " \n ", "x" * 2001])
def test_a_removal_needs_a_ground_of_some_length(ground, editions, administrator):
    with pytest.raises(ValidationError):
        removing.ask_removal(editions[0], by=administrator, ground=ground)


def test_only_the_service_passes_the_rule(editions, administrator, second):
    removal = removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    for change in (
        lambda: Edition.objects.update(removed_at=timezone.now()),
        lambda: Removal.objects.update(ground="Else."),
        lambda: Removal.objects.all().delete(),
        lambda: removal.delete(),
        lambda: removal.save(),
    ):
        with pytest.raises(Immutable):
            change()
    with pytest.raises(IntegrityError, match="edition_removed_says_nothing"), transaction.atomic():
        QuerySet(Edition).filter(pk=editions[0].pk).update(removed_at=timezone.now())


FORGED = {
    "no two people decided": lambda e: QuerySet(Removal).delete(),
    "not the one it had": lambda e: QuerySet(Edition).filter(pk=e.pk).update(digest="0" * 64),
    "something else stands": lambda e: QuerySet(Edition).filter(pk=e.pk).update(record={}),
}


@pytest.mark.parametrize("fault", FORGED)
def test_what_only_looks_like_a_removal_is_a_fault(fault, editions, administrator, second):
    remove(editions[2], administrator, second)
    FORGED[fault](editions[2])
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_editions", stderr=errors, stdout=StringIO())
    assert fault in errors.getvalue()


def test_an_edition_that_stands_though_its_removal_was_decided_is_a_fault(
    editions, administrator, second
):
    removing.ask_removal(editions[0], by=administrator, ground=GROUND)
    QuerySet(Removal).update(confirmed_by=second, confirmed_at=timezone.now())
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_editions", stderr=errors)
    assert "its removal was decided, and it stands" in errors.getvalue()


def test_rebuilding_search_and_neighbours_copes(editions, administrator, second):
    remove(editions[2], administrator, second)
    for command in ("rebuild_search", "rebuild_neighbours", "render_editions"):
        call_command(command, stdout=StringIO())
    assert not SearchRow.objects.exists()
