"""The review pages: what a moderator sees of a case, and the ways to decide on it."""

from importlib import import_module

import pytest

from cases import services as cases
from cases.models import Case
from corrections.models import Correction, Notice
from editions.models import CaseAddress, Edition
from sources.models import Source
from tests.factories import make_case, make_edition, make_source, make_user, publish_case

PUBLISH = {"action": "publish", "kind": "update", "change_note": "The talks are dated."}


def _counted(function, name, done):
    def call(*args, **kwargs):
        done.append(name)
        return function(*args, **kwargs)

    return call


def text_of(response):
    return response.content.decode()


def test_the_queue_says_what_waits_how_long_and_by_whom(logged_in, moderator, waiting, page):
    waiting(title="Ending the first")
    waiting(title="Ending the second")
    html = text_of(logged_in(moderator).get(page("review_queue")))
    assert html.index("Ending the first") < html.index("Ending the second")
    assert "edith" in html
    assert "not yet" in html
    assert "Your own work" not in html


def test_the_queue_marks_what_only_the_moderator_has_changed(logged_in, moderator, page):
    cases.submit(make_case(by=moderator), by=moderator, reason="Ready.")
    assert "Your own work" in text_of(logged_in(moderator).get(page("review_queue")))


def test_the_queue_takes_the_same_queries_for_one_case_and_for_twenty(
    logged_in, moderator, waiting, page, django_assert_num_queries
):
    client = logged_in(moderator)
    waiting()
    client.get(page("review_queue"))
    with django_assert_num_queries(9):
        client.get(page("review_queue"))
    for _ in range(19):
        waiting()
    with django_assert_num_queries(9):
        client.get(page("review_queue"))


def test_the_review_shows_what_changed_by_field_and_by_word(logged_in, moderator, changed, page):
    case = changed(standfirst="How the second talks ended it.", location="Dushanbe")
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "What changed since edition 1" in html
    assert "<dt>Location</dt>" in html
    assert "Tajikistan</del>" in html
    assert "Dushanbe</ins>" in html
    assert "<dt>Aim</dt>" not in html


def test_the_review_of_a_first_edition_shows_the_whole_case(logged_in, moderator, waiting, page):
    case = waiting(title="Ending the whole of it")
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "The talks began in spring." in html
    assert "Ending the whole of it" in html
    assert 'id="note-1"' in html
    assert "Publish the first edition" in html
    assert 'name="change_note"' not in html


def test_the_review_names_the_revisions_since_the_edition_in_print(
    logged_in, moderator, changed, page
):
    case = changed()
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "A second source." in html
    assert "Ready again." in html
    assert "Made for a test." not in html


def test_the_review_shows_what_proofreading_found(logged_in, moderator, waiting, page):
    case = waiting(body="The talks began.[@nobody2001]", location="")
    html = text_of(logged_in(moderator).get(page("review", case.pk)))
    assert "Stops publication:" in html
    assert "nobody2001" in html
    assert "The location is missing." in html


def test_the_review_takes_the_same_queries_for_one_revision_and_for_twenty(
    logged_in, moderator, editor, changed, page, django_assert_num_queries
):
    client = logged_in(moderator)
    case = changed()
    client.get(page("review", case.pk))
    with django_assert_num_queries(43):
        client.get(page("review", case.pk))
    for n in range(20):
        case = cases.change_case(case, by=editor, reason="Again.", standfirst=f"Version {n}.")
    with django_assert_num_queries(43):
        client.get(page("review", case.pk))


def test_a_moderator_publishes_the_first_edition(logged_in, moderator, waiting, page, hidden):
    case = waiting()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    response = client.post(page("review", case.pk), {"action": "publish", **seen}, follow=True)
    assert response.redirect_chain == [(page("review_queue"), 302)]
    assert case.editions.get().published_by == moderator
    assert "Published:" in text_of(response)
    assert case.editions.get().permanent_path in text_of(response)


def test_publishing_renders_the_text_and_builds_the_record_once(
    logged_in, moderator, changed, page, hidden, monkeypatch
):
    case, done = changed(), []
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    for module in ("desk.review", "desk.services", "editions.services"):
        for name in ("render_case", "build"):
            if real := getattr(import_module(module), name, None):
                monkeypatch.setattr(f"{module}.{name}", _counted(real, name, done))
    assert client.post(page("review", case.pk), PUBLISH | seen).status_code == 302
    assert sorted(done) == ["build", "render_case"]


