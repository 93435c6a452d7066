"""The audit trail: each step leaves one line, in the transaction of what it tells."""

import pytest
from django.urls import reverse

from cases import services as cases
from cases.models import Case, ConflictType
from corrections import services as corrections
from desk import services as desk
from revisions.append_only import Immutable
from revisions.models import AuditEvent
from tests.factories import make_case, make_organisation, publish_case


def lines(thing):
    """(action, by, before, after) of each line about a thing, the oldest first."""
    found = AuditEvent.objects.filter(about_type__model=thing._meta.model_name, about_id=thing.pk)
    return [
        (e.action, e.by and e.by.username, e.before, e.after) for e in found.order_by("at", "pk")
    ]


def test_the_road_of_a_case_is_in_the_trail_step_by_step(editor, moderator):
    case = make_case(by=editor)
    edition = publish_case(case, by=moderator)
    case.refresh_from_db()
    cases.change_case(case, by=editor, reason="A slip.", standfirst="Otherwise.")
    case.refresh_from_db()
    desk.rename(case, "another-address", by=moderator, reason="Shorter.")
    assert lines(edition.case) == [
        ("created", "edith", "", ""),
        ("moved", "edith", "draft", "in-review"),
        ("moved", "maud", "in-review", "approved"),
        ("published", "maud", "", "edition 1"),
        ("moved", "edith", "approved", "draft"),
        ("changed", "edith", "", ""),
        ("renamed", "maud", edition.case.slug, "another-address"),
    ]


def test_a_withdrawal_and_a_correction_are_in_the_trail(editor, moderator):
    edition = publish_case(make_case(by=editor), by=moderator)
    sent, _token = corrections.send(edition, message="Wrong.", name="Rosa", email="r@example.org")
    corrections.decline(sent, by=moderator, reason="It is right.")
    case = Case.objects.get(pk=edition.case_id)
    desk.withdraw(case, by=editor, reason="It cannot stand.")
    assert lines(sent) == [
        ("correction", None, "", "new"),
        ("correction", "maud", "new", "declined"),
    ]
    assert ("withdrawn", "edith", "edition 1", "edition 2") in lines(case)


def test_nothing_of_a_reader_is_in_the_trail(moderator):
    edition = publish_case(make_case(), by=moderator)
    corrections.send(edition, message="Wrong.", name="Rosa Reader", email="rosa@example.org")
    trail = "\n".join(f"{e.label} {e.note}" for e in AuditEvent.objects.all())
    assert "Rosa" not in trail
    assert "rosa@" not in trail


def test_what_the_admin_adds_changes_and_deletes_is_in_the_trail(client, administrator):
    client.force_login(administrator)
    term = {"slug": "siege", "label": "Siege", "definition": "A town cut off.", "position": 9}
    client.post(reverse("admin:cases_conflicttype_add"), term)
    made = ConflictType.objects.get(slug="siege")
    address = reverse("admin:cases_conflicttype_change", args=[made.pk])
    client.post(address, term | {"label": "Sieges"})
    client.post(reverse("admin:cases_conflicttype_delete", args=[made.pk]), {"post": "yes"})
    assert [line[0] for line in lines(made)] == ["created", "changed", "discarded"]


def test_discarding_is_in_the_trail(client, editor):
    client.force_login(editor)
    organisation = make_organisation()
    pk = organisation.pk
    address = reverse("admin:organisations_organisation_delete", args=[pk])
    client.post(address, {"post": "yes"})
    organisation.pk = pk
    assert lines(organisation)[-1][:2] == ("discarded", "edith")


def test_the_trail_is_only_added_to(editor):
    make_case(by=editor)
    event = AuditEvent.objects.first()
    event.note = "Otherwise."
    for forbidden in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(Immutable):
            forbidden()
    with pytest.raises(Immutable):
        AuditEvent.objects.update(note="Otherwise.")


def test_what_fails_leaves_no_line(editor, moderator):
    case = make_case(by=editor)
    before = AuditEvent.objects.count()
    with pytest.raises(cases.WrongStage):
        desk.publish(case, by=moderator)
    assert AuditEvent.objects.count() == before
