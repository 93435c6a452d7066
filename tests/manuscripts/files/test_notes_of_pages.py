"""The notes of pages as the common programs print them: their markers, labels and ways back."""

import io
import re

import pytest

from manuscripts.files import articles

FULL = "Ann Smith. <em>A long war</em>. (London: Concord, 2000) p.4"
SHORT = "Smith. <em>A long war</em>. p.5"
PAGE = """<h1>Ending the war</h1><p>How it ended.</p><p>It began in 1989.{} It was over.{}</p>
{}<h4>Start Year</h4><p>1989</p><h4>End Year</h4><p>1997</p>"""
SYSTEMS = {  # a marker, the frame of the notes, a note; {n} is its number, {w} its words
    "Drupal 7": (
        '<a class="see-footnote" id="footnoteref{n}_k3" href="#footnote{n}_k3">{n}</a>',
        '<ul class="footnotes">{}</ul>',
        '<li class="footnote" id="footnote{n}_k3"><a class="footnote-label" href="#footnoteref{n}_k3">{n}.</a>'
        ' <a class="footnote-multi" href="#a">a.</a> {w}</li>',
    ),
    "Drupal 9": (
        '<a id="footnoteref{n}_k3" class="footnote__citation" href="#footnote{n}_k3">{n}</a>',
        '<ul class="footnotes">{}</ul>',
        '<li id="footnote{n}_k3"><span><a class="footnotes__item-backlink" href="#footnoteref{n}_k3">{n}</a></span>'
        '<span class="footnotes__item-text">{w}</span></li>',
    ),
    "Substack": (
        '<a id="footnote-anchor-{n}" href="#footnote-{n}">{n}</a>',
        "{}",
        '<div class="footnote"><a id="footnote-{n}" href="#footnote-anchor-{n}">{n}</a>'
        '<div class="footnote-content"><p>{w}</p></div></div>',
    ),
    "MediaWiki": (
        '<sup><a href="#cite_note-{n}"><span>[</span>{n}<span>]</span></a></sup>',
        '<h2>References<span class="mw-editsection"><span>[</span><a>edit</a><span>]</span></span></h2>'
        '<ol class="references">{}</ol>',
        '<li id="cite_note-{n}"><span class="mw-cite-backlink">^ <span><a href="#cite_ref-{n}">a</a></span></span>'
        " <span>{w}</span></li>",
    ),
    "kramdown": (
        '<sup id="fnref:{n}"><a href="#fn:{n}" class="footnote">{n}</a></sup>',
        '<div class="footnotes"><ol>{}</ol></div>',
        '<li id="fn:{n}"><p>{w} <a href="#fnref:{n}" class="reversefootnote">&#8617;</a>'
        ' <a href="#fnref:{n}:1" class="reversefootnote">&#8617;<sup>2</sup></a></p></li>',
    ),
    "GitHub": (
        '<sup><a href="#user-content-fn-{n}" data-footnote-ref>{n}</a></sup>',
        "<section data-footnotes><h2>Footnotes</h2><ol>{}</ol></section>",
        '<li id="user-content-fn-{n}"><p>{w} <a href="#user-content-fnref-{n}" data-footnote-backref>↩</a></p></li>',
    ),
    "Pandoc": (
        '<a href="#fn{n}" class="footnote-ref" role="doc-noteref"><sup>{n}</sup></a>',
        '<section class="footnotes"><hr /><ol>{}</ol></section>',
        '<li id="fn{n}"><p>{w}<a href="#fnref{n}" role="doc-backlink">↩︎</a></p></li>',
    ),
    "Word": (
        '<a href="#_ftn{n}" name="_ftnref{n}"><span><![if !supportFootnotes]>[{n}]<![endif]></span></a>',
        "<div style='mso-element:footnote-list'>{}</div>",
        "<div style='mso-element:footnote' id=ftn{n}><p class=MsoFootnoteText>"
        '<a href="#_ftnref{n}" name="_ftn{n}"><span>[{n}]</span></a> {w}<o:p></o:p></p></div>',
    ),
    "Google Docs": (
        '<sup><a href="#ftnt{n}" id="ftnt_ref{n}">[{n}]</a></sup>',
        "<hr>{}",
        '<div><p><a href="#ftnt_ref{n}" id="ftnt{n}">[{n}]</a><span>&nbsp;{w}</span></p></div>',
    ),
    "the endnotes of LibreOffice": (
        '<a class="sdendnoteanc" href="#sdendnote{n}sym"><sup>{i}</sup></a>',
        "{}",
        '<div id="sdendnote{n}"><p><a class="sdendnotesym" href="#sdendnote{n}anc">{i}</a>{w}</p></div>',
    ),
    "a table of WordPress": (
        '<sup class="footnote_plugin_tooltip_text">[{n}]</sup><span class="footnote_tooltip"><span>{w}</span>…</span>',
        "<table>{}</table>",
        '<tr><th><a class="footnote_backlink"><span>&#8593;</span>{n}</a></th><td>{w}</td></tr>',
    ),
    "Easy Footnotes": (
        '<a href="https://a.example/p/#easy-footnote-bottom-{n}-12"><sup>{n}</sup></a>',
        '<h4>Notes</h4><ol class="easy-footnotes-wrapper">{}</ol>',
        '<li>{w}<a class="easy-footnote-to-top" href="#easy-footnote-{n}-12">Back to text</a></li>',
    ),
    "markdown-it": (
        '<sup class="footnote-ref"><a href="#fn{n}" id="fnref{n}">[{n}]</a></sup>',
        '<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list">{}</ol></section>',
        '<li id="fn{n}" class="footnote-item"><p>{w} <a href="#fnref{n}" class="footnote-backref">↩︎</a>'
        ' <a href="#fnref{n}:1" class="footnote-backref">↩︎</a></p></li>',
    ),
    "markdown-it with captions": (
        '<sup class="footnote-ref"><a href="#fn{n}" id="fnref{n}:1">[{n}:1]</a></sup>',
        '<ol class="footnotes-list">{}</ol>',
        '<li id="fn{n}" class="footnote-item"><p>{w} <a href="#fnref{n}:1">↩︎</a></p></li>',
    ),
    "Hugo": (
        '<sup id="fnref:{n}"><a href="#fn:{n}" class="footnote-ref" role="doc-noteref">{n}</a></sup>',
        '<div class="footnotes" role="doc-endnotes"><hr><ol>{}</ol></div>',
        '<li id="fn:{n}"><p>{w}&#160;<a href="#fnref:{n}" class="footnote-backref">&#x21a9;&#xfe0e;</a></p></li>',
    ),
    "Hugo before goldmark": (
        '<sup class="footnote-ref" id="fnref:a{n}"><a href="#fn:a{n}">{n}</a></sup>',
        '<div class="footnotes"><hr /><ol>{}</ol></div>',
        '<li id="fn:a{n}">{w} <a class="footnote-return" href="#fnref:a{n}"><sup>[return]</sup></a></li>',
    ),
    "MultiMarkdown": (
        '<a href="#fn:{n}" id="fnref:{n}" title="see footnote" class="footnote">[{n}]</a>',
        "<ol>{}</ol>",
        '<li id="fn:{n}"><p>{w} <a href="#fnref:{n}" class="reversefootnote">&#160;&#8617;&#xfe0e;</a></p></li>',
    ),
    "Python-Markdown": (
        '<sup id="fnref:{n}"><a class="footnote-ref" href="#fn:{n}">{n}</a></sup>',
        '<div class="footnote"><hr /><ol>{}</ol></div>',
        '<li id="fn:{n}"><p>{w}&#160;<a class="footnote-backref" href="#fnref:{n}">&#8617;</a></p></li>',
    ),
    "GitHub with what it hides": (
        '<sup><a href="#user-content-fn-{n}-9f3" id="user-content-fnref-{n}-9f3" data-footnote-ref'
        ' aria-describedby="footnote-label">{n}</a></sup>',
        '<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2>'
        "<ol>{}</ol></section>",
        '<li id="user-content-fn-{n}-9f3"><p>{w} <a href="#user-content-fnref-{n}-9f3"'
        ' class="data-footnote-backref"><g-emoji>↩</g-emoji></a> <a href="#user-content-fnref-{n}-2-9f3"'
        ' class="data-footnote-backref"><g-emoji>↩</g-emoji><sup>2</sup></a></p></li>',
    ),
    "Pandoc in an aside": (
        '<a href="#fn{n}" class="footnote-ref" id="fnref{n}"><sup>{n}</sup></a>',
        '<aside id="footnotes" class="footnotes footnotes-end-of-document"><hr /><ol>{}</ol></aside>',
        '<li id="fn{n}"><p>{w}<a href="#fnref{n}" class="footnote-back">↩︎</a></p></li>',
    ),
    "Org-mode": (
        '<sup><a id="fnr.{n}" class="footref" href="#fn.{n}" role="doc-backlink">{n}</a></sup>',
        '<div id="footnotes"><h2 class="footnotes">Footnotes: </h2><div id="text-footnotes">{}</div></div>',
        '<div class="footdef"><sup><a id="fn.{n}" class="footnum" href="#fnr.{n}">{n}</a></sup> '
        '<div class="footpara" role="doc-footnote"><p class="footpara">{w}</p></div></div>',
    ),
    "Org-mode with commas and dots": (
        '<sup><a id="fnr.{n}.100" class="footref" href="#fn.{n}">{n}</a></sup>',
        '<div id="footnotes">{}</div>',
        '<p class="footnote"><a class="footnum" name="fn.{n}" href="#fnr.{n}">{n}</a>. {w}</p>',
    ),
    "Asciidoctor": (
        '<sup class="footnote">[<a id="_footnoteref_{n}" class="footnote" href="#_footnotedef_{n}">{n}</a>]</sup>',
        '<div id="footnotes"><hr>{}</div>',
        '<div class="footnote" id="_footnotedef_{n}"><a href="#_footnoteref_{n}">{n}</a>. {w}</div>',
    ),
    "Sphinx": (
        '<a class="footnote-reference brackets" href="#f{n}" id="id{n}"><span>[</span>{n}<span>]</span></a>',
        '<aside class="footnote-list brackets">{}</aside>',
        '<aside class="footnote brackets" id="f{n}"><span class="label"><span class="fn-bracket">[</span>'
        '<a role="doc-backlink" href="#id{n}">{n}</a><span class="fn-bracket">]</span></span><p>{w}</p></aside>',
    ),
    "Sphinx in a list of terms": (
        '<a class="footnote-reference brackets" href="#f{n}" id="id{n}">{n}</a>',
        '<dl class="footnote brackets">{}</dl>',
        '<dt class="label" id="f{n}"><span class="brackets"><a class="fn-backref" href="#id{n}">{n}</a>'
        "</span></dt><dd><p>{w}</p></dd>",
    ),
    "Docutils in a table": (
        '<a class="footnote-reference" href="#id{n}0" id="id{n}">[{n}]</a>',
        "{}",
        '<table class="docutils footnote" id="id{n}0"><tbody><tr><td class="label"><a class="fn-backref" '
        'href="#id{n}">[{n}]</a></td><td>{w}</td></tr></tbody></table>',
    ),
    "Markdown with names by hand": (
        '<a name="back{n}"></a><a href="#note{n}"><sup>{n}</sup></a>',
        "<hr>{}",
        '<p><a name="note{n}"></a><sup>{n}</sup> {w} <a href="#back{n}">↑</a></p>',
    ),
    "a list without numbers": ("<sup>{n}</sup>", "<ul>{}</ul>", '<li id="note{n}">{w}</li>'),
    "a list numbered twice": (
        "<sup>{n}</sup>",
        '<ol class="endnotes">{}</ol>',
        "<li>{n}. {w}</li>",
    ),
    "a list of terms": ("<sup>{n}</sup>", "<dl>{}</dl>", "<dt>{n}</dt><dd><p>{w}</p></dd>"),
    "numbers that styles raise": (
        '<span style="vertical-align: super">{n}</span>',
        "{}",
        '<p><span style="vertical-align:super">{n}</span> {w}</p>',
    ),
}


