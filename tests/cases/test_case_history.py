"""The history of a case: stages, editions, and what each revision is compared with."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from reversion.models import Revision, Version

from cases import services
from desk.services import withdraw
from editions.services import request_changes
from tests.cases.admin_forms import history_url
from tests.factories import make_case, make_organisation, publish_case


def told(answer):
    """(why, stage, edition) of each row, newest first."""
    said = answer.context["told"]
    return [
        (v.revision.comment, said.stages[v.pk], said.editions.get(v.pk, ""))
        for v, _before in answer.context["rows"]
    ]


def test_each_row_says_its_stage_and_the_edition_made_of_it(logged_in, editor, moderator):
    case = services.submit(make_case(editor), by=editor, reason="Ready.")
    case = request_changes(case, by=moderator, reason="Why?")
    case = services.submit(case, by=editor, reason="Mended.")
    publish_case(case, by=moderator)
    case.refresh_from_db()
    case = services.change_case(case, by=editor, reason="More.", location="Khujand")
    withdraw(case, by=moderator, reason="It rests on a forgery.")
    answer = logged_in(editor).get(history_url(case))
    assert told(answer) == [
        ("It rests on a forgery.", "draft", "withdrawn by edition 2"),
        ("More.", "draft", ""),
        ("Published.", "approved", "published as edition 1"),
        ("Mended.", "in review", ""),
        ("Why?", "changes requested", ""),
        ("Ready.", "in review", ""),
        ("Made for a test.", "draft", ""),
    ]
    assert answer.content.decode().count("(in print)") == 1


def test_an_edition_stands_at_its_own_revision_whoever_saves_after_it(logged_in, moderator):
    case = make_case()
    publish_case(case, by=moderator)
    case.refresh_from_db()
    services.change_case(case, by=moderator, reason="Later.", location="Khujand")
    rows = told(logged_in(moderator).get(history_url(case)))
    assert [edition for _why, _stage, edition in rows] == ["", "published as edition 1", "", ""]


def test_links_lead_to_the_comparisons(logged_in, editor):
    case = make_case(editor)
    publish_case(case)
    case.refresh_from_db()
    services.change_case(case, by=editor, reason="More.", location="Khujand")
    client = logged_in(editor)
    html = client.get(history_url(case)).content.decode()
    newest, printed, _submitted, _first = (v.pk for v in Version.objects.get_for_object(case))
    compare = history_url(case, "compare/")
    before = f"{compare}?from={printed}&amp;to={newest}"
    assert html.count(f'href="{before}"') == 2  # the one before is the one in print
    assert html.count("Compare with the one before") == 3
    assert html.count("Compare with print") == 3
    found = client.get(before.replace("&amp;", "&")).content.decode()
    assert "Khujand" in found


def test_the_time_is_given_with_its_zone(logged_in, editor):
    case = make_case(editor)
    html = logged_in(editor).get(history_url(case)).content.decode()
    zone = timezone.localtime().strftime("%Z")
    assert f" {zone}</time>" in html


def test_things_without_stages_have_no_column_for_them(logged_in, editor):
    body = make_organisation()
    html = logged_in(editor).get(f"/admin/organisations/organisation/{body.pk}/history/")
    assert "Stage" not in html.content.decode()


@pytest.fixture
def long_history(editor):
    case = make_case(editor)
    publish_case(case)
    first = Version.objects.get_for_object(case).last()
    of_case = ContentType.objects.get_for_model(type(case))
    revisions = Revision.objects.bulk_create(
        Revision(date_created=timezone.now(), user=editor, comment=f"Change {n}.")
        for n in range(2000)
    )
    Version.objects.bulk_create(
        Version(revision=revision, object_id=str(case.pk), content_type=of_case, db="default",
                format="json", serialized_data=first.serialized_data, object_repr=case.title)
        for revision in revisions
    )  # fmt: skip
    return case


def test_2000_revisions_take_the_queries_of_three(
    logged_in, editor, long_history, django_assert_num_queries, django_assert_max_num_queries
):
    client, short = logged_in(editor), publish_case(make_case(editor)).case
    client.get(history_url(short))
    with django_assert_max_num_queries(12) as few:
        client.get(history_url(short))
    with django_assert_num_queries(len(few)):
        answer = client.get(history_url(long_history))
    assert len(answer.context["rows"]) == 50
    with django_assert_num_queries(len(few)):
        last = client.get(history_url(long_history) + "?p=41")
    assert [edition for _why, _stage, edition in told(last)] == ["published as edition 1", "", ""]
    before = client.get(history_url(long_history) + "?p=1").context["rows"][-1][1]
    assert before == client.get(history_url(long_history) + "?p=2").context["rows"][0][0].pk
