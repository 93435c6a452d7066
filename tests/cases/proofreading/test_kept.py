"""What asks the whole collection is kept with the case, and said only while its text says it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import services
from cases.models import Case, Shingle
from cases.proofreading import RULES, proofread
from tests.factories import make_case, make_source

PASSAGE = RULES["same-passage"].trips["body"]


def passages(case):
    return [one for one in proofread(case) if one.code == "same-passage"]


@pytest.fixture
def case(db):
    make_case(title="The first", body=f"So it began. {PASSAGE}")
    return Case.objects.get(pk=make_case(title="The second", body=f"{PASSAGE} So it ended.").pk)


def test_the_other_case_is_named(case):
    assert "“The first”" in passages(case)[0].message


def test_it_goes_while_one_types_when_the_passage_goes(case):
    case.body = case.body.replace("plane tree", "oak")
    assert not passages(case)


def test_proofreading_asks_no_other_case(case):
    with CaptureQueriesContext(connection) as queries:
        proofread(case, hints=True)
    assert not [q for q in queries if "shingle" in q["sql"] or "sources_source" in q["sql"]]


def test_the_other_case_finds_it_with_its_next_save_or_by_counting(case):
    first = Case.objects.get(title="The first")
    assert not passages(first)
    services.count_findings(first)
    assert "“The second”" in passages(first)[0].message


def test_a_save_without_new_words_leaves_the_index_alone(case, editor):
    before = set(Shingle.objects.values_list("pk", flat=True))
    services.change_case(case, by=editor, reason="A place.", location="Wajir")
    assert set(Shingle.objects.values_list("pk", flat=True)) == before


def test_comparing_asks_as_much_among_twenty_cases_as_among_two(case):
    counted = []
    for _step in range(2):
        services.count_findings(case)
        with CaptureQueriesContext(connection) as queries:
            services.count_findings(case)
        counted.append(len(queries))
        for n in range(18):
            make_case(source=make_source(), body=f"{PASSAGE} Number {n}.")
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "body",
    [
        *("[@" * 4_000, '"' * 9_000, "the the " * 9_000, " ," * 20_000, "A" * 90_000),
        *("1993.5 " * 9_000, "1. x\n\n" * 9_000, "[^a" * 3_000, "Aa.Bb" * 9_000, "\x00\ufffc" * 99),
        "U N " * 9_000,
    ],
)
def test_hostile_texts_are_proofread(db, body):
    case = make_case(body="They met.")
    case.body = body
    assert isinstance(proofread(case, hints=True), list)


def counted(queries):
    return [q for q in queries if q["sql"].startswith('UPDATE "cases_case" SET "stopping"')]


def test_a_case_that_is_stored_often_is_counted_once_at_the_end(case, editor):
    with CaptureQueriesContext(connection) as queries, services.counted_together():
        case = services.change_case(case, by=editor, reason="A place.", location="Wajir")
        case = services.change_case(case, by=editor, reason="Short.", body="They met in spring.")
        assert not counted(queries)
    assert len(counted(queries)) == 1
    case.refresh_from_db()
    assert not passages(case)
    assert case.warnings == sum(case.found.values())


def test_what_fails_within_leaves_counting_as_it_was(case, editor):
    with pytest.raises(ZeroDivisionError), services.counted_together():
        raise ZeroDivisionError
    with CaptureQueriesContext(connection) as queries:
        services.change_case(case, by=editor, reason="A place.", location="Wajir")
    assert len(counted(queries)) == 1
