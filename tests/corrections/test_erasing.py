"""Erasing who sent a correction, on request and by age."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from corrections import services
from corrections.erasing import erase_by_age, erase_sender
from corrections.models import Correction, Notice, SenderDetails
from outbox.models import OutgoingMail
from outbox.services import post
from revisions.append_only import Immutable
from revisions.models import AuditEvent, WorkingCopy


@pytest.fixture
def mended(correction, edition, moderator, next_edition):
    """The notice of a correction whose sender is named in it."""
    services.accept(correction, by=moderator, why="It is the Commonwealth.")
    [notice] = services.mend([correction], edition=next_edition(edition), by=moderator)
    return notice


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def everything_stored():
    """All text in the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_what_is_kept_for_ever_commits_to_a_salted_hash(correction):
    sender = correction.sender_details
    said = f"{sender.name_salt}\nRosa Reader".encode()
    assert correction.name_commitment == hashlib.sha256(said).hexdigest()
    assert len(sender.name_salt) == 64
    assert sender.name_salt != sender.email_salt
    assert sender.holds


def test_erasing_leaves_name_and_address_nowhere_and_the_commitment_stands(
    client, mended, correction, moderator
):
    post(
        f"correction:{correction.pk}:x",
        to="Rosa@example.org",
        subject=f"[P] {correction}: x",
        body="Rosa",
    )
    post("y", to="rosa@example.org", subject="Something else", body="")
    at = f"/admin/corrections-desk/{correction.reference}/"
    for address, typed in (
        (at, "Dear Rosa Reader"),
        ("/admin/cases/case/1/change/", "Rosa Reader"),
    ):
        WorkingCopy.objects.create(
            user=moderator,
            address=address,
            kind="typed",
            content=[["reason", typed]],
            kept_at=timezone.now(),
        )
    committed = fresh(correction).name_commitment, fresh(mended).credit_commitment
    assert "Rosa Reader" in client.get(mended.get_absolute_url()).content.decode()

    erased = erase_sender(correction, by=moderator)

    assert (erased.name, erased.email, erased.credit, erased.sender_is_erased) == ("", "", "", True)
    assert (erased.name_commitment, fresh(mended).credit_commitment) == committed
    assert erased.message == "It is the Commonwealth."
    assert not SenderDetails.objects.exists()
    assert [mail.key for mail in OutgoingMail.objects.all()] == ["y"]
    assert [copy.address for copy in WorkingCopy.objects.all()] == ["/admin/cases/case/1/change/"]
    page = client.get(mended.get_absolute_url())
    assert page.status_code == 200
    assert "Rosa" not in page.content.decode()
    WorkingCopy.objects.all().delete()
    OutgoingMail.objects.all().delete()
    assert "Rosa" not in everything_stored()
    assert "rosa@" not in everything_stored()


def test_it_is_audited_without_personal_data_and_once(correction, moderator):
    erase_sender(correction, by=moderator)
    erase_sender(correction, by=moderator)
    [event] = AuditEvent.objects.filter(action="erased")
    assert (event.by, event.label, event.after) == (moderator, correction.reference, "sender")
    assert "osa" not in f"{event.label}{event.before}{event.after}{event.note}"


def test_words_stay_unless_they_are_to_go(client, sent, moderator):
    correction, token = sent
    assert erase_sender(correction, by=moderator).message
    erased = erase_sender(correction, by=moderator, words=True)
    assert (erased.message, erased.passage, erased.suggestion, erased.evidence) == ("",) * 4
    assert erased.words_erased_at
    assert client.get(f"/corrections/status/{token}/").status_code == 200
    declined = services.decline(erased, by=moderator, reason="We cannot check it.")
    assert declined.status == "declined"


def test_only_the_service_passes_the_rule(correction):
    sender = SenderDetails.objects.get()
    for change in (
        lambda: SenderDetails.objects.all().delete(),
        lambda: SenderDetails.objects.update(name="Else"),
        lambda: sender.delete(),
        lambda: sender.save(),
        lambda: Correction.objects.update(message=""),
        lambda: Correction.objects.update(name_commitment=""),
    ):
        with pytest.raises(Immutable):
            change()
    assert fresh(correction).name == "Rosa Reader"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "sender_value_and_salt"),
        ({"email_salt": ""}, "sender_value_and_salt"),
        ({"name": "", "name_salt": "", "email": "", "email_salt": ""}, "sender_is_not_blank"),
    ],
)
def test_the_database_refuses_halves_of_a_sender(values, constraint, correction):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QuerySet(SenderDetails).update(**values)


def test_the_database_refuses_words_that_are_erased_and_there(correction):
    with (
        pytest.raises(IntegrityError, match="erased_words_are_gone"),
        transaction.atomic(),
    ):
        QuerySet(Correction).update(words_erased_at=timezone.now())


def test_age_counts_from_the_decision_and_open_ones_stay(correction, edition, moderator):
    services.decline(correction, by=moderator, reason="No.")
    services.send(edition, message="Open.", email="open@example.org")
    assert erase_by_age(1) == 0
    QuerySet(Correction).filter(pk=correction.pk).update(
        decided_at=timezone.now() - timedelta(days=2)
    )
    assert erase_by_age(1) == 1
    assert erase_by_age(1) == 0
    assert [row.email for row in SenderDetails.objects.all()] == ["open@example.org"]
    [event] = AuditEvent.objects.filter(action="erased")
    assert event.by is None


def test_by_age_the_names_that_notices_give_may_stay(mended, correction):
    assert erase_by_age(0, keep_credit=True) == 1
    assert (fresh(correction).email, fresh(mended).credit) == ("", "Rosa Reader")
    assert SenderDetails.objects.get().holds
    assert erase_by_age(0, keep_credit=True) == 0
    assert erase_by_age(0) == 1
    assert Notice.objects.get().credit == ""


def erase(*args, **settings):
    out = StringIO()
    call_command("erase_senders", *args, stdout=out)
    return out.getvalue()


def test_the_command_erases_only_where_it_is_told_to(settings, correction, moderator):
    services.decline(correction, by=moderator, reason="No.")
    assert "Nothing is erased" in erase()
    assert SenderDetails.objects.exists()
    with pytest.raises(CommandError, match="0 or more"):
        erase("--older-than", "-1")
    settings.ERASE_SENDERS_AFTER_DAYS = 30
    assert erase() == "0 senders erased.\n"
    assert erase("--older-than", "0", "--words") == "1 senders erased.\n"
    assert fresh(correction).message == ""


def test_the_commitments_are_verified(correction):
    out = StringIO()
    call_command("verify_senders", stdout=out)
    assert out.getvalue() == "1 senders hold, 0 are erased.\n"
    QuerySet(SenderDetails).update(name="Somebody Else")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify_senders", stderr=StringIO())
