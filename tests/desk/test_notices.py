"""The desk's pages for concerns, removals and erasing, and the notice that an edition has."""

import json

import pytest

from corrections import notices, services
from corrections.models import Correction, Notice
from desk import services as desk
from editions import removing
from editions.models import Edition, Removal
from tests.factories import make_edition

GROUND = "Order of the court of X."


@pytest.fixture
def edition(db):
    return make_edition(slug="told", title="Told")


@pytest.fixture
def at_concern(edition):
    return f"/admin/review/{edition.case.pk}/concern/"


@pytest.fixture
def at_removal(edition):
    return f"/admin/removals/{edition.pk}/"


def test_a_concern_is_expressed_seen_everywhere_and_lifted(client, edition, at_concern, moderator):
    record, digest = edition.record, edition.digest
    client.force_login(moderator)
    assert "Express concern" in client.get(f"/admin/review/{edition.case.pk}/").content.decode()
    answer = client.post(at_concern, {"action": "express", "reason": "A source is doubted."})
    assert answer.status_code == 302
    concern = Notice.objects.get()
    for address in ("/cases/told/", "/cases/told/editions/1/"):
        page = client.get(address).content.decode()
        assert "a claim in this case is being checked" in page
        assert "A source is doubted." in page
        assert concern.get_absolute_url() in page
        assert '"creativeWorkStatus":"Expression of concern"' in page
    assert "Expression of concern" in client.get("/cases/").content.decode()
    for address in ("/corrections/", "/corrections.atom", "/cases/told/editions/", "/"):
        assert concern.reference in client.get(address).content.decode(), address
    found = client.get("/cases/told/editions/1.json").json()
    assert (found["record"], found["digest"]) == (record, digest)
    assert [notice["kind"] for notice in found["notices"]] == ["expression_of_concern"]
    [case] = _cases(client)
    assert case["concern"].endswith(f"/corrections/{concern.reference}/")

    assert "Lift the concern" in client.get(at_concern).content.decode()
    client.post(at_concern, {"action": "lift", "reason": "The source holds."})
    lifting = Notice.objects.get(kind="concern_lifted")
    page = client.get("/cases/told/").content.decode()
    assert "being checked" not in page
    assert "Expression of concern lifted on" in page
    assert '"creativeWorkStatus":"Expression of concern"' not in page
    assert "Expression of concern" not in client.get("/cases/").content.decode()
    for one, other in ((concern, lifting), (lifting, concern)):
        assert other.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()
    assert _cases(client)[0]["concern"] == ""


def _cases(client):
    return json.loads(b"".join(client.get("/cases.json")))["cases"]


def test_refusals_at_the_concern_page_keep_what_was_typed(client, edition, at_concern, moderator):
    client.force_login(moderator)
    page = client.post(at_concern, {"action": "express", "reason": " "}).content.decode()
    assert "Say what is being checked" in page
    page = client.post(at_concern, {"action": "lift", "reason": "Typed."}).content.decode()
    assert "it was lifted" in page
    assert "Typed." in page
    notices.express_concern(edition.case, by=moderator, reason="By a colleague.")
    page = client.post(at_concern, {"action": "express", "reason": "Mine."}).content.decode()
    assert "stands already" in page
    assert "Mine." in page
    assert client.post(at_concern, {"action": "nonsense", "reason": "x"}).status_code == 200
    assert Notice.objects.count() == 1


def test_a_concern_outlives_the_next_edition_and_a_withdrawal(client, edition, changed, moderator):
    notices.express_concern(edition.case, by=moderator, reason="Doubted.")
    desk.publish(changed(edition), by=moderator, kind="update", change_note="News.")
    for address in ("/cases/told/", "/cases/told/editions/1/", "/cases/told/editions/2/"):
        assert "being checked" in client.get(address).content.decode(), address
    assert "Expression of concern" in client.get("/cases/").content.decode()
    edition.case.refresh_from_db()
    desk.withdraw(edition.case, by=moderator, reason="It does not stand.")
    assert "being checked" in client.get("/cases/told/").content.decode()


def test_an_administrator_asks_and_a_moderator_confirms(
    client, edition, at_removal, moderator, administrator
):
    client.force_login(moderator)
    asked = {"action": "ask", "ground": GROUND}
    assert client.post(at_removal, asked).status_code == 403
    client.force_login(administrator)
    assert "Name the legal ground" in client.post(at_removal, {"action": "ask"}).content.decode()
    long = client.post(at_removal, {"action": "ask", "ground": "x" * 2001}).content.decode()
    assert "2000 characters or fewer" in long
    assert client.post(at_removal, asked).status_code == 302
    assert "You asked for it" in client.get(at_removal).content.decode()
    sure = {"action": "confirm", "sure": "on"}
    assert "a second person confirms it" in client.post(at_removal, sure).content.decode()
    client.force_login(moderator)
    assert GROUND in client.get("/admin/removals/").content.decode()
    assert GROUND in client.get(at_removal).content.decode()
    page = client.post(at_removal, {"action": "confirm"}).content.decode()
    assert "Tick that you have read" in page
    assert not Edition.objects.get().is_removed
    assert client.post(at_removal, sure).status_code == 302
    assert Edition.objects.get().is_removed
    assert "Somebody has decided" in client.post(at_removal, sure).content.decode()
    assert "a tombstone stands" in client.get(at_removal).content.decode()
    for address in ("/admin/", "/admin/editions/edition/", f"/admin/review/{edition.case.pk}/"):
        assert client.get(address).status_code == 200, address