def test_a_later_edition_has_the_kind_and_the_note_that_were_typed(
    logged_in, moderator, changed, page, hidden
):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    client.post(page("review", case.pk), PUBLISH | seen)
    edition = case.editions.current().get()
    assert (edition.number, edition.kind) == (2, "update")
    assert edition.change_note == "The talks are dated."


def test_without_a_note_nothing_is_published_and_what_was_typed_stays(
    logged_in, moderator, changed, page, hidden
):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    typed = PUBLISH | seen | {"change_note": " ", "reason": "A reason half written"}
    response = client.post(page("review", case.pk), typed)
    assert "Say what changed" in text_of(response)
    assert "A reason half written" in text_of(response)
    assert 'value="update"' in text_of(response).split("checked")[0].rpartition("<input")[2]
    assert text_of(response).startswith("<!DOCTYPE html>")
    assert "<title>Error:" in text_of(response)
    assert case.editions.count() == 1


@pytest.mark.parametrize("kind", ["", "first", "withdrawal", "nonsense"])
def test_no_other_kind_is_published(logged_in, moderator, changed, page, hidden, kind):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    response = client.post(page("review", case.pk), PUBLISH | seen | {"kind": kind})
    assert response.status_code == 200
    assert case.editions.count() == 1


def test_publishing_closes_the_corrections_that_were_chosen(
    logged_in, moderator, changed, accepted, page, hidden
):
    edition = make_edition()
    chosen, left = accepted(edition), accepted(edition)
    case = changed(edition)
    client = logged_in(moderator)
    html = text_of(client.get(page("review", case.pk)))
    assert "autumn" in html
    assert chosen.reference in html
    seen = hidden(client.get(page("review", case.pk)))
    client.post(page("review", case.pk), PUBLISH | seen | {"mends": [chosen.pk]})
    assert Notice.objects.get().correction == chosen
    assert Correction.objects.get(pk=left.pk).status == "accepted"


def test_a_correction_of_another_case_cannot_be_chosen(
    logged_in, moderator, changed, accepted, page, hidden
):
    strange = accepted(make_edition())
    edition = make_edition()
    accepted(edition)
    case = changed(edition)
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    response = client.post(page("review", case.pk), PUBLISH | seen | {"mends": [strange.pk]})
    assert "is not waiting for an edition any more" in text_of(response)
    assert "The talks are dated." in text_of(response)
    assert case.editions.count() == 1


def test_what_was_saved_after_the_review_is_not_published(
    logged_in, moderator, editor, changed, page, hidden
):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    cases.change_case(case, by=editor, reason="One more thing.", location="Khujand")
    response = client.post(page("review", case.pk), PUBLISH | seen)
    html = text_of(response)
    assert "was changed after you opened" in html
    assert "One more thing." in html
    assert "Khujand</ins>" in html
    assert "The talks are dated." in html
    assert case.editions.count() == 1
    client.post(page("review", case.pk), PUBLISH | hidden(response))
    assert case.editions.count() == 2


def test_a_source_that_changed_after_the_review_stops_the_edition(
    logged_in, moderator, changed, page, hidden
):
    source = make_source()
    case = changed(make_edition(source=source))
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    Source.objects.filter(pk=source.pk).update(title="Another book altogether")
    response = client.post(page("review", case.pk), PUBLISH | seen)
    assert "was changed after you opened" in text_of(response)
    assert case.editions.count() == 1


@pytest.mark.parametrize("lock", ["", "x", "-1", "9" * 40])
def test_a_form_without_its_lock_publishes_nothing(
    logged_in, moderator, changed, page, hidden, lock
):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    response = client.post(page("review", case.pk), PUBLISH | seen | {"lock": lock})
    assert response.status_code == 200
    assert case.editions.count() == 1


def test_publishing_twice_makes_one_edition(logged_in, moderator, changed, page, hidden):
    case = changed()
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    client.post(page("review", case.pk), PUBLISH | seen)
    again = client.post(page("review", case.pk), PUBLISH | seen)
    assert again.status_code == 200
    assert "The talks are dated." in text_of(again)
    assert case.editions.count() == 2


