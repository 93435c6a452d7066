"""Tells persons from bodies by their names: the parts of a person's name as CSL-JSON has them.

The one place that says so, for metadata, exports and the importer. Whoever can asks the
organisations first (`naming.csl_names`, `manuscripts.resolve`).
"""

_BODY_WORDS = frozenset(
    """academy action administration affairs agence agency aid alliance amnesty archive archives
    army assembly association authority bank bbc board britannica bureau cabinet center centre
    church club coalition college command commission committee commonwealth community conference
    congress consortium convention corporation council court crescent cross data database defence
    defense delegation department development dialogue directorate division embassy encyclopaedia
    encyclopedia establishment euronews executive faculty federation force forces forum
    frontières foundation front
    fund government group headquarters herald house human humanitarian initiative initiatives
    institute institution interagency international jazeera journal kingdom league library magazine
    media mediators médecins ministry mission monitor movement museum nations network news newspaper
    observatory observer observers office online organisation organization oxfam panel parliament
    parties
    partners partnership party peace peacekeeping police post presidency press programme program
    project radio reconciliation refugee refugees relief report reporters republic research
    resources review rights schools secretariat secretary-general security senate services
    society staff state states
    studies summit support survivors taskforce team telegraph television times tribunal tribune
    trust tv unit united union university watch welle witness working world""".split()
)
_BODY_WORDS_ELSEWHERE = frozenset(
    """agence agencia agência agenzia agentur ambassade asamblea asociación assemblea assembleia
    assemblée associação associazione ausschuss auswärtiges autoridad autorité büro
    bundesministerium bundesamt bundestag centro comisión comissão comitato comité comitê commissie
    commissariat commissione congreso conseil consejo conselho consiglio defensoría délégation
    dirección direção direction direzione ejército federação federación federazione fédération
    fiscalía fondation fondazione fundação fundación gerichtshof gobierno gouvernement governo
    groupe gruppe grupo haut-commissariat institut instituto istituto komisija komisja komitee
    komitet kommission liga ligue ministerie ministerio ministério ministerium ministero ministère
    ministerstvo misión missão missione mouvement movimento movimiento naciones observatoire
    observatorio observatório oficina organização organización organizzazione osservatorio
    parlamento parlement partido presidencia presidência présidence procuradoria procuraduría
    regierung réseau secretaria secretaría secrétariat segretariato sekretariat senado senato sénat
    stichting stiftung syndicat tribunale unión união unione universidad universidade università
    universität universiteit université verband verein zentrum""".split()
)  # in languages that write small what follows: Commission nationale, Ministère de la paix
JOINING_WORDS = frozenset("of for the in on against without to at by from".split())
_FAMILY_NAMES_TOO = frozenset("bank church court cross house post press".split())
_LINKING = frozenset({"and", "&"})
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


def name_as_csl(name: str, *, known_as_body: bool = False) -> dict[str, str]:
    """The parts of a person's name (`given`, `family` with its particles, `suffix`), or `literal`.

    “Doe, Ana” is a person, family name first. Otherwise the last word is the family name; small
    words right before it are its particles ("van der Stoel"). A single word is a body, and so is a
    name that is `known_as_body`, holds a word that joins two others, or is one by `is_body`; but
    not “Ann Church” and such, whose last word is a family name as well.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if known_as_body:
        return {"literal": name}
    if comma and family and _may_be_given(given):
        return {"given": given, "family": family}
    words = name.split()
    is_person_too = len(words) == 2 and words[1].casefold() in _FAMILY_NAMES_TOO
    if len(words) < 2 or (is_body(name) and not is_person_too) or _links(words):
        return {"literal": name}
    *words, last = words
    suffix = {}
    if last.lower() in _SUFFIXES and len(words) > 1:
        suffix = {"suffix": last}
        *words, last = [*words[:-1], words[-1].rstrip(",")]
    surname = [last]
    while len(words) > 1 and words[-1].islower():
        surname.insert(0, words.pop())
    return {"given": " ".join(words), "family": " ".join(surname)} | suffix


def _links(words: list[str]) -> bool:
    return any(word in _LINKING for word in words[1:-1])


def _may_be_given(text: str) -> bool:
    """Whether what stands after a comma may be given names: not “Jr.”, not the rest of a body."""
    return (
        bool(text)
        and "," not in text
        and text.lower() not in _SUFFIXES
        and not _has_body_word(text)
    )


def is_body(name: str) -> bool:
    """Whether a name is that of a body, not of a person, judging by its words."""
    words = name.split()
    if len(words) == 1:
        return words[0].isupper() and len(words[0]) > 1 and "." not in words[0]
    if words[0].casefold() == "the" or any(w in JOINING_WORDS for w in words):
        return True
    if any(_is_acronym(w) for w in words[:-1]) or (_is_acronym(words[-1]) and len(words) > 3):
        return True
    return _has_body_word(name)


def is_kind_of_body(word: str) -> bool:
    """Whether a word says what kind of body its name is: Commission, Ministère."""
    return word.casefold().strip("().,") in _BODY_WORDS | _BODY_WORDS_ELSEWHERE


def is_kind_of_body_elsewhere(word: str) -> bool:
    """Whether such a word is of a language that writes small what follows it in a name."""
    return word.casefold().strip("().,") in _BODY_WORDS_ELSEWHERE


def _has_body_word(text: str) -> bool:
    return any(is_kind_of_body(word) for word in text.split())


def _is_acronym(word: str) -> bool:
    word = word.strip("(),.")
    if word.casefold() in _SUFFIXES or not word.isupper() or not word.isalpha():
        return False
    return len(word) > 2 or word in ("UN", "EU", "AU", "US", "UK", "AP", "DR")


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
