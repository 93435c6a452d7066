"""What a file is, is seen from its content; Word files, pages and exports give their articles."""

import io
import tracemalloc
import zipfile

import pytest

from manuscripts.files import articles, files_at, files_in
from manuscripts.parse.decoding import Refused
from manuscripts.resolve.markdown import markdown
from tests.manuscripts.articles import make_article

from .making import make_docx, make_wxr

WORD = """# Ending the armed conflict in Ruritania
How the war ended.
## The Causes
The *Lady* sank; see [the map](https://example.org/map_1).[^1] It rained.[^2]
Start Year
1990
End Year
1997
[^1]: Ann Smith. *A long war*. (London: Concord, 2000) p.4
[^2]: Smith. *A long war*. p.5
"""
POST = (
    "<p>How it ended.</p><p>It <em>began</em>.<sup>1</sup> It ended.<sup>2</sup></p>"
    "<p><sup>1</sup> Ann Smith. A long war. (London: Concord, 2000) p.4</p><p><sup>2</sup> Smith. A long war. p.5</p>"
    "<h4>Start Year</h4><p>1990</p><h4>End Year</h4><p>1997</p>"
)


def all_of(data, name="a"):
    return [article.read() for article in articles(io.BytesIO(data), name)]


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"{\\rtf1\\ansi Hello}", "an RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "old Word"),
        (zipped(**{"readme.txt": "x"}), "zip archive within another"),
        (zipped(**{".DS_Store": "x", "__MACOSX__._a.docx": "x"}), "nothing is in it"),
        (zipped(**{"content.xml": "x"}), "OpenDocument"),
        (zipped(xl__workbook_xml="x", **{"xl/workbook.xml": "x"}), "Excel"),
        (b"PK\x03\x04 broken", "damaged zip"),
        (b'<?xml version="1.0"?><TEI><text/></TEI>', "XML .*<TEI>"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "XML"),
        (b"\x00\x01\x02\x03" * 50, "control characters|NUL"),
        (b"", "empty"),
    ],
)
def test_what_is_none_of_ours_is_refused_by_name(data, reason):
    with pytest.raises(Refused, match=reason):
        all_of(data, "article.txt")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Latin-1"),
    ],
)
def test_a_text_is_read_in_its_encoding_which_is_named_where_it_was_guessed(encoding, named):
    text = make_article(notes=["Zoé Müller. Krähen – Raben. (Köln: Dom, 2001) p.3"] * 3)
    if encoding == "latin-1":
        text = text.translate(str.maketrans("“”’–", '""\'-'))
    (manuscript,) = all_of(text.encode(encoding), "a.txt")
    assert str(manuscript.sources[0].authors[0]) == "Zoé Müller"
    guessed = [c.text for c in manuscript.cautions if c.code == "encoding-guessed"]
    assert bool(guessed) == bool(named) and all(named in text for text in guessed)


def test_a_text_in_cyrillic_letters_of_one_byte_is_read_and_named():
    text = make_article(
        notes=["Иван Петров. Мир на севере. (Москва: Наука, 1998) p.7"] * 3,
        text="Как это было, и чем всё кончилось после долгих переговоров.\n\nСтарики собрались у реки и долго говорили о мире.1 Потом ещё.2 И ещё.3",
    )
    text = text.translate(str.maketrans("“”’–", '""\'-'))
    (manuscript,) = all_of(text.encode("cp1251"), "a.txt")
    assert str(manuscript.sources[0].authors[0]) == "Иван Петров"


@pytest.mark.parametrize("endnotes", [False, True])
def test_a_word_file_keeps_headings_italics_links_and_notes(endnotes):
    (manuscript,) = all_of(make_docx(WORD, endnotes=endnotes), "a.docx")
    assert (manuscript.title, manuscript.standfirst) == (
        "Ending the armed conflict in Ruritania",
        "How the war ended.",
    )
    assert [block.kind for block in manuscript.blocks] == ["heading", "paragraph"]
    assert [[c.locator.value for c in note.citations] for note in manuscript.notes] == [
        ["4"],
        ["5"],
    ]
    body = markdown(manuscript, ["smith2000"], [])
    assert "The *Lady* sank; see [the map](https://example.org/map_1).[@smith2000, p. 4]" in body
    assert manuscript.facts["end_year"][0].text == "1997"