def test_own_work_is_refused_with_an_explanation(logged_in, moderator, page):
    case = cases.submit(make_case(by=moderator), by=moderator, reason="Ready.")
    client = logged_in(moderator)
    html = text_of(client.get(page("review", case.pk)))
    assert "ask a colleague to review it" in html
    assert 'value="publish"' not in html
    for action in ("publish", "send-back"):
        typed = {"action": action, "lock": case.lock, "reason": "x"}
        html = text_of(client.post(page("review", case.pk), typed))
        assert "Only you have changed this case" in html
    assert not case.editions.exists()
    assert Case.objects.get(pk=case.pk).stage == "in-review"


def test_a_draft_can_be_looked_at_and_not_published(logged_in, moderator, page):
    case = make_case()
    client = logged_in(moderator)
    assert "not in review" in text_of(client.get(page("review", case.pk)))
    typed = {"action": "publish", "lock": case.lock}
    html = text_of(client.post(page("review", case.pk), typed))
    assert "Only a case that is in review can be published." in html
    assert not case.editions.exists()


def test_what_proofreading_stops_is_not_published_and_says_why(
    logged_in, moderator, waiting, page, hidden
):
    case = waiting(standfirst="")
    client = logged_in(moderator)
    seen = hidden(client.get(page("review", case.pk)))
    html = text_of(client.post(page("review", case.pk), {"action": "publish", **seen}))
    assert "The standfirst is missing." in html.split('id="findings-heading"')[0]
    assert not case.editions.exists()


def test_a_case_is_sent_back_with_a_reason(logged_in, moderator, waiting, page, hidden):
    case = waiting()
    client = logged_in(moderator)
    typed = {"action": "send-back", "reason": "Cite the ceasefire.", **hidden(_get(client, case))}
    response = client.post(page("review", case.pk), typed)
    assert response["Location"] == page("review_queue")
    case.refresh_from_db()
    assert (case.stage, case.stage_reason) == ("changes-requested", "Cite the ceasefire.")


def test_sending_back_asks_for_a_reason_and_keeps_the_change_note(
    logged_in, moderator, changed, page, hidden
):
    case = changed()
    client = logged_in(moderator)
    typed = PUBLISH | {"action": "send-back", "reason": ""} | hidden(_get(client, case))
    html = text_of(client.post(page("review", case.pk), typed))
    assert "Say what should change" in html
    assert "The talks are dated." in html
    assert Case.objects.get(pk=case.pk).stage == "in-review"


def _get(client, case):
    return client.get(f"/admin/review/{case.pk}/")


def test_withdrawing_asks_why_and_tells_the_register(logged_in, moderator, page, hidden):
    edition = make_edition(title="Ending what was not")
    client = logged_in(moderator)
    address = page("withdraw", edition.case.pk)
    seen = hidden(client.get(address))
    assert "Say why" in text_of(client.post(address, seen | {"reason": ""}))
    response = client.post(address, seen | {"reason": "It did not happen."}, follow=True)
    assert "Withdrawn" in text_of(response)
    withdrawal = edition.case.editions.current().get()
    assert withdrawal.kind == "withdrawal"
    assert Notice.objects.get().why == "It did not happen."
    assert not Edition.objects.listed().exists()
    assert "nothing to withdraw" in text_of(client.get(address))


def test_withdrawing_is_refused_when_the_case_was_saved_meanwhile(
    logged_in, moderator, editor, page, hidden
):
    case = make_edition().case
    client = logged_in(moderator)
    seen = hidden(client.get(page("withdraw", case.pk)))
    case.refresh_from_db()
    cases.change_case(case, by=editor, reason="Mended.", location="Khujand")
    html = text_of(client.post(page("withdraw", case.pk), seen | {"reason": "Wrong."}))
    assert "was changed after you opened" in html
    assert "Wrong." in html
    assert not Notice.objects.exists()


def test_nobody_withdraws_alone_what_they_alone_have_changed(logged_in, moderator, page):
    case = make_edition().case
    case.refresh_from_db()
    case = cases.change_case(case, by=moderator, reason="Mine.", location="Khujand")
    client = logged_in(moderator)
    assert "a colleague must decide" in text_of(client.get(page("withdraw", case.pk)))
    typed = {"lock": case.lock, "reason": "Wrong."}
    assert "Only you have changed" in text_of(client.post(page("withdraw", case.pk), typed))
    assert Edition.objects.listed().count() == 1


