"""The pages of a case, as readers ask for them."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from cases import services as cases
from cases.models import Case
from corrections.models import Notice
from editions import services
from editions.models import Edition
from tests.factories import make_case, make_edition, make_source, make_user, publish_case
from tests.website.public_pages import meet_version, mended, page

MARKER = "xyzzy-draft-marker"


def withdrawn(edition):
    case = Case.objects.get(pk=edition.case_id)
    return services.withdraw(case, by=make_user("mona"), reason="Its chief source was retracted.")


def test_every_page_of_a_case_opens_without_a_cookie(client, db):
    edition = mended(make_edition())
    slug = edition.case.slug
    addresses = [
        reverse("front"),
        reverse("catalogue"),
        reverse("case", args=[slug]),
        reverse("edition", args=[slug, 1]),
        reverse("editions", args=[slug]),
        reverse("compare", args=[slug, 1, 2]),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_the_case_page_shows_text_facts_and_how_to_cite(client, db):
    edition = make_edition(
        location="Gorno-Badakhshan", impact_note="It held.", authors="Ann Author\nBo Writer"
    )
    html = page(client, "case", edition.case.slug)
    assert f"<title>{edition.title} · {settings.SITE_NAME}</title>" in html
    assert '<p id="p1"><span id="p1s1">The talks began in spring.<sup' in html
    assert "By Ann Author and Bo Writer" in html
    assert "1993–1997" in html and "Gorno-Badakhshan" in html and "It held." in html
    assert 'href="/countries/tjk/">Tajikistan</a>' in html
    assert 'href="/cases/?initiative=mediation"' in html
    assert 'href="/cases/?conflict=vertical-intrastate"' in html
    assert 'href="/cases/?region=asia-pacific"' in html
    assert 'href="/cases/?impact=lasting" data-term="/vocabulary/impacts/lasting/"' in html
    assert f"{settings.SITE_URL}{edition.permanent_path}" in html
    assert edition.digest[:12] in html
    assert reverse("export", args=[edition.case.slug, 1, "bib"]) in html
    assert f"/cases/{edition.case.slug}/correct/?edition=1" in html
    assert f'rel="canonical" href="{settings.SITE_URL}/cases/{edition.case.slug}/"' in html
    assert "noindex" not in html


def test_facts_that_are_not_known_leave_no_empty_row(client, db):
    case = make_case(start_year=None, end_year=None, location="", impact="", aim=None)
    html = page(client, "case", publish_case(case).case.slug)
    assert "Years</dt>" not in html
    assert "Impact</dt>" not in html
    assert not re.search(r"<dd>\s*</dd>", html)


def test_notes_and_their_places_in_the_text_link_both_ways(client, db):
    one, two = make_source(), make_source()
    edition = make_edition(
        source=one, body=f"A.[@{one.key}, p. 3] B.[^1] C.[^1]\n\n[^1]: See [@{two.key}]."
    )
    html = page(client, "case", edition.case.slug)
    ids = re.findall(r'id="([^"]+)"', html)
    fragments = re.findall(r'href="#([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(fragments) <= set(ids)
    assert fragments.count("note-2") == 3  # two places in the text, and the bibliography
    for note in edition.record["notes"]:
        assert f"note-{note['number']}" in fragments
        assert set(note["refs"]) <= set(fragments)


def test_a_case_page_takes_a_fixed_number_of_queries_whatever_it_holds(
    client, django_assert_num_queries, moderator
):
    edition = make_edition()
    meet_version()
    with django_assert_num_queries(1):
        page(client, "case", edition.case.slug)
    source = make_source()
    notes = "".join(f"Claim {n}.[@{source.key}, p. {n}] " for n in range(1, 20))
    rich = mended(mended(make_edition(source=source, body="It was spring. " + notes)), body=notes)
    for _ in range(5):
        make_edition()
    meet_version()
    with django_assert_num_queries(2):  # and the notices of a later edition
        assert page(client, "case", rich.case.slug).count('class="entry"') == 5
    with django_assert_num_queries(3):  # and the site version
        page(client, "edition", rich.case.slug, 1)


def test_an_old_edition_says_so_and_what_was_mended_since(client, db):
    first = make_edition()
    slug = mended(first).case.slug
    html = page(client, "edition", slug, 1)
    assert "This is edition 1; edition 2 is in print." in html
    assert f'href="/cases/{slug}/compare/1/2/"' in html
    assert "The talks began in autumn." in html
    assert "began in spring" in html
    assert 'name="robots" content="noindex"' in html
    assert f'rel="canonical" href="{settings.SITE_URL}{first.permanent_path}"' in html


def test_an_old_edition_never_claims_to_be_corrected_itself(client, db):
    slug = mended(make_edition()).case.slug
    html = page(client, "edition", slug, 1)
    assert f'Corrected in <a href="/cases/{slug}/editions/2/">edition 2</a>, on ' in html
    assert "Corrected on" not in html


def test_authors_that_begin_with_the_read_well_after_by(client, db):
    edition = make_edition(authors="The peacesite editors\nTheo Writer")
    assert "By the peacesite editors and Theo Writer" in page(client, "case", edition.case.slug)


def test_a_withdrawal_compared_gives_its_reason_and_strikes_nothing(client, db):
    edition = make_edition()
    withdrawn(edition)
    html = page(client, "compare", edition.case.slug, 1, 2)
    assert "Edition 2 withdraws the case:" in html and "Its chief source was retracted." in html
    assert "<del>" not in html
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=make_user("edna"), reason="Again.", standfirst="Anew.")
    publish_case(case, kind="update", change_note="Back.")
    html = page(client, "compare", edition.case.slug, 2, 3)
    assert "Edition 2 withdrew the case:" in html and "Edition 3 put it back in print." in html


def test_the_edition_in_print_says_when_it_was_corrected(client, db):
    edition = mended(make_edition())
    notice = Notice.objects.get()
    html = page(client, "case", edition.case.slug)
    assert "Corrected on" in html
    assert f'href="{notice.get_absolute_url()}"' in html
    assert "is in print" not in html
    permanent = page(client, "edition", edition.case.slug, 2)
    assert f'rel="canonical" href="{settings.SITE_URL}/cases/{edition.case.slug}/"' in permanent


def test_a_withdrawn_case_keeps_its_address_and_says_why(client, db):
    edition = make_edition()
    slug = edition.case.slug
    withdrawn(edition)
    html = page(client, "case", slug)
    assert "Its chief source was retracted." in html
    assert 'content="noindex"' in html
    assert f'href="/cases/{slug}/editions/1/"' in html
    assert "The talks began" not in html
    earlier = page(client, "edition", slug, 1)
    assert "of a case that was withdrawn" in earlier and "The talks began" in earlier
    assert "Withdrawal" in page(client, "editions", slug)
    assert edition.title not in page(client, "catalogue")
    assert edition.title not in page(client, "front")


@pytest.mark.parametrize(
    ("name", "rest"), [("case", []), ("edition", [1]), ("editions", []), ("compare", [1, 2])]
)
def test_a_former_address_leads_to_the_present_one(client, moderator, name, rest):
    edition = mended(make_edition())
    former = edition.case.slug
    services.rename(edition.case, "a-better-name", by=moderator, reason="Better.")
    response = client.get(reverse(name, args=[former, *rest]))
    assert response.status_code == 301
    assert response["Location"] == reverse(name, args=["a-better-name", *rest])


def test_editions_are_listed_newest_first_with_digests_and_notices(client, db):
    first = make_edition()
    second = mended(first)
    html = page(client, "editions", second.case.slug)
    assert html.index("Edition 2</a>, in print") < html.index("Edition 1</a>")
    assert first.digest in html and second.digest in html
    assert "The season was wrong." in html
    assert Notice.objects.get().reference in html


def test_the_list_of_editions_takes_the_same_queries_for_one_and_for_many(
    client, django_assert_num_queries, db
):
    one = make_edition()
    many = make_edition()
    for season in ("summer", "winter", "autumn"):
        many = mended(many, standfirst=f"In {season}.")
    for edition in (one, many):
        with django_assert_num_queries(4):
            page(client, "editions", edition.case.slug)


def test_comparing_marks_what_went_and_what_came(client, django_assert_num_queries, db):
    slug = mended(make_edition()).case.slug
    with django_assert_num_queries(2):
        html = page(client, "compare", slug, 1, 2)
    assert "<del>spring</del>" in html and "<ins>autumn</ins>" in html
    assert "stood in edition 1 only" in html


def test_comparing_backwards_leads_forwards(client, db):
    slug = mended(make_edition()).case.slug
    assert client.get(f"/cases/{slug}/compare/2/1/")["Location"] == f"/cases/{slug}/compare/1/2/"
    assert "are the same in both" in page(client, "compare", slug, 2, 2)


@pytest.mark.parametrize("tail", ["editions/9/", "compare/1/9/", f"compare/1/{'9' * 30}/"])
def test_an_edition_that_is_not_there_is_not_found(client, db, tail):
    assert client.get(f"/cases/{make_edition().case.slug}/{tail}").status_code == 404


@pytest.mark.parametrize("length", [40, 400])
def test_an_edition_number_of_any_length_is_not_found(client, db, length):
    slug, number = make_edition().case.slug, "9" * length
    assert client.get(f"/cases/{slug}/editions/{number}/").status_code == 404
    assert client.get(f"/cases/{slug}/editions/{number}.json").status_code == 404


def test_nothing_of_a_draft_stands_on_a_public_page(client, db):
    edition = mended(make_edition())
    make_case(title=f"A draft, {MARKER}", standfirst=MARKER, location=MARKER)
    cases.change_case(
        Case.objects.get(pk=edition.case_id),
        by=make_user("edith"),
        reason=MARKER,
        title=MARKER,
        standfirst=MARKER,
        body=MARKER,
        impact_note=MARKER,
    )
    slug = edition.case.slug
    assert Edition.objects.filter(title__contains=MARKER).count() == 0
    for name, args in (
        *(("front", []), ("catalogue", []), ("case", [slug]), ("edition", [slug, 1])),
        *(("editions", [slug]), ("compare", [slug, 1, 2])),
    ):
        assert MARKER not in page(client, name, *args)
    assert MARKER not in page(client, "catalogue", q="draft").replace(f'value="{MARKER}"', "")
