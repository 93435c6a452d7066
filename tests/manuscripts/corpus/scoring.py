"""Scores a report against what a specification expects, field by field."""

from collections import defaultdict
from dataclasses import dataclass, field

from .making import STANDFIRST, body

_LISTS = ("countries", "regional_groups", "conflict_types", "initiative_types", "organisations")
_DEFAULTS = {
    "start_year": 1994,
    "end_year": 1996,
    "ongoing": False,
    "countries": [],
    "regional_groups": ["african"],
    "conflict_types": ["interstate"],
    "initiative_types": ["diplomacy"],
    "organisations": ["UN"],
    "impact": None,
}


@dataclass
class Score:
    """Points by field, and what went wrong: values invented, values lost without a warning."""

    points: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Of 100, every field weighing the same."""
        means = [sum(points) / len(points) for points in self.points.values()]
        return 100 * sum(means) / len(means) if means else 0.0

    def add(self, name: str, got: object, wanted: object) -> bool:
        right = got == wanted
        self.points[name].append(float(right))
        if not right:
            self.wrong.append(f"{name}: {got!r} for {wanted!r}")
        return right


def score(spec: dict, entry: dict) -> Score:
    """The score of a report; every field of the report that a case or a source has counts."""
    result = Score()
    expected = {**_DEFAULTS, **spec.get("expected", {})}
    if expected["ongoing"]:
        expected["end_year"] = None
    if not result.add("status", entry["status"], "imported"):
        return result
    result.add("title", entry["title"], expected.get("title", spec["title"]))
    result.add(
        "standfirst",
        entry["standfirst"],
        expected.get("standfirst", spec.get("standfirst", STANDFIRST)),
    )
    result.add("paragraphs", entry["paragraphs"], expected.get("paragraphs", len(body(spec))))
    for name in _DEFAULTS:
        if expected[name] == "?":
            _score_proposal(result, name, entry)
        elif not result.add(name, entry[name], expected[name]) and name in _LISTS:
            result.invented += [f"{name}: {v}" for v in entry[name] if v not in expected[name]]
            if not entry["warnings"]:
                result.silent.append(name)
    _score_notes(result, expected, entry)
    return result


def _score_proposal(result: Score, name: str, entry: dict) -> None:
    """What the manuscript leaves unsure ("?") is blank, and proposed with its reason."""
    proposed = any(warning["code"] == "year-proposed" for warning in entry["warnings"])
    if not result.add(name, (entry[name], proposed), (None, True)) and entry[name] is not None:
        result.invented.append(f"{name}: {entry[name]}")


def _score_notes(result: Score, expected: dict, entry: dict) -> None:
    printed = [
        "; ".join(f"{c['source']}:{c['locator'] or '-'}" for c in note["citations"])
        for note in entry["notes"]
    ]
    wanted = expected["notes"]
    result.add("note count", len(printed), len(wanted))
    for n, (got, want) in enumerate(zip(printed, wanted, strict=False), 1):
        result.add("notes", f"{n}) {got}", f"{n}) {want}")
    sources = [_line(source) for source in entry["sources"]]
    lines = {}
    for note in reversed(entry["notes"]):
        for cited in note["citations"]:
            lines[cited["source"]] = note["number"]
    warned = {w["code"] for w in entry["warnings"]}
    for at, want in enumerate(expected["sources"]):
        got = sources[at] if at < len(sources) else [""] * 7
        for name, mine, theirs in zip(
            ("type", "title", "authors", "container", "year", "url", "accessed"),
            got,
            _parts(want),
            strict=True,
        ):
            if not result.add(name, mine, theirs):
                if mine:
                    result.invented.append(f"source {at} {name}: {mine}")
                if not warned - {"organisation-new", "fact-blank"}:
                    result.silent.append(f"source {at} {name}: {theirs}")
    result.invented += [f"source: {' | '.join(s)}" for s in sources[len(expected["sources"]) :]]


def _parts(line: str) -> list[str]:
    """type | title | authors; … | container | year | url | accessed, the last of them optional."""
    parts = [part.strip() for part in line.split("|")]
    return parts + [""] * (7 - len(parts))


def _line(source: dict) -> list[str]:
    return [
        source["type"],
        source["title"],
        "; ".join(source["authors"]),
        source["container_title"] or "",
        str(source["issued_year"] or ""),
        source["url"] or "",
        source["accessed"] or "",
    ]