def test_a_withdrawn_case_comes_back_by_publishing_it_again(
    logged_in, moderator, editor, changed, page, hidden
):
    edition = make_edition()
    client = logged_in(moderator)
    address = page("withdraw", edition.case.pk)
    client.post(address, hidden(client.get(address)) | {"reason": "In doubt."})
    case = changed(edition)
    html = text_of(client.get(page("review", case.pk)))
    assert "What changed since edition 1" in html
    assert "publishing puts it back in print" in html
    client.post(page("review", case.pk), PUBLISH | hidden(_get(client, case)))
    assert Edition.objects.listed().get().number == 3


def test_a_new_address_leaves_the_old_one_leading_there(logged_in, moderator, page):
    case = make_edition(slug="old-name").case
    client = logged_in(moderator)
    response = client.post(page("rename", case.pk), {"slug": "new-name", "reason": "Shorter."})
    assert response["Location"] == page("review", case.pk)
    assert Case.objects.get(pk=case.pk).slug == "new-name"
    assert CaseAddress.objects.get().slug == "old-name"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("taken", "Another case has this address."),
        ("formerly", "had the address"),
        ("no/slug", "small letters, figures and hyphens only"),
        ("No-Slug", "small letters, figures and hyphens only"),
        ("no_slug", "small letters, figures and hyphens only"),
        ("", "Type the new address."),
        ("a\0b", "Null characters"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_stays_typed(
    logged_in, moderator, page, slug, said
):
    make_edition(slug="taken")
    other = make_edition(slug="formerly").case
    client = logged_in(moderator)
    client.post(page("rename", other.pk), {"slug": "now", "reason": "Shorter."})
    case = make_edition(slug="kept").case
    response = client.post(page("rename", case.pk), {"slug": slug, "reason": "Because so."})
    assert said in text_of(response)
    assert "Because so." in text_of(response)
    assert Case.objects.get(pk=case.pk).slug == "kept"


def test_markup_in_a_case_is_never_markup_on_the_desk(logged_in, moderator, changed, page):
    nasty = "<script>alert(1)</script>"
    edition = make_edition(title=f"Ending {nasty}")
    case = changed(edition, body=f"Text {nasty} <img src=x onerror=alert(1)>.", location=nasty)
    client = logged_in(moderator)
    for address in (page("review", case.pk), page("review_queue"), page("withdraw", case.pk)):
        html = text_of(client.get(address))
        assert nasty not in html
        assert "<img" not in html


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_a_case_that_is_not_there_is_not_found(logged_in, moderator, number):
    assert logged_in(moderator).get(f"/admin/review/{number}/").status_code == 404


@pytest.mark.parametrize("p", ["", "0", "-3", "x", "9" * 30, "\0"])
def test_whatever_page_is_asked_for_the_queue_answers(logged_in, moderator, waiting, page, p):
    waiting()
    assert logged_in(moderator).get(page("review_queue"), {"p": p}).status_code == 200


def test_a_forged_post_is_refused(client, moderator, waiting, page):
    case = waiting()
    client.handler.enforce_csrf_checks = True
    client.force_login(moderator)
    response = client.post(page("review", case.pk), {"action": "publish", "lock": case.lock})
    assert response.status_code == 403
    assert not case.editions.exists()


def test_a_second_person_may_publish_what_the_first_moderator_changed(
    logged_in, moderator, changed, page, hidden
):
    case = changed()
    case = cases.change_case(case, by=moderator, reason="A comma.", location="Khujand")
    other = make_user("milo", is_staff=True)
    other.groups.set(moderator.groups.all())
    client = logged_in(other)
    client.post(page("review", case.pk), PUBLISH | hidden(_get(client, case)))
    assert case.editions.current().get().published_by == other


def test_a_published_case_leaves_the_queue(logged_in, moderator, waiting, page):
    case = waiting(title="Ending the queue")
    publish_case(case, by=moderator)
    assert "Ending the queue" not in text_of(logged_in(moderator).get(page("review_queue")))
