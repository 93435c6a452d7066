"""The page with the rules of proofreading, and what the review shows of findings."""

import pytest

from cases import dismissals
from cases.models import RuleOff
from cases.proofreading import RULES, proofread
from tests.factories import make_case, make_source

RULES_PAGE = "/admin/proofreading/"


@pytest.fixture
def wrong(waiting):
    make_source("author")
    return waiting(body="They left the the town.[@author, p. 3]")


def test_every_rule_is_shown_with_its_examples_and_its_cases(logged_in, editor, wrong):
    html = logged_in(editor).get(RULES_PAGE).content.decode()
    for code in RULES:
        assert f'<tr id="{code}">' in html
    assert "They left the the town." in html
    assert "?rule=doubled-word" in html and "?rule=entity" not in html
    assert "Turn off" not in html


def test_an_administrator_turns_a_rule_off_and_on(logged_in, administrator, wrong):
    client = logged_in(administrator)
    html = client.post(
        RULES_PAGE, {"code": "doubled-word", "action": "off", "why": "Enough."}, follow=True
    ).content.decode()
    assert "“Enough.”" in html and RuleOff.objects.get().by == administrator
    client.post(RULES_PAGE, {"code": "doubled-word", "action": "on"})
    assert not RuleOff.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"code": "unknown-key", "why": "So."}, {"code": "doubled-word", "why": ""}, {}]
)
def test_what_cannot_be_turned_off_says_why(logged_in, administrator, db, sent):
    html = logged_in(administrator).post(RULES_PAGE, sent, follow=True).content.decode()
    assert 'class="warning"' in html and not RuleOff.objects.exists()


@pytest.mark.parametrize("persona", ["editor", "moderator"])
def test_nobody_else_turns_a_rule_off(request, logged_in, persona, db):
    client = logged_in(request.getfixturevalue(persona))
    sent = {"code": "doubled-word", "why": "Enough."}
    assert client.post(RULES_PAGE, sent).status_code == 403
    assert not RuleOff.objects.exists()


def test_the_page_takes_the_same_queries_for_one_case_and_for_twenty(
    logged_in, editor, db, django_assert_max_num_queries
):
    client = logged_in(editor)
    make_case()
    client.get(RULES_PAGE)
    with django_assert_max_num_queries(10) as one:
        client.get(RULES_PAGE)
    for _n in range(19):
        make_case()
    with django_assert_max_num_queries(len(one)):
        client.get(RULES_PAGE)


def test_a_moderator_sees_what_was_dismissed_by_whom_and_why(
    logged_in, editor, moderator, wrong, page
):
    finding = next(one for one in proofread(wrong) if one.code == "doubled-word")
    client, address = logged_in(moderator), page("review", wrong.pk)
    before, _fold, _rest = client.get(address).content.decode().partition('class="dismissed"')
    assert "stands twice" in before
    dismissals.dismiss(wrong, finding, by=editor, word="A quotation.")
    before, _fold, folded = client.get(address).content.decode().partition('class="dismissed"')
    assert "stands twice" not in before
    assert "stands twice" in folded and "edith let it stand on" in folded
    assert "“A quotation.”" in folded
