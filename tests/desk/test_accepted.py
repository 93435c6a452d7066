"""An accepted correction reaches the editor who mends it: on the dashboard, and on the form."""

import pytest

from corrections import services as corrections
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
