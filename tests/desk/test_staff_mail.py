"""Whom the worker tells what happened: by the audit trail, once, and never who did it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from cases import services as cases
from cases.models import Case, Participation
from corrections import services as corrections
from desk import services as desk
from desk import staff_mail
from desk.staff_mail import Kind, tell
from editions import services as editions
from outbox.models import OutgoingMail
from revisions import audit
from revisions.models import AuditEvent, UntoldEvent
from tests.factories import make_case, make_user, publish_case


@pytest.fixture
def told():
    """`told()` is what was written since it was last asked: {name: [subject without the site]}."""
    seen = set()

    def ask():
        while tell():
            pass
        found = {}
        for mail in OutgoingMail.objects.filter(key__startswith="event:").order_by("pk"):
            if mail.pk not in seen:
                name = mail.to.partition("@")[0]
                found.setdefault(name, []).append(mail.subject.partition("] ")[2])
            seen.add(mail.pk)
        return found

    return ask


@pytest.fixture
def case(editor, moderator, told):
    """A draft of the editor's, of which nobody has to be told any more."""
    case = make_case(by=editor, title="Ending it")
    told()
    return case


def last_mail():
    return OutgoingMail.objects.latest("pk")


def submitted(case, editor):
    case.refresh_from_db()
    return cases.submit(case, by=editor, reason="Ready.")


def test_a_submission_is_told_to_the_moderators_alone(case, editor, reader, told):
    make_user("milo", is_staff=True).groups.add(Group.objects.get(name="Moderators"))
    submitted(case, editor)
    assert told() == {"maud": ["For review: Ending it"], "milo": ["For review: Ending it"]}
    assert f"/admin/review/{case.pk}/" in last_mail().body
    assert "edith submitted a case" in last_mail().body
    assert told() == {}


def test_what_is_sent_back_is_told_to_its_writers_with_the_reasons(case, editor, moderator, told):
    second = make_user("elias", is_staff=True)
    case.refresh_from_db()
    cases.change_case(case, by=second, reason="More.", standfirst="Otherwise.")
    submitted(case, editor)
    told()
    case.refresh_from_db()
    editions.request_changes(case, by=moderator, reason="Note 3 has no page.")
    assert told() == {name: ["Sent back: Ending it"] for name in ("edith", "elias")}
    assert "Note 3 has no page." in last_mail().body
    assert f"/admin/cases/case/{case.pk}/change/" in last_mail().body
    assert "/admin/my-mail/" in last_mail().body


def test_a_publication_is_told_to_those_who_wrote_this_edition(case, moderator, told):
    publish_case(case, by=moderator)
    assert told()["edith"] == ["Published: Ending it"]
    assert "edition 1" in last_mail().body
    case.refresh_from_db()
    elias = make_user("elias", is_staff=True)
    cases.change_case(case, by=elias, reason="More.", standfirst="Otherwise.")
    case.refresh_from_db()
    cases.submit(case, by=elias, reason="Ready.")
    told()
    publish_case(case, by=moderator, change_note="More.")
    assert told() == {"elias": ["Published: Ending it"]}


def test_a_withdrawal_is_told_to_all_who_ever_wrote_it(case, moderator, told):
    publish_case(case, by=moderator)
    told()
    case.refresh_from_db()
    desk.withdraw(case, by=moderator, reason="It cannot stand.")
    assert told()["edith"] == ["Published: Ending it"]
    assert "maud withdrew a case of yours" in last_mail().body
    assert "It cannot stand." in last_mail().body


def test_a_claim_and_a_comment_are_told_to_the_writers(case, editor, moderator, told):
    submitted(case, editor)
    told()
    audit.record(case, audit.Action.CLAIMED, by=moderator)
    assert told() == {"edith": ["Taken up: Ending it"]}
    audit.record(case, audit.Action.COMMENTED, by=moderator, note="Is that so?")
    assert told() == {"edith": ["Comment: Ending it"]}
    assert "Is that so?" in last_mail().body


def test_an_answer_to_a_comment_is_told_to_the_moderator_who_reviews(case, editor, moderator, told):
    submitted(case, editor)
    audit.record(case, audit.Action.CLAIMED, by=moderator)
    told()
    audit.record(case, audit.Action.COMMENTED, by=editor, note="It is.")
    assert told() == {"maud": ["Comment: Ending it"]}
    assert f"/admin/review/{case.pk}/" in last_mail().body
    audit.record(case, audit.Action.RELEASED, by=moderator)
    audit.record(case, audit.Action.COMMENTED, by=editor, note="Indeed.")
    assert told() == {}


def test_a_correction_is_told_to_moderators_without_a_word_of_the_reader(case, moderator, told):
    edition = publish_case(case, by=moderator)
    told()
    sent, _token = corrections.send(
        edition, message="Quite wrong.", name="Rosa Reader", email="rosa@example.org"
    )
    assert told() == {"maud": ["From a reader: Ending it"]}
    body = last_mail().body
    assert f"/admin/corrections-desk/{sent.reference}/" in body
    assert not [word for word in ("Rosa", "rosa@", "Quite wrong") if word in body]


