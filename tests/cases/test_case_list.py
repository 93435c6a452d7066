"""The list of cases: stages with counts, what narrows it, what each row still needs."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from reversion.models import Revision, Version

from cases import services
from cases.models import Case
from corrections import services as corrections
from desk.services import withdraw
from editions.services import request_changes
from manuscripts.models import ImportPoint
from tests.factories import make_case, make_source, make_user, publish_case

LIST = "/admin/cases/case/"


@pytest.fixture
def shown(logged_in, editor):
    """`shown("stage=draft")` are the titles in the list at that address."""
    client = logged_in(editor)

    def titles(query=""):
        rows = client.get(f"{LIST}?{query}").context["cl"].result_list
        return {case.title for case in rows}

    return titles


def test_the_stages_stand_on_top_with_their_counts(logged_in, editor, moderator):
    for n in range(3):
        make_case(make_user("emil", is_staff=True), title=f"Draft {n}")
    services.submit(make_case(editor), by=editor, reason="Ready.")
    sent_back = services.submit(make_case(editor), by=editor, reason="Ready.")
    request_changes(sent_back, by=moderator, reason="Why?")
    publish_case(make_case(editor))
    gone = publish_case(make_case(editor)).case
    withdraw(gone, by=moderator, reason="It rests on a forgery.")
    answer = logged_in(editor).get(LIST)
    chips = [(str(label), address, n) for _name, label, address, n in answer.context["chips"]]
    assert chips == [
        ("All", "", 7),
        ("Mine", "by=me", 2),
        ("Drafts", "stage=draft", 3),
        ("In review", "stage=in-review", 1),
        ("Changes requested", "stage=changes-requested", 1),
        ("Approved", "stage=approved", 1),
        ("Withdrawn", "stage=withdrawn", 1),
    ]
    for _label, address, n in chips:
        found = logged_in(editor).get(f"{LIST}?{address}")
        assert found.context["cl"].result_count == n
        assert f'<a href="?{address}" aria-current="page">' in found.content.decode()


def test_what_was_changed_last_comes_first(logged_in, editor):
    first, second = make_case(), make_case()
    services.change_case(first, by=editor, reason="Mended.", location="Khujand")
    rows = logged_in(editor).get(LIST).context["cl"].result_list
    assert list(rows) == [first, second]


def test_mine_is_what_i_wrote_and_what_was_given_to_me(shown, editor, moderator):
    make_case(editor, title="Written")
    emil = make_user("emil", is_staff=True)
    services.assign(make_case(emil, title="Given"), to=editor, by=moderator)
    make_case(emil, title="His")
    assert shown("by=me") == {"Written", "Given"}


def test_the_list_is_narrowed_by_who_changed_it_though_it_is_in_print(shown, editor):
    emil = make_user("emil", is_staff=True)
    publish_case(make_case(emil, title="His"))
    make_case(editor, title="Hers")
    assert shown(f"author={emil.pk}") == {"His"}


def test_the_list_is_narrowed_by_country_conflict_and_whom_it_is_with(shown, editor, moderator):
    one = make_case(title="One", countries=["TJK"], conflict="tajikistan")
    make_case(title="Other", countries=["KEN"])
    services.assign(one, to=editor, by=moderator)
    assert shown("country=TJK") == shown("conflict=tajikistan") == {"One"}
    assert shown(f"editor={editor.pk}") == {"One"}
    assert shown("editor=nobody") == {"Other"}


def test_the_list_is_narrowed_by_the_day_of_the_last_change(shown):
    make_case(title="New")
    old = make_case(title="Old")
    Case.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=400))
    assert shown("changed=1") == shown("changed=365") == {"New"}
    assert shown("changed=older") == {"Old"}


@pytest.mark.parametrize(
    "query",
    ["stage=nonsense", "author=x", "author=99999999999999999999", "editor=", "changed=0",
     "needs=all", "country=%27", "by=you", "q=%00&needs=%FF"],
)  # fmt: skip
def test_an_answer_that_no_filter_knows_narrows_nothing(shown, query):
    make_case(title="There")
    assert shown(query) == {"There"}


def test_what_is_still_to_do_is_counted_and_found(shown, logged_in, editor):
    make_case(title="Done")
    make_case(title="Unread", body="It cites what is not there.[@nobody1999]")
    wrong = publish_case(make_case(title="Wrong"))
    corrections.send(wrong, message="The year is wrong.")
    imported = make_case(title="Imported")
    ImportPoint.objects.create(case=imported, position=0, code="fact-blank", line=3, text="Blank.")
    assert shown("needs=findings") == {"Unread"}
    assert shown("needs=corrections") == {"Wrong"}
    assert shown("needs=points") == {"Imported"}
    assert shown("needs=nothing") == {"Done"}
    assert "Unread" in shown("needs=warnings")
    assert shown("rule=doubled-word") == set()
    make_case(title="Twice", body="They left the the town.[@nobody1999]")
    assert shown("rule=doubled-word") == {"Twice"}
    html = logged_in(editor).get(LIST).content.decode()
    for words in ("1 error", "1 correction", "1 point of its import"):
        assert f"<li>{words}</li>" in html


def test_findings_are_counted_by_each_save_and_when_the_source_is_there(editor):
    case = make_case(body="It cites.[@later1999]")
    assert Case.objects.get().stopping == 1
    revisions = Version.objects.get_for_object(case).count()
    changed = Case.objects.get().updated_at
    make_source("later1999")
    case = Case.objects.get()
    assert (case.stopping, case.updated_at) == (0, changed)
    assert Version.objects.get_for_object(case).count() == revisions
    case = services.change_case(case, by=editor, reason="Cut.", standfirst="", body="")
    assert Case.objects.get().stopping == 2


def test_a_case_that_was_never_counted_says_so(logged_in, editor):
    make_case()
    Case.objects.update(stopping=None)
    assert "findings not counted yet" in logged_in(editor).get(LIST).content.decode()


def test_each_cell_says_its_column_and_markup_in_it_stays_text(logged_in, editor):
    make_case(title='<script>alert("x")</script>')
    html = logged_in(editor).get(LIST).content.decode()
    for label in ("Title", "Stage", "In print", "Still to do", "Assigned to", "Last change"):
        assert f'data-label="{label}"' in html
    assert "<script>alert" not in html


def test_an_empty_list_says_so_in_words(logged_in, editor):
    client = logged_in(editor)
    assert "No case has been written yet." in client.get(LIST).content.decode()
    make_case()
    assert (
        "Nothing here answers to what you asked for."
        in client.get(f"{LIST}?stage=approved").content.decode()
    )


def test_lists_and_forms_are_called_by_words_of_ours(logged_in, editor):
    client = logged_in(editor)
    case = make_case()
    for address, heading in (
        (LIST, "Cases"),
        (f"{LIST}add/", "Write a case"),
        (f"{LIST}{case.pk}/change/", "Edit the case"),
        ("/admin/sources/source/", "Sources"),
        ("/admin/sources/source/add/", "Describe a source"),
        ("/admin/organisations/organisation/", "Organisations"),
        ("/admin/organisations/organisation/add/", "Describe an organisation"),
    ):
        html = client.get(address).content.decode()
        assert f"<h1>{heading}</h1>" in re.sub(r"\s*</h1>", "</h1>", html), address
        for words in ("Model name", "to change", "Add case", "Add source", "Add organisation"):
            assert words not in html, address


def _rows(n, editor):
    """Plain rows, of which services would take minutes to make."""
    now = timezone.now()
    cases = Case.objects.bulk_create(
        Case(title=f"Ending number {i}", slug=f"ending-{i}", editor=editor, stage="in-review",
             stage_changed_at=now, stage_changed_by=editor, stopping=i % 3, updated_at=now)
        for i in range(n)
    )  # fmt: skip
    of_case = ContentType.objects.get_for_model(Case)
    [revision] = Revision.objects.bulk_create([Revision(date_created=now, user=editor)])
    Version.objects.bulk_create(
        Version(revision=revision, object_id=str(case.pk), content_type=of_case, db="default",
                format="json", serialized_data="[]", object_repr=case.title)
        for case in cases
    )  # fmt: skip
    ImportPoint.objects.bulk_create(
        ImportPoint(case=case, position=0, code="x", line=1, text="Look.") for case in cases
    )


@pytest.mark.parametrize("address", [LIST, "/admin/"])
def test_500_cases_take_the_queries_of_one(
    logged_in, editor, address, django_assert_max_num_queries
):
    client = logged_in(editor)
    _rows(1, editor)
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    Case.objects.all().delete()
    _rows(500, editor)
    with django_assert_max_num_queries(len(one)) as many:
        client.get(address)
    assert len(many) == len(one)
