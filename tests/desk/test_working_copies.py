"""Nothing typed at the desk is lost: kept while it is written, when the session ends, when a token
is too old; offered back, and gone once it is saved or discarded."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from reversion.models import Version

from cases.models import Case
from revisions.models import WorkingCopy
from tests.cases.admin_forms import change_url, form_of
from tests.factories import make_case, make_edition, make_source

pytestmark = pytest.mark.django_db
KEEP = "/admin/working-copy/"
WORDS = "Typed and never saved."


def keep(client, address, typed):
    return client.post(KEEP, typed | {"_address": address})


def end_session(client):
    """As after twelve hours: the row is there, and over."""
    Session.objects.filter(pk=client.cookies["sessionid"].value).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )


def log_in(client, user, address):
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.set_password("a long password")
    user.save()
    return client.post(address, {"username": user.username, "password": "a long password"})


def test_what_is_typed_is_kept_offered_with_its_difference_and_brought_back(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    versions = Version.objects.count()
    answer = keep(client, address, form_of(case, standfirst=WORDS, reason="Because."))
    assert answer.json()["kept"] == f"{timezone.localtime():%H:%M}"
    assert Version.objects.count() == versions
    page = client.get(address)
    [offered] = page.context["working_copies"]
    assert [found.label for found in offered.differences] == ["Standfirst", "Why this change?"]
    assert "You wrote here until" in page.content.decode()
    back = client.get(address + "?working-copy=typed")
    shown = back.content.decode()
    assert WORDS in shown and "It is not saved yet" in shown and "errornote" not in shown
    assert 'value="Because."' in shown
    assert Version.objects.count() == versions and Case.objects.get().standfirst != WORDS


def test_saving_removes_it_and_so_does_discarding(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    keep(client, address, form_of(case, standfirst=WORDS))
    assert client.post(address, form_of(case, standfirst=WORDS)).status_code == 302
    assert not WorkingCopy.objects.exists()
    case.refresh_from_db()
    keep(client, address, form_of(case, standfirst="Again."))
    answer = client.post(KEEP, {"_address": address, "_discard": "1"})
    assert answer["Location"] == address and not WorkingCopy.objects.exists()


def test_a_save_that_is_refused_leaves_it(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    keep(client, address, form_of(case, standfirst=WORDS))
    client.post(address, form_of(case, standfirst=WORDS, reason=""))
    assert WorkingCopy.objects.count() == 1


def test_a_copy_that_says_what_is_stored_is_not_offered(logged_in, editor):
    case = make_case(editor, parties=[{"role": "mediator", "name": "A Body"}])
    client, address = logged_in(editor), change_url(case)
    keep(client, address, form_of(case, reason=""))
    assert client.get(address).context["working_copies"] == []


def test_rows_are_kept_too(logged_in, editor):
    source = make_source(authors=[("Don", "Lynch")])
    client, address = logged_in(editor), f"/admin/sources/source/{source.pk}/change/"
    page = client.get(address)
    typed = {"key": source.key, "type": "book", "title": source.title, "lock": source.lock}
    typed |= {
        "contributors-TOTAL_FORMS": "2",
        "contributors-INITIAL_FORMS": "1",
        "contributors-0-id": source.contributors.get().pk,
        "contributors-0-source": source.pk,
        "contributors-0-role": "author",
        "contributors-0-family": "Lynch",
        "contributors-0-given": "Dov",
        "contributors-1-role": "editor",
        "contributors-1-literal": "A New Body",
    }
    assert page.context["working_copies"] == []
    keep(client, address, typed)
    labels = [d.label for d in client.get(address).context["working_copies"][0].differences]
    assert "Authors, editors and others" in labels
    back = client.get(address + "?working-copy=typed").content.decode()
    assert 'value="A New Body"' in back and 'value="Dov"' in back


def test_it_is_of_one_person_and_one_form(logged_in, editor, moderator):
    case, other = make_case(editor), make_case(editor)
    keep(logged_in(editor), change_url(case), form_of(case, standfirst=WORDS))
    for user, address in ((moderator, change_url(case)), (editor, change_url(other))):
        client = logged_in(user)
        assert client.get(address).context["working_copies"] == []
        assert WORDS not in client.get(address + "?working-copy=typed").content.decode()


def test_who_else_is_writing_and_who_changed_it_last_is_seen(logged_in, editor, moderator):
    case = make_case(editor)
    address = change_url(case)
    keep(logged_in(editor), address, form_of(case, standfirst=WORDS))
    page = logged_in(moderator).get(address).content.decode()
    assert "edith is writing here too" in page and WORDS not in page
    assert "Last changed:" in page and "Made for a test." in page
    WorkingCopy.objects.update(kept_at=timezone.now() - timedelta(minutes=31))
    assert "is writing here too" not in logged_in(moderator).get(address).content.decode()


@pytest.mark.parametrize("address", ["", "/", "/cases/", "https://evil.example/admin/", "/no"])
def test_only_forms_of_the_desk_are_kept(logged_in, editor, address):
    assert keep(logged_in(editor), address, {"a": "b"}).status_code == 400
    assert not WorkingCopy.objects.exists()


def test_too_much_is_refused(logged_in, editor):
    answer = keep(logged_in(editor), change_url(make_case(editor)), {"body": "x" * 2_000_001})
    assert answer.status_code == 413 and not WorkingCopy.objects.exists()


def test_passwords_and_tokens_are_not_kept(logged_in, editor):
    keep(logged_in(editor), "/admin/password_change/", {"old_password": "x", "new_password1": "y"})
    assert WorkingCopy.objects.get().content == []


def test_a_session_that_has_ended_does_not_end_the_work(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    end_session(client)
    refused = client.post(address, form_of(case, standfirst=WORDS))
    assert refused["Location"] == f"/admin/login/?next={address}%3Fworking-copy%3Dposted"
    assert "what you sent is kept" in client.get(refused["Location"]).content.decode()
    assert log_in(client, editor, refused["Location"])["Location"].endswith("working-copy=posted")
    shown = client.get(address + "?working-copy=posted").content.decode()
    assert WORDS in shown and "It is not saved yet" in shown
    assert Case.objects.get().standfirst != WORDS
    assert client.post(address, form_of(case, standfirst=WORDS)).status_code == 302
    assert Case.objects.get().standfirst == WORDS and not WorkingCopy.objects.exists()


def test_what_is_typed_after_the_end_of_a_session_is_kept_for_an_hour(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    end_session(client)
    assert keep(client, address, {"standfirst": WORDS}).status_code == 401
    assert client.cookies["sessionid"].value  # not deleted: it says who types
    assert keep(client, address, {"standfirst": WORDS + " More."}).status_code == 401
    assert ["standfirst", WORDS + " More."] in WorkingCopy.objects.get().content


def test_to_log_out_after_the_session_has_ended_is_no_form(logged_in, editor):
    client = logged_in(editor)
    end_session(client)
    assert client.post("/admin/logout/")["Location"] == "/admin/"
    assert not WorkingCopy.objects.exists()


def test_a_new_case_is_kept_as_well(logged_in, editor):
    client, address = logged_in(editor), "/admin/cases/case/add/"
    end_session(client)
    client.post(address, {"title": WORDS})
    log_in(client, editor, f"/admin/login/?next={address}%3Fworking-copy%3Dposted")
    assert WORDS in client.get(address + "?working-copy=posted").content.decode()


def test_another_persons_log_in_discards_it(logged_in, editor, moderator):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    end_session(client)
    refused = client.post(address, form_of(case, standfirst=WORDS))
    log_in(client, moderator, refused["Location"])
    assert WORDS not in client.get(address + "?working-copy=posted").content.decode()
    assert not WorkingCopy.objects.exists()


def test_what_was_posted_is_kept_for_an_hour(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    end_session(client)
    client.post(address, form_of(case, standfirst=WORDS))
    WorkingCopy.objects.update(kept_at=timezone.now() - timedelta(minutes=61))
    client = logged_in(editor)
    assert WORDS not in client.get(address + "?working-copy=posted").content.decode()
    client.post(KEEP, {"_address": address, "_discard": "1"})
    assert not WorkingCopy.objects.exists()


def test_permission_is_asked_again(logged_in, editor):
    case = make_case(editor)
    client, address = logged_in(editor), change_url(case)
    end_session(client)
    refused = client.post(address, form_of(case, standfirst=WORDS))
    editor.groups.clear()
    log_in(client, editor, refused["Location"])
    assert client.get(address + "?working-copy=posted").status_code == 403


@pytest.mark.parametrize("cookie", ["", "no-such-session", "x" * 32])
def test_nothing_is_kept_of_strangers(editor, cookie):
    client = Client()
    client.cookies["sessionid"] = cookie
    address = change_url(make_case(editor))
    answer = client.post(address, {"standfirst": WORDS})
    assert answer["Location"] == f"/admin/login/?next={address}"
    assert not WorkingCopy.objects.exists()


def test_nothing_is_kept_of_whoever_has_changed_the_password_since(logged_in, editor):
    case = make_case(editor)
    client = logged_in(editor)
    end_session(client)
    editor.set_password("another one")
    editor.save()
    client.post(change_url(case), form_of(case, standfirst=WORDS))
    assert not WorkingCopy.objects.exists()


def strict(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get("/admin/cases/case/add/")  # has the cookie of the token
    return client


def test_a_token_that_is_too_old_keeps_the_text(editor):
    case = make_case(editor)
    client, address = strict(editor), change_url(case)
    answer = client.post(
        address, form_of(case, standfirst=WORDS), headers={"referer": f"http://testserver{address}"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403 and f'href="{address}?working-copy=posted"' in page
    assert "DEBUG" not in page
    assert WORDS in client.get(address + "?working-copy=posted").content.decode()


@pytest.mark.parametrize(
    "headers",
    [{}, {"referer": "https://evil.example/"}, {"origin": "https://evil.example"}],
)
def test_what_comes_from_elsewhere_is_not_kept(editor, headers):
    case = make_case(editor)
    answer = strict(editor).post(change_url(case), form_of(case, standfirst=WORDS), headers=headers)
    assert answer.status_code == 403 and not WorkingCopy.objects.exists()


def test_a_session_lasts_on_from_each_use(logged_in, editor):
    client = logged_in(editor)
    client.get("/admin/")
    session = Session.objects.get(pk=client.cookies["sessionid"].value)
    soon = timezone.now() + timedelta(hours=1)
    data = session.get_decoded() | {"lasts_from": 0}
    Session.objects.filter(pk=session.pk).update(
        expire_date=soon, session_data=Session.objects.encode(data)
    )
    client.get("/admin/")
    session.refresh_from_db()
    assert session.expire_date > soon + timedelta(hours=10)


def test_the_review_page_brings_it_back_as_well(logged_in, moderator, editor):
    edition = make_edition()
    client, address = logged_in(moderator), f"/admin/review/{edition.case_id}/"
    keep(client, address, {"note": WORDS, "action": "send-back"})
    page = client.get(address).content.decode()
    assert WORDS in page and "data-working-copy" in page