def test_a_removal_is_refused_or_taken_back(client, edition, at_removal, moderator, administrator):
    removing.ask_removal(edition, by=administrator, ground=GROUND)
    client.force_login(administrator)
    assert client.post(at_removal, {"action": "refuse"}).status_code == 302
    assert Removal.objects.get().refused_by == administrator
    assert (
        "Nobody has asked"
        in client.post(at_removal, {"action": "confirm", "sure": "on"}).content.decode()
    )
    assert not Edition.objects.get().is_removed
    removing.ask_removal(edition, by=moderator, ground=GROUND)
    page = client.post(at_removal, {"action": "ask", "ground": "Mine, typed."}).content.decode()
    assert "asked for already" in page
    assert "Mine, typed." in page


def test_the_case_of_a_removed_edition_can_be_reviewed_and_published(
    client, edition, changed, moderator, administrator
):
    case = changed(edition)
    desk.remove_edition(
        removing.ask_removal(edition, by=administrator, ground=GROUND), by=moderator
    )
    client.force_login(moderator)
    page = client.get(f"/admin/review/{case.pk}/").content.decode()
    assert "was removed on" in page
    desk.publish(case, by=moderator, kind="update", change_note="Anew.")
    assert client.get("/cases/told/").status_code == 200


def test_a_sender_is_erased_from_the_page(client, edition, moderator):
    sent, token = services.send(
        edition, message="Wrong.", name="Rosa Reader", email="rosa@example.org"
    )
    client.force_login(moderator)
    at = f"/admin/corrections-desk/{sent.reference}/"
    assert f"{at}erase/" in client.get(at).content.decode()
    assert "Rosa Reader" in client.get(f"{at}erase/").content.decode()
    assert client.post(f"{at}erase/", {}).status_code == 302
    for address in (at, f"{at}erase/", f"/corrections/status/{token}/"):
        page = client.get(address).content.decode()
        assert "Rosa" not in page
        assert "rosa@" not in page
    assert Correction.objects.get().message == "Wrong."
    client.post(f"{at}erase/", {"words": "on"})
    assert Correction.objects.get().message == ""
    for address in (at, "/admin/", "/admin/corrections-desk/", f"/corrections/status/{token}/"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("kind", "over", "word"),
    [
        ("correction", {}, "correction"),
        ("clarification", {}, "clarification"),
        ("update", {}, ""),
        ("update", {"notice_wanted": "on"}, "addendum"),
        ("editorial", {}, ""),
        ("editorial", {"notice_wanted": "on"}, ""),
    ],
)
def test_what_the_editors_found_has_the_notice_of_the_table(
    client, kind, over, word, edition, changed, moderator, hidden
):
    case = changed(edition)
    client.force_login(moderator)
    at = f"/admin/review/{case.pk}/"
    typed = {"action": "publish", "kind": kind, "change_note": "The year."} | over
    answer = client.post(at, hidden(client.get(at)) | typed)
    assert answer.status_code == 302
    assert [notice.kind for notice in Notice.objects.all()] == ([word] if word else [])


def test_the_notice_says_what_was_wrong_what_it_says_now_and_who_decided(
    client, edition, changed, moderator, hidden
):
    case = changed(edition)
    client.force_login(moderator)
    at = f"/admin/review/{case.pk}/"
    typed = {"action": "publish", "kind": "correction", "change_note": "The year was wrong."}
    typed |= {"notice_before": "in 1993", "notice_after": "in 1994"}
    client.post(at, hidden(client.get(at)) | typed)
    page = client.get(Notice.objects.get().get_absolute_url()).content.decode()
    for said in ("in 1993", "in 1994", "The year was wrong.", "A moderator of the collection"):
        assert said in page
    assert moderator.get_username() not in page
    assert '"@type":"CorrectionComment"' in page
    assert '/cases/told/editions/1/","version":"1"' in page


def test_an_accepted_correction_brings_its_own_notice_and_no_second(
    client, edition, changed, accepted, moderator, hidden
):
    correction, case = accepted(edition), changed(edition)
    client.force_login(moderator)
    at = f"/admin/review/{case.pk}/"
    typed = {"action": "publish", "kind": "correction", "change_note": "Mended."}
    client.post(at, hidden(client.get(at)) | typed | {"mends": [correction.pk]})
    notice = Notice.objects.get()
    assert notice.reference == correction.reference
    assert "Reported by" in client.get(notice.get_absolute_url()).content.decode()