def page(marker, frame, note):
    notes = [(1, "i", FULL), (2, "ii", SHORT)]
    markers, printed = (
        [part.format(n=n, i=i, w=w) for n, i, w in notes] for part in (marker, note)
    )
    return PAGE.format(*markers, frame.format("".join(printed)))


@pytest.mark.parametrize("system", SYSTEMS)
def test_notes_are_found_whatever_program_printed_them(system):
    [article] = [a.read() for a in articles(io.BytesIO(page(*SYSTEMS[system]).encode()), "a")]
    assert [note.number for note in article.notes] == [1, 2]
    assert [note.citations[0].locator.value for note in article.notes] == ["4", "5"]
    assert [note.text.endswith(("p.4", "p.5")) for note in article.notes] == [True, True]
    assert [(s.title, str(s.authors[0])) for s in article.sources] == [("A long war", "Ann Smith")]
    assert article.marked == {1, 2}
    assert article.standfirst == "How it ended."
    assert article.paragraphs == 1
    assert article.cautions == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_notes_are_found_however_a_page_is_set_out_on_lines(system):
    whole = page(*SYSTEMS[system])
    blocks = r"</?(?:aside|dl|div|ol|section|t[dhr]|tbody|table|ul)\b[^>]*>|<(?:dd|dt|li|p)\b[^>]*>"
    set_out = re.sub(f"({blocks})", r"\n    \1\n    ", whole)
    for text in (set_out, set_out.replace("\n", "\r\n\t")):
        [article] = [a.read() for a in articles(io.BytesIO(text.encode()), "a")]
        assert [note.citations[0].locator.value for note in article.notes] == ["4", "5"]
        assert [note.text.endswith(("p.4", "p.5")) for note in article.notes] == [True, True]
        assert [str(s.authors[0]) for s in article.sources] == ["Ann Smith"]
        assert (article.marked, article.paragraphs) == ({1, 2}, 1)
        assert article.cautions == []


def test_what_only_looks_like_a_note_stays_as_it_is():
    body = (
        '<h1>Ending the war</h1><p>How it ended.</p><p>See <a href="#part2">2</a> and '
        '<a href="https://a.example/x#note-3">the note</a>.</p><ul id="notes-and-reading"><li>one</li><li>two</li></ul>'
        "<h4>Start Year</h4><p>1989</p><h4>End Year</h4><p>1997</p>"
    )
    [article] = list(articles(io.BytesIO(body.encode()), "a"))
    assert "See 2 and" in article.text
    assert "- one\n- two" in article.text
    assert "the note\ue025" in article.text  # a link of its own
