"""What an edition's page says to machines: meta tags, data, typed links."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from cases import services as cases
from cases.models import Case
from editions import services
from editions.cite_edition.styled import citations
from editions.models import Edition
from tests.factories import make_edition, make_organisation, make_source, make_user, publish_case
from tests.website.page_head import head_of, zotero_item
from tests.website.public_pages import mended, page
from website.metadata import describe, notices_data

SITE = "https://peace.example"
HOSTILE = 'Ending “x” "y" </script><script>alert(1)</script> <!-- & \u2028 😀 \u202e مرحبا\' ]]>'


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL, settings.SITE_NAME = SITE, "Peace & Co"


@pytest.fixture
def edition(db):
    body = make_organisation("The Body", kind="coalition")
    source = make_source("lynch2001", doi="10.1000/x", url="https://x.example/?a=1&b=2")
    return make_edition(
        slug="ended",
        title="Who kept the peace? A history",
        authors="Ann Beth Author\nMax van der Stoel\nThe Editors",
        organisations=[body],
        source=source,
        standfirst="How “it” was\nended.",
    )


def head(client, name, *args, **question):
    return head_of(page(client, name, *args, **question))


def withdrawn(edition):
    case = Case.objects.get(pk=edition.case_id)
    return services.withdraw(case, by=make_user("mona"), reason="Its chief source was retracted.")


def test_zotero_saves_a_report_with_authors_date_institution_and_address(client, edition):
    item = zotero_item(head(client, "case", "ended"))
    assert item == {
        "type": "report",
        "title": "Who kept the peace? A history",
        "authors": [("Ann Beth", "Author"), ("Max", "van der Stoel"), ("", "The Editors")],
        "date": f"{edition.published_at:%Y/%m/%d}",
        "institution": "Peace & Co",
        "number": "Edition 1",
        "url": f"{SITE}/cases/ended/editions/1/",
        "language": "en-GB",
        "abstract": "How “it” was\nended.",
    }


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("Max Adriaan van der Stoel", ("Max Adriaan", "van der Stoel")),
        ("Martin Luther King Jr.", ("Martin Luther", "King Jr")),
        ("Centre for Peace Studies", ("", "Centre for Peace Studies")),
        ("UNESCO", ("", "UNESCO")),
    ],
)
def test_zotero_takes_a_lone_author_for_one(client, db, name, saved):
    edition = make_edition(authors=name)
    assert zotero_item(head(client, "case", edition.case.slug))["authors"] == [saved]


def test_dublin_core_names_the_edition_its_licence_and_what_it_replaces(client, edition):
    mended(edition)
    read = head(client, "case", "ended")
    assert read.one("DC.identifier") == f"{SITE}/cases/ended/editions/2/"
    assert read.one("DC.date") == read.one("DCTERMS.issued")
    assert read.all("DC.creator") == ["Author, Ann Beth", "van der Stoel, Max", "The Editors"]
    assert read.one("DCTERMS.license") == "https://creativecommons.org/licenses/by/4.0/"
    assert read.one("DCTERMS.replaces") == f"{SITE}/cases/ended/editions/1/"
    assert read.one("DCTERMS.isVersionOf") == f"{SITE}/cases/ended/"
    assert "Tajikistan" in read.all("DC.subject")


def test_open_graph_names_a_picture_with_its_size_and_words(client, edition):
    read = head(client, "edition", "ended", 1)
    assert read.one("og:type") == "article" and read.one("og:title") == edition.title
    assert read.one("og:url") == f"{SITE}/cases/ended/"
    picture = read.one("og:image").removeprefix(SITE)
    assert client.get(picture)["Content-Type"] == "image/png"
    assert (read.one("og:image:width"), read.one("og:image:height")) == ("1200", "630")
    assert edition.title in read.one("og:image:alt")
    assert read.one("twitter:card") == "summary_large_image"


def test_every_other_page_has_the_picture_of_the_site(client, edition):
    for name in ("front", "catalogue", "notices", "about"):
        read = head(client, name)
        assert read.one("og:image") == f"{SITE}/card.png", name
        assert read.one("og:type") == "website"


def test_an_earlier_edition_keeps_its_own_address(client, edition):
    mended(edition)
    read = head(client, "edition", "ended", 1)
    own = f"{SITE}/cases/ended/editions/1/"
    assert [link["href"] for link in read.links if link["rel"] == "canonical"] == [own]
    assert [link["href"] for link in read.links if link["rel"] == "cite-as"] == [own]
    assert read.one("og:url") == read.one("citation_public_url") == own
    node = read.node("ScholarlyArticle")
    assert (node["@id"], node["version"], node["creativeWorkStatus"]) == (own, "1", "Superseded")
    assert "sameAs" not in node
    now = head(client, "case", "ended")
    assert [link["href"] for link in now.links if link["rel"] == "canonical"] == [
        f"{SITE}/cases/ended/"
    ]
    assert now.node("ScholarlyArticle")["@id"] == f"{SITE}/cases/ended/editions/2/"


def test_a_scholarly_article_says_what_the_edition_is_about_and_rests_on(client, edition):
    node = head(client, "case", "ended").node("ScholarlyArticle")
    assert node["headline"] == edition.title and node["abstract"] == edition.standfirst
    assert [(a["@type"], a["name"]) for a in node["author"]] == [
        ("Person", "Ann Beth Author"),
        ("Person", "Max van der Stoel"),
        ("Organization", "The Editors"),
    ]
    assert node["datePublished"] == node["dateModified"] == f"{edition.published_at:%Y-%m-%d}"
    assert (node["version"], node["creativeWorkStatus"]) == ("1", "Published")
    assert node["identifier"]["value"] == edition.digest
    assert node["license"].startswith("https://creativecommons.org/")
    assert node["isPartOf"]["url"] == f"{SITE}/cases/" and node["publisher"]["name"] == "Peace & Co"
    assert node["temporalCoverage"] == "1993/1997"
    about = {(thing["@type"], thing["name"]): thing for thing in node["about"]}
    assert about["Country", "Tajikistan"]["url"] == f"{SITE}/countries/tjk/"
    terms = [thing for thing in node["about"] if thing["@type"] == "DefinedTerm"]
    assert {term["termCode"] for term in terms} == {
        *("vertical-intrastate", "mediation", "ending", "lasting"),
    }
    for thing in [*node["about"], *node["mentions"]]:
        assert client.get(thing["url"].removeprefix(SITE)).status_code == 200
    [work] = node["citation"]
    assert work["@type"] == "Book" and work["datePublished"] == "2001"
    assert work["sameAs"] == "https://doi.org/10.1000/x"
    assert work["url"] == "https://x.example/?a=1&b=2"
    assert work["author"] == [{"@type": "Person", "name": "Ann Author"}]
    assert {part["encodingFormat"] for part in node["encoding"]} >= {"text/markdown"}


@pytest.mark.parametrize(
    ("start", "end", "ongoing", "coverage"),
    [
        (1997, 1997, False, "1997"),
        (2003, None, True, "2003/.."),
        (None, 1997, False, "../1997"),
        (-43, 14, False, "-0043/0014"),
        (None, None, False, None),
    ],
)
def test_years_are_an_interval_as_iso_8601_has_it(client, db, start, end, ongoing, coverage):
    edition = make_edition(start_year=start, end_year=end, ongoing=ongoing)
    node = head(client, "case", edition.case.slug).node("ScholarlyArticle")
    assert node.get("temporalCoverage") == coverage


def test_a_notice_is_a_correction_of_the_edition_it_mended_and_of_the_one_with_the_slip(
    client, edition
):
    second = mended(edition)
    third = mended(second, standfirst="Anew.")
    corrections = {
        number: head(client, "edition", "ended", number).node("ScholarlyArticle")["correction"]
        for number in (1, 2)
    }
    assert [len(corrections[1]), len(corrections[2])] == [1, 2]
    notices = list(third.case.notices.order_by("pk"))
    [comment] = corrections[1]
    assert comment["@type"] == "CorrectionComment"
    assert comment["url"] == SITE + notices[0].get_absolute_url()
    assert comment["text"] == "“spring” became “autumn”. The talks began in autumn."
    assert client.get(notices[0].get_absolute_url()).status_code == 200


def test_a_withdrawal_says_so_everywhere_and_nothing_of_the_text(client, edition):
    withdrawn(edition)
    read = head(client, "case", "ended")
    node = read.node("ScholarlyArticle")
    assert node["creativeWorkStatus"] == "Withdrawn"
    for said in (read.one("citation_title"), read.one("og:title"), node["headline"]):
        assert said == "Withdrawn: Who kept the peace? A history"
    assert not read.all("citation_abstract") and not read.all("DCTERMS.abstract")
    assert not {"abstract", "citation", "about", "encoding", "keywords"} & node.keys()
    assert "ended." not in json.dumps(node)
    earlier = head(client, "edition", "ended", 1)
    assert earlier.node("ScholarlyArticle")["creativeWorkStatus"] == "Withdrawn"
    assert "withdrawn" in earlier.one("og:description")
    assert 'rel="item"' not in client.get("/cases/ended/")["Link"]


def test_a_reserved_licence_has_no_address(client, db):
    edition = make_edition(licence="reserved")
    read = head(client, "case", edition.case.slug)
    assert not read.all("DCTERMS.license")
    node = read.node("ScholarlyArticle")
    assert "license" not in node and node["copyrightNotice"] == "All rights reserved"
    assert 'rel="license"' not in client.get(edition.get_absolute_url())["Link"]


def test_nothing_in_a_title_breaks_out_of_the_head(client, db):
    plain = make_edition(slug="plain")
    edition = make_edition(title=HOSTILE, standfirst=HOSTILE, authors=HOSTILE, slug="hostile")
    html = page(client, "case", edition.case.slug)
    read = head_of(html)
    assert read.scripts == head_of(page(client, "case", plain.case.slug)).scripts
    assert read.one("citation_title") == read.one("og:title") == edition.title
    assert read.node("ScholarlyArticle")["headline"] == edition.title
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert not set("<>&\u2028\n") & set(block) and block.isascii()


def test_the_way_to_a_page_is_told(client, edition):
    mended(edition)
    ways = {
        ("case", "ended"): ["Peace & Co", "Cases", edition.title],
        ("edition", "ended", 1): ["Peace & Co", "Cases", edition.title, "Edition 1"],
        ("editions", "ended"): ["Peace & Co", "Cases", edition.title, "All editions"],
        ("catalogue",): ["Peace & Co", "Cases"],
        ("organisation", "the-body"): ["Peace & Co", "Organisations", "The Body"],
        ("country", "tjk"): ["Peace & Co", "Cases", "Tajikistan"],
        ("term", "aims", "ending"): ["Peace & Co", "Vocabulary", "Ending an armed conflict"],
    }
    for (name, *args), steps in ways.items():
        trail = head(client, name, *args).node("BreadcrumbList")["itemListElement"]
        assert [step["name"] for step in trail] == steps
        assert [step["position"] for step in trail] == list(range(1, len(steps) + 1))
        for step in trail:
            assert client.get(step["item"].removeprefix(SITE)).status_code == 200
    trail = head(client, "source", "lynch2001").node("BreadcrumbList")["itemListElement"]
    assert trail[1]["name"] == "Sources"


def test_the_front_page_says_how_to_search_it(client, db):
    node = head(client, "front").node("WebSite")
    target = node["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{SITE}/cases/?q={{search_term_string}}"


def test_the_whole_catalogue_is_a_dataset_and_a_question_is_none(client, edition):
    node = head(client, "catalogue").node("Dataset")
    addresses = {part["contentUrl"]: part["encodingFormat"] for part in node["distribution"]}
    assert addresses[f"{SITE}/cases.csv"] == "text/csv"
    assert {address.rpartition(".")[2] for address in addresses} == {
        *("csv", "json", "xlsx", "zip", "ris", "bib")
    }
    assert not head(client, "catalogue", q="peace").data


def read_links(value):
    return re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', value)


def test_the_page_of_an_edition_is_signposted(client, edition):
    found = read_links(client.get("/cases/ended/")["Link"])
    own = f"{SITE}/cases/ended/editions/1"
    by_rel = {}
    for address, rel, media_type in found:
        by_rel.setdefault(rel, []).append((address, media_type))
    assert by_rel["cite-as"] == [(f"{own}/", "")]
    assert {address for address, _ in by_rel["type"]} == {
        "https://schema.org/AboutPage",
        "https://schema.org/ScholarlyArticle",
    }
    assert [a.removeprefix(own) for a, _ in by_rel["describedby"]] == [
        *(".json", ".csl.json", ".ris", ".bib")
    ]
    assert (f"{own}.md", "text/markdown") in by_rel["item"]
    assert by_rel["license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]
    assert "author" not in by_rel  # no name here has an address
    for address, media_type in by_rel["describedby"] + by_rel["item"]:
        there = client.get(address.removeprefix(SITE))
        assert there["Content-Type"].partition(";")[0] == media_type
        back = {rel: address for address, rel, _ in read_links(there["Link"])}
        assert back["cite-as"] == back["canonical"] == f"{own}/"
        assert f"{own}/" in (back.get("describes"), back.get("collection"))


def test_the_link_header_stays_small(client, db, settings):
    settings.SITE_URL = "https://a-rather-long-name.of-an-institute.example.org"
    make_edition(slug="x" * 120)
    assert len(client.get(f"/cases/{'x' * 120}/")["Link"]) < 3000


def test_a_description_asks_nothing_of_the_database(edition, django_assert_num_queries):
    mended(edition)
    for number in (1, 2):
        found = Edition.objects.select_related("case").get(case=edition.case, number=number)
        notices = list(found.case.notices.public())
        with django_assert_num_queries(0):
            described = describe(found)
            assert described.tags and described.data and described.header and described.ways
            assert "CorrectionComment" in notices_data(found.permanent_path, number, notices)


def test_a_draft_changes_nothing_that_is_said(client, edition):
    before = page(client, "case", "ended")
    case = Case.objects.get(pk=edition.case_id)
    cases.change_case(case, by=make_user("edith"), reason="-", title="Draft", authors="Draft")
    assert page(client, "case", "ended") == before


def test_a_renamed_case_names_its_new_addresses(client, edition, moderator):
    services.rename(edition.case, "renamed", by=moderator, reason="Better.")
    response = client.get("/cases/renamed/")
    assert "/cases/ended/" not in response.content.decode() + response["Link"]
    assert f"<{SITE}/cases/renamed/editions/1/>" in response["Link"]


def test_a_republished_case_is_no_longer_withdrawn(client, edition):
    withdrawn(edition)
    case = cases.change_case(
        Case.objects.get(pk=edition.case_id), by=make_user("edna"), reason="-", standfirst="Anew."
    )
    publish_case(case, kind="update", change_note="Back.")
    assert head(client, "case", "ended").node("ScholarlyArticle")["creativeWorkStatus"] == (
        "Published"
    )
    withdrawal = head(client, "edition", "ended", 2).node("ScholarlyArticle")
    assert withdrawal["creativeWorkStatus"] == "Withdrawn"


def test_each_way_to_cite_is_on_the_page_and_can_be_copied(client, edition):
    html = page(client, "case", "ended")
    for name in ("chicago", "apa", "bib", "ris", "csl"):
        assert f'id="citation-{name}"' in html and f'data-copy="citation-{name}"' in html
    assert "Author, Ann Beth, Max van der Stoel, and The Editors. <i>Who Kept the Peace?" in html
    assert "Author, A. B., van der Stoel, M., &amp; The Editors. (" in html
    assert "@techreport{ended-1," in html and "TY  - RPRT" in html
    assert re.search(r'<a href="/cases/ended/editions/1.bib" download>', html)


def test_citations_are_set_once_and_anew_under_another_name(edition, settings, monkeypatch):
    citations(edition)
    monkeypatch.setattr("editions.cite_edition.styled.reference", None)
    assert citations(edition).apa.text.startswith("Author, A. B.")
    settings.SITE_NAME = "Another"
    with pytest.raises(TypeError):
        citations(edition)


def test_addresses_of_machines_bear_anything(client, db):
    for slug in ("nowhere", "x" * 400):
        assert client.get(f"/cases/{slug}/editions/1/card.png").status_code == 404
    for number in ("0", "9" * 30, "9" * 300):
        slug = make_edition().case.slug
        assert client.get(f"/cases/{slug}/editions/{number}/card.png").status_code == 404
    assert settings.SITE_URL == SITE and reverse("site-card") == "/card.png"


def test_facts_are_told_as_linked_data(client, db):
    body = make_organisation("The Mediators")
    edition = make_edition(
        slug="told",
        impact="failed",
        impact_criteria=["implementation"],
        authors="Ann Author",
        orcids="Ann Author 0000-0002-1825-0097",
        organisations=[body],
        parties=[
            {"role": "mediator", "organisation": body},
            {"role": "belligerent", "name": "The <Front>"},
        ],
        places=[
            {"name": "A town", "latitude": "38.5", "longitude": "-68", "precision": "town"},
            {
                **{"name": "A region", "latitude": "1", "longitude": "2", "precision": "region"},
                **{"north": "3", "east": "4"},
            },
        ],
    )
    node = head(client, "case", edition.case.slug).node("ScholarlyArticle")
    terms = {t.get("termCode") for t in node["about"]}
    assert {"failed", "implementation"} <= terms
    assert node["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert [m["name"] for m in node["mentions"]] == ["The Mediators", "The <Front>"]
    assert "url" not in node["mentions"][1]
    _words, town, region = node["spatialCoverage"]
    assert town["geo"]["latitude"] == "38.5"
    assert region["geo"]["box"] == "1 2 3 4"
