"""Renders the specifications of the corpus as files: one article in the form that it names.

A specification (TOML) has `form` (first, second, docx, html, wxr), `title`, `notes`, `facts`, and
what it does not leave to the defaults: `standfirst`, `body`, `marks`, `encoding`, `endnotes`; or
`text`, the whole of a plain file, a page, a post or a Word file (`make_docx`) as it stands. ` ¶ ` divides a Word note.
"""

import re
import tomllib
from html import escape
from pathlib import Path

from tests.manuscripts.files.making import make_docx, make_wxr

HERE = Path(__file__).parent
STANDFIRST = "Elders and envoys helped the two sides to lay down their arms."
FACTS = {
    "Start Year": "1994",
    "End Year": "1996",
    "UN Regional Group": "African",
    "Type of Conflict": "Interstate conflict",
    "Type of Initiative": "Diplomacy",
    "Main Implementing Organisation(s)": "The UN",
}
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def specifications(half: str) -> list[tuple[str, dict]]:
    """The names and specifications of a half, "tuning" or "aside"."""
    found = []
    for path in sorted((HERE / half).glob("*.toml")):
        for number, spec in enumerate(tomllib.loads(path.read_text("utf-8"))["article"], 1):
            found.append((f"{half}/{path.stem}-{number}", spec))
    return found


def sentences(count: int) -> list[str]:
    """Sentences with the numbers of notes in braces, three to a paragraph."""
    subjects = ("The elders", "Both sides", "The envoys", "The traders", "The army", "The women")
    return [
        f"{subjects[n % 6]} met again and spoke of the wells and the road.{{{n + 1}}}"
        for n in range(count)
    ]


def body(spec: dict) -> list[str]:
    if "body" in spec:
        return [block.strip() for block in spec["body"].strip().split("\n\n")]
    said = sentences(len(spec.get("notes", ())))
    return [" ".join(said[at : at + 3]) for at in range(0, len(said), 3)]


def facts(spec: dict) -> dict[str, str]:
    """The facts, with those of the specification; one that is "-" is left out."""
    named = FACTS | spec.get("facts", {})
    return {label: value for label, value in named.items() if value != "-"}


def marked(text: str, marks: str) -> str:
    """The text with its numbers in braces as the marks of a form."""
    forms = {
        "glued": lambda n: n,
        "bracket": lambda n: f"[{n}]",
        "roman": lambda n: f"[{_ROMAN[int(n)]}]",
        "sup": lambda n: f"<sup>{n}</sup>",
        "link": lambda n: f'<a href="#_ftn{n}" name="_ftnref{n}">[{n}]</a>',
        "word": lambda n: f"[^{n}]",
    }
    return re.sub(r"\{(\d+)\}", lambda found: forms[marks](found[1]), text)


def make_file(spec: dict) -> tuple[str, bytes]:
    """The base name and the bytes of an article."""
    if "text" in spec and spec["form"] in ("first", "second"):
        return _encoded(spec, spec["text"].lstrip())
    return {"first": _first, "second": _second, "docx": _docx, "html": _html, "wxr": _wxr}[
        spec["form"]
    ](spec)


def _encoded(spec: dict, text: str) -> tuple[str, bytes]:
    text = text.replace("\n", spec.get("newline", "\n"))
    if spec.get("encoding") == "utf-16-le-bom":
        return "article.txt", b"\xff\xfe" + text.encode("utf-16-le")
    return "article.txt", text.encode(spec.get("encoding", "utf-8"))


def _first(spec: dict) -> tuple[str, bytes]:
    blocks = [marked(block, spec.get("marks", "glued")) for block in body(spec)]
    notes = [f"{n} {words}" for n, words in enumerate(spec["notes"], 1)]
    values = [f"{label}\n\n{value}" for label, value in facts(spec).items()]
    return _encoded(
        spec,
        "\n\n".join([spec["title"], spec.get("standfirst", STANDFIRST), *blocks, *notes, *values])
        + "\n",
    )


def _second(spec: dict) -> tuple[str, bytes]:
    marks = spec.get("marks", "bracket")
    blocks = [marked(block, marks) for block in body(spec)]
    notes = [f"{marked(f'{{{n}}}', marks)} {words}" for n, words in enumerate(spec["notes"], 1)]
    values = dict(facts(spec))
    start, end = values.pop("Start Year", ""), values.pop("End Year", "")
    years = f"{start} – {end}." if start and end else f"{start}{end}."
    top = [f"Year(s): {years}", *(f"{label}: {value}" for label, value in values.items())]
    lines = [*top, f"Summary: {spec.get('standfirst', STANDFIRST)}", "Description of Case"]
    between = spec.get("between", "\n")
    return _encoded(spec, "\n\n".join([spec["title"], between.join(lines), *blocks, *notes]) + "\n")


