"""Text to LaTeX and back, as far as bibliographies use it.

The way back goes over the text once, without recursion, so that no text takes long; the meaning of
symbols is pylatexenc's.
"""

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db

from ..plain_text import plain

BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "\r": " ",
    }
)
# Each first sign of what LaTeX would draw together: dashes, quotation marks, ¡ and ¿, « and „.
_LIGATURES = re.compile(r"-(?=-)|`(?=`)|'(?=')|[!?](?=`)|<(?=<)|>(?=>)|,(?=,)")
_ACCENTS = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306"},
    **{".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323"},
    **{"c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361"},
}
_ALONE = {"^": "^", "~": "~", "`": "`", "'": "´", '"': "¨"}
_SYMBOLS = {
    **{"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{"},
    **{"textbraceright": "}", "lbrace": "{", "rbrace": "}", "textquotesingle": "'"},
    **{"textasciigrave": "`", "textquotedbl": '"', "pounds": "£", "euro": "€", "LaTeX": "LaTeX"},
    **{"TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "quad": " ", "newline": " ", "par": " "},
    **{"space": " ", "relax": "", "protect": "", "i": "ı", "j": "ȷ", "cprime": "ʹ"},
}
_STYLES = frozenset(
    "emph textit textbf textsc textsl texttt textrm textsf textup textmd textnormal textsuperscript"
    " textsubscript mbox hbox text it bf em sc rm sl tt sf upshape itshape slshape bfseries"
    " scshape mdseries rmfamily sffamily ttfamily normalfont mkbibemph mkbibitalic mkbibbold url"
    " nolinkurl path uppercase lowercase MakeUppercase MakeLowercase NoCaseChange ensuremath href"
    " enquote mkbibquote textcyr foreignlanguage".split()
)
_QUOTED = frozenset(("enquote", "mkbibquote"))
_SIGNS = dict.fromkeys(",:; \n\t\\", " ") | dict.fromkeys("-!@()[]/", "")
_DRAWN = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": " ", "\\": "\\"}
_FIRST_ARGUMENT = re.compile(r"\\(?:href|foreignlanguage)\s*\{[^{}]*\}")
_TOKEN = re.compile(r"\$[^$]*\$|\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|---?|``|''|[!?]`|[{}~\\]", re.S)
_IS_LATEX = re.compile(r"[\\$~]|--|``|''|[!?]`")


def escaped(text: str) -> str:
    """The text as LaTeX that every reader of BibTeX takes: braces without their match are spelt
    out, as BibTeX counts them even after a backslash."""
    line = plain(text)
    spelt = {}
    if "{" in line or "}" in line:
        opened: list[int] = []
        for place, sign in enumerate(line):
            if sign == "{":
                opened.append(place)
            elif sign == "}" and opened:
                opened.pop()
            elif sign == "}":
                spelt[place] = r"\textbraceright{}"
        spelt |= dict.fromkeys(opened, r"\textbraceleft{}")
    if spelt:
        pieces = (spelt.get(n, sign.translate(BIBTEX)) for n, sign in enumerate(line))
        return _apart("".join(pieces))
    return _apart(line.translate(BIBTEX))


def _apart(latex: str) -> str:
    return _LIGATURES.sub(lambda sign: sign[0] + "{}", latex)


def decoded(latex: str) -> tuple[str, list[str]]:
    """The text that LaTeX says, and the commands that are not understood. Braces and styles are
    dropped, $…$ stays as it is."""
    if not _IS_LATEX.search(latex):
        return latex.replace("{", "").replace("}", ""), []
    walk = _Walk()
    latex = _FIRST_ARGUMENT.sub("", latex) if r"\href" in latex or r"\foreign" in latex else latex
    place = 0
    for token in _TOKEN.finditer(latex):
        walk.say(latex[place : token.start()])
        place = token.end()
        if token[1]:
            walk.command(token[1])
        elif token[2]:
            walk.sign(token[2])
        elif token[0] == "{":
            walk.open()
        elif token[0] == "}":
            walk.close()
        else:
            walk.say(_DRAWN.get(token[0], token[0]))
    walk.say(latex[place:])
    walk.alone()
    return "".join(walk.said), walk.unknown


class _Walk:
    """What was said so far, the accents that wait for their letter, the braces that are open."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.unknown: list[str] = []
        self.accents: list[str] = []
        self.ends: list[str] = []
        self.end = ""

    def say(self, text: str) -> None:
        text = text.lstrip() if self.accents else text
        if text and self.accents:
            letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            marks = "".join(_ACCENTS[accent] for accent in reversed(self.accents))
            self.accents.clear()
            text = unicodedata.normalize("NFC", letter + marks) + text[1:]
        if text:
            self.said.append(text)

    def command(self, name: str) -> None:
        if name in _ACCENTS:
            self.accent(name)
        elif (symbol := _symbol(name)) is not None:
            self.say(symbol)
        elif name in _QUOTED:
            self.say("“")
            self.end = "”"
        elif name not in _STYLES:
            self.unknown.append("\\" + name)

    def sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.accent(sign)
        else:
            self.say(_SIGNS.get(sign, sign))

    def accent(self, name: str) -> None:
        if len(self.accents) < 3:  # letters bear two; a million would take long
            self.accents.append(name)

    def open(self) -> None:
        self.ends.append(self.end)
        self.end = ""

    def close(self) -> None:
        self.alone()
        if self.ends:
            self.say(self.ends.pop())

    def alone(self) -> None:
        """Accents over nothing: \\~{} is a tilde."""
        said, self.accents = "".join(_ALONE.get(accent, "") for accent in self.accents), []
        self.say(said)


@lru_cache(maxsize=1)
def _vocabulary() -> object:
    return get_default_latex_context_db()


@lru_cache(maxsize=2048)
def _symbol(name: str) -> str | None:
    """The sign that a command stands for, if it is one."""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    spec = _vocabulary().get_macro_spec(name)  # type: ignore[attr-defined]
    text = getattr(spec, "simplify_repl", None)
    return text if isinstance(text, str) and text and "%" not in text else None