def test_an_accepted_correction_is_told_to_the_writers_without_the_answer(case, moderator, told):
    edition = publish_case(case, by=moderator)
    sent, _token = corrections.send(edition, message="Wrong.", name="Rosa Reader")
    told()
    corrections.accept(sent, by=moderator, reason="Dear Rosa, you are right.", why="A slip.")
    assert told() == {"edith": ["To be mended: Ending it"]}
    assert f"/admin/cases/case/{case.pk}/change/#correction-{sent.reference}" in last_mail().body
    assert "Rosa" not in last_mail().body
    corrections.undo(sent, by=moderator, reason="Wait.")
    assert told() == {}


def test_nobody_is_told_who_did_it_or_has_left_or_has_no_address(case, editor, moderator, told):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    for name, over in {"milo": {"email": ""}, "mia": {"is_active": False}}.items():
        gone = make_user(name, is_staff=True, **over)
        gone.groups.add(Group.objects.get(name="Moderators"))
    case.refresh_from_db()
    cases.submit(case, by=moderator, reason="Ready.")
    assert told() == {}
    audit.record(case, audit.Action.CLAIMED, by=moderator)
    assert told() == {}


def test_a_kind_that_is_turned_off_is_not_written(case, editor, moderator, told):
    staff_mail.choose(moderator, [Kind.ARRIVED])
    submitted(case, editor)
    assert told() == {}
    staff_mail.choose(moderator, list(Kind))
    case.refresh_from_db()
    case = editions.request_changes(case, by=moderator, reason="More.")
    submitted(case, editor)
    assert told()["maud"] == ["For review: Ending it"]


def test_an_administrator_is_told_of_submissions_only_when_asked_for(
    case, editor, administrator, told
):
    submitted(case, editor)
    assert "ada" not in told()
    staff_mail.choose(administrator, list(Kind))
    case.refresh_from_db()
    case = editions.request_changes(case, by=administrator, reason="More.")
    submitted(case, editor)
    assert told()["ada"] == ["For review: Ending it"]


def test_each_choice_is_for_what_one_can_be_told_of(editor, moderator, administrator):
    assert Kind.SUBMITTED not in staff_mail.kinds_for(editor)
    assert set(staff_mail.kinds_for(moderator)) == set(Kind)
    assert staff_mail.unwanted(moderator) == set()
    assert staff_mail.unwanted(administrator) == {"submitted", "arrived"}


def test_choosing_is_in_the_trail_and_choosing_the_same_is_not(editor):
    staff_mail.choose(editor, [Kind.PUBLISHED])
    staff_mail.choose(editor, [Kind.PUBLISHED])
    assert AuditEvent.objects.filter(by=editor, note__startswith="Mail turned off").count() == 1


def test_what_is_rolled_back_is_told_to_nobody(case, editor, moderator, told):
    with pytest.raises(cases.WrongStage):
        desk.publish(case, by=moderator)
    assert told() == {}


def test_old_news_is_told_to_nobody(case, editor, told, monkeypatch):
    submitted(case, editor)
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(days=4))
    assert told() == {}
    assert not UntoldEvent.objects.exists()


def test_an_event_that_cannot_be_told_holds_up_no_other(case, editor, told, monkeypatch, caplog):
    broken = audit.record(case, audit.Action.CLAIMED, by=editor)
    submitted(case, editor)
    write = staff_mail._write

    def fails(event):
        if event.pk == broken.pk:
            raise ValueError("broken")
        write(event)

    monkeypatch.setattr(staff_mail, "_write", fails)
    assert told() == {"maud": ["For review: Ending it"]}
    assert "broken" in caplog.text
    assert list(UntoldEvent.objects.values_list("pk", flat=True)) == [broken.pk]
    assert UntoldEvent.objects.get().due_at > timezone.now()


def test_of_a_case_that_is_gone_nobody_is_told(case, editor, told):
    submitted(case, editor)
    case.contributors.clear()
    Participation.objects.filter(case=case).delete()
    Case.objects.filter(pk=case.pk).delete()
    assert told() == {}
    assert not UntoldEvent.objects.exists()


def test_what_is_loaded_in_bulk_is_told_to_nobody(case, editor, told):
    with audit.nobody_is_told():
        submitted(case, editor)
    assert AuditEvent.objects.filter(after="in-review").exists()
    assert told() == {}


def test_telling_costs_the_same_for_one_reader_and_many_events(
    case, editor, moderator, django_assert_max_num_queries
):
    for _ in range(50):
        audit.record(case, audit.Action.CHANGED, by=editor)
    while tell():
        pass
    audit.record(case, audit.Action.CLAIMED, by=moderator)
    with django_assert_max_num_queries(20):
        assert tell() == 1
