"""Signs for italics, bold and links inside plain text: private characters that no pattern reads.

Word files and HTML are turned into the plain text that the rest parses; what is italic or a link
stands between such signs, and an address is shifted into a private plane, so that no digit in it
can be taken for a marker. Markdown is written from them at the end.
"""

import re
from urllib.parse import parse_qs, urlsplit

ITALIC, END_ITALIC, BOLD, END_BOLD = "\ue020", "\ue021", "\ue022", "\ue023"
LINK, ADDRESS, END_LINK = "\ue024", "\ue025", "\ue026"
_PLANE = 0xF0000
SIGNS = re.compile("[\ue020-\ue026]")
_HIDDEN = re.compile("\ue025[\U000f0000-\U000f00ff]*")
_LINKS = re.compile("\ue024([^\ue024-\ue026]*)\ue025([\U000f0000-\U000f00ff]*)\ue026")
FOREIGN = re.compile("[\ue000-\uf8ff\U000f0000-\U000fffff]")


_REDIRECTS = (
    (re.compile(r"(?:www\.)?google(?:\.\w{2,3}){1,2}"), "/url", ("q", "url")),
    (re.compile(r"\w+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
)  # through which programs lead on: host, path, and where the address stands that is meant
_PRINTED_ADDRESS = re.compile(r"\s*(?:https?://|www\.)[^\s<>…]+[^\s<>….,]\s*", re.I)


def meant(address: str) -> str:
    """The address to which a redirect of a word processor or a mail program leads, or the same."""
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
    except ValueError:
        return address
    for host, path, names in _REDIRECTS:
        if host.fullmatch(parts.netloc.lower()) and (parts.path or "/") == path:
            found = next((asked[name][0] for name in names if name in asked), "")
            return found if found.startswith(("http://", "https://")) else address
    return address


def link(words: str, address: str) -> str:
    """Words that link to an address; without it where it is none of the web's."""
    address = meant(address)
    if not re.fullmatch(r"https?://[!-~]{3,1000}", address) or not words.strip():
        return words
    hidden = "".join(chr(_PLANE + ord(c)) for c in address)
    return f"{LINK}{words}{ADDRESS}{hidden}{END_LINK}"


def bare(text: str) -> str:
    """The text without signs and addresses."""
    return SIGNS.sub("", _HIDDEN.sub("", text)) if FOREIGN.search(text) else text


def with_addresses(text: str) -> str:
    """The text without signs; an address follows its words, as notes are printed."""

    def spelled(found: re.Match[str]) -> str:
        words, address = found[1], _address(found[2])
        shown = re.sub(r"\A(?:https?://)?(?:www\.)?|/\Z", "", address)
        if words.strip().rstrip("/").endswith(shown.rstrip("/")) or address in words:
            return words if "://" in words else address
        if _PRINTED_ADDRESS.fullmatch(words):
            return words  # what the author wrote, wherever a program has made it lead
        return f"{words} {address}"

    return SIGNS.sub("", _LINKS.sub(spelled, text)) if FOREIGN.search(text) else text


def as_markdown(escaped: str) -> str:
    """Escaped text with its signs as Markdown; those without their pair are dropped."""
    if not FOREIGN.search(escaped):
        return escaped
    text = _LINKS.sub(_link_in_markdown, escaped)
    for opening, closing, mark in ((BOLD, END_BOLD, "**"), (ITALIC, END_ITALIC, "*")):
        text = re.sub(
            f"{opening}(\\s*)([^{opening}{closing}]*?)(\\s*){closing}", rf"\1{mark}\2{mark}\3", text
        )
        text = text.replace(f"{mark}{mark}", "") if mark == "*" else text
    return SIGNS.sub("", _HIDDEN.sub("", text))


def _link_in_markdown(found: re.Match[str]) -> str:
    words, address = found[1].strip(), _address(found[2])
    return f"[{words}]({address})" if words and address else found[1]


def _address(hidden: str) -> str:
    address = "".join(chr(ord(c) - _PLANE) for c in hidden)
    if not re.fullmatch(r"https?://[!-~]{3,1000}", address):
        return ""
    return address.replace("(", "%28").replace(")", "%29")
