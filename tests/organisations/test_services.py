"""Organisations: added with a slug, merged without losing a name or an address."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from organisations import services
from organisations.models import Organisation
from organisations.naming import directory, folded, free_slug
from tests.factories import make_case, make_edition, make_organisation


def test_the_slug_is_made_from_the_name_and_is_free(db):
    first = make_organisation("Community of Sant’Egidio")
    second = make_organisation("Community of Sant'Egidio")
    assert (first.slug, second.slug) == ("community-of-santegidio", "community-of-santegidio-2")


def test_a_slug_is_free_however_long_and_no_more_are_read_than_begin_alike(db):
    make_organisation("Another body")
    name = "Commission " * 12
    slugs = [make_organisation(f"{name}{number}").slug for number in range(11)]
    assert len({slug[:115] for slug in slugs[1:9]}) == 1
    assert [slug[-2:] for slug in slugs[1:]] == [*(f"-{n}" for n in range(2, 10)), "10", "11"]
    assert {len(slug) for slug in slugs[1:]} <= {119, 120}
    with CaptureQueriesContext(connection) as queries:
        make_organisation(name)
    asked = [
        q["sql"] for q in queries if q["sql"].startswith('SELECT "organisations_organisation"')
    ]
    assert f"LIKE '{'commission-' * 10}%" in asked[0]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("Fra Ørsted", "fra-orsted"),
        ("Мир в Таджикистане", "mir-v-tadzhikistane"),
        ("Côte d’Ivoire: 1997–2001", "cote-divoire-1997-2001"),
        ("北京", "beijing"),
        ("…", "untitled"),
    ],
)
def test_a_slug_loses_no_letter(title, slug):
    assert free_slug(title, []) == slug


@pytest.mark.parametrize(
    "written",
    ["the United Nations", "UNITED  NATIONS", "United Nations.", "Ünited Nations"],
)
def test_names_are_compared_without_case_accents_and_article(written):
    assert folded(written) == "united nations"


def test_the_directory_knows_every_name(db):
    au = make_organisation("African Union", short_name="AU", other_names="OAU\nthe Union")
    found = directory(Organisation.objects.all())
    assert {found["african union"], found["au"], found["oau"], found["union"]} == {au}


def test_a_merge_moves_names_cases_and_editions(moderator):
    kept, gone = make_organisation("United Nations"), make_organisation("The UN", short_name="UN")
    edition = make_edition(organisations=[gone])
    both = make_case(organisations=[gone, kept])
    services.merge(gone, kept, by=moderator, reason="The same.")
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert {"The UN", "UN"} <= set(Organisation.objects.get(pk=kept.pk).names)
    assert edition.case.organisation_list == [kept]
    assert list(edition.organisations.all()) == [kept]
    assert both.organisation_list == [kept]
    assert edition.record["organisations"][0]["name"] == "The UN"


def test_a_merge_is_a_revision_of_each_case_it_touches(moderator):
    kept, gone = make_organisation("United Nations"), make_organisation("Onu")
    case = make_case(organisations=[gone])
    services.merge(gone, kept, by=moderator, reason="The same.")
    newest = Version.objects.get_for_object(case)[0]
    assert newest.revision.comment == "The same."
    assert newest.field_dict["lock"] == case.lock + 1


def test_the_address_of_a_merged_organisation_leads_to_the_kept_one(moderator, client):
    kept, gone = make_organisation("United Nations"), make_organisation("Onu")
    make_edition(organisations=[gone])
    services.merge(gone, kept, by=moderator, reason="The same.")
    response = client.get(f"/organisations/{gone.slug}/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/organisations/{kept.slug}/"


def test_an_organisation_is_not_merged_into_itself_nor_twice(moderator):
    one, two, three = make_organisation(), make_organisation(), make_organisation()
    with pytest.raises(services.CannotMerge):
        services.merge(one, one, by=moderator, reason="?")
    services.merge(one, two, by=moderator, reason="The same.")
    with pytest.raises(services.CannotMerge):
        services.merge(one, three, by=moderator, reason="Again.")
    with pytest.raises(services.CannotMerge):
        services.merge(three, one, by=moderator, reason="Into what is gone.")


def test_a_chain_of_merges_leads_to_the_last(moderator, client):
    one, two, three = make_organisation(), make_organisation(), make_organisation()
    make_edition(organisations=[one])
    services.merge(one, two, by=moderator, reason="The same.")
    services.merge(two, three, by=moderator, reason="The same.")
    one.refresh_from_db()
    assert one.merged_into == three


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_an_organisation_is_not_its_own_parent_or_successor(db, field):
    organisation = make_organisation()
    setattr(organisation, field, organisation)
    with pytest.raises(ValidationError, match="itself"):
        organisation.full_clean()


def test_restoring_follows_a_parent_that_was_merged_since(moderator):
    gone, kept = make_organisation(), make_organisation()
    part = make_organisation(parent=gone)
    older = Version.objects.get_for_object(part)[0]
    services.merge(gone, kept, by=moderator, reason="The same.")
    part.refresh_from_db()
    services.restore_organisation(part, older, by=moderator, reason="As it was.")
    part.refresh_from_db()
    assert part.parent == kept


def test_two_merged_addresses_that_differ_in_case_lead_to_one(moderator, client):
    kept = make_organisation("Kept")
    make_edition(organisations=[kept])
    for slug in ("oau", "OAU"):
        one = make_organisation()
        one.slug = slug
        one.save()
        services.merge(one, kept, by=moderator, reason="The same.")
    assert client.get("/organisations/oau/").headers["Location"] == "/organisations/kept/"
