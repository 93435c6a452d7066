"""The words of all listed editions: how many hold each, and what sounds or looks like it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from django.db import connection
from django.db.models import F, QuerySet

from editions.models import SearchWord

from .tokens import ADDRESS, read, token

_BATCH = 1000
_SOUNDS = (  # what is heard alike, or written alike in one language or another
    (re.compile(r"[^a-z]"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"t?sch|tch|ch"), "s"),
    (re.compile(r"dj|dzh|dg(?=[eiy])|g(?=[eiy])"), "j"),
    (re.compile(r"c(?=[eiy])|[zx]"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[aeiouyh]"), ""),
)


def sound(plain: str) -> str:
    """The consonants of a word as they are heard, none twice in a row."""
    for pattern, other in _SOUNDS:
        plain = pattern.sub(other, plain)
    return "".join(letter for letter, _ in groupby(plain))


def words_in(blocks: Iterable[str]) -> str:
    """Each word of these blocks once, folded, and after a colon as it is written where that is
    something else: `mediation tajikistan:Tajikistan`. In small letters if it ever is so."""
    forms: dict[str, str] = {}
    for block in blocks:
        for word in read(block):
            form = block[word.start : word.end]
            if ADDRESS.match(form):
                continue
            if forms.setdefault(word.plain, form)[0].isupper() and form[0].islower():
                forms[word.plain] = form
    return " ".join(
        plain if plain == form else f"{plain}:{form}" for plain, form in sorted(forms.items())
    )


def beginning(plain: str) -> "QuerySet[SearchWord]":
    """The words that begin with these letters, through the index that each database has for it."""
    if connection.vendor == "sqlite":
        return SearchWord.objects.filter(word__gte=plain, word__lt=f"{plain}\U0010ffff")
    return SearchWord.objects.filter(word__startswith=plain)


def add(words: str) -> None:
    """One edition more holds each of these words (as `words_in` writes them)."""
    forms = _forms(words.split())
    known = SearchWord.objects.filter(pk__in=list(forms))
    missing = set(forms) - set(known.values_list("pk", flat=True))
    known.update(editions=F("editions") + 1)
    _create({plain: (forms[plain], 1) for plain in sorted(missing)})


def take_away(words: str) -> None:
    """One edition less holds each of these words."""
    known = SearchWord.objects.filter(pk__in=list(_forms(words.split())))
    known.filter(editions__lte=1).delete()
    known.update(editions=F("editions") - 1)


def write(counted: Mapping[str, int]) -> None:
    """Exactly these words, each (as `words_in` writes it) with how many editions hold it; of two
    ways to write one the one in small letters."""
    SearchWord.objects.all().delete()
    counts: Counter[str] = Counter()
    for word, count in counted.items():
        counts[word.partition(":")[0]] += count
    _create(
        {
            plain: (form, counts[plain])
            for plain, form in _forms(sorted(counted, reverse=True)).items()
        }
    )


def _forms(words: Iterable[str]) -> dict[str, str]:
    parted = (word.partition(":") for word in words)
    return {plain: form or plain for plain, _, form in parted}


def _create(words: dict[str, tuple[str, int]]) -> None:
    SearchWord.objects.bulk_create(
        (
            SearchWord(
                word=plain,
                form=form[:80],
                token=token(plain),
                sound=sound(plain),
                head=plain[:3],
                tail=plain[-4:],
                editions=count,
            )
            for plain, (form, count) in words.items()
        ),
        batch_size=_BATCH,
    )
