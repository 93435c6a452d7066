"""Drafts, sources and organisations are discarded by those who may, and brought back for a year."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from reversion.models import Version

from cases.models import Case
from sources.models import Source
from tests.factories import make_case, make_edition, make_organisation, make_source

pytestmark = pytest.mark.django_db
PAGE = "/admin/discarded/"


def address(thing):
    meta = thing._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{thing.pk}/delete/"


def discard(client, thing):
    return client.post(address(thing), {"post": "yes"})


def bring_back(client, **over):
    [one] = client.get(PAGE).context["discarded"]
    return client.post(PAGE, {"version": one.version.pk, "reason": "Needed after all."} | over)


def test_an_editors_draft_goes_and_comes_back_with_all_that_was_written(logged_in, editor):
    body = make_organisation("A Body")
    case = make_case(
        editor, organisations=[body], parties=[{"role": "mediator", "name": "A", "citation": ""}]
    )
    client = logged_in(editor)
    asked = client.get(address(case)).content.decode()
    assert "can be brought back" in asked and "object (" not in asked
    assert discard(client, case).status_code == 302 and not Case.objects.exists()
    answer = bring_back(client)
    back = Case.objects.get()
    assert answer["Location"] == f"/admin/cases/case/{case.pk}/change/" and back.pk == case.pk
    assert (back.title, back.body) == (case.title, case.body)
    assert back.organisation_list == [body] and back.parties.get().name == "A"
    assert {c.alpha3 for c in back.countries.all()} == {"TJK"}
    newest = Version.objects.get_for_object(back).first()
    assert newest.revision.comment == "Needed after all."
    assert client.get(PAGE).context["discarded"] == []


def test_what_is_not_there_any_more_is_named(logged_in, editor, administrator):
    body = make_organisation("A Body")
    case = make_case(editor, organisations=[body])
    discard(logged_in(editor), case)
    discard(logged_in(editor), body)
    client = logged_in(editor)
    listed = client.get(PAGE).context["discarded"]
    version = next(one.version for one in listed if one.version.object_repr == case.title)
    page = client.post(PAGE, {"version": version.pk, "reason": "Back."}, follow=True)
    assert "A Body" in page.content.decode() and Case.objects.get().organisation_list == []


def test_others_drafts_and_published_cases_stay(logged_in, editor, moderator, administrator):
    mine, published = make_case(editor), make_edition().case
    assert discard(logged_in(moderator), mine).status_code == 403
    for user in (editor, moderator, administrator):
        assert discard(logged_in(user), published).status_code == 403
    assert Case.objects.count() == 2


def test_a_source_that_a_draft_cites_stays(logged_in, editor):
    cited, unused = make_source("cited"), make_source("unused")
    in_a_fact = make_source("infact")
    party = {"role": "mediator", "name": "A", "citation": "[@infact]"}
    make_case(editor, source=cited, parties=[party])
    client = logged_in(editor)
    assert discard(client, cited).status_code == 403
    assert discard(client, in_a_fact).status_code == 403
    assert discard(client, unused).status_code == 302
    assert {source.key for source in Source.objects.all()} == {"cited", "infact"}
    bring_back(client)
    assert [str(c) for c in Source.objects.get(key="unused").contributors.all()] == ["Ann Author"]


def test_after_a_year_it_is_gone(logged_in, editor):
    client = logged_in(editor)
    discard(client, make_case(editor))
    LogEntry.objects.update(action_time=timezone.now() - timedelta(days=366))
    assert client.get(PAGE).context["discarded"] == []


@pytest.mark.parametrize("over", [{"version": 0}, {"version": "x"}, {"reason": ""}])
def test_a_wrong_question_brings_nothing_back(logged_in, editor, over):
    client = logged_in(editor)
    discard(client, make_case(editor))
    assert bring_back(client, **over).status_code == 200 and not Case.objects.exists()


def test_a_key_that_was_given_to_another_is_said(logged_in, editor):
    client = logged_in(editor)
    discard(client, make_source("lynch2001"))
    make_source("lynch2001")
    page = bring_back(client).content.decode()
    assert "Another source has this key already." in page and Source.objects.count() == 1
