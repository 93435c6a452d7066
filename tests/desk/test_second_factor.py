"""A second factor: set up, asked for at the log-in, renewed, turned off, taken away."""

import re
from base64 import b32decode
from html import unescape
from io import StringIO
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from axes.models import AccessAttempt
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk import second_factor
from revisions.models import AuditEvent, WorkingCopy
from tests.factories import PASSWORD, make_case

pytestmark = pytest.mark.django_db
LOG_IN, SET_UP = "/admin/login/", "/admin/second-factor/set-up/"
PAGE = "/admin/second-factor/"
NOW = 1_800_000_000


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The time of django-otp's codes; `clock.forward(30)` is the next code."""

    class Clock:
        now = NOW

        def forward(self, seconds):
            self.now += seconds

    ticking = Clock()
    told = SimpleNamespace(time=lambda: ticking.now)
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", told)
    return ticking


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = "required"


def code_of(key, at=NOW):
    totp = TOTP(bytes.fromhex(key))
    totp.time = at
    return f"{totp.token():06}"


@pytest.fixture
def enrolled(clock):
    """`enrolled(user)` has a device with recovery codes; the code of a later moment is good."""

    def enrol(user):
        key = "31" * 20
        device, codes = second_factor.enrol(user, key=key, code=code_of(key, clock.now))
        clock.forward(60)
        return device, codes

    return enrol


def first_step(client, user, **more):
    return client.post(LOG_IN, {"username": user.username, "password": PASSWORD, **more})


def step_of(response):
    return unescape(re.search(r'name="step" value="([^"]+)"', response.content.decode())[1])


def second_step(client, response, code, **more):
    return client.post(LOG_IN, {"step": step_of(response), "code": code, **more})


def is_logged_in(client):
    return client.get("/admin/sessions/").status_code == 200


def throttling_is_over(user):
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(throttling_failure_timestamp=None)


def actions(user):
    found = AuditEvent.objects.filter(about_type__model="user", about_id=str(user.pk))
    return [event.action for event in found.order_by("pk")]


def test_who_has_one_is_asked_for_a_code_after_the_password(client, editor, enrolled):
    device, _codes = enrolled(editor)
    asked = first_step(client, editor, next="/admin/cases/case/")
    assert asked.status_code == 200 and "Six digits" in asked.content.decode()
    assert not is_logged_in(client)
    assert "no-store" in asked["Cache-Control"]
    answer = second_step(client, asked, code_of(device.key, NOW + 60), next="/admin/cases/case/")
    assert answer["Location"] == "/admin/cases/case/"
    assert is_logged_in(client)
    assert actions(editor)[-1] == "signed-in"


def test_a_code_is_good_once(client, editor, enrolled):
    device, _codes = enrolled(editor)
    code = code_of(device.key, NOW + 60)
    second_step(client, first_step(client, editor), code)
    other = Client()
    again = second_step(other, first_step(other, editor), code)
    assert "used already" in again.content.decode() and not is_logged_in(other)


def test_a_code_with_a_gap_is_good(client, editor, enrolled):
    device, _codes = enrolled(editor)
    code = code_of(device.key, NOW + 60)
    assert (
        second_step(client, first_step(client, editor), f" {code[:3]} {code[3:]} ").status_code
        == 302
    )


def test_a_recovery_code_is_good_once_and_says_how_many_are_left(client, editor, enrolled):
    _device, codes = enrolled(editor)
    second_step(client, first_step(client, editor), codes[0].upper())
    assert "9 are left" in client.get("/admin/sessions/").content.decode()
    other = Client()
    second_step(other, first_step(other, editor), codes[0])
    assert not is_logged_in(other)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "000000",
        "9" * 5_000,
        "\0",
        "x" * 39,
        "１２３４５６",
        "-" * 40,
        "'; --",
        "2222-2222",
        "🕊",
    ],
)
def test_what_is_no_code_is_refused_in_words(client, editor, enrolled, code):
    enrolled(editor)
    answer = second_step(client, first_step(client, editor), code)
    assert answer.status_code == 200 and "That did not work" in answer.content.decode()
    assert not is_logged_in(client)