def test_a_word_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    bomb = zipped(**{"word/document.xml": b"0" * 30_000_000})
    tracemalloc.start()
    with pytest.raises(Refused, match="bomb"):
        all_of(bomb, "a.docx")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_word_file_with_entities_or_without_sense_is_refused():
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    for content in (entities, b"<broken"):
        with pytest.raises(Refused, match="Word file"):
            all_of(zipped(**{"word/document.xml": content}), "a.docx")


def test_a_page_is_read_with_its_title():
    page = f"<!DOCTYPE html><html><head><title>Ending a war &amp; more</title><script>1</script></head><body>{POST}</body></html>"
    (manuscript,) = all_of(page.encode(), "a.html")
    assert (manuscript.title, manuscript.standfirst) == ("Ending a war & more", "How it ended.")
    assert manuscript.marked == {1, 2} and "began" in str(manuscript.blocks[0].items)


def test_an_export_gives_an_article_for_each_post_with_where_it_stood():
    post = {
        "title": "Ending a war &amp; more",
        "content": POST,
        "slug": "a-war",
        "categories": ["Africa"],
        "meta": {"_wp_old_slug": "the-war"},
    }
    skipped = [
        {"title": "x", "content": "y", "type": "attachment"},
        {"title": "x", "content": "y", "status": "trash"},
    ]
    first, second = all_of(
        make_wxr(post, *skipped, {"title": "Ending another war", "content": POST}), "export.xml"
    )
    assert (first.title, second.title, first.name) == (
        "Ending a war & more",
        "Ending another war",
        "export.xml",
    )
    origin = first.origin
    assert (origin.address, origin.slug, origin.published) == (
        "https://old.example.org/a-war/",
        "a-war",
        "2015-03-02",
    )
    assert origin.other_addresses == (
        "https://old.example.org/?p=1",
        "https://old.example.org/the-war/",
    )
    assert (first.authors, origin.categories) == (["Ed Alpha"], ("Africa",))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            POST.replace("<p>", "").replace("</p>", "\n\n"), id="classic, without paragraphs"
        ),
        pytest.param(
            "<!-- wp:paragraph -->" + POST.replace("</p>", "</p><!-- /wp:paragraph -->"),
            id="blocks",
        ),
        pytest.param(
            POST.replace("How it", '[caption id="a_1" width="3"][/caption]How it')
            + '[gallery ids="1,2"]',
            id="shortcodes",
        ),
        pytest.param(
            POST.replace("<sup>1</sup>", '<a href="#_ftn1">[1]</a>').replace(
                "<sup>2</sup>", '<a href="#_ftn2">[2]</a>'
            ),
            id="Word's anchors",
        ),
        pytest.param(POST.replace("It ended.", "It&nbsp;ended&#46;"), id="entities"),
    ],
)
def test_a_post_is_read_however_its_content_is_written(content):
    (manuscript,) = all_of(make_wxr({"title": "Ending a war", "content": content}), "e.xml")
    assert (manuscript.standfirst, manuscript.marked) == ("How it ended.", {1, 2})
    assert [note.number for note in manuscript.notes] == [1, 2]
    assert manuscript.facts["start_year"][0].text == "1990"


def test_what_an_export_holds_that_is_no_text_is_named():
    (manuscript,) = all_of(
        make_wxr(
            {
                "title": "Ending a war",
                "content": POST + '[gallery ids="1"]',
                "excerpt": "Quite another text.",
            }
        ),
        "e.xml",
    )
    assert {"shortcode-left-out", "excerpt-left-out"} <= {c.code for c in manuscript.cautions}


def test_a_post_that_is_no_article_is_refused_alone():
    export = make_wxr(
        {"title": "Hello world", "content": "<p>Welcome.</p>"},
        {"title": "Ending a war", "content": POST},
    )
    first, second = articles(io.BytesIO(export), "e.xml")
    with pytest.raises(Refused):
        first.read()
    assert second.read().title == "Ending a war"


