"""Notes that stand in the text of a page and are shown in its margin, as Tufte CSS has them."""

import io

import pytest

from manuscripts.files import articles

FULL = "Ann Smith. <em>A long war</em>. (London: Concord, 2000) p.4"
SHORT = "Smith. <em>A long war</em>. p.5"
TUFTE = (
    '<label for="sn-{n}" class="margin-toggle sidenote-number"></label>'
    '<input type="checkbox" id="sn-{n}" class="margin-toggle"/><span class="sidenote">{w}</span>'
)
UNNUMBERED = (
    '<label for="mn" class="margin-toggle">&#8853;</label>'
    '<input type="checkbox" id="mn" class="margin-toggle"/><span class="marginnote">{w}</span>'
)
PAGE = """<h1>Ending the war</h1><p>How it ended.</p>{}
<h4>Start Year</h4><p>1989</p><h4>End Year</h4><p>1997</p>"""


def read(body):
    [article] = [a.read() for a in articles(io.BytesIO(PAGE.format(body).encode()), "a")]
    return article


@pytest.mark.parametrize(
    "note",
    [
        TUFTE,
        '<label class="margin-toggle sidenote-number" for="a{n}"></label>'
        '<input id="a{n}" class="margin-toggle" type="checkbox"><span class="sidenote">{w}<br><br></span>',
        '<sup class="sidenote-number">{n}</sup><small class="sidenote"><sup>{n}</sup> {w}</small>',
        '<span class="sidenote-number"></span><aside class="sidenote"><p>{w}</p></aside>',
        '<span class="sidenote">{n}. <span class="x">{w}</span></span>',
    ],
)
def test_a_note_of_the_margin_is_a_note(note):
    first, second = note.format(n=1, w=FULL), note.format(n=2, w=SHORT)
    article = read(f"<p>It began in 1989.{first} It was over.{second}</p>")
    assert [n.citations[0].locator.value for n in article.notes] == ["4", "5"]
    assert [str(s.authors[0]) for s in article.sources] == ["Ann Smith"]
    assert (article.marked, article.paragraphs, article.cautions) == ({1, 2}, 1, [])
    assert article.blocks[0].items == (("It began in 1989.", 1, " It was over.", 2),)


def test_a_note_of_the_margin_without_a_number_gets_one():
    notes = (TUFTE.format(n=1, w=FULL), UNNUMBERED.format(w="A picture."))
    article = read(f"<p>It began in 1989.{notes[0]} {notes[1]}It was over.</p>")
    assert [len(n.citations) for n in article.notes] == [1, 0]
    assert article.notes[1].text == "A picture."
    assert article.marked == {1, 2}


def test_a_paragraph_that_begins_with_a_note_of_the_margin_has_its_number_at_the_end():
    article = read(f"<p>{UNNUMBERED.format(w='A picture.')}It began in 1989.</p>")
    assert article.blocks[0].items == (("It began in 1989.", 1),)


def test_a_note_of_the_margin_that_is_not_ended_swallows_no_paragraph():
    article = read('<p>It began.<span class="sidenote">A note.</p><p>It was over.</p>')
    assert [block.items[0][0] for block in article.blocks] == ["It began.", "It was over."]
    assert [note.text for note in article.notes] == ["A note."]
