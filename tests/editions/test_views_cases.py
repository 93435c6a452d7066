"""The front page, the catalogue and the pages of a case, as readers ask for them."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse

from cases import services as cases
from cases.models import Case
from corrections.models import Notice
from corrections.references import new_reference
from editions import services
from editions.facets import FACETS
from editions.models import Edition
from tests.factories import make_case, make_edition, make_source, make_user, publish_case

CASE_QUERIES = 3
MARKER = "xyzzy-draft-marker"


def page(client, name, *args, status=200, **question):
    address = reverse(name, args=args)
    response = client.get(f"{address}?{urlencode(question, doseq=True)}" if question else address)
    assert response.status_code == status
    return response.content.decode()


def mended(edition, **content):
    """The next edition of the case, with a notice that it corrects the one before."""
    content = content or {"body": edition.body.replace("spring", "autumn")}
    case = cases.change_case(
        Case.objects.get(pk=edition.case_id), by=make_user("edith"), reason="Mended.", **content
    )
    new = publish_case(case, kind="correction", change_note="The season was wrong.")
    Notice.objects.create(
        reference=new_reference("N"),
        case=new.case,
        found_in=edition,
        mended_in=new,
        kind="correction",
        before="spring",
        after="autumn",
        why="The talks began in autumn.",
        published_by=make_user("maud"),
    )
    return new


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


def test_the_pages_stand_while_nothing_is_published(client, db):
    assert "Newest editions" in page(client, "front")
    assert "No case has been published yet" in page(client, "catalogue")


def test_the_case_page_shows_text_facts_and_how_to_cite(client, db):
    edition = make_edition(
        location="Gorno-Badakhshan", impact_note="It held.", authors="Ann Author\nBo Writer"
    )
    html = page(client, "case", edition.case.slug)
    assert f"<title>{edition.title} · {settings.SITE_NAME}</title>" in html
    assert edition.record["body_html"] in html
    assert "By Ann Author and Bo Writer" in html
    assert "1993–1997" in html and "Gorno-Badakhshan" in html and "It held." in html
    assert 'href="/countries/tjk/">Tajikistan</a>' in html
    assert 'href="/cases/?initiative=mediation"' in html
    assert 'href="/cases/?conflict=vertical-intrastate"' in html
    assert 'href="/cases/?region=asia-pacific"' in html
    assert 'href="/cases/?impact=lasting">Lasting</a>' in html
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
    assert fragments.count("note-2") == 2
    for note in edition.record["notes"]:
        assert f"note-{note['number']}" in fragments
        assert set(note["refs"]) <= set(fragments)


def test_a_case_page_takes_three_queries_whatever_it_holds(
    client, django_assert_num_queries, moderator
):
    edition = make_edition()
    with django_assert_num_queries(CASE_QUERIES):
        page(client, "case", edition.case.slug)
    source = make_source()
    notes = "".join(f"Claim {n}.[@{source.key}, p. {n}] " for n in range(1, 20))
    rich = mended(mended(make_edition(source=source, body="It was spring. " + notes)), body=notes)
    for _ in range(5):
        make_edition()
    with django_assert_num_queries(CASE_QUERIES):
        assert page(client, "case", rich.case.slug).count('class="entry"') == 5
    with django_assert_num_queries(CASE_QUERIES):
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
        with django_assert_num_queries(2):
            page(client, "editions", edition.case.slug)


def test_comparing_marks_what_went_and_what_came(client, django_assert_num_queries, db):
    slug = mended(make_edition()).case.slug
    with django_assert_num_queries(1):
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


@pytest.mark.parametrize("length", [40, 5000])
def test_an_edition_number_of_any_length_is_not_found(client, db, length):
    slug, number = make_edition().case.slug, "9" * length
    assert client.get(f"/cases/{slug}/editions/{number}/").status_code == 404
    assert client.get(f"/cases/{slug}/editions/{number}.json").status_code == 404


def catalogue_of(count):
    """That many cases in print, each with facts of every kind."""
    for _ in range(count):
        make_edition()


def test_the_catalogue_takes_the_same_queries_for_one_and_for_twenty_rows(
    client, django_assert_max_num_queries, db
):
    catalogue_of(1)
    taken = []
    for question in ({}, {"q": "talks", "initiative": "mediation"}):
        with django_assert_max_num_queries(30) as one:
            page(client, "catalogue", **question)
        taken.append(len(one))
    catalogue_of(20)
    for number, question in zip(
        taken, ({}, {"q": "talks", "initiative": "mediation"}), strict=True
    ):
        with django_assert_max_num_queries(30) as many:
            assert page(client, "catalogue", **question).count('class="entry"') == 20
        assert len(many) == number


def test_the_front_page_takes_the_same_queries_for_one_case_and_for_many(
    client, django_assert_max_num_queries, db
):
    mended(make_edition())
    with django_assert_max_num_queries(12) as one:
        page(client, "front")
    for _ in range(4):
        mended(make_edition())
    with django_assert_max_num_queries(12) as many:
        assert page(client, "front").count("Correction</span>") == 3
    assert len(many) == len(one)


def test_facets_count_and_narrow_the_catalogue(client, db):
    make_edition(title="Here", countries=["TJK"], initiative_types=["mediation"])
    make_edition(title="There", countries=["PER"], initiative_types=["mediation", "diplomacy"])
    html = page(client, "catalogue", country="per")
    assert "There</a>" in html and "Here</a>" not in html
    assert "<strong>1 case</strong> of 2" in html
    assert 'href="?country=per&amp;country=tjk"' in html
    both = page(client, "catalogue", country=["per", "tjk"], initiative="mediation")
    assert "<strong>2 cases</strong>" in both
    assert re.search(r'class="chip off" href="\?country=tjk&amp;initiative=mediation"', both)
    assert "Clear all" in both


def test_words_that_were_searched_are_marked(client, db):
    make_edition(title="A title")
    html = page(client, "catalogue", q="talks")
    assert "<mark>talks</mark>" in html
    assert '<p role="status">' in html
    assert 'value="talks"' in html


def test_both_forms_send_along_what_was_chosen(client, db):
    make_edition()
    question = {"q": "talks", "country": "tjk", "from": "1990", "to": "1999", "sort": "title"}
    html = page(client, "catalogue", **question)
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    sent = [set(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', form)) for form in forms]
    assert {("country", "tjk"), ("from", "1990"), ("to", "1999")} <= sent[0]
    assert {("country", "tjk"), ("q", "talks"), ("sort", "title")} <= sent[1]


def test_a_bad_year_says_so_beside_the_field_and_loses_nothing(client, db):
    make_edition(title="Still here")
    html = page(client, "catalogue", **{"from": "ninety", "country": "tjk"})
    assert "<title>Error: " in html
    assert 'href="#id_from"' in html
    assert re.search(r'id="id_from" name="from" value="ninety"[^>]*aria-invalid="true"', html)
    assert "Still here" in html


def test_an_empty_answer_says_what_to_leave_out(client, db):
    make_edition()
    html = page(client, "catalogue", q="nowhere", country="tjk")
    assert "No case answers all of this at once." in html
    assert 'href="?country=tjk" rel="nofollow">without “nowhere”' in html
    assert "Show all cases" in html


def test_the_next_page_keeps_the_question(client, db):
    catalogue_of(21)
    html = page(client, "catalogue", initiative="mediation", sort="title")
    assert "Page 1 of 2" in html
    assert 'rel="next" href="?initiative=mediation&amp;sort=title&amp;page=2"' in html
    assert page(client, "catalogue", page="2").count('class="entry"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "page=abc&from=x&region=%00",
        "page=-1&sort=%22%3Cscript%3E&to=99999999999999999999",
        "q=a%00b&country=%F0%9F%98%80",
        "q=%22unclosed+-+*+AND+NEAR(&impact=nothing&aim=nothing",
        "from=2000&to=1000&organisation=" + "a" * 3000,
        "region=" + "&region=".join(f"r{n}" for n in range(900)),
        "&".join(f"{name}=r{n}" for name in FACETS for n in range(140)),
        "unknown=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_whatever_is_asked_the_catalogue_answers(client, db, query):
    make_edition()
    response = client.get(f"/cases/?{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content
    assert len(response.content) < 400_000


def test_thousands_of_values_are_refused(client, db):
    query = "&".join(f"region=r{n}" for n in range(5000))
    assert client.get(f"/cases/?{query}").status_code == 400


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


def test_the_name_of_the_site_is_that_of_the_settings(client, db, settings):
    settings.SITE_NAME = "Atlas of Peace"
    html = page(client, "front")
    assert "· Atlas of Peace</title>" in html
    assert "Peacesite" not in html
