"""Editors at work on cases in the admin: saving, losing nothing, submitting, previewing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Version

from cases import services
from cases.models import Case, Participation
from organisations.models import Country
from tests.factories import make_case, make_organisation, make_source, make_user, publish_case

ADD = "/admin/cases/case/add/"


def change_url(case):
    return f"/admin/cases/case/{case.pk}/change/"


def form_of(case, **over):
    """What the browser would send for the case's form, with `over` typed into it."""
    rows = list(case.participations.all())
    ids = list(case.external_ids.all())
    data = {
        "lock": case.lock,
        "title": case.title,
        "slug": case.slug,
        "standfirst": case.standfirst,
        "authors": case.authors,
        "licence": case.licence,
        "body": case.body,
        "start_year": case.start_year or "",
        "end_year": case.end_year or "",
        "location": case.location,
        "countries": [country.pk for country in case.countries.all()],
        "regional_groups": [group.pk for group in case.regional_groups.all()],
        "regional_groups_note": case.regional_groups_note,
        "aim": case.aim_id or "",
        "conflict_types": [term.pk for term in case.conflict_types.all()],
        "initiative_types": [term.pk for term in case.initiative_types.all()],
        "impact": case.impact,
        "impact_note": case.impact_note,
        "related": [other.pk for other in case.related.all()],
        "participations-TOTAL_FORMS": len(rows),
        "participations-INITIAL_FORMS": len(rows),
        "external_ids-TOTAL_FORMS": len(ids),
        "external_ids-INITIAL_FORMS": len(ids),
        "reason": "A better word.",
        "_continue": "1",
    }
    for n, row in enumerate(rows):
        data |= {
            f"participations-{n}-id": row.pk,
            f"participations-{n}-case": case.pk,
            f"participations-{n}-organisation": row.organisation_id,
            f"participations-{n}-position": row.position,
        }
    for n, row in enumerate(ids):
        data |= {
            f"external_ids-{n}-id": row.pk,
            f"external_ids-{n}-case": case.pk,
            f"external_ids-{n}-scheme": row.scheme,
            f"external_ids-{n}-value": row.value,
        }
    return data | over


def last_revision(case):
    return Version.objects.get_for_object(case).first().revision


def test_a_new_case_is_a_draft_with_its_first_revision(logged_in, editor):
    answer = logged_in(editor).post(
        ADD,
        form_of_nothing(title="Ending the war in Testland", reason="First draft."),
        follow=True,
    )
    case = Case.objects.get(title="Ending the war in Testland")
    assert answer.status_code == 200
    assert (case.stage, case.slug) == ("draft", "ending-the-war-in-testland")
    assert (last_revision(case).user, last_revision(case).comment) == (editor, "First draft.")
    assert list(case.contributors.all()) == [editor]


def form_of_nothing(**over):
    empty = {
        "licence": "CC-BY-4.0",
        "participations-TOTAL_FORMS": 0,
        "participations-INITIAL_FORMS": 0,
        "external_ids-TOTAL_FORMS": 0,
        "external_ids-INITIAL_FORMS": 0,
    }
    return empty | over


def test_a_new_case_needs_a_reason_too(logged_in, editor):
    answer = logged_in(editor).post(ADD, form_of_nothing(title="Without a reason"))
    assert "Say in a few words why" in answer.content.decode()
    assert not Case.objects.filter(title="Without a reason").exists()


def test_a_save_without_a_reason_is_refused_and_keeps_what_was_typed(logged_in, editor):
    case = make_case()
    answer = logged_in(editor).post(change_url(case), form_of(case, title="New title", reason=" "))
    assert 'value="New title"' in answer.content.decode()
    case.refresh_from_db()
    assert case.title != "New title"


def test_a_save_is_one_revision_with_who_and_why(logged_in, editor):
    case = make_case()
    before = Version.objects.get_for_object(case).count()
    logged_in(editor).post(change_url(case), form_of(case, title="New title"))
    case.refresh_from_db()
    assert (case.title, case.lock) == ("New title", 2)
    assert Version.objects.get_for_object(case).count() == before + 1
    assert (last_revision(case).user, last_revision(case).comment) == (editor, "A better word.")


def test_organisations_are_in_the_same_revision_in_the_order_typed(logged_in, editor):
    case = make_case()
    first, second = make_organisation("Zeta Mission"), make_organisation("Alpha Council")
    rows = {
        "participations-TOTAL_FORMS": 2,
        "participations-0-organisation": first.pk,
        "participations-0-position": "",
        "participations-1-organisation": second.pk,
        "participations-1-position": "",
    }
    logged_in(editor).post(change_url(case), form_of(case, **rows))
    assert case.organisation_list == [first, second]
    kept = last_revision(case).version_set.filter(content_type__model="participation")
    assert kept.count() == 2


