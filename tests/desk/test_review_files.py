"""The review page: claims, days, checklist, set times, own work, comments, links to the draft."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from corrections.log_format import TokensHidden
from desk.services import publish_due
from editions.models import Edition
from editions.record.verify import faults
from reviews import claims, comments, links
from reviews.comments import paragraphs_of
from reviews.models import ChecklistItem, DraftLink, ReviewFile, Schedule, Thread
from revisions.models import AuditEvent
from tests.factories import make_case, make_edition, make_source, make_user

PUBLISH = {"action": "publish", "kind": "update", "change_note": "The talks are dated."}
SOON = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def colleague(moderator):
    other = make_user("milo", is_staff=True)
    other.groups.set(moderator.groups.all())
    return other


@pytest.fixture
def post(hidden):
    """`post(client, case, **typed)` sends the form of the review page as it was opened."""

    def send(client, case, **typed):
        address = reverse("admin:review", args=[case.pk])
        return client.post(address, hidden(client.get(address)) | typed)

    return send


def text_of(response):
    return response.content.decode()


def test_what_was_typed_stays_when_a_case_is_claimed(logged_in, moderator, changed, post):
    case = changed()
    response = post(logged_in(moderator), case, **PUBLISH | {"action": "claim"})
    html = text_of(response)
    assert "You have claimed this case." in html
    assert "The talks are dated." in html
    assert ReviewFile.objects.get().holder == moderator


def test_a_colleague_sees_who_has_it_and_decides_after_taking_it_over(
    logged_in, moderator, colleague, waiting, post
):
    case = waiting()
    claims.claim(case, by=moderator)
    client = logged_in(colleague)
    html = text_of(post(client, case, action="publish"))
    assert "maud has claimed this case." in html
    assert not case.editions.exists()
    post(client, case, action="take-over")
    assert post(client, case, action="publish").status_code == 302


def test_the_queue_has_drawers_with_counts(logged_in, moderator, colleague, waiting, changed, page):
    first, second, third = waiting(title="Ending A"), waiting(title="Ending B"), changed()
    claims.claim(first, by=moderator)
    claims.claim(second, by=colleague)
    claims.set_due(third, by=moderator, due=timezone.localdate() - timedelta(days=3))
    client = logged_in(moderator)

    def shown(drawer):
        return {
            row.pk for row in client.get(page("review_queue"), {"show": drawer}).context["rows"]
        }

    assert shown("mine") == {first.pk}
    assert shown("others") == {second.pk}
    assert shown("unclaimed") == shown("overdue") == shown("later") == {third.pk}
    assert shown("first") == {first.pk, second.pk}
    assert shown("own") == set()
    assert shown("nonsense") == shown("all") == {first.pk, second.pk, third.pk}
    html = text_of(client.get(page("review_queue")))
    assert "3 waiting, the oldest for" in html
    assert "‼ overdue by 3 days" in html
    assert "‼ 1 overdue." in text_of(client.get(page("index")))


@pytest.mark.parametrize("day", ["x", "2030-13-01", "9" * 30])
def test_a_day_that_cannot_be_read_is_refused(logged_in, moderator, waiting, post, day):
    html = text_of(post(logged_in(moderator), waiting(), action="due", due=day))
    assert "Type a day" in html
    assert not ReviewFile.objects.exists()


def test_a_case_is_published_at_a_set_time_that_can_be_called_off(
    logged_in, moderator, changed, post, page
):
    case, client = changed(), logged_in(moderator)
    assert post(client, case, **PUBLISH | {"action": "schedule", "at": SOON}).status_code == 302
    schedule = Schedule.objects.get()
    assert (schedule.kind, schedule.change_note) == ("update", "The talks are dated.")
    html = text_of(client.get(page("review", case.pk)))
    assert "To be published on" in html
    assert "(UTC), by maud" in html
    assert "To be published" in text_of(client.get(page("index")))
    post(client, case, action="call-off")
    assert not Schedule.objects.waiting()


@pytest.mark.parametrize(
    ("at", "said"),
    [("", "Choose the day"), ("soon", "Type a date"), ("2001-01-01T00:00", "passed")],
)
def test_a_time_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    logged_in, moderator, changed, post, at, said
):
    response = post(logged_in(moderator), changed(), **PUBLISH | {"action": "schedule", "at": at})
    html = text_of(response)
    assert said in html
    assert "The talks are dated." in html
    assert not Schedule.objects.exists()


def test_what_was_not_published_at_its_time_is_on_the_dashboard(
    logged_in, moderator, editor, changed, post, page
):
    case, client = changed(), logged_in(moderator)
    post(client, case, **PUBLISH | {"action": "schedule", "at": SOON})
    cases.change_case(case, by=editor, reason="A comma.", location="Khujand")
    from_now = "nothing will be published"
    assert from_now in text_of(client.get(page("review", case.pk)))
    Schedule.objects.update(at=timezone.now())

    publish_due()
    for address in (page("index"), page("review", case.pk)):
        assert "It was changed after its time had been set." in text_of(client.get(address))


def test_the_change_note_is_proposed_from_the_reasons(logged_in, moderator, editor, changed, page):
    case = changed()
    case = cases.change_case(case, by=editor, reason="Mended the year", start_year=1992)
    client = logged_in(moderator)
    form = client.get(page("review", case.pk)).context["publish_form"]
    assert form["change_note"].value() == "A second source. Mended the year."


def test_sources_that_were_added_are_named_with_links(logged_in, moderator, editor, changed, page):
    make_source("new2020", title="A new source", url="https://example.org/new")
    case = changed(body="The talks began in spring.[@new2020, p. 3] They ended well.")
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "Sources added since edition 1" in html
    assert 'href="https://example.org/new"' in html


def test_notes_are_compared_by_word_and_unchanged_ones_are_folded(
    logged_in, moderator, changed, page
):
    one, two = make_source("one2001"), make_source("two2002")
    edition = make_edition(body=f"First.[@{one.key}, p. 1] Second.[@{two.key}, p. 5]")
    case = changed(edition, body=f"First.[@{one.key}, p. 1] Second.[@{two.key}, p. 6]")
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "… note 1 unchanged …" in html
    assert "5</del>" in html
    assert "6</ins>" in html


def test_what_is_ticked_is_kept_with_who_ticked_it(logged_in, moderator, waiting, post):
    item = ChecklistItem.objects.create(text="Every number has a note", is_required=True)
    case, client = waiting(), logged_in(moderator)
    assert "Still to be ticked" in text_of(post(client, case, action="publish"))
    html = text_of(post(client, case, action="tick", ticks=item.pk))
    assert "ticked by maud" in html
    assert post(client, case, action="publish", ticks=item.pk).status_code == 302


def test_the_review_takes_no_more_queries_for_many_comments(
    logged_in, moderator, changed, page, django_assert_max_num_queries
):
    case, client = changed(), logged_in(moderator)
    about = paragraphs_of("<p>The talks began in spring. They ended well.</p>")[0]
    comments.comment(case, by=moderator, text="Says who?", about=about)
    with django_assert_max_num_queries(60) as few:
        client.get(page("review", case.pk))
    for _ in range(15):
        comments.comment(case, by=moderator, text="Says who?", about=about)
    with django_assert_max_num_queries(len(few)):
        client.get(page("review", case.pk))


def test_nothing_to_publish_leaves_the_case_as_it_is_in_print(
    logged_in, moderator, editor, post, page
):
    case = make_edition().case
    case.refresh_from_db()
    case = cases.submit(case, by=editor, reason="By mistake.")
    client = logged_in(moderator)
    assert "leave it as it is in print" in text_of(client.get(page("review", case.pk)))
    post(client, case, action="settle")
    case.refresh_from_db()
    assert (case.stage, case.contributors.count(), case.editions.count()) == ("approved", 0, 1)


def test_a_case_that_differs_is_not_said_to_be_as_in_print(logged_in, moderator, changed, post):
    case = changed()
    assert "differs from what is in print" in text_of(
        post(logged_in(moderator), case, action="settle")
    )
    assert Case.objects.get(pk=case.pk).stage == "in-review"


def own(user, **over):
    return cases.submit(make_case(by=user, **over), by=user, reason="Ready.")


def test_an_administrator_publishes_alone_with_a_reason_that_readers_see(
    logged_in, administrator, client, post
):
    case, desk = own(administrator), logged_in(administrator)
    assert "Say why nobody else has read it" in text_of(post(desk, case, action="publish"))
    reason = "Nobody else is\n here this week."
    post(desk, case, action="publish", unread_reason=reason)
    edition = case.editions.get()
    said = "Published without a second reading: Nobody else is here this week."
    assert (edition.kind, edition.change_note) == ("first", said)
    assert edition.record["change_note"] == said
    assert not list(faults())
    event = AuditEvent.objects.get(action="overridden")
    assert (event.by, event.after, event.note) == (administrator, "edition 1", reason)
    desk.logout()
    for address in (edition.get_absolute_url(), edition.permanent_path):
        html = text_of(desk.get(address))
        assert "Published without a second reading." in html
        assert "Nobody else is here this week." in html
    assert said in text_of(desk.get(reverse("editions", args=[case.slug])))


def test_a_later_edition_says_what_changed_and_that_nobody_else_read_it(
    logged_in, administrator, post
):
    case = make_edition().case
    case.refresh_from_db()
    case = cases.change_case(case, by=administrator, reason="Mine.", location="Khujand")
    case = cases.submit(case, by=administrator, reason="Ready.")
    client = logged_in(administrator)
    typed = PUBLISH | {"unread_reason": "It is urgent."}
    blank = post(client, case, **typed | {"change_note": " "})
    assert "Say what changed" in text_of(blank)
    post(client, case, **typed)
    note = "The talks are dated.\n\nPublished without a second reading: It is urgent."
    assert case.editions.current().get().change_note == note


def test_what_somebody_else_has_read_is_not_said_to_be_unread(
    logged_in, administrator, waiting, post
):
    case = waiting()
    post(logged_in(administrator), case, action="publish", unread_reason="A lie.")
    assert case.editions.get().change_note == ""


def test_a_moderator_cannot_publish_alone_by_posting_a_reason(logged_in, moderator, post):
    case = own(moderator)
    html = text_of(post(logged_in(moderator), case, action="publish", unread_reason="Please."))
    assert "Only you have changed this case" in html
    assert not Edition.objects.exists()


def _page(case):
    return reverse("admin:comments", args=[case.pk])


def test_an_editor_answers_and_resolves_on_the_form_of_the_case(
    logged_in, editor, moderator, waiting
):
    case = waiting()
    thread = comments.comment(case, by=moderator, text="Who reads this first?")
    client = logged_in(editor)
    form = reverse("admin:cases_case_change", args=[case.pk])
    html = text_of(client.get(form))
    assert "1 open comment" in html
    assert "Who reads this first?" in html
    typed = {"thread": thread.pk, "back": "case", "action": "reply-and-resolve"}
    typed[f"answer-{thread.pk}"] = "You do."
    response = client.post(_page(case), typed)
    assert response["Location"] == f"{form}#thread-{thread.pk}"
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.comments.count()) == (editor, 2)
    client.post(_page(case), {"thread": thread.pk, "action": "reopen"})
    assert Thread.objects.unresolved().get() == thread


def test_a_paragraph_is_commented_on_and_found_again(logged_in, editor, moderator, waiting):
    case = waiting(body="The talks began.\n\nThey ended well, said both of the parties.")
    client = logged_in(moderator)
    form = client.get(_page(case), {"paragraph": "p2"}).context["form"]
    typed = {name: form[name].value() for name in ("place", "paragraph")}
    cases.change_case(
        case,
        by=editor,
        reason="A new beginning.",
        body="First.\n\nThe talks began.\n\nThey ended well, said both of the parties.",
    )
    client.post(_page(case), typed | {"action": "comment", "text": "Which?", "back": "review"})
    thread = Thread.objects.get()
    assert (thread.place, thread.paragraph) == ("p3", typed["paragraph"])
    html = text_of(client.get(reverse("admin:review", args=[case.pk])))
    assert f'href="#thread-{thread.pk}"' in html
    assert "Which?" in html


@pytest.mark.parametrize("action", ["comment", "reply", "reply-and-resolve"])
def test_an_empty_comment_is_refused(logged_in, editor, moderator, waiting, action):
    case = waiting()
    thread = comments.comment(case, by=moderator, text="Says who?")
    typed = {"action": action, "text": " "} | ({"thread": thread.pk} if action != "comment" else {})
    response = logged_in(editor).post(_page(case), typed)
    assert "Write what you have to say." in text_of(response) or (
        "write what you have to say" in text_of(response)
    )
    assert thread.comments.count() == Thread.objects.count() == 1


@pytest.mark.parametrize("thread", ["x", "0", "9" * 30, "-1"])
def test_a_thread_that_is_not_there_is_not_found(logged_in, editor, waiting, thread):
    typed = {"action": "reply", "text": "Hm.", "thread": thread}
    assert logged_in(editor).post(_page(waiting()), typed).status_code == 404


def test_a_thread_of_another_case_is_not_found(logged_in, editor, moderator, waiting):
    thread = comments.comment(waiting(), by=moderator, text="Says who?")
    typed = {"action": "resolve", "thread": thread.pk}
    assert logged_in(editor).post(_page(waiting()), typed).status_code == 404


def test_markup_in_a_comment_is_never_markup(logged_in, editor, moderator, waiting):
    nasty = "<script>alert(1)</script>"
    case = waiting()
    comments.comment(case, by=moderator, text=nasty)
    client = logged_in(moderator)
    for address in (_page(case), reverse("admin:review", args=[case.pk])):
        assert nasty not in text_of(client.get(address))


def test_a_draft_is_discarded_with_what_was_said_of_it(logged_in, editor, moderator):
    case = make_case(by=editor)
    comments.comment(case, by=moderator, text="Says who?")
    logged_in(editor).post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"})
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not Thread.objects.exists()
    assert AuditEvent.objects.filter(action="commented", note="Says who?").exists()


def test_open_comments_are_sent_back_without_another_reason(logged_in, moderator, waiting, post):
    case = waiting()
    comments.comment(case, by=moderator, text="Cite the ceasefire.")
    client = logged_in(moderator)
    assert "Say what should change" in text_of(post(client, case, action="send-back"))
    post(client, case, action="send-back", with_comments="on")
    assert Case.objects.get(pk=case.pk).stage_reason == "Cite the ceasefire."


def test_a_link_to_the_draft_is_shown_once_and_opens_it(logged_in, moderator, waiting, client):
    case, desk = waiting(title="Ending the secret"), logged_in(moderator)
    address = reverse("admin:draft_links", args=[case.pk])
    in_a_fortnight = timezone.localdate() + timedelta(days=14)
    assert f'value="{in_a_fortnight.isoformat()}"' in text_of(desk.get(address))
    until = timezone.localdate() + timedelta(days=3)
    made = desk.post(address, {"for_whom": "A reader", "until": until.isoformat()})
    link = made.context["address"]
    path = link.removeprefix("http://127.0.0.1:8000")
    assert "no-store" in made["Cache-Control"]
    assert link not in text_of(desk.get(address))
    desk.logout()
    html = text_of(desk.get(path))
    assert "This is a draft" in html
    assert "Ending the secret" in html
    assert "must not be cited" in html
    desk.get(path)
    stored = DraftLink.objects.get()
    assert (stored.views, stored.ends_at.date()) == (2, until)
    assert desk.post(path).status_code in (403, 405, 413)
    DraftLink.objects.update(ends_at=timezone.now() + timedelta(microseconds=1))
    assert desk.get(path).status_code == 410


@pytest.mark.parametrize("until", ["", "x", "2001-01-01", "9999-12-31"])
def test_a_link_without_a_sensible_end_is_refused(logged_in, moderator, waiting, until):
    address = reverse("admin:draft_links", args=[waiting().pk])
    response = logged_in(moderator).post(address, {"for_whom": "Ada", "until": until})
    assert response.context["form"].errors["until"]
    assert "Ada" in text_of(response)
    assert not DraftLink.objects.exists()


def test_a_link_is_ended(logged_in, moderator, waiting):
    case = waiting()
    until = timezone.now() + timedelta(days=1)
    link, token = links.make_link(case, by=moderator, for_whom="Ada", ends_at=until)
    client = logged_in(moderator)
    address = reverse("admin:draft_links", args=[case.pk])
    client.post(address, {"action": "end", "link": link.pk})
    assert client.get(f"/drafts/{token}/").status_code == 410
    again = client.post(address, {"action": "end", "link": link.pk}, follow=True)
    assert "has ended already" in text_of(again)
    assert client.post(address, {"action": "end", "link": "x"}).status_code == 404


def test_the_log_hides_the_token():

    record = logging.LogRecord("x", 20, "", 0, "Gone: /drafts/%s/", ("secret-token",), None)
    assert TokensHidden().format(record) == "Gone: /drafts/(hidden)/"
