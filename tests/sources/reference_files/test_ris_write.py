"""RIS as it is written for reference managers."""

from sources.reference_files import FORMATS
from sources.reference_files.csl_types import TYPES
from sources.reference_files.ris_tags import RIS_TYPES

ITEM = {"id": "k", "type": "chapter", "title": "T"}


def written(**over):
    return FORMATS["ris"][2]([ITEM | over]).split("\n")


def test_every_type_has_one_of_ris_to_itself():
    assert RIS_TYPES.keys() == set(TYPES)
    assert len(set(RIS_TYPES.values())) == len(TYPES)


def test_dates_are_year_month_day_and_what_these_do_not_say():
    assert "PY  - 2001" in written(issued={"date-parts": [[2001]]})
    assert not any("DA" in line[:2] for line in written(issued={"date-parts": [[2001]]}))
    assert "DA  - 2001/12//" in written(issued={"date-parts": [[2001, 12]]})
    assert "DA  - 2001/12/03/" in written(issued={"date-parts": [[2001, 12, 3]]})
    assert "DA  - 1998///1998/2001" in written(issued={"date-parts": [[1998], [2001]]})
    assert "DA  - 1920///1920~" in written(issued={"date-parts": [[1920]], "circa": 1})
    ancient = written(issued={"date-parts": [[-44]]})
    assert "DA  - ///-0043" in ancient
    assert not any("PY" in line[:2] for line in ancient)


def test_a_number_stands_where_reference_managers_look_for_it():
    assert "SN  - S/RES/968" in written(type="report", number="S/RES/968")
    assert "M1  - S/RES/968" in written(type="legislation", number="S/RES/968")
    both = written(type="report", number="7", ISBN="0306406152", issue="3", volume="1")
    assert {"M1  - 7", "SN  - 0306406152", "IS  - 3", "VL  - 1"} <= set(both)
    assert "M1  - 1234-5679" in written(type="report", number="1234-5679")


def test_several_items_make_one_file():
    text = FORMATS["ris"][2](iter([ITEM, ITEM | {"id": "k2"}]))
    assert text.split("\n") == [
        *("TY  - CHAP", "ID  - k", "TI  - T", "ER  - ", ""),
        *("TY  - CHAP", "ID  - k2", "TI  - T", "ER  - ", ""),
    ]
