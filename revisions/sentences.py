"""Where sentences end, by a rule that is kept: addresses of sentences are made by it."""

import re

RULE = 1
"""The version of the rule. Another rule is a function beside `breaks`, never a change of it: what
an address meant it must mean for ever."""

_END = re.compile(r"[.!?…][”’\"')\]»]*(?=\s)|[。！？][”’」』）]*")
_SHORTENED = re.compile(
    r"(?:^|[\s(“‘\"'\[])(?:[A-Z]|No|Nos|Mr|Mrs|Ms|Dr|Prof|St|Sir|Gen|Col|Lt|Sgt|Capt|Jr|Sr|Arts?|art"
    r"|paras?|pp?|vols?|Vol|eds?|cf|e\.g|i\.e|etc|vs|ca?|approx|Inc|Ltd|Co|[A-Z]\.[A-Z])\Z"
)
_BEGINS = re.compile(r"\s+[“‘\"'«(\[]*[^\W_a-z]|\s*\Z")


def breaks(text: str) -> list[int]:
    """The offsets in `text` after which a new sentence begins, in order.

    A sentence ends with a full stop, a question or exclamation mark or an ellipsis, and the quotes
    and brackets that close with it, where white space and a capital, a figure or a letter of a
    script without capitals follow. A full stop after one letter or a usual abbreviation ends none.
    """
    found = []
    for end in _END.finditer(text):
        if text[end.start()] == "." and _SHORTENED.search(text[: end.start()][-20:]):
            continue
        if text[end.start()] in "。！？" or _BEGINS.match(text, end.end()):
            found.append(end.end())
    return [at for at in found if text[at:].strip()]
