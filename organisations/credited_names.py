"""Reads a credited name, a line of text, as CSL-JSON has it: a person's parts, or a body."""

_JOINING = frozenset("of for and on the &".split())
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


def name_as_csl(name: str) -> dict[str, str]:
    """The parts of a person's name (`given`, `family` with its particles, `suffix`), or `literal`.

    The last word is the family name; small words right before it are its particles ("van der
    Stoel"). A single word is a body, and so is a name that begins with an article or holds a word
    that joins others ("Centre for Peace Studies").
    """
    words = name.split()
    if _is_body(words):
        return {"literal": name}
    *words, last = words
    suffix = {}
    if last.lower() in _SUFFIXES and len(words) > 1:
        suffix = {"suffix": last}
        *words, last = [*words[:-1], words[-1].rstrip(",")]
    family = [last]
    while len(words) > 1 and words[-1].islower():
        family.insert(0, words.pop())
    return {"given": " ".join(words), "family": " ".join(family)} | suffix


def _is_body(words: list[str]) -> bool:
    if len(words) < 2 or words[0] in ("The", "the"):
        return True
    return any(word in _JOINING for word in words[1:-1])


def inverted(name: dict[str, str]) -> str:
    """Family name first: “van der Stoel, Max”, “King, Martin Luther, Jr.”; a body as it is."""
    return name.get("literal") or _joined(", ", name, "family", "given", "suffix")


def in_order(name: dict[str, str]) -> str:
    """As it is said: “Max van der Stoel”, “Martin Luther King Jr.”; a body as it is."""
    return name.get("literal") or _joined(" ", name, "given", "family", "suffix")


def initials(given: str) -> str:
    """“J.-L. K.” for “Jean-Luc Karl”; letters that know no capitals stand as they are."""
    if given.upper() == given.lower():
        return given
    words = given.replace(".", ". ").split()
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words
    )


def _joined(between: str, name: dict[str, str], *parts: str) -> str:
    return between.join(name[part] for part in parts if name.get(part))