def _docx(spec: dict) -> tuple[str, bytes]:
    if "text" in spec:
        return "article.docx", make_docx(
            spec["text"].lstrip(), endnotes=spec.get("endnotes", False)
        )
    blocks = [marked(block, "word") for block in body(spec)]
    notes = [f"[^{n}]: {words}" for n, words in enumerate(spec["notes"], 1)]
    values = [f"{label}\n{value}" for label, value in facts(spec).items()]
    text = "\n".join(
        [f"# {spec['title']}", spec.get("standfirst", STANDFIRST), *blocks, *values, *notes]
    )
    return "article.docx", make_docx(text, endnotes=spec.get("endnotes", False))


def _content(spec: dict) -> str:
    marks = spec.get("marks", "sup")
    values = facts(spec)
    paragraphs = [f"<p>{marked(_typed(block), marks)}</p>" for block in body(spec)]
    if "footnotes" in spec:
        notes = []
    else:
        notes = [
            f"<p>{marked(f'{{{n}}}', marks)} {_typed(words)}</p>"
            for n, words in enumerate(spec["notes"], 1)
        ]
    standfirst = f"<p>{escape(spec.get('standfirst', STANDFIRST), quote=False)}</p>"
    if spec.get("layout") == "second":
        top = "".join(
            f"<p><strong>{label}:</strong> {escape(value, quote=False)}</p>"
            for label, value in _second_labels(values)
        )
        summary = f"<p><strong>Summary:</strong> {escape(spec.get('standfirst', STANDFIRST), quote=False)}</p>"
        return "\n".join([top, summary, "<h2>Description of Case</h2>", *paragraphs, *notes])
    if spec.get("layout") == "table":
        rows = "".join(
            f"<tr><td>{label}</td><td>{escape(value, quote=False)}</td></tr>"
            for label, value in values.items()
        )
        return "\n".join([standfirst, *paragraphs, *notes, f"<table><tbody>{rows}</tbody></table>"])
    bottom = "".join(
        f"<h4>{label}</h4>\n<p>{escape(value, quote=False)}</p>\n"
        for label, value in values.items()
    )
    return "\n".join([standfirst, *paragraphs, *notes, bottom])


def _second_labels(values: dict[str, str]) -> list[tuple[str, str]]:
    values = dict(values)
    years = f"{values.pop('Start Year', '')} – {values.pop('End Year', '')}."
    return [("Year(s)", years), *values.items()]


def _typed(text: str) -> str:
    """Words as HTML: italics between asterisks, the rest escaped."""
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(text, quote=False))


def _html(spec: dict) -> tuple[str, bytes]:
    if "text" in spec:
        return "article.html", spec["text"].lstrip().encode(spec.get("encoding", "utf-8"))
    page = f"<!DOCTYPE html><html><head><title>{escape(spec['title'])}</title></head><body><h1>{escape(spec['title'])}</h1>\n{_content(spec)}</body></html>"
    return "article.html", page.encode()


def _wxr(spec: dict) -> tuple[str, bytes]:
    content = spec["text"].strip() if "text" in spec else _content(spec)
    if spec.get("classic"):
        content = re.sub(r"</p>\s*", "\n\n", content).replace("<p>", "")
    if spec.get("gutenberg"):
        content = re.sub(r"<p>", "<!-- wp:paragraph -->\n<p>", content).replace(
            "</p>", "</p>\n<!-- /wp:paragraph -->\n"
        )
    post = {"title": spec["title"], "content": content, "footnotes": {}}
    if spec.get("footnotes") == "json":
        ids = [f"0a1b{n:02d}-ffff" for n in range(1, len(spec["notes"]) + 1)]
        post["footnotes"] = dict(zip(ids, map(_typed, spec["notes"]), strict=True))
        for n, key in enumerate(ids, 1):
            mark = f'<sup data-fn="{key}" class="fn"><a href="#{key}" id="{key}-link">{n}</a></sup>'
            post["content"] = post["content"].replace(f"<sup>{n}</sup>", mark)
        post["content"] = post["content"].replace(
            "<h4>Start", "<!-- wp:footnotes /-->\n<h4>Start", 1
        )
    elif spec.get("footnotes") == "shortcode":
        for n, words in enumerate(spec["notes"], 1):
            post["content"] = post["content"].replace(
                f"<sup>{n}</sup>", f"[footnote]{_typed(words)}[/footnote]"
            )
    return "export.xml", make_wxr(
        post, {"title": "About", "content": "About us.", "type": "attachment"}
    )
