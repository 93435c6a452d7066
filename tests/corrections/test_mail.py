import pytest
from django.core import mail as outbox_module
from django.utils import timezone

from corrections import mail, services
from corrections.models import Correction
from tests.factories import make_user


@pytest.fixture
def outbox():
    return outbox_module.outbox


def test_the_receipt_goes_out_on_commit_with_reference_and_status_address(
    edition, outbox, django_capture_on_commit_callbacks, settings
):
    with django_capture_on_commit_callbacks(execute=True):
        correction, token = services.send(edition, message="Wrong.", email="rosa@example.org")
        assert outbox == []
    [message] = outbox
    assert message.to == ["rosa@example.org"]
    assert correction.reference in message.subject
    assert f"{settings.SITE_URL}/corrections/status/{token}/" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_receipt_carries_no_strangers_words(edition, correction):
    composed = mail.compose(correction, "received", token="t")
    for words in ("Commonwealth", "Rosa", "example.org/charter"):
        assert words not in composed.body + composed.subject


def test_nobody_is_written_to_without_an_address(
    edition, outbox, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        correction, _token = services.send(edition, message="Wrong.")
        services.decline(correction, by=moderator, reason="No.")
    assert outbox == []


def test_the_sender_is_told_every_decision_but_spam(
    correction, edition, moderator, next_edition, outbox, django_capture_on_commit_callbacks
):
    Correction.objects.update(confirmed_at=timezone.now())  # else three in a day are all
    with django_capture_on_commit_callbacks(execute=True):
        services.take(correction, by=moderator)
        services.mark_spam(correction, by=moderator)
        services.undo(correction, by=moderator, reason="Secret among colleagues.")
    assert outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        services.decline(correction, by=moderator, reason="It <stands> & stays.")
        services.undo(correction, by=moderator, reason="Secret among colleagues.")
        services.accept(correction, by=moderator, reason="You are right.")
        [notice] = services.mend([correction], edition=next_edition(edition), by=moderator)
    bodies = [message.body for message in outbox]
    assert len(bodies) == 4
    for body, words in zip(
        bodies,
        ("It <stands> & stays.", "looking at it again", "You are right.", notice.reference),
        strict=True,
    ):
        assert words in body
    assert "Secret" not in "".join(bodies)
    assert f"/corrections/{notice.reference}/" in bodies[-1]


def test_a_comment_is_answered_by_mail(edition, outbox, django_capture_on_commit_callbacks):
    comment, _token = services.send(
        edition, kind="comment", message="Well told.", email="rosa@example.org"
    )
    with django_capture_on_commit_callbacks(execute=True):
        services.answer(comment, by=make_user("milo"), reason="Thank you kindly.")
    assert "Thank you kindly." in outbox[0].body


def test_a_mail_server_that_fails_undoes_nothing(
    edition, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.corrections.test_mail.NoServer"
    with django_capture_on_commit_callbacks(execute=True):
        correction, _token = services.send(edition, message="Wrong.", email="rosa@example.org")
    correction.refresh_from_db()
    assert "no such server" in caplog.text


class NoServer:
    """A mail backend whose server cannot be reached."""

    def __init__(self, **options):
        self.options = options

    def send_messages(self, messages):
        raise OSError("no such server")


def test_no_header_can_be_smuggled_in_by_a_title(correction):
    correction.edition.title = "Ending it\r\nBcc: all@example.org"
    sent = mail.compose(correction, "received", token="t").message()
    assert "Bcc" not in sent
    assert "\n" not in str(sent["Subject"])
