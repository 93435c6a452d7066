"""Word files as other programs leave them."""

import io
import zipfile

from manuscripts.files import articles

from .making import make_docx
from .test_files import WORD


def cut(data, name, old, new):
    """The Word file with something else in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as copy:
        for part in archive.namelist():
            text = archive.read(part).decode()
            if part == name:
                assert old in text
                text = text.replace(old, new)
            copy.writestr(part, text)
    return io.BytesIO(file.getvalue())


def cautions(article):
    return [(caution.code, caution.text) for caution in article.cautions]


def test_a_link_that_has_lost_its_address_keeps_its_words_and_is_named():
    data = make_docx(WORD)
    address = 'Target="https://example.org/map_1"'
    whole = cut(data, "word/_rels/document.xml.rels", address, address)
    [whole] = articles(whole, "a.docx")
    assert "link-without-address" not in dict(cautions(whole.read()))
    file = cut(data, "word/document.xml", 'r:id="', 'r:id="gone')
    [article] = [found.read() for found in articles(file, "a.docx")]
    assert "see the map." in "".join(str(p) for b in article.blocks for i in b.items for p in i)
    assert (len(article.notes), article.paragraphs) == (2, whole.read().paragraphs)
    said = dict(cautions(article))["link-without-address"]
    assert said.startswith("Links of the Word file that have lost their addresses: 1.")
