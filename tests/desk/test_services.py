"""Publishing with corrections, and withdrawing with a notice: all or nothing."""

import pytest

from cases import services as cases
from cases.models import Case
from corrections import services as corrections
from corrections.models import Correction, Notice
from desk import services
from editions.models import Edition
from organisations.models import Country
from revisions.revision_block import StaleLock
from tests.factories import make_edition


def test_an_edition_is_published_with_the_notices_of_what_it_mends(changed, accepted, moderator):
    edition = make_edition()
    one, two = accepted(edition), accepted(edition)
    case = changed(edition)
    published = services.publish(
        case, by=moderator, kind="correction", change_note="Mended.", mends=[one, two]
    )
    assert {notice.mended_in for notice in Notice.objects.all()} == {published}
    assert Correction.objects.filter(status="mended", mended_in=published).count() == 2


def test_a_correction_that_cannot_be_mended_stops_the_edition(changed, accepted, moderator):
    edition = make_edition()
    one, two = accepted(edition), accepted(edition)
    case = changed(edition)
    corrections.undo(two, by=moderator, reason="Not yet.")
    with pytest.raises(corrections.WrongState):
        services.publish(case, by=moderator, change_note="Mended.", mends=[one, two])
    assert case.editions.count() == 1
    assert Correction.objects.get(pk=one.pk).status == "accepted"
    assert Case.objects.get(pk=case.pk).stage == "in-review"


def test_what_is_not_what_was_seen_is_not_published(changed, moderator):
    case = changed()
    with pytest.raises(StaleLock):
        services.publish(case, by=moderator, change_note="Mended.", seen="0" * 64)
    assert case.editions.count() == 1


def test_a_fingerprint_tells_names_as_well_as_the_text(moderator):
    edition = make_edition()
    record = edition.record
    same = record | {"number": 7, "kind": "update", "change_note": "x", "published_at": "y"}
    assert services.fingerprint(same) == services.fingerprint(record)
    country = Country.objects.get(alpha3="TJK")
    renamed = [{"alpha3": country.alpha3, "alpha2": country.alpha2, "name": "Elsewhere"}]
    assert services.fingerprint(record | {"countries": renamed}) != services.fingerprint(record)


def test_withdrawing_publishes_a_notice_with_the_reason(moderator):
    edition = make_edition()
    edition.case.refresh_from_db()
    withdrawal = services.withdraw(edition.case, by=moderator, reason="It did not happen.")
    notice = Notice.objects.get()
    assert (notice.mended_in, notice.found_in, notice.kind) == (withdrawal, edition, "withdrawal")


def test_a_refused_withdrawal_leaves_no_notice(editor, moderator):
    edition = make_edition()
    edition.case.refresh_from_db()
    case = cases.change_case(edition.case, by=editor, reason="Mended.", location="Khujand")
    case.lock -= 1
    with pytest.raises(StaleLock):
        services.withdraw(case, by=moderator, reason="It did not happen.")
    assert not Notice.objects.exists()
    assert Edition.objects.listed().count() == 1
