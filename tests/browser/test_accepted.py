"""An accepted correction is mended by its editor: found in the text, put in, saved."""

import pytest
from playwright.sync_api import expect

from cases.models import Case
from corrections import services as corrections
from tests.factories import make_edition, make_source

pytestmark = pytest.mark.browser


def test_the_suggestion_is_put_in_where_the_passage_stands(open_window, editor, moderator):
    source = make_source("hay2001")
    body = "Before.[@hay2001]\n\nThe talks *began* in spring, it is said.[@hay2001] After."
    edition = make_edition(source=source, body=body)
    correction, _token = corrections.send(
        edition,
        passage="The talks began in spring",
        message="They began in winter.",
        suggestion="The talks began in winter",
    )
    corrections.take(correction, by=moderator)
    corrections.accept(
        correction, by=moderator, reason="Right.", before="spring", after="winter", why=""
    )
    desk = open_window(editor)
    desk.get_by_role("link", name=edition.title).first.click()
    expect(desk.get_by_role("button", name="Put the suggestion in")).to_be_visible(timeout=30_000)
    desk.get_by_role("button", name="Put the suggestion in").click()
    mended = body.replace("The talks *began* in spring", "The talks began in winter")
    expect(desk.locator("#id_body")).to_have_value(mended)
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Case.objects.get().body == mended
