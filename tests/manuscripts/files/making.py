"""Makes small Word files, pages and WordPress exports for the tests, part by part."""

import io
import json
import re
import zipfile
from html import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RUN = re.compile(
    r"\{\+(?P<put>[^+]+)\+\}|\{-(?P<struck>[^-]+)-\}|\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*|\[\^(?P<note>e?\d+)\]|\^(?P<raised>\d+)\^|\[(?P<words>[^\]]+)\]\((?P<address>[^)]+)\)"
)

_STYLES = {
    "## ": '<w:pStyle w:val="Heading2"/>',
    "# ": '<w:pStyle w:val="Title"/>',
    "- ": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
}


def make_docx(text: str, *, endnotes: bool = False) -> bytes:
    """A Word file of a small markup: `# ` title, `## ` heading, `- ` item, `*italic*`, `[words](link)`,
    `^1^` raised, and `[^1]` with `[^1]: …` for a note of Word's own. `**bold**`, `{+put in+}` and
    `{-struck out-}` as changes that are tracked, `| cell | cell |` a row of a table."""
    notes = dict(re.findall(r"(?m)^\[\^(\d+)\]: (.+)$", text))
    text = re.sub(r"(?m)^\[\^\d+\]: .+\n?", "", text)
    links: list[str] = []
    kind = "endnote" if endnotes else "footnote"

    def runs(words: str) -> str:
        made, at = "", 0
        for found in _RUN.finditer(words):
            made += _run(words[at : found.start()])
            at = found.end()
            if found["put"]:
                made += f'<w:ins w:id="90" w:author="A" w:date="2020-01-01T00:00:00Z">{_run(found["put"])}</w:ins>'
            elif found["struck"]:
                made += f'<w:del w:id="91" w:author="A" w:date="2020-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">{escape(found["struck"])}</w:delText></w:r></w:del>'
            elif found["bold"]:
                made += _run(found["bold"], "<w:b/>")
            elif found["italic"]:
                made += _run(found["italic"], "<w:i/>")
            elif found["note"]:
                made += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{found["note"]}"/></w:r>'
            elif found["raised"]:
                made += _run(found["raised"], '<w:vertAlign w:val="superscript"/>')
            else:
                links.append(found["address"])
                made += f'<w:hyperlink r:id="link{len(links)}">{_run(found["words"])}</w:hyperlink>'
        return made + _run(words[at:])

    body = _tables("".join(_paragraph(line, runs) for line in text.split("\n")))
    printed = "".join(
        f'<w:{kind} w:id="{n}">{_note_paragraphs(words, runs)}</w:{kind}>'
        for n, words in notes.items()
    )
    relations = "".join(
        f'<Relationship Id="link{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for n, address in enumerate(links, 1)
    )
    if notes:
        relations += f'<Relationship Id="notes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s" Target="{kind}s.xml"/>'
    relations += '<Relationship Id="numbering" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        "word/styles.xml": f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>',
    }
    parts["word/numbering.xml"] = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    if notes:
        parts[f"word/_rels/{kind}s.xml.rels"] = parts["word/_rels/document.xml.rels"]
        parts[f"word/{kind}s.xml"] = f"<w:{kind}s {_W}>{printed}</w:{kind}s>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return file.getvalue()


def _note_paragraphs(words: str, runs) -> str:
    """A note's paragraphs, divided by ` ¶ `."""
    return "".join(f"<w:p>{_run(' ')}{runs(part)}</w:p>" for part in words.split(" ¶ "))


def _run(words: str, style: str = "") -> str:
    if not words:
        return ""
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _tables(body: str) -> str:
    """Rows that follow each other as one table."""
    return re.sub(r"((?:<w:tr>.*?</w:tr>)+)", r"<w:tbl>\1</w:tbl>", body)


def _paragraph(line: str, runs) -> str:
    if not line.strip():
        return ""
    if line.startswith("| "):
        cells = line.strip().strip("|").split("|")
        return f"<w:tr>{''.join(f'<w:tc><w:p>{runs(cell.strip())}</w:p></w:tc>' for cell in cells)}</w:tr>"
    style = ""
    for mark, is_one in _STYLES.items():
        if line.startswith(mark):
            style, line = f"<w:pPr>{is_one}</w:pPr>", line.removeprefix(mark)
            break
    return f"<w:p>{style}{runs(line)}</w:p>"


def make_wxr(*posts: dict[str, object], authors=(("ed", "Ed Alpha"),)) -> bytes:
    """A WordPress export of `posts`, each with `title` and `content`, and what else is in it."""
    people = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name><![CDATA[{shown}]]></wp:author_display_name></wp:author>"
        for login, shown in authors
    )
    items = "".join(_item(number, post) for number, post in enumerate(posts, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n'
        f"<channel><title>Old site</title><wp:wxr_version>1.2</wp:wxr_version>{people}{items}</channel></rss>"
    ).encode()


def _item(number: int, post: dict[str, object]) -> str:
    slug = post.get("slug") or re.sub(r"\W+", "-", str(post["title"]).lower()).strip("-")
    meta = dict(post.get("meta") or {})
    if footnotes := post.get("footnotes"):
        meta["footnotes"] = json.dumps(
            [{"content": words, "id": key} for key, words in footnotes.items()]
        )
    rows = "".join(
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in meta.items()
    )
    terms = "".join(
        f'<category domain="category" nicename="c"><![CDATA[{name}]]></category>'
        for name in post.get("categories", ())
    )
    content = str(post["content"]).replace("]]>", "]]]]><![CDATA[>")
    return (
        f"<item><title><![CDATA[{post['title']}]]></title><link>https://old.example.org/{slug}/</link>"
        f'<dc:creator><![CDATA[{post.get("creator", "ed")}]]></dc:creator><guid isPermaLink="false">https://old.example.org/?p={number}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[{post.get('excerpt', '')}]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[2015-03-0{number % 9 + 1} 10:00:00]]></wp:post_date>"
        f"<wp:post_name><![CDATA[{slug}]]></wp:post_name><wp:status><![CDATA[{post.get('status', 'publish')}]]></wp:status>"
        f"<wp:post_type><![CDATA[{post.get('type', 'post')}]]></wp:post_type>{terms}{rows}</item>"
    )
