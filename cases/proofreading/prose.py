"""Hints about the prose: how sentences begin, and how long they are."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from .finding import Found
from .reading import GAP, Reading, Sentence, Text

_IN_A_ROW = 3  # sentences that begin alike
_MOST_WORDS = 45  # of a sentence
_COMMON = frozenset("the a an in on at by".split())  # with these the second word counts too
_WORD = re.compile(r"[\w’'-]+")


def _words(sentence: Sentence) -> list[str]:
    return _WORD.findall(sentence.bare.replace(GAP, " "))


def repeated_openings(reading: Reading) -> Iterator[Found]:
    """Several sentences in a row that begin with the same word."""
    for text in reading.texts.values():
        for word, group in groupby(text.sentences, key=_first):
            row = list(group)
            if word and len(row) >= _IN_A_ROW:
                message = _("%(count)s sentences in a row begin with “%(word)s”.")
                words = {"count": len(row), "word": " ".join(_words(row[0])[: len(word.split())])}
                place = "\n".join(sentence.bare.strip() for sentence in row)
                yield Found(message % words, text.field, text.line_at(row[0].start), place)


def _first(sentence: Sentence) -> str:
    words = [word.casefold() for word in _words(sentence)[:2]]
    return " ".join(words[: 2 if words[:1] and words[0] in _COMMON else 1])


def long_sentences(reading: Reading) -> Iterator[Found]:
    """Sentences that one reads twice."""
    for text in reading.texts.values():
        for sentence in text.sentences:
            count = len(_words(sentence))
            if count > _MOST_WORDS:
                yield _long(text, sentence, count)


def _long(text: Text, sentence: Sentence, count: int) -> Found:
    message = _("A sentence of %s words.") % count
    return Found(message, text.field, text.line_at(sentence.start), sentence.bare.strip())
