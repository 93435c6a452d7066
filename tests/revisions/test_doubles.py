"""A word when a source or an organisation like the one typed is here already."""

import json
import re
from html import unescape

import pytest

from organisations.likeness import organisations_like
from organisations.models import Organisation, OrganisationKind
from revisions.models import WorkingCopy
from sources.models import Source
from tests.factories import make_organisation, make_source

ADD = "/admin/organisations/organisation/add/"
ADD_SOURCE = "/admin/sources/source/add/"


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


def organisation(name, **over):
    kind = OrganisationKind.objects.get(slug="other")
    typed = {"name": name, "slug": "one", "kind": kind.pk, "reason": "New.", "other_names": ""}
    return typed | {"short_name": "", "website": "", "wikidata": "", "ror": ""} | over


def source(**over):
    rows = {"contributors-TOTAL_FORMS": 1, "contributors-INITIAL_FORMS": 0}
    name = {"role": "author", "position": "0", "given": "Don", "family": "Lynch"}
    rows |= {f"contributors-0-{part}": value for part, value in name.items()}
    typed = {"key": "new2001", "type": "book", "title": "Peace and its makers", "issued": "2001"}
    return rows | typed | {"publisher": "A Press", "reason": "New."} | over


def offered(answer):
    return [double.thing for double in answer.context["adminform"].form.doubles]


@pytest.mark.parametrize(
    "typed",
    [
        *("African Union", "THE AFRICAN UNION", "Áfrican Unión", "AU", "Afrikan Union"),
        *("African Union (AU)", "Organisation of Afrícan Unity", "Африкан Унион"),
    ],
)
def test_an_organisation_is_known_by_any_of_its_names_however_they_are_written(desk, typed):
    ours = make_organisation(
        "African Union", short_name="AU", other_names="Organization of African Unity"
    )
    make_organisation("Asian Union")
    answer = desk.post(ADD, organisation(typed))
    assert offered(answer) == [ours]
    assert Organisation.objects.count() == 2
    assert f'value="{typed}"' in unescape(answer.content.decode())
    desk.post(ADD, organisation(typed + " II", _not_a_double="1"))
    assert Organisation.objects.count() == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Mali", "Government of Malawi"),
        ("Government of Niger", "Government of Nigeria"),
        ("Government of Iran", "Government of Iraq"),
        ("Government of Austria", "Government of Australia"),
        ("Government of Sudan", "Government of South Sudan"),
        ("UN", "AU"),
        ("…", "!"),
    ],
)
def test_organisations_of_other_names_are_not_doubles(one, other):
    assert organisations_like([one], [Organisation(name=other)]) == []


def test_the_words_of_another_name_are_looked_for_too(desk):
    ours = make_organisation("African Union")
    typed = organisation("Union of the Continent", other_names="nothing\nAFRICAN UNION")
    assert offered(desk.post(ADD, typed)) == [ours]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ({"title": "Peace and its Makers", "issued": "2001"}, {}),
        ({"title": "Peace and its makers", "issued": "2002"}, {}),
        ({"title": "Other", "doi": "10.1000/182"}, {"doi": "10.1000/182", "title": "Else"}),
        ({"title": "X: Y", "isbn": "9780306406157"}, {"isbn": "0-306-40615-2", "title": "X"}),
        (
            {"title": "Peace and makers", "url": "https://example.org/a?b=1"},
            {"title": "Peace and its makers", "url": "http://www.example.org/a?b=1"},
        ),
    ],
)
def test_a_source_is_known_by_title_and_year_doi_isbn_or_address(desk, stored, typed):
    ours = make_source("lynch2001", authors=[("Don", "Lynch")], **stored)
    make_source()
    answer = desk.post(ADD_SOURCE, source(**typed))
    assert offered(answer) == [ours]
    html = answer.content.decode()
    assert "Is it one of these?" in html
    assert 'value="Lynch"' in html
    assert not Source.objects.filter(key="new2001").exists()
    desk.post(ADD_SOURCE, source(**typed, _not_a_double="1"))
    assert Source.objects.get(key="new2001").contributors.get().family == "Lynch"


def test_what_is_like_nothing_is_saved_at_once(desk):
    make_source(title="Something quite different", authors=[("Eve", "Else")])
    desk.post(ADD_SOURCE, source())
    assert Source.objects.filter(key="new2001").exists()
    desk.post(ADD, organisation("One"))
    assert Organisation.objects.filter(name="One").exists()


def test_using_the_one_that_is_here_leads_to_it_and_keeps_nothing(desk, editor):
    ours = make_organisation("African Union")
    WorkingCopy.objects.create(
        user=editor, address=ADD, kind="typed", content=[], kept_at="2026-01-01T00:00:00Z"
    )
    answer = desk.post(ADD, organisation("African Union", _use=ours.pk))
    assert answer["Location"] == f"/admin/organisations/organisation/{ours.pk}/change/"
    assert not WorkingCopy.objects.exists()
    assert Organisation.objects.count() == 1


def test_in_a_window_that_a_field_opened_the_field_gets_the_one_that_is_here(desk):
    ours = make_organisation("African Union")
    held = desk.post(ADD + "?_popup=1", organisation("African Union", _popup="1"))
    assert offered(held) == [ours]
    assert 'name="_popup" value="1"' in held.content.decode()
    answer = desk.post(ADD + "?_popup=1", organisation("African Union", _popup="1", _use=ours.pk))
    sent = re.search(r'data-popup-response="([^"]*)"', answer.content.decode())[1]
    assert json.loads(unescape(sent)) == {"value": str(ours.pk), "obj": "African Union"}


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40, "-1", "1\x00"])
def test_what_is_not_there_cannot_be_used(desk, key):
    assert desk.post(ADD, organisation("African Union", _use=key)).status_code == 404


def test_a_change_that_touches_no_name_is_not_held(desk):
    first, second = make_organisation("African Union"), make_organisation("Afrikan Union")
    change = f"/admin/organisations/organisation/{second.pk}/change/"
    typed = organisation(second.name, slug=second.slug, lock=second.lock)
    desk.post(change, typed | {"website": "https://example.org/"})
    second.refresh_from_db()
    assert second.website == "https://example.org/"
    held = desk.post(change, typed | {"lock": second.lock, "short_name": "African Union"})
    assert offered(held) == [first]


def test_markup_in_what_is_offered_stays_text(desk):
    make_organisation("<b>Bold</b> Union")
    html = desk.post(ADD, organisation("<b>bold</b> union")).content.decode()
    assert "<b>Bold" not in html
    assert "&lt;b&gt;Bold" in html


@pytest.mark.parametrize("name", ["a" * 5000, "\u0000", "ﷺ" * 200, "🕊️", "' OR 1=1", "http://["])
def test_whatever_is_typed_is_never_an_error(desk, name):
    make_organisation("African Union")
    assert desk.post(ADD, organisation(name)).status_code in (200, 302)
    rows = {"contributors-TOTAL_FORMS": "x", "contributors-99999-role": name}
    for year in (name, "2001"):
        typed = source(title=name, doi=name, isbn=name, url=name, issued=year, **rows)
        assert desk.post(ADD_SOURCE, typed).status_code in (200, 302)
