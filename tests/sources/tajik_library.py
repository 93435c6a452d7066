"""The sources of the article on Tajikistan as CSL-JSON, with or without the manuscript's slips."""

from typing import Any


def _people(*names: tuple[str, str]) -> list[dict[str, str]]:
    return [{"given": given, "family": family} for given, family in names]


def _item(kind: str, title: str, year: int, **more: Any) -> dict[str, Any]:
    fields = {name.replace("_", "-"): value for name, value in more.items()}
    return {"type": kind, "title": title, "issued": {"date-parts": [[year]]}, **fields}


def _at(address: str) -> dict[str, Any]:
    return {"URL": f"https://{address}", "accessed": {"date-parts": [[2020, 11, 17]]}}


_COMPROMISE = {
    "container_title": "Politics of compromise: The Tajikistan peace process",
    "editor": _people(("Kamoludin", "Abdullaev"), ("Catherine", "Barnes")),
    "publisher_place": "London",
    "publisher": "Conciliation Resources",
}


def tajik_library(*, slips: bool = False) -> dict[str, dict[str, Any]]:
    """The nine sources by key; with `slips`, two authors are misspelt as in the manuscript."""
    items = {
        "lynch2001": _item(
            "article-journal",
            "The Tajik civil war and peace process",
            2001,
            author=_people(("Don" if slips else "Dov", "Lynch")),
            container_title="Civil Wars",
            volume="4",
            issue="4",
        ),
        "erlanger1992": _item(
            "article-newspaper",
            "After Week of Turmoil, Tajik President Is Forced Out",
            1992,
            author=_people(("Steven", "Erlanger")),
            container_title="The New York Times",
            **_at(
                "www.nytimes.com/1992/09/08/world/"
                "after-week-of-turmoil-tajik-president-is-forced-out.html"
            ),
        ),
        "akiner2001": _item(
            "chapter",
            "The Tajik Civil War: Causes and Dynamics",
            2001,
            author=_people(("Shirin", "Akiner"), ("Catherine", "Barnes")),
            **_COMPROMISE,
            **_at("www.c-r.org/accord/tajikistan/tajik-civil-war-causes-and-dynamics"),
        ),
        "lynch2000": _item(
            "book",
            "Russian Peacekeeping Strategies in the CIS: "
            "The Cases of Moldova, Georgia and Tajikistan",
            2000,
            author=_people(("Dov", "Lynch")),
            publisher_place="Basingstoke",
            publisher="Macmillan",
        ),
        "matveeva2015": _item(
            "chapter",
            "Tajikistan: Peace Secured, but the State of our Dreams?",
            2015,
            author=_people(("Anna", "Matveeva")),
            container_title=(
                "Across the Lines of Conflict: Facilitating Cooperation to Build Peace"
            ),
            editor=_people(("Michael", "Lund"), ("Steve", "McDonald")),
            publisher_place="Washington, DC",
            publisher="Wilson Center",
        ),
        "goryayev2001": _item(
            "chapter",
            "Architecture of international involvement in the Tajik peace process",
            2001,
            author=_people(("Valdimir" if slips else "Vladimir", "Goryayev")),
            **_COMPROMISE,
        ),
        "unmot2000": _item(
            "webpage",
            "Tajikistan – UNMOT: Background",
            2000,
            author=[{"literal": "UN Peacekeeping"}],
            publisher="UN",
            **_at("peacekeeping.un.org/sites/default/files/past/unmot/UnmotB.htm"),
        ),
        "hay2001": _item(
            "chapter",
            "Methodology of the inter-Tajik negotiation process",
            2001,
            author=_people(("Elena", "Rigacci Hay")),
            **_COMPROMISE,
        ),
        "agreement1997": _item(
            "treaty",
            "General Agreement on the Establishment of Peace and National Accord in Tajikistan",
            1997,
            **_at("peacemaker.un.org/tajikistan-general-agreement97"),
        ),
    }
    return {key: {"id": key, **item} for key, item in items.items()}


TAJIK_NOTES: list[list[tuple[str, str, bool]]] = [
    [("lynch2001", "pp. 52-4", False)],
    [("erlanger1992", "", False)],
    [("akiner2001", "p. 16", False)],
    [("lynch2000", "p. 159", False)],
    [("matveeva2015", "p. 154", False)],
    [("goryayev2001", "p. 36", False)],
    [("unmot2000", "", False)],
    [("goryayev2001", "pp. 35-6", False)],
    [("matveeva2015", "pp. 142-3", False), ("hay2001", "p.38-40", True)],
    [("agreement1997", "", False)],
]
