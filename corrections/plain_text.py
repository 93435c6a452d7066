"""What is done with the words strangers type: they are made plain, on one line or on several."""

import re

_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+[^\s<>\"'`{}|\\^.,;:!?)\]]", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` with every line break as \\n and without NUL and other control characters, which
    nobody sees and PostgreSQL, HTML and mail refuse; nothing but the words at either end."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """`plain` text on a single line, each run of white space as one blank: fit for a header."""
    return " ".join(plain(text).split())


def web_addresses(text: str) -> list[str]:
    """The http and https addresses in `text`, in order and each once."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))
