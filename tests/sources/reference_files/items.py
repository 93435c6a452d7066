"""Whole items of any kind, for hypothesis: names, dates and texts that files find hard to say."""

from hypothesis import assume
from hypothesis import strategies as st

from sources.reference_files.clean_values import clean
from sources.reference_files.csl_types import TYPES
from sources.reference_files.dates import dated

ODD = (
    *("{", "}", "{}", "}{", "\\", "\\\\", '"', "''", "``", "`", "!`", "%", "&", "#", "$", "_", "~"),
    *("^", "--", "---", "-", "–", ",", ",,", ";", " and ", "and", "others", "@book{x,", "=", "<<"),
    *("\\'e", "\\emph{x}", "$x^2$", "TY  - JOUR", "ER  - ", "é", "e\u0301", "ı", "İstanbul", "ß"),
    *(
        "السلام",
        "שלום",
        "毛澤東",
        "𝔘",
        "\u200d",
        "“so”",
        "&amp",
        "<b",
        "van der",
        "Jr.",
        "http",
        "?",
    ),
)


def texts(longest=6):
    """Texts that cleaning leaves as they are."""
    piece = st.sampled_from(ODD) | st.text(max_size=4) | st.sampled_from((" ", "War", "peace"))
    return (
        st.lists(piece, min_size=1, max_size=longest)
        .map("".join)
        .map(clean)
        .filter(lambda text: text and clean(text) == text)
    )


@st.composite
def orcids(draw):
    digits = draw(st.text("0123456789", min_size=15, max_size=15))
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    signs = digits + ("X" if last == 10 else str(last))
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))


@st.composite
def isbns(draw):
    digits = draw(st.text("0123456789", min_size=9, max_size=9))
    if draw(st.booleans()):
        last = -sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        return digits + ("X" if last == 10 else str(last))
    digits = "978" + digits
    last = -sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10
    return f"{digits[:3]}-{digits[3:8]}-{digits[8:]}-{last}"


@st.composite
def days(draw):
    """A year, a month or a day, BC or AD."""
    day = draw(st.dates())
    year = draw(st.sampled_from((day.year, -day.year, 1998, 2001, 98, -44)))
    parts = [year, day.month, min(day.day, 28)]
    return parts[: draw(st.integers(1, 3))]


@st.composite
def dates(draw):
    """A date or a range, perhaps about."""
    ends = sorted(draw(st.lists(days(), min_size=1, max_size=2)))
    date = dated(*ends, circa=draw(st.booleans()))
    assume(date)
    return date


people = st.fixed_dictionaries({"family": texts(4)}, optional={"given": texts(4)}) | (
    st.fixed_dictionaries({"literal": texts(4)})
)
keys = st.from_regex(r"\A[a-zA-Z0-9][a-zA-Z0-9_-]{0,12}\Z")
addresses = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(("http", "https")),
    st.sampled_from(("example.org", "пример.рф", "a.b:8000", "user@x.org")),
    st.text("abcÄ/_-~#?=&%;,.()'$!+*@:[]", max_size=12),
)
dois = st.builds(
    "10.{}/{}".format, st.integers(1000, 99999), st.text("ab1_;()/<>{}:-.\\", min_size=1)
)
pages = st.from_regex(r"\A[0-9A-Za-z]{1,4}(-[0-9A-Za-z]{1,4})?(, [0-9]{1,3}-[0-9]{1,3})?\Z")


@st.composite
def items(draw):
    """An item with any of the fields of the contract."""
    words = {
        name: texts()
        for name in (
            *("title-short", "container-title", "container-title-short", "publisher", "volume"),
            *("publisher-place", "issue", "number", "edition", "genre", "archive", "call-number"),
            "archive_location",
        )
    }
    item = draw(
        st.fixed_dictionaries(
            {"id": keys, "type": st.sampled_from(TYPES), "title": texts()},
            optional={
                **words,
                "page": pages,
                "language": st.sampled_from(("en", "fr", "tg", "zh-Hant", "Dari")),
                "DOI": dois,
                "ISBN": isbns(),
                "URL": addresses,
                "issued": dates(),
                "original-date": dates(),
                "accessed": st.dates().map(lambda day: dated([day.year, day.month, day.day])),
            },
        )
    )
    custom, known = {}, {}
    for role in ("author", "editor", "translator", "interviewer"):
        names = draw(st.lists(people, max_size=3))
        if names:
            item[role] = names
            found = draw(st.lists(st.none() | orcids(), min_size=len(names), max_size=len(names)))
            known |= {role: found} if any(found) else {}
    custom |= {"orcid": known} if known else {}
    if draw(st.booleans()):
        custom["archive-url"] = draw(addresses)
    if "URL" in item and draw(st.booleans()):
        others = draw(st.lists(addresses, min_size=1, max_size=2, unique=True))
        assume(item["URL"] not in others)
        custom["urls"] = others
    return item | ({"custom": custom} if custom else {})