def test_ten_thousand_digits_are_refused_unread(client, editor, enrolled):
    enrolled(editor)
    assert second_step(client, first_step(client, editor), "9" * 10_000).status_code == 413


def test_wrong_codes_are_slowed_down_and_written_down(client, editor, enrolled):
    device, _codes = enrolled(editor)
    asked = first_step(client, editor)
    second_step(client, asked, "000000")
    answer = second_step(client, asked, code_of(device.key, NOW + 60))
    assert "none is looked at" in answer.content.decode() and not is_logged_in(client)
    assert actions(editor).count("sign-in-refused") == 2
    throttling_is_over(editor)
    second_step(client, asked, code_of(device.key, NOW + 60))
    assert is_logged_in(client)


def test_ten_wrong_codes_lock_the_name_as_wrong_passwords_do(client, editor, enrolled, settings):
    settings.AXES_ENABLED = True
    device, _codes = enrolled(editor)
    asked = first_step(client, editor)
    for _number in range(9):
        throttling_is_over(editor)
        assert second_step(client, asked, "000000").status_code == 200
    throttling_is_over(editor)
    assert second_step(client, asked, "000000").status_code == 429
    throttling_is_over(editor)
    right = code_of(device.key, NOW + 60)
    assert client.post(LOG_IN, {"step": step_of(asked), "code": right}).status_code == 429
    assert AccessAttempt.objects.get().failures_since_start >= 10
    assert not is_logged_in(client)


@pytest.mark.parametrize("step", ["", "x", "a:b:c", "\0", "e" * 5000])
def test_a_second_step_without_a_first_leads_to_the_first(client, step):
    answer = client.post(LOG_IN, {"step": step, "code": "123456"})
    assert answer["Location"] == LOG_IN
    assert "Begin again" in client.get(LOG_IN).content.decode()


def test_a_first_step_lasts_ten_minutes_and_not_beyond_another_password(client, editor, enrolled):
    device, _codes = enrolled(editor)
    asked, code = first_step(client, editor), code_of(device.key, NOW + 60)
    with patch.object(signing.TimestampSigner, "timestamp", lambda signer: "1"):  # of 1970
        old = first_step(client, editor)
    assert second_step(client, old, code)["Location"] == LOG_IN
    editor.set_password("another one entirely")
    editor.save()
    assert second_step(client, asked, code)["Location"] == LOG_IN
    assert not is_logged_in(client)


def test_the_step_of_one_is_not_that_of_another(client, editor, moderator, enrolled):
    _mine, _codes = enrolled(editor)
    theirs, _codes = enrolled(moderator)
    step = signing.dumps({"user": moderator.pk, "password": "x"}, salt="desk.second-step")
    client.post(LOG_IN, {"step": step, "code": code_of(theirs.key, NOW + 120)})
    assert not is_logged_in(client)


def set_up(client, address=SET_UP, at=NOW):
    """Goes through the page; the answer with the recovery codes."""
    shown = client.get(address).content.decode()
    secret = re.search(r'class="secret">([^<]+)<', shown)[1].replace(" ", "")
    code = code_of(b32decode(secret).hex(), at)
    asked = parse_qs(urlsplit(address).query).get("next", [""])[0]
    return client.post(SET_UP, {"code": code, "next": asked}), code


def test_setting_up_shows_ten_recovery_codes_once(logged_in, editor):
    client = logged_in(editor)
    shown = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in shown and "<script>" not in shown
    answer, _code = set_up(client)
    codes = re.findall(r"<code>(\w{4}-\w{4})</code>", answer.content.decode())
    assert len(set(codes)) == 10 and "no-store" in answer["Cache-Control"]
    assert {c.replace("-", "") for c in codes} == set(
        StaticToken.objects.values_list("token", flat=True)
    )
    assert codes[0] not in client.get(PAGE).content.decode()
    assert client.get(SET_UP)["Location"] == PAGE  # the secret is not shown again
    assert actions(editor) == ["second-factor"]


