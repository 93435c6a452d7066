"""What is written to the sender of a correction, when, and how often."""

from django.core import mail as django_mail

from corrections import mail, services
from outbox import sending
from outbox.models import OutgoingMail
from tests.factories import make_user


def bodies():
    return list(OutgoingMail.objects.order_by("pk").values_list("body", flat=True))


def test_the_receipt_is_written_with_reference_and_status_address(edition, settings):
    correction, token = services.send(edition, message="Wrong.", email="rosa@example.org")
    written = OutgoingMail.objects.get()
    assert written.to == "rosa@example.org"
    assert correction.reference in written.subject
    assert f"{settings.SITE_URL}/corrections/status/{token}/" in written.body
    assert django_mail.outbox == []  # nobody calls a mail server in a request


def test_the_token_of_the_status_page_is_not_kept_once_the_receipt_is_sent(edition):
    _correction, token = services.send(edition, message="Wrong.", email="rosa@example.org")
    sending.send_due()
    assert token in django_mail.outbox[0].body
    assert token not in "".join(map(str, OutgoingMail.objects.values()))


def test_the_receipt_carries_no_strangers_words(edition, correction):
    composed = "".join(mail.compose(correction, "received", token="t"))
    for words in ("Commonwealth", "Rosa", "example.org/charter"):
        assert words not in composed


def test_nobody_is_written_to_without_an_address(edition, moderator):
    correction, _token = services.send(edition, message="Wrong.")
    services.decline(correction, by=moderator, reason="No.")
    assert not OutgoingMail.objects.exists()


def test_the_sender_is_told_every_decision_but_spam(edition, moderator, next_edition):
    correction, _token = services.send(edition, message="Wrong.", email="rosa@example.org")
    services.take(correction, by=moderator)
    services.mark_spam(correction, by=moderator)
    services.undo(correction, by=moderator, reason="Secret among colleagues.")
    assert len(bodies()) == 1
    services.decline(correction, by=moderator, reason="It <stands> & stays.")
    services.undo(correction, by=moderator, reason="Secret among colleagues.")
    services.accept(correction, by=moderator, reason="You are right.", why="A slip.")
    [notice] = services.mend([correction], edition=next_edition(edition), by=moderator)
    told = bodies()[1:]
    assert len(told) == 4
    for body, words in zip(
        told,
        ("It <stands> & stays.", "looking at it again", "You are right.", notice.reference),
        strict=True,
    ):
        assert words in body
    assert "Secret" not in "".join(told)
    assert f"/corrections/{notice.reference}/" in told[-1]


def test_a_comment_is_answered_by_mail(edition):
    comment, _token = services.send(
        edition, kind="comment", message="Well told.", email="rosa@example.org"
    )
    services.answer(comment, by=make_user("milo"), reason="Thank you kindly.")
    assert "Thank you kindly." in bodies()[-1]


def test_an_address_gets_three_receipts_a_day_whoever_types_it(edition, later):
    for n in range(8):
        typed = "Rosa@Example.org" if n % 2 else "rosa@example.org"
        services.send(edition, message=f"Wrong {n}.", email=typed)
    assert OutgoingMail.objects.count() == 3
    later(days=1)
    services.send(edition, message="Wrong again.", email="rosa@example.org")
    assert OutgoingMail.objects.count() == 4


def test_a_decision_beyond_three_mails_a_day_waits_for_its_turn(edition, moderator, later):
    sent = [
        services.send(edition, message=f"Wrong {n}.", email="rosa@example.org")[0] for n in range(4)
    ]
    for correction in sent:
        services.decline(correction, by=moderator, reason="No.")
    assert sending.send_due() == 3
    for _day in range(2):
        later(days=1)
        assert sending.send_due() <= 3
    later(days=1)
    sending.send_due()
    assert len(django_mail.outbox) == 7
    assert sum("for this reason" in m.body for m in django_mail.outbox) == 4


def test_no_header_can_be_smuggled_in_by_a_title(correction):
    correction.edition.title = "Ending it\r\nBcc: all@example.org"
    mail.notify_sender(correction, "declined")
    sent = sending.compose(OutgoingMail.objects.latest("pk")).message()
    assert "Bcc" not in sent
    assert "\n" not in str(sent["Subject"])
