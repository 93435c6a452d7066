"""Cleans text that strangers typed, on one line or on several; finds web addresses in it."""

import re

_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+[^\s<>\"'`{}|\\^.,;:!?)\]]", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` with every line break as \\n, without NUL and other control characters, which are
    invisible and which PostgreSQL, HTML and mail refuse, and without white space at either end."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """`plain` text on a single line, each run of white space as one space: safe in a header."""
    return " ".join(plain(text).split())


def web_addresses(text: str) -> list[str]:
    """The http and https addresses in `text`, in order, each once."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))