def test_the_code_that_set_it_up_does_not_log_in(logged_in, editor):
    _answer, code = set_up(logged_in(editor))
    other = Client()
    second_step(other, first_step(other, editor), code)
    assert not is_logged_in(other)


def test_a_wrong_code_sets_nothing_up_and_the_secret_stays(logged_in, editor):
    client = logged_in(editor)
    before = re.search(r'class="secret">([^<]+)<', client.get(SET_UP).content.decode())[1]
    answer = client.post(SET_UP, {"code": "000000"}).content.decode()
    assert "Wait for the next one" in answer and before in answer
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()


def test_setting_up_ends_the_other_sessions(client, editor):
    other = Client()
    first_step(other, editor)
    first_step(client, editor)
    set_up(client)
    assert is_logged_in(client) and not is_logged_in(other)


def test_a_moderator_without_one_is_led_to_set_it_up_and_nowhere_else(client, moderator, required):
    assert first_step(client, moderator)["Location"] == "/admin/"
    for address in ("/admin/", "/admin/review/", "/admin/sessions/", "/admin/password_change/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith(SET_UP)
    answer, _code = set_up(client, client.get("/admin/review/?p=2")["Location"])
    assert 'href="/admin/review/?p=2"' in answer.content.decode()
    assert client.get("/admin/review/").status_code == 200


def test_an_editor_may_do_without(client, editor, required):
    first_step(client, editor)
    assert client.get("/admin/").status_code == 200


def test_next_leads_nowhere_else(logged_in, editor):
    answer, _code = set_up(logged_in(editor), f"{SET_UP}?next=https://elsewhere.example/")
    assert "elsewhere" not in answer.content.decode()


def test_what_was_posted_meanwhile_is_kept(client, moderator, required):
    """The settings, or an administrator, may ask for one in the middle of a session."""
    case = make_case()
    address = f"/admin/cases/case/{case.pk}/change/"
    client.force_login(moderator)
    answer = client.post(address, {"standfirst": "My words."})
    asked = parse_qs(urlsplit(answer["Location"]).query)["next"]
    assert asked == [f"{address}?working-copy=posted"]
    kept = WorkingCopy.objects.get(user=moderator, address=address)
    assert ["standfirst", "My words."] in kept.content
    typed = client.post("/admin/working-copy/", {"_address": address, "standfirst": "More."})
    assert typed.status_code == 401


def test_whoever_has_one_and_did_not_give_it_logs_in_again(client, moderator, required, enrolled):
    client.force_login(moderator)
    enrolled(moderator)
    assert client.get("/admin/review/")["Location"] == f"{LOG_IN}?next=/admin/review/"
    assert "_auth_user_id" not in client.session


def test_what_was_kept_survives_both_steps(client, editor, enrolled):
    device, _codes = enrolled(editor)
    case = make_case(by=editor)
    address = f"/admin/cases/case/{case.pk}/change/"
    second_step(client, first_step(client, editor), code_of(device.key, NOW + 60))
    session = client.session
    session.set_expiry(-1)
    session.save()
    to_log_in = client.post(address, {"standfirst": "My words."})["Location"]
    back = parse_qs(urlsplit(to_log_in).query)["next"][0]
    asked = client.post(
        to_log_in, {"username": editor.username, "password": PASSWORD, "next": back}
    )
    assert f'name="next" value="{back}"' in asked.content.decode()
    # Another tab goes on typing between the two steps.
    typed = client.post(
        "/admin/working-copy/", {"_address": "/admin/cases/case/add/", "title": "A"}
    )
    assert typed.status_code == 401
    assert WorkingCopy.objects.filter(address="/admin/cases/case/add/").exists()
    answer = second_step(client, asked, code_of(device.key, NOW + 90), next=back)
    assert answer["Location"] == back
    assert "My words." in client.get(back).content.decode()


def change(client, action, code, password=PASSWORD):
    return client.post(PAGE, {"password": password, "code": code, "action": action})


@pytest.fixture
def inside(client, editor, enrolled, clock):
    """A client of an editor who came in with a second factor; and a code that is good next."""
    device, codes = enrolled(editor)
    second_step(client, first_step(client, editor), code_of(device.key, clock.now))
    clock.forward(60)
    return client, code_of(device.key, clock.now), codes


def test_it_is_turned_off_with_password_and_code(inside, editor):
    client, code, _codes = inside
    for password, wrong in (("wrong", code), (PASSWORD, "000000"), ("", "")):
        change(client, "off", wrong, password)
        assert second_factor.device_of(editor)
        throttling_is_over(editor)
    change(client, "off", code)
    assert second_factor.device_of(editor) is None and not StaticToken.objects.exists()
    assert actions(editor)[-1] == "second-factor"


def test_who_must_use_it_cannot_turn_it_off(client, moderator, enrolled, required, clock):
    device, codes = enrolled(moderator)
    second_step(client, first_step(client, moderator), code_of(device.key, clock.now))
    answer = change(client, "off", codes[0])
    assert "must use a second factor" in answer.content.decode()
    assert second_factor.device_of(moderator)


def test_new_recovery_codes_void_the_old_ones(inside, editor):
    client, code, codes = inside
    answer = change(client, "codes", code).content.decode()
    fresh = re.findall(r"<code>(\w{4}-\w{4})</code>", answer)
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    with pytest.raises(second_factor.WrongCode):
        second_factor.verify(editor, codes[5])


def test_another_device_takes_the_place_of_the_first(inside, editor, clock):
    client, _code, codes = inside
    first = second_factor.device_of(editor)
    assert client.get(SET_UP)["Location"] == PAGE
    assert change(client, "app", codes[3])["Location"] == SET_UP
    set_up(client, at=clock.now)
    assert TOTPDevice.objects.get(user=editor).key != first.key
    assert is_logged_in(client)


def test_guessing_the_password_on_the_page_is_slowed_down(inside):
    client, code, _codes = inside
    change(client, "off", code, "wrong")
    assert "none is looked at" in change(client, "off", code, "wrong").content.decode()


def test_an_administrator_takes_a_lost_one_away(logged_in, administrator, editor, enrolled):
    enrolled(editor)
    other = Client()
    client = logged_in(administrator)
    address = f"/admin/auth/user/{editor.pk}/second-factor/"
    assert client.get(address).status_code == 200
    assert "Say why" in client.post(address, {"reason": ""}).content.decode()
    assert second_factor.device_of(editor)
    client.post(address, {"reason": "Telephone in the Vakhsh; asked by voice."})
    assert second_factor.device_of(editor) is None
    first_step(other, editor)
    assert is_logged_in(other)
    event = AuditEvent.objects.filter(action="second-factor").first()
    assert event.by == administrator and "Vakhsh" in event.note


def test_nobody_takes_their_own_away_so(logged_in, administrator, enrolled):
    enrolled(administrator)
    address = f"/admin/auth/user/{administrator.pk}/second-factor/"
    assert logged_in(administrator).post(address, {"reason": "Lost."})["Location"] == PAGE
    assert second_factor.device_of(administrator)


def test_secrets_are_on_no_page_of_the_admin(logged_in, administrator, enrolled):
    enrolled(administrator)
    client = logged_in(administrator)
    assert "otp_" not in client.get("/admin/").content.decode()
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_the_only_administrator_has_it_taken_away_at_the_server(client, administrator, enrolled):
    enrolled(administrator)
    call_command("reset_second_factor", "ada", reason="Lost.", stdout=StringIO())
    assert second_factor.device_of(administrator) is None
    assert AuditEvent.objects.filter(action="second-factor").first().by is None
    for name in ("ada", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name, reason="Lost.")
