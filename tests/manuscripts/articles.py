"""Invented articles in the collection's first template, for the importer's tests."""

import textwrap

TITLE = "Ending the armed conflict in Ruritania"

NOTES = (
    "Ann Smith. “The war in the hills.” Journal of Small Wars, Vol. 4, No. 2. (2001) pp.52-4",
    "Ben Okri-Hale & Cora van Dyk. “Talking: How it began.” in Dan Ames & Eve Bell. Making Peace: "
    "The Ruritanian talks. (London: Concord, 2003) p.16 Available at: https://example.org/talks "
    "(Accessed 17/11/2020)",
    "Smith. “The war in the hills.” p.60",
)

ARTICLE = """
{title}

Mediation by the United Nations helped to end the armed conflict in Ruritania in 1997.

The war began in 1990 when the hills rose against the plain.1 Talks were held from 1993.2

By 1997, 1,200 people had died in 3.5 years of fighting.3 Then it was over.

{notes}

{facts}

More Posts

Corrections or comments about this article?
"""

FACTS = """
Start Year

1993

End Year

1997

UN Regional Group


Type of Conflict

Vertical (state-based) intrastate conflict

Type of Initiative

Mediation of a peace agreement

Main Implementing Organisation(s)

The UN
"""


def make_article(*, title=TITLE, notes=NOTES, facts=FACTS, text=None) -> str:
    """An article; `text` takes the place of standfirst and body, `notes` are numbered."""
    printed = "\n\n".join(f"{n} {note}" for n, note in enumerate(notes, 1))
    whole = ARTICLE.format(title=title, notes=printed, facts=facts.strip())
    if text is not None:
        start = whole.index("Mediation by")
        end = whole.index(printed or facts.strip(), start)
        whole = f"{whole[:start]}{textwrap.dedent(text).strip()}\n\n{whole[end:]}"
    return whole.strip() + "\n"


def make_facts(**values: str) -> str:
    """The facts, with those of `values` in place: start_year="1990"."""
    labels = {
        "start_year": "Start Year",
        "end_year": "End Year",
        "years": "Year(s)",
        "location": "Location",
        "regional_groups": "UN Regional Group",
        "conflict_types": "Type of Conflict",
        "initiative_types": "Type of Initiative",
        "organisations": "Main Implementing Organisation(s)",
        "agreements": "Agreements:",
        "impact": "Impact",
        "mediator": "Mediators:",
        "belligerent": "Belligerents:",
        "events": "Chronology:",
    }
    given = {"start_year": "1993", "end_year": "1997", "organisations": "The UN"} | values
    parts = []
    for name, label in labels.items():
        colon = ":" if name in ("years", "location") else ""
        if name in given:
            parts.append(f"{label}{colon}\n\n{given[name]}\n")
    return "\n".join(parts)
