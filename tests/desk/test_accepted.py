"""An accepted correction reaches the editor who mends it: on the dashboard, and on the form."""

import pytest

from cases import services as cases
from cases.models import Case
from corrections import services as corrections
from revisions import working_copies
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def send(edition, moderator, *, accept=True):
    said = {
        "passage": "The talks began in spring",
        "message": "They began in winter.",
        "suggestion": "The talks began in winter",
        "evidence": "",
        "name": "A Private Person",
        "email": "private@example.org",
    }
    correction, _token = corrections.send(edition, **said)
    if accept:
        corrections.take(correction, by=moderator)
        corrections.accept(
            correction, by=moderator, reason="Right.", before="spring", after="winter", why=""
        )
    return correction


def test_an_editor_sees_it_on_the_dashboard_and_on_the_form(logged_in, editor, moderator, edition):
    correction = send(edition, moderator)
    client = logged_in(editor)
    address = f"/admin/cases/case/{edition.case_id}/change/"
    dashboard = client.get("/admin/").content.decode()
    assert f'href="{address}#correction-{correction.reference}"' in dashboard
    form = client.get(address).content.decode()
    assert "They began in winter." in form and "“spring” → “winter”" in form
    for page in (dashboard, form):
        assert "Private Person" not in page and "private@example.org" not in page


def test_one_that_is_not_decided_is_not_shown_to_editors(logged_in, editor, moderator, edition):
    send(edition, moderator, accept=False)
    client = logged_in(editor)
    form = client.get(f"/admin/cases/case/{edition.case_id}/change/").content.decode()
    assert "They began in winter." not in form
    assert "They began in winter." not in client.get("/admin/").content.decode()


def put_in(client, correction, **typed):
    return client.post(f"/admin/corrections-desk/{correction.reference}/put-in/", typed)


def fields(client, address):
    """What a browser sends of the case's form."""
    page = client.get(address)
    form = page.context["adminform"].form
    held = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    sent = {n: v for n, v in held.items() if v not in (None, False, "") and n != "reason"}
    sent |= {n: [getattr(x, "pk", x) for x in v] for n, v in sent.items() if isinstance(v, list)}
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    sent["lock"] = page.context["original"].lock
    return sent | {"body": str(held["body"]).replace("\n", "\r\n")}


def test_the_wording_is_put_in_and_the_case_submitted(logged_in, editor, moderator, edition):
    correction = send(edition, moderator)
    client = logged_in(editor)
    address = f"/admin/cases/case/{edition.case_id}/change/"
    html = client.get(address).content.decode()
    assert "<mark data-nearest>The talks began in spring</mark>" in html
    response = put_in(client, correction, step="put-in", **fields(client, address))
    assert response["Location"] == f"{address}#correction-{correction.reference}"
    case = Case.objects.get(pk=edition.case_id)
    assert case.body.startswith("The talks began in winter.[@")
    html = client.get(address).content.decode()
    assert "The suggested wording stands in the text." in html
    put_in(client, correction, step="submit", **fields(client, address))
    case.refresh_from_db()
    assert (case.stage, case.stage_reason) == (
        "in-review",
        f"Correction {correction.reference} is mended.",
    )


def test_what_was_typed_and_not_saved_is_kept_and_nothing_put_in(
    logged_in, editor, moderator, edition
):
    correction = send(edition, moderator)
    client = logged_in(editor)
    address = f"/admin/cases/case/{edition.case_id}/change/"
    typed = fields(client, address) | {"standfirst": "Typed, not saved."}
    put_in(client, correction, step="put-in", **typed)
    assert "spring" in Case.objects.get(pk=edition.case_id).body
    [copy] = working_copies.of(editor, address)
    assert ["standfirst", "Typed, not saved."] in copy.content
    assert "you had typed something" in client.get(address).content.decode()


@pytest.mark.parametrize("lock", ["", "x", "-1", "9" * 30, "\0", "²"])
def test_an_older_or_hostile_lock_puts_nothing_in(logged_in, editor, moderator, edition, lock):
    correction = send(edition, moderator)
    client = logged_in(editor)
    put_in(client, correction, step="put-in", lock=lock)
    assert "spring" in Case.objects.get(pk=edition.case_id).body
    address = f"/admin/cases/case/{edition.case_id}/change/"
    assert "Nothing was done" in client.get(address).content.decode()


def test_a_passage_that_was_changed_is_shown_and_not_overwritten(
    logged_in, editor, moderator, edition
):
    correction = send(edition, moderator)
    case = Case.objects.get(pk=edition.case_id)
    body = case.body.replace("began in spring", "had begun in spring")
    case = cases.change_case(case, by=moderator, reason="Better.", body=body)
    client = logged_in(editor)
    html = client.get(f"/admin/cases/case/{edition.case_id}/change/").content.decode()
    assert "Most like it in the text now:" in html
    assert "had begun in spring" in html.partition("data-nearest>")[2].partition("</mark>")[0]
    assert 'value="put-in"' not in html
    put_in(client, correction, step="put-in", lock=case.lock)
    assert Case.objects.get(pk=case.pk).body == body


def test_nobody_puts_in_what_is_not_accepted_or_without_leave(
    logged_in, editor, moderator, reader, edition
):
    correction = send(edition, moderator, accept=False)
    lock = Case.objects.get(pk=edition.case_id).lock
    put_in(logged_in(editor), correction, step="put-in", lock=lock)
    assert put_in(logged_in(reader), correction, lock=lock)["Location"].startswith("/admin/login/")
    assert "spring" in Case.objects.get(pk=edition.case_id).body