def test_an_editor_may_take_an_organisation_off_the_list(logged_in, editor):
    case = services.change_case(
        make_case(), by=editor, reason="With a body.", organisations=[make_organisation()]
    )
    logged_in(editor).post(change_url(case), form_of(case, **{"participations-0-DELETE": "on"}))
    assert case.organisation_list == []


def test_regional_groups_follow_the_countries(logged_in, editor):
    case = make_case()
    kenya = Country.objects.get(alpha3="KEN")
    logged_in(editor).post(change_url(case), form_of(case, countries=[kenya.pk]))
    assert [group.slug for group in case.regional_groups.all()] == ["african"]


def test_regional_groups_with_a_note_stay_as_chosen(logged_in, editor):
    case = make_case()
    chosen = form_of(case, regional_groups=[], regional_groups_note="A dispute at sea.")
    logged_in(editor).post(change_url(case), chosen)
    assert not case.regional_groups.exists()


class TestNewerSave:
    """Somebody else saved while the form was open."""

    @pytest.fixture
    def case(self, editor):
        return services.change_case(
            make_case(),
            by=editor,
            reason="With a body.",
            organisations=[make_organisation("First Body")],
        )

    @pytest.fixture
    def stale(self, case):
        """The form as it was opened before the other save."""
        other = make_user("otto", first_name="Otto", last_name="Other")
        data = form_of(case, body="My own careful text.")
        services.change_case(
            case,
            by=other,
            reason="The ceasefire came first.",
            standfirst="A wholly other standfirst about the ceasefire of the spring.",
            organisations=[make_organisation("Second Body")],
        )
        return data

    def test_the_save_is_refused_and_says_who_when_and_why(self, logged_in, editor, case, stale):
        page = logged_in(editor).post(change_url(case), stale).content.decode()
        assert "Otto Other" in page
        assert "The ceasefire came first." in page
        assert "wholly other standfirst" in page
        case.refresh_from_db()
        assert case.body != "My own careful text."

    def test_nothing_that_was_typed_is_lost_rows_included(self, logged_in, editor, case, stale):
        third = make_organisation("Third Body")
        stale |= {"participations-TOTAL_FORMS": 2, "participations-1-organisation": third.pk}
        page = logged_in(editor).post(change_url(case), stale).content.decode()
        assert "My own careful text." in page
        assert "First Body" in page
        assert "Third Body" in page

    def test_a_second_knowing_save_goes_through(self, logged_in, editor, case, stale):
        client = logged_in(editor)
        answer = client.post(change_url(case), stale)
        again = sent_again(answer)
        assert again["lock"] == str(Case.objects.get(pk=case.pk).lock)
        assert client.post(change_url(case), again).status_code == 302
        case.refresh_from_db()
        assert case.body == "My own careful text."
        assert {o.name for o in case.organisation_list} == {"First Body", "Second Body"}

    @pytest.mark.parametrize("lock", ["", "abc", "-1", "0", "99", "9" * 5000, "1\x00", "²"])
    def test_a_wrong_lock_is_a_refusal_and_never_an_error(self, logged_in, editor, case, lock):
        answer = logged_in(editor).post(change_url(case), form_of(case, lock=lock, title="Mine"))
        assert answer.status_code == 200
        assert 'value="Mine"' in answer.content.decode()
        assert Case.objects.get(pk=case.pk).title != "Mine"


def sent_again(answer):
    """What the browser would send from the page that was answered."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self):
            super().__init__()
            self.data, self.area, self.select = {}, None, None

        def handle_starttag(self, tag, attributes):
            a = dict(attributes)
            if (
                tag == "input"
                and a.get("name")
                and a.get("type") not in ("submit", "checkbox", "radio")
            ):
                self.data[a["name"]] = a.get("value", "")
            elif tag == "input" and a.get("name") and "checked" in a:
                self.data.setdefault(a["name"], []).append(a["value"] if "value" in a else "on")
            elif tag == "textarea":
                self.area = a["name"]
                self.data[self.area] = ""
            elif tag == "select":
                self.select = a["name"]
            elif tag == "option" and "selected" in a and self.select:
                self.data.setdefault(self.select, []).append(a.get("value", ""))

        def handle_endtag(self, tag):
            if tag == "textarea":
                self.data[self.area] = self.data[self.area].removeprefix("\r\n").removeprefix("\n")
                self.area = None

        def handle_data(self, text):
            if self.area:
                self.data[self.area] += text

    fields = Fields()
    fields.feed(answer.content.decode())
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}
