import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from corrections import services
from corrections.models import REFERENCE, Correction, CorrectionEvent, Notice
from corrections.passages import passage_in_context
from corrections.references import new_reference
from revisions.append_only import Immutable


def test_references_are_readable_and_hardly_repeat():
    references = {new_reference() for _ in range(2000)}
    assert len(references) == 2000
    assert all(re.match(REFERENCE, reference) for reference in references)


def test_what_a_sender_wrote_is_never_changed(correction):
    for field in ("message", "passage", "email", "edition_id", "credit_wanted", "reference"):
        with pytest.raises(Immutable):
            correction.save(update_fields=["status", field])
        with pytest.raises(Immutable):
            Correction.objects.filter(pk=correction.pk).update(**{field: "1"})
    with pytest.raises(Immutable):
        correction.save()


def test_corrections_events_and_notices_are_never_deleted(correction):
    for rows in (Correction.objects.all(), CorrectionEvent.objects.all(), Notice.objects.all()):
        with pytest.raises(Immutable):
            rows.delete()
    with pytest.raises(Immutable):
        correction.delete()
    with pytest.raises(Immutable):
        correction.events.get().delete()


def test_an_event_is_never_edited(correction):
    event = correction.events.get()
    event.note = "Something else."
    with pytest.raises(Immutable):
        event.save()
    with pytest.raises(Immutable):
        correction.events.update(note="Something else.")
    with pytest.raises(Immutable):
        CorrectionEvent.objects.bulk_update([event], ["note"])


IMPOSSIBLE = {
    "correction_taken_by_and_at": {"status": "taken"},
    "correction_decided_by_and_at": {"status": "accepted", "notice_why": "x", "taken": True},
    "correction_reason_for_the_sender": {"status": "declined", "decided": True},
    "correction_only_a_comment_is_answered": {"status": "answered", "reason": "x", "decided": True},
    "correction_accepted_drafts_its_notice": {"status": "accepted", "decided": True},
    "correction_mended_in_an_edition": {"status": "mended", "decided": True, "notice_why": "x"},
    "correction_kind_and_status_are_known": {"kind": "odd"},
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_database_refuses_impossible_states(name, correction, moderator):
    values = dict(IMPOSSIBLE[name])
    decided = values.pop("decided", False)
    if values.pop("taken", False) or decided:
        values |= {"taken_by": moderator, "taken_at": timezone.now()}
    if decided:
        values |= {"decided_by": moderator, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        QuerySet(Correction).filter(pk=correction.pk).update(**values)


def test_impossible_words_are_refused_with_a_sentence(edition):
    for words, sentence in (
        ({"message": " "}, "says what is wrong"),
        ({"message": "x", "credit_wanted": True}, "Credit needs a name"),
        ({"message": "x", "kind": "praise"}, "not a valid choice"),
        ({"message": "x" * 5001}, "at most 5000"),
        ({"message": "x", "passage": "x" * 501}, "at most 500"),
        ({"message": "x", "email": "a@example.org\nBcc: b@example.org"}, "valid email"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            services.send(edition, **words)
    assert not Correction.objects.exists()


def test_querysets_tell_open_accepted_and_of_a_case(correction, edition, moderator):
    other, _token = services.send(edition, message="Another.")
    services.accept(other, by=moderator, why="True.")
    assert list(Correction.objects.open()) == [correction]
    assert list(edition.corrections.accepted()) == [other]
    assert list(Correction.objects.of(edition.case).for_queue()) == [correction, other]


def test_the_queue_costs_one_query(edition, django_assert_num_queries):
    for n in range(3):
        services.send(edition, message=f"Number {n}.")
    with django_assert_num_queries(1):
        for row in Correction.objects.open().for_queue():
            assert row.edition.case.slug and row.edition.title and row.taken_by is None


def test_a_correction_shows_its_passage_in_the_edition_it_speaks_of(correction, edition):
    before, match, after = passage_in_context(correction)
    assert (before, match) == ("The ", "Confederation of Independent States")
    assert after.startswith(" sent peacekeepers.")
    nowhere, _token = services.send(edition, message="x", passage="never said")
    assert passage_in_context(nowhere) is None