def test_a_broken_export_gives_what_came_before_and_says_where_it_breaks():
    export = make_wxr(
        {"title": "Ending a war", "content": POST}, {"title": "Ending two", "content": POST}
    )
    found = articles(io.BytesIO(export[:-400]), "e.xml")
    assert next(found).read().title == "Ending a war"
    with pytest.raises(Refused, match=r"broken XML at line \d+.*1 posts"):
        next(found)


def test_an_xml_bomb_is_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + make_wxr({"title": "&b;", "content": POST})[40:]
    )
    with pytest.raises(Refused, match=r"bomb|XML"):
        all_of(bomb, "e.xml")


def test_a_large_export_is_read_post_by_post(tmp_path):
    path = tmp_path / "export.xml"
    start, end = (
        make_wxr({"title": "T", "content": "C"}).split(b"<item>", 1)[0],
        b"</channel></rss>",
    )
    item = (
        make_wxr({"title": "Ending a war", "content": "<p>" + "word " * 20_000 + "</p>"})
        .split(b"</wp:author>", 1)[1]
        .removesuffix(end)
    )
    with path.open("wb") as file:
        file.write(start)
        for _ in range(150):
            file.write(item)
        file.write(end)
    tracemalloc.start()
    count = sum(1 for _name, found in files_at(path) for _ in found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 150
    assert peak < 8_000_000 < path.stat().st_size


def test_the_digest_of_an_article_is_that_of_its_manuscript():
    (article,) = articles(io.BytesIO(make_docx(WORD)), "a.docx")
    assert article.digest == article.read().digest


TEXT = make_article(title="Ending a war")


def outcomes(data, name="all.zip"):
    """What becomes of each file of a zip: its name, and the titles of its articles or why it is refused."""
    found = []
    for inside, its in files_in(io.BytesIO(data), name):
        try:
            found.append((inside, [article.read().title for article in its]))
        except Refused as refused:
            found.append((inside, str(refused)))
    return found


def test_a_zip_of_articles_is_read_file_by_file():
    data = zipped(
        **{
            "b/late.docx": make_docx(WORD),
            "a/early.txt": TEXT.replace("a war", "an early war"),
            "a/notes.pdf": b"%PDF-1.7",
            "__MACOSX__a__._early.txt": "x",
            ".DS_Store": "x",
            "c/in.zip": zipped(**{"x.txt": TEXT}),
        }
    )
    found = outcomes(data)
    assert [name for name, _ in found] == ["early.txt", "notes.pdf", "late.docx", "in.zip"]
    assert found[0][1] == ["Ending an early war"] and found[2][1] == [
        all_of(make_docx(WORD), "a.docx")[0].title
    ]
    assert "a PDF" in found[1][1] and "within another" in found[3][1]


def test_a_zip_that_is_too_large_is_refused_by_its_name(monkeypatch):
    monkeypatch.setattr("manuscripts.files.archives.MOST_FILES", 1)
    [(name, reason)] = outcomes(zipped(**{"a.txt": TEXT, "b.txt": TEXT}))
    assert name == "all.zip" and "holds 2 files; at most 1" in reason


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("manuscripts.files.archives._MOST_ALTOGETHER", 1_000)
    [(_name, reason)] = outcomes(zipped(**{"a.txt": "x" * 2_000}))
    assert "zip bomb" in reason


def test_a_file_of_a_zip_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("manuscripts.files.archives._MOST_UNPACKED", 1_000)
    found = outcomes(zipped(**{"a.txt": "x" * 2_000, "b.docx": make_docx(WORD)[:100]}))
    assert "is larger than" in found[0][1] and "damaged" in found[1][1]


def test_a_damaged_file_of_a_zip_refuses_itself_alone():
    whole = zipped(**{"a.txt": TEXT, "b.txt": TEXT})
    at = whole.index(b"a.txt") + 10
    found = outcomes(whole[:at] + bytes(8) + whole[at + 8 :])
    assert "cannot be unpacked" in found[0][1] and found[1][1] == ["Ending a war"]
