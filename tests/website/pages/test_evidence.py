"""What a case rests on, worked out from its record."""

from website.pages.evidence import evidence


def work(year=None, type_="book", **over):
    issued = {"issued": {"date-parts": [[year]]}} if year is not None else {}
    return {"id": "x", "type": type_, "title": "T"} | issued | over


def record(works, *locators, end=1997):
    cites = [
        {"key": "x", "locator": locator, "label": "", "passage": "Its words." if locator else ""}
        for locator in locators
    ]
    return {
        "sources": works,
        "notes": [{"number": 1, "citations": cites}],
        "end_year": end,
        "organisations": [{"name": "United Nations", "short_name": "UN"}],
        "parties": [{"name": "The Front"}],
    }


def test_kinds_nearness_and_places_are_counted():
    works = [work(1996), work(2002), work(2003), work(None, "report"), work(-4, "chapter")]
    found = evidence(record(works, "52", "", "Art. 2"))
    assert found.kinds == [("Book", 3), ("Report", 1), ("Chapter of a book", 1)]
    assert (found.near, found.later, found.undated, found.until) == (3, 1, 1, 2002)
    assert (found.located, found.quoted, found.citations) == (2, 2, 3)


def test_works_of_those_who_took_part_are_told_apart():
    works = [
        work(2001, author=[{"literal": "united nations"}]),
        work(2001, publisher="UN"),
        work(2001, author=[{"literal": "The Front"}]),
        work(2001, author=[{"family": "United", "given": "Nations"}]),
    ]
    assert evidence(record(works)).own == 3


def test_without_an_end_nothing_is_near_and_without_sources_there_is_nothing():
    assert (evidence(record([work(2001)], end=None)).near, evidence(record([]))) == (0, None)
