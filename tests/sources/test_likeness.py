"""Which references are the same work or likely so, and which spellings look like slips."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.likeness import Known, slips

LYNCH = [{"family": "Lynch", "given": "Dov"}]
OAU = [{"literal": "OAU"}]
UN = [{"literal": "UN Secretary-General"}]
BOOK = "9780306406157"
BODIES = {"O.A.U.": "Organization of African Unity"}


def make_item(title="The Tajik Civil War: Causes and Dynamics", year=2001, **over):
    item = {"id": "a", "type": "book", "title": title, "author": LYNCH}
    if year:
        item["issued"] = {"date-parts": [year if isinstance(year, list) else [year]]}
    return {
        name: value
        for name, value in (item | {k.replace("_", "-"): v for k, v in over.items()}).items()
        if value is not None
    }


def verdict(one, other):
    """True for sure, False for alike, None for neither; the same both ways."""
    there = [likeness.sure for likeness in Known([one], BODIES).like(other)]
    assert there == [likeness.sure for likeness in Known([other], BODIES).like(one)]
    return there[0] if there else None


def make_chapter(title, **over):
    return make_item(title, type="chapter", container_title="Accord", editor=UN, **over)


PAIRS = {
    "sure": [
        (make_item(DOI="10.1080/A"), make_item("Tajiks", 1999, DOI="https://doi.org/10.1080/a")),
        (make_item(ISBN="0-306-40615-2"), make_item("Civil War", 2003, ISBN=BOOK)),
        (make_chapter("Wajir", ISBN=BOOK), make_chapter("Wajir", ISBN="0306406152")),
        (
            make_item(
                "Tajikistan", None, author=None, URL="http://www.a.org:80/%7eb/?utm_source=x#c"
            ),
            make_item("A.org: Tajikistan", 2001, URL="https://a.org/~b"),
        ),
        (
            make_item("Letter", URL="https://web.archive.org/web/2012id_/http://a.org/x"),
            make_item("Letter", 1999, custom={"urls": ["https://a.org/x/"]}),
        ),
        (
            make_item("Tajikistan", number="S/RES/968 (1994)", author=UN),
            make_item("On Asia", number="40, S/RES/968", author=None),
        ),
        (
            make_item("Report", number="A/46/864-S/23501, annex", type="treaty"),
            make_item("Report", number="S/23501, annex", type="treaty"),
        ),
        (
            make_item("Resolution 968 (1994)", 1994, author=[{"literal": "UN Security Council"}]),
            make_item("UN Security Council Resolution 968", 1994, author=None),
        ),
        (make_item("Peacekeeping in Chad"), make_item("Peace-Keeping in Chad")),
        (make_item("The Tajik War: Causes"), make_item("Tajik War")),
        (make_item(), make_item("“Tajik Civil War”: causes – & dynamics")),
        (
            make_item(),
            make_item("The Tajik civil-war", author=[{"family": "Lynch", "given": "D."}]),
        ),
        (
            make_item(author=OAU),
            make_item(author=[{"literal": "the Organization of African Unity"}]),
        ),
        (
            make_item(author=[{"family": "van der Berg", "given": "A."}]),
            make_item(author=[{"family": "Berg", "given": "Anna"}]),
        ),
        (make_item("Война и мир"), make_item("ВОЙНА И МИР")),
        (
            make_item("Agreement", [1997, 6, 27], author=None),
            make_item("Agreement", [1997, 6, 27], author=None),
        ),
    ],
    "alike": [
        (make_item(), make_item(author=[{"family": "Lynch", "given": "Don"}])),
        (make_item(), make_item(author=[{"family": "Linch", "given": "Dov"}])),
        (make_item(), make_item("The Tadjik Civil War: Causes and Dynamics")),
        (
            make_item("Defence and Colour in Tajikistan"),
            make_item("Defense and Color in Tajikistan"),
        ),
        (make_item(), make_item(year=None)),
        (make_item(), make_item(author=None)),
        (make_item(edition="1st"), make_item(edition="2")),
        (make_item("Война и мир"), make_item("Voina i mir")),
        (make_item(URL="https://a.org"), make_item("Kenya", URL="https://a.org")),
        (
            make_item(type="article-journal", DOI="10.1080/a"),
            make_item(type="article-journal", DOI="10.1080/b"),
        ),
        (
            make_item(type="article-journal", page="1-9"),
            make_item(type="article-journal", page="20"),
        ),
        (
            make_item("Protocol on Refugees", number="A/52/219", type="treaty", author=None),
            make_item("Statute of the Commission", number="A/52/219", type="treaty", author=None),
        ),
        (
            make_item("Mission in Chad", None, type="webpage"),
            make_item("Mission in Chad: Facts", None, type="webpage"),
        ),
        (make_item("Asia, Part 1", ISBN=BOOK), make_item("Asia, Part 2", ISBN=BOOK)),
    ],
    "neither": [
        (make_item(), make_item(author=[{"family": "Akiner", "given": "Shirin"}])),
        (make_item(), make_item(year=1997)),
        (make_item(volume="1"), make_item(volume="2")),
        (make_chapter("Wajir", ISBN=BOOK), make_chapter("Aceh", ISBN=BOOK)),
        (
            make_chapter("Wajir Women", ISBN=BOOK, URL="https://a.org"),
            make_item("Accord", ISBN=BOOK, URL="https://a.org"),
        ),
        (
            make_item("Report of the Secretary-General", 1998, number="S/1998/1", author=UN),
            make_item("Report of the Secretary-General", 1998, number="S/1998/2", author=UN),
        ),
        (
            make_item("Report of the Secretary-General", [1998, 3, 5], type="report", author=UN),
            make_item("Report of the Secretary-General", [1998, 9, 5], type="report", author=UN),
        ),
        (
            make_item("Interview with Dov Lynch", [1998, 3, 5], type="interview"),
            make_item("Interview with Dov Lynch", [1998, 3, 6], type="interview"),
        ),
        (make_item("The War in Figures 1998"), make_item("The War in Figures 1999")),
        (make_item("The Tajik Civil War, Part I"), make_item("The Tajik Civil War, Part II")),
        (
            make_item("Security Council resolution 968"),
            make_item("Security Council resolution 969"),
        ),
        (make_item("Uppsala Conflict Data: Gambia"), make_item("Uppsala Conflict Data: Zambia")),
        (
            make_item("Kenya", None, type="webpage", URL="https://ucdp.uu.se/#/country/501"),
            make_item("Kenya: Wajir", None, type="webpage", URL="https://ucdp.uu.se/#/country/502"),
        ),
        (
            make_item("Islands in the Stream", author=None, container_title="Time"),
            make_item("Islands in the Stream", author=None, container_title="The Nation"),
        ),
    ],
}
NAMED = {"sure": True, "alike": False, "neither": None}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(*pair, NAMED[name]) for name, pairs in PAIRS.items() for pair in pairs],
)
def test_two_references_are_the_same_for_sure_alike_or_neither(one, other, expected):
    assert verdict(one, other) is expected


def test_a_likeness_says_why():
    known = Known([make_item(DOI="10.1080/a", id="lynch2001")])
    assert known.like({"DOI": "10.1080/A"}) == [("lynch2001", True, "the same DOI")]
    (likeness,) = known.like(make_item(author=[{"family": "Lynch", "given": "Don"}]))
    assert likeness.why == "author, title and year agree but for spelling: Don Lynch / Dov Lynch"


def test_what_is_sure_comes_first_and_five_are_enough():
    known = Known(make_item(id=f"n{n}", year=2002) for n in range(9))
    known.add(make_item(), key="lynch2001")
    found = known.like(make_item())
    assert [likeness.sure for likeness in found] == [True, False, False, False, False]
    assert found[0].key == "lynch2001"


def test_thousands_of_reports_are_told_apart_by_author_and_year_in_a_moment():
    def report(n):
        return make_item("Report", 1900 + n % 100, id=f"r{n}", author=[{"literal": f"Body {n}"}])

    began = time.process_time()
    known = Known(report(n) for n in range(2000))
    assert known.like(report(1999))[0].key == "r1999"
    assert not [slip for slip in slips(report(n) for n in range(300)) if slip.kind == "work"]
    assert time.process_time() - began < 5


WORDS = st.text(min_size=1, max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
FIELDS = (
    "id type title author editor issued DOI ISBN URL number volume issue page edition "
    "container-title publisher custom"
).split()
ROUGH = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8)
TITLES = st.sampled_from(
    ["Report", "The Report", "Report: 1998", "Report of War", "War", "Война", "Voyna", "?!", "A"]
)
REFERENCES = st.fixed_dictionaries(
    {
        "title": TITLES,
        "type": st.sampled_from(["book", "chapter", "report", "article-newspaper", "treaty"]),
        "author": st.sampled_from([[], LYNCH, [{"family": "Linch", "given": "D."}], OAU]),
        "issued": st.sampled_from(
            [{}, {"date-parts": [[1998]]}, {"date-parts": [["1998", 3, 5]]}, {"raw": "May 1999"}]
        ),
    },
    optional={
        "URL": st.sampled_from(["https://a.org/b", "http://www.a.org/b/", "http://[", "a.org"]),
        "ISBN": st.sampled_from(["0306406152", BOOK, "none"]),
        "number": st.sampled_from(["S/1998/1", "S/1998/1, annex", "S/1998/2", "2"]),
        "container-title": TITLES,
        "edition": st.sampled_from(["1", "2nd"]),
    },
)


@given(st.lists(ROUGH, max_size=4), ANYTHING)
def test_whatever_is_in_an_item_is_compared_without_an_error(items, other):
    known = Known(items, BODIES)
    known.add(other)
    for item in [*items, other]:
        known.like(item)
    slips([*items, other], BODIES)


@given(REFERENCES, REFERENCES)
def test_likeness_is_the_same_both_ways(one, other):
    verdict(one, other)


@given(REFERENCES.filter(lambda item: item["author"]))
def test_a_signed_work_is_like_itself(item):
    assert Known([item]).like(item)


def named(*names):
    """Works with titles of their own by these people; bodies as plain texts."""
    titles = ["Aceh", "Bakassi", "Cambodia", "Estonia", "Ghana", "Lebanon", "Mindanao", "Rwanda"]
    return [
        make_item(
            titles[n],
            1990 + n,
            id=f"k{n}",
            author=[
                {"literal": name}
                if isinstance(name, str)
                else {"given": name[0], "family": name[1]}
            ],
        )
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("Dov", "Lynch"), ("Don", "Lynch"), "person"),
        (("Anna", "Matveeva"), ("Anna", "Mateeva"), "person"),
        (("Irina", "Zviagelskaya"), ("Irina", "Zviagelskaia"), "person"),
        ("OAU", "Organization of African Unity", "body"),
        ("Agence France-Presse", "Agence France Presse", "body"),
        ("International Crisis Group", "International Crysis Group", "body"),
        ("Crisis Group (ICG)", "The Crisis Group", "body"),
        (("J.", "Smith"), ("John", "Smith"), None),
        (("John", "Smith"), ("John B.", "Smith"), None),
        (("Alan", "Smith"), ("Alana", "Smith"), None),
        (("Max", "Huber"), ("Konrad", "Huber"), None),
        (("Anna", "Bell"), ("Anna", "Ball"), None),
        ("Ministry of Defence of Niger", "Ministry of Defence of Nigeria", None),
        ("Committee 1", "Committee 2", None),
    ],
)
def test_names_that_are_a_slip_of_the_pen(one, other, kind):
    found = slips(named(one, other), BODIES)
    assert [slip.kind for slip in found] == ([kind] if kind else [])
    assert all((slip.first, slip.second) == ("k0", "k1") for slip in found)


def test_a_letter_tells_nothing_in_the_names_of_many():
    people = [(given, "Smith") for given in ("John", "Joan", "Peter", "Mary", "Ellen")]
    assert slips(named(*people)) == []


def test_works_that_are_there_twice_are_listed_once_with_what_differs():
    works = [make_item(id="a"), make_item(id="b", author=[{"family": "Lynch", "given": "Don"}])]
    (slip,) = slips(works)
    assert (slip.kind, slip.first, slip.second) == ("work", "a", "b")
    assert slip.names == ("Dov Lynch", "Don Lynch")
    assert slips([works[0], make_item("Kenya", id="b", URL="https://a.org")]) == []
