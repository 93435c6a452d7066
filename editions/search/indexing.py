"""The index: what is stored of an edition so that it can be found."""

from collections import Counter
from collections.abc import Iterable

from editions.html_text import words_of
from editions.models import Edition, SearchRow
from editions.record.read import record_of
from organisations.models import RegionalGroup, Term

from . import autocomplete, word_index
from .sql import LONGEST_OFTEN
from .tokens import CUT, GAP, laid_out, stream

_MOST_YEARS = 100
_CODES_THAT_ARE_WORDS = ("AND", "ARE", "CAN", "NOR", "PER")  # Andorra, Canada and so on


def index(edition: Edition) -> None:
    """Write the row of a newly published edition, in place of that of the edition before it."""
    rows = SearchRow.objects.filter(pk__in=edition.case.editions.values_list("pk", flat=True))
    for words in list(rows.values_list("words", flat=True)):
        word_index.take_away(words)
    rows.delete()
    autocomplete.take_away(edition)
    if edition.has_text:
        row = row_of(edition)
        row.save(force_insert=True)
        word_index.add(row.words)
        autocomplete.add(edition)


def reindex(editions: Iterable[Edition]) -> None:
    """Write the rows of these editions again. Call `recount` when all are written."""
    editions = list(editions)
    SearchRow.objects.filter(pk__in=[edition.pk for edition in editions]).delete()
    for edition in editions:
        row_of(edition).save(force_insert=True)


def recount() -> int:
    """Leave the rows of those editions alone that are listed, count their words and names again,
    and return how many there are."""
    listed = Edition.objects.listed()
    SearchRow.objects.exclude(pk__in=listed.values("pk")).delete()
    words: Counter[str] = Counter()
    for (held,) in SearchRow.objects.values_list("words").iterator(chunk_size=500):
        words.update(held.split())
    word_index.write(words)
    autocomplete.write(listed)
    return SearchRow.objects.count()


def row_of(edition: Edition) -> SearchRow:
    """The index row of an edition, not saved."""
    text = words_of(edition.body_html, between="\n\n").split("\n\n")
    notes = [note["text"] for note in edition.notes]
    return make_row(edition, facts=_facts(edition), text=[*text, *_told(edition), *notes])


def _told(edition: Edition) -> list[str]:
    """The sentences among the facts."""
    record = record_of(edition)
    told = [record["impact_note"], record["impact_dissent"]]
    told += [event["line"] for event in record["events"]]
    told += [agreement["title"] for agreement in record["agreements"]]
    return [sentence for sentence in told if sentence]


def make_row(edition: Edition, *, facts: Iterable[str], text: Iterable[str]) -> SearchRow:
    """An index row of these facts and this text, each a list of blocks, beside the edition's title
    and standfirst; not saved."""
    facts, text = list(facts), list(text)
    standfirst, standfirst_text = laid_out([_without_cuts(edition.standfirst)])
    body, body_text = laid_out([_without_cuts(block) for block in text])
    return SearchRow(
        edition=edition,
        title=stream([edition.title]),
        facts=stream(facts),
        standfirst=standfirst,
        body=body,
        often=_often(body),
        words=word_index.words_in([edition.title, edition.standfirst, *facts, *text]),
        text=f"{standfirst_text}{CUT}{CUT if standfirst_text else ''}{body_text}",
    )


def _without_cuts(text: str) -> str:
    return text.replace(CUT, " ").replace("\x00", " ")


def _often(body: str) -> str:
    """The tokens that a text holds more than once, the most frequent first."""
    counted = Counter(body.split())
    del counted[GAP]
    chosen = ""
    for token, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if count == 1 or len(chosen) + len(token) + 2 > LONGEST_OFTEN:
            break
        chosen += f" {token}"
    return f"{chosen} "


def _facts(edition: Edition) -> list[str]:
    facts = [edition.location, *edition.author_names]
    if edition.aim:
        facts.append(edition.aim.label)
    if edition.conflict:
        facts += edition.conflict.spellings
    for name in ("regional_groups", "conflict_types", "initiative_types"):
        for term in getattr(edition, name).all():
            facts += _telling(term)
    for country in edition.countries.all():
        facts += country.names
        if country.alpha3 not in _CODES_THAT_ARE_WORDS:
            facts.append(country.alpha3)
    for organisation in edition.organisations.select_related("kind"):
        facts += [*organisation.names, *_telling(organisation.kind)]
    record = record_of(edition)
    facts += [party["name"] for party in record["parties"]]
    facts += [place["name"] for place in record["places"]]
    if edition.impact:
        facts.append(str(edition.get_impact_display()))
    return [*_each_once(facts), *_years(edition)]


def _each_once(facts: Iterable[str]) -> list[str]:
    """Of facts that are the same to the search the first."""
    return list({stream([fact]): fact for fact in reversed(list(facts))}.values())[::-1]


def _telling(term: Term) -> list[str]:
    """The label of a term, and its abbreviations; of a region also other spellings that hold a word
    more, for they are names of it: Africa, Asia."""
    said, known = [term.label], stream([term.label])
    for spelling in term.spellings:
        words = set(stream([spelling]).split())
        new = isinstance(term, RegionalGroup) and words - set(known.split())
        if new or spelling.isupper():
            said.append(spelling)
            known += stream([spelling])
    return said


def _years(edition: Edition) -> list[str]:
    """Each year of the initiative, and its decades: 1993, 1994, 1990s."""
    first, last = edition.start_year, edition.end_year
    if edition.ongoing:
        last = edition.published_at.year
    known = [year for year in (first, last) if year is not None]
    if not known or min(known) < 1:
        return []
    years = range(min(known), max(known) + 1)[:_MOST_YEARS]
    return [*map(str, years), *dict.fromkeys(f"{year // 10}0s" for year in years)]
