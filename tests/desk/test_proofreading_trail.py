"""The audit trail tells of dismissals and of rules, also of one that is on again."""

from cases import dismissals
from cases.proofreading import proofread
from desk import staff_mail
from tests.factories import make_case, make_source


def test_the_trail_tells_of_findings_and_rules(logged_in, administrator, editor, db):
    make_source("author")
    case = make_case(body="They left the the town.[@author, p. 3]")
    finding = next(one for one in proofread(case) if one.code == "doubled-word")
    row = dismissals.dismiss(case, finding, by=editor, word="A quotation.")
    dismissals.take_back(row, by=editor)
    dismissals.turn_off("doubled-word", by=administrator, why="Enough of it.")
    dismissals.turn_on("doubled-word", by=administrator)
    html = logged_in(administrator).get("/admin/audit/").content.decode()
    for words in ("finding dismissed", "A quotation.", "finding no longer dismissed"):
        assert words in html
    assert "rule of proofreading turned off" in html and "Enough of it." in html
    staff_mail.tell()
