"""The pages about mail: what one is told of, and the outbox."""

import pytest
from django.urls import reverse

from desk.staff_mail import Kind, unwanted
from outbox.models import OutgoingMail, PeriodicJob
from outbox.services import post
from revisions.models import AuditEvent

State = OutgoingMail.State
OUTBOX, MY_MAIL = "/admin/outbox/", "/admin/my-mail/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def stuck(db):
    """`stuck(state)` is a mail in that state."""

    def make(state, n=1):
        mail = post(f"test:{n}", to=f"r{n}@example.org", subject=f"Number {n}", body="Secret words")
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, error="OSError: no server")
        return mail

    return make


def test_each_chooses_what_they_are_told_of(logged_in, editor):
    client = logged_in(editor)
    page = text_of(client.get(MY_MAIL))
    assert "edith@example.org" in page
    assert page.count('type="checkbox"') == page.count("checked") == 5
    response = client.post(MY_MAIL, {"wanted": [Kind.PUBLISHED]}, follow=True)
    assert "from now on you get" in text_of(response)
    assert unwanted(editor) == {"sent-back", "commented", "claimed", "accepted"}
    assert text_of(response).count("checked") == 1


def test_nobody_chooses_what_there_is_not_for_them(logged_in, editor):
    response = logged_in(editor).post(MY_MAIL, {"wanted": ["submitted", "nonsense\x00"]})
    assert response.status_code == 200
    assert "Nothing was done" in text_of(response)
    assert unwanted(editor) == set()


def test_who_has_no_address_is_told_so(logged_in, editor):
    editor.email = ""
    editor.save()
    assert "you get no mail at all" in text_of(logged_in(editor).get(MY_MAIL))


def test_every_page_of_the_desk_leads_to_my_mail(logged_in, editor):
    assert f'href="{MY_MAIL}"' in text_of(logged_in(editor).get("/admin/"))


def test_the_outbox_shows_what_is_stuck_and_no_text(logged_in, administrator, stuck):
    stuck(State.FAILED)
    page = text_of(logged_in(administrator).get(OUTBOX))
    assert "Number 1" in page
    assert "OSError: no server" in page
    assert "Secret words" not in page


def test_a_failed_mail_is_sent_again_and_the_trail_says_by_whom(logged_in, administrator, stuck):
    mail = stuck(State.FAILED)
    client = logged_in(administrator)
    response = client.post(OUTBOX, {"mail": mail.pk, "action": "again"}, follow=True)
    assert "waits to be sent again" in text_of(response)
    event = AuditEvent.objects.latest("pk")
    assert (event.by, event.before, event.after) == (administrator, "failed", "waiting")
    again = client.post(OUTBOX, {"mail": mail.pk, "action": "again"}, follow=True)
    assert "This mail is waiting. Nothing was done." in text_of(again)
    client.post(OUTBOX, {"mail": mail.pk, "action": "give-up"})
    mail.refresh_from_db()
    assert (mail.state, mail.body) == (State.GIVEN_UP, "")


def test_all_that_failed_is_sent_again_and_nothing_uncertain(logged_in, administrator, stuck):
    for n, state in enumerate([State.FAILED, State.FAILED, State.UNCERTAIN]):
        stuck(state, n)
    response = logged_in(administrator).post(OUTBOX, {"action": "all-again"}, follow=True)
    assert "2 mails wait again." in text_of(response)
    states = OutgoingMail.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["waiting", "waiting", "uncertain"]


@pytest.mark.parametrize(
    "posted",
    [{}, {"mail": "x"}, {"mail": "9" * 30, "action": "again"}, {"mail": "²", "action": "again"}],
)
def test_hostile_posts_do_nothing(logged_in, administrator, posted):
    response = logged_in(administrator).post(OUTBOX, posted, follow=True)
    assert "Nothing was done" in text_of(response)


def test_moderators_send_nothing_again(logged_in, moderator, stuck):
    mail = stuck(State.FAILED)
    posted = {"mail": mail.pk, "action": "again"}
    assert logged_in(moderator).post(OUTBOX, posted).status_code == 403


def test_the_dashboard_raises_what_is_stuck_to_administrators(
    client, administrator, moderator, stuck
):
    client.force_login(administrator)
    assert "failed or uncertain" not in text_of(client.get("/admin/"))
    stuck(State.UNCERTAIN)
    assert "failed or uncertain" in text_of(client.get("/admin/"))
    client.force_login(moderator)
    assert "failed or uncertain" not in text_of(client.get("/admin/"))


def test_an_overdue_mail_says_that_no_worker_runs(logged_in, administrator, stuck, later):
    stuck(State.WAITING)
    client = logged_in(administrator)
    assert "No worker seems to run" not in text_of(client.get(OUTBOX))
    later(minutes=20)
    assert "No worker seems to run" in text_of(client.get(OUTBOX))
    assert "does a worker run?" in text_of(client.get("/admin/"))


def test_the_outbox_costs_the_same_for_one_and_for_many(
    logged_in, administrator, stuck, django_assert_num_queries
):
    client = logged_in(administrator)
    PeriodicJob.objects.create(name="clear the outbox", error="ValueError: broken")
    for n, state in enumerate([State.FAILED, State.WAITING]):
        stuck(state, n)
    address = reverse("admin:outbox")
    client.get(address)
    with django_assert_num_queries(8) as few:
        client.get(address)
    for n in range(60):
        stuck(State.FAILED if n % 2 else State.WAITING, n + 10)
    with django_assert_num_queries(len(few)):
        client.get(address)
