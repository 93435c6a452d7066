"""Makes collections of invented articles, as files and as a WordPress export; always the same.

An article has about 800 words, twenty notes and a dozen sources of every kind, a few of which the
whole collection shares, as the real ones do.
"""

import random
from collections.abc import Iterator
from html import escape

SEED = 20261130
COUNTRIES = (
    "Mali Chad Laos Yemen Sudan Liberia Angola Burundi Rwanda Nepal Peru Chile Cambodia Tajikistan "
    "Lebanon Guatemala Mozambique Namibia Ethiopia Somalia Nicaragua Colombia Cyprus Georgia"
).split()
PLACES = (
    "valley hills plain river islands north south east west coast highlands delta capital border "
    "lakes forest desert mines"
).split()
FAMILIES = (
    "Vong Saleh Rojas Hale Okri Lind Moreau Tanaka Berg Diallo Keita Novak Iyer Costa Ferrari Abdi "
    "Haddad Kovacs Ndiaye Silva Mensah Ortega Lang Petit Quiroga Ram Sato Traore Usman Weiss"
).split()
GIVEN = "Ann Ben Cora Dan Eve Frida Gil Hana Ivo Jana Kofi Lea Mona Nils Olga Pia Rui Sam".split()
WORDS = (
    "the accord agreement border ceasefire commission council delegation dialogue district of "
    "election envoy government guarantee inquiry island meeting ministry observer parliament and "
    "party patrol people president province protocol refugee region in settlement soldier spring "
    "talks treaty truce valley village winter women youth was were met had signed after before"
).split()
SHARED = (
    "Ida Lind. How wars end: A survey. (London: Concord, 1999) p.{page}",
    "UN Peacekeeping. The missions: Background. (UN, 2000) Available at: "
    "https://example.org/missions (Accessed 17/11/2020)",
    "Jan Berg & Lea Costa. “What mediators do.” Peace Papers, Vol. 4, No. 2. (2001) pp.{page}-99",
)
FACTS = {
    "Start Year": "1993",
    "End Year": "1997",
    "UN Regional Group": "African",
    "Type of Conflict": "Vertical (state-based) intrastate conflict",
    "Type of Initiative": "Mediation of a peace agreement, Peacekeeping mission",
    "Main Implementing Organisation(s)": "The UN, the African Union, "
    "the governments of {country} and {other}",
    "Impact": "Lasting",
}


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(10, 22))).capitalize() + "."


def _sources(rng: random.Random, number: int) -> list[tuple[str, str]]:
    """The full and the short form of each source of an article, without its page."""
    made = []
    for n in range(9):
        name = f"{rng.choice(GIVEN)} {rng.choice(FAMILIES)}"
        family, year = name.split()[1], rng.randint(1980, 2015)
        title = f"{' '.join(rng.sample(WORDS, 4)).capitalize()} {number}-{n}"
        full = (
            f"{name}. “{title}.” Journal of {rng.choice(PLACES)} studies, Vol. {n + 1}, No. 2. "
            f"({year}) p.",
            f"{name}. {title}. (London: Concord, {year}) p.",
            f"{name}. “{title}.” in Dan Ames & Eve Bell. Making peace {number}: The talks. "
            f"(Geneva: Accord, {year}) p.",
        )[n % 3]
        quoted = title if n % 3 == 1 else f"“{title}.”"
        made.append((full, f"{family}. {quoted.rstrip('.')}{'.' if n % 3 == 1 else ''} p."))
    return made


def _notes(rng: random.Random, number: int) -> list[str]:
    notes = []
    for full, short in _sources(rng, number):
        notes.append(f"{full}{rng.randint(2, 400)}")
        notes.append(f"{short}{rng.randint(2, 400)}")
    at = rng.randint(3, len(notes))
    notes[at:at] = [shared.format(page=rng.randint(2, 90)) for shared in SHARED]
    notes.append(f"Accord of the {rng.choice(PLACES)} {number}, 12 May 1994.")
    return notes


def title_of(number: int) -> str:
    country = COUNTRIES[number % len(COUNTRIES)]
    place = PLACES[number // len(COUNTRIES) % len(PLACES)]
    return f"Ending the armed conflict of the {place} {number} in {country}"


def make_articles(count: int, first: int = 0) -> Iterator[tuple[str, list[str], list[str]]]:
    """The title, the paragraphs with their numbers in braces, and the notes of each article."""
    for number in range(first, first + count):
        rng = random.Random(SEED + number)
        notes = _notes(rng, number)
        paragraphs = [_sentence(rng)]
        marks = iter(range(1, len(notes) + 1))
        for _ in range(0, len(notes), 3):
            said = [
                f"{_sentence(rng)} {_sentence(rng)}{{{mark}}}"
                for _, mark in zip("abc", marks, strict=False)
            ]
            paragraphs.append(" ".join(said))
        yield title_of(number), paragraphs, notes


def _unmarked(paragraph: str) -> str:
    return paragraph.replace("{", "").replace("}", "")


def facts_of(number: int) -> dict[str, str]:
    """The facts of an article by their labels."""
    here, beside = (COUNTRIES[n % len(COUNTRIES)] for n in (number, number + 7))
    return {label: v.format(country=here, other=beside) for label, v in FACTS.items()}


def make_texts(count: int, first: int = 0) -> Iterator[tuple[str, str]]:
    """Names and texts, in the two templates in turns."""
    for number, (title, paragraphs, notes) in enumerate(make_articles(count, first), first):
        printed = "\n\n".join(f"{n} {note}" for n, note in enumerate(notes, 1))
        standfirst, *body = map(_unmarked, paragraphs)
        text = "\n\n".join(body)
        if number % 2:
            facts = "\n".join(f"{label}: {value}" for label, value in facts_of(number).items())
            whole = f"{title}\n\n{facts}\n\nSummary: {standfirst}\n\nDescription of Case\n\n{text}"
            yield f"article-{number}.txt", f"{whole}\n\n{printed}\n"
        else:
            facts = "\n\n".join(f"{label}\n\n{value}" for label, value in facts_of(number).items())
            yield (
                f"article-{number}.txt",
                f"{title}\n\n{standfirst}\n\n{text}\n\n{printed}\n\n{facts}\n",
            )


def make_posts(count: int, first: int = 0) -> Iterator[dict[str, object]]:
    """Posts for `tests.manuscripts.files.making.make_wxr`."""
    for number, (title, paragraphs, notes) in enumerate(make_articles(count, first), first):
        raised = [
            escape(p, quote=False).replace("{", "<sup>").replace("}", "</sup>") for p in paragraphs
        ]
        printed = [f"<sup>{n}</sup> {escape(note, quote=False)}" for n, note in enumerate(notes, 1)]
        facts = [f"<strong>{label}:</strong> {value}" for label, value in facts_of(number).items()]
        content = "".join(f"<p>{block}</p>\n" for block in [*raised, *printed, *facts])
        yield {"title": title, "content": content, "categories": ["Peace"]}
