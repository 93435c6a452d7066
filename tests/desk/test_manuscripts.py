"""The import page: paste or upload, see what was understood, accept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case
from organisations.models import Organisation
from sources.models import Source

ARTICLE = """Ending the armed conflict in Mozambique

The mediation of a religious community helped to end the armed conflict in Mozambique in 1992.

Talks between the government and the rebels began in Rome in 1990.1 They ended well in 1992.2

1 Ann Author. “A Made-up Book about Talks.” Made-up Studies, Vol. 4, No. 4. (2001) pp.52-4
2 Ben Writer. Another Made-up Book. (London: Nowhere Press, 2003) p.16

Start Year
1990
End Year
1992
Location
Mozambique
Type of Conflict
Vertical intrastate conflict
Type of Initiative
Mediation of a peace agreement
Main Implementing Organisation(s)
A Made-up Community of Mediators
Impact
Lasting
"""


def text_of(response):
    return response.content.decode()


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


@pytest.fixture
def read(desk, page, hidden):
    """`read(text)` is the page that shows what was understood of it."""

    def post(text=ARTICLE, **over):
        return desk.post(page("import"), {"action": "read", "text": text, **over})

    return post


@pytest.fixture
def accept(desk, page, hidden):
    """`accept(response, text)` presses the button of a page that `read` gave."""

    def post(response, text=ARTICLE, **over):
        typed = hidden(response) | {"action": "accept", "text": text} | over
        return desk.post(page("import"), typed)

    return post


def upload(data, name="mozambique.txt"):
    return SimpleUploadedFile(name, data, "text/plain")


def test_reading_shows_what_was_understood_beside_the_text_and_stores_nothing(read):
    html = text_of(read())
    assert "Mozambique" in html
    assert "1990–1992" in html
    assert "Vertical (state-based) intrastate conflict" in html
    assert "A Made-up Community of Mediators" in html
    assert "A Made-up Book about Talks" in html
    assert '<li value="5" id="line-5">Talks between' in html
    assert not Case.objects.exists()
    assert not Source.objects.exists()
    assert not Organisation.objects.exists()


def test_warnings_lead_to_their_lines(read):
    html = text_of(read())
    line = ARTICLE.splitlines().index("A Made-up Community of Mediators") + 1
    assert f'<a href="#line-{line}">Line {line}</a>' in html
    assert f'id="line-{line}"' in html


def test_accepting_makes_a_draft_of_the_editor(read, accept, page, editor):
    response = accept(read())
    case = Case.objects.get()
    assert response["Location"] == page("cases_case_change", case.pk)
    assert (case.stage, case.start_year, case.end_year) == ("draft", 1990, 1992)
    assert list(case.contributors.all()) == [editor]
    assert Source.objects.count() == 2
    assert Organisation.objects.get().name == "A Made-up Community of Mediators"


def test_a_file_is_read_and_its_words_stand_in_the_form(read, accept):
    response = read("", file=upload(ARTICLE.encode()))
    assert "Talks between the government" in text_of(response)
    assert 'name="name" value="mozambique.txt"' in text_of(response)
    accept(response)
    assert Case.objects.get().title == "Ending the armed conflict in Mozambique"


def test_a_file_goes_before_the_text(read):
    html = text_of(read("Something else", file=upload(ARTICLE.encode("utf-16"))))
    assert "1990–1992" in html
    assert "Something else" not in html


def test_the_same_text_again_is_recognised_and_leads_to_its_case(read, accept, page):
    accept(read())
    response = read()
    assert page("cases_case_change", Case.objects.get().pk) in text_of(response)
    assert 'value="accept"' not in text_of(response)
    response = accept(response)
    assert "was imported already" in text_of(response)
    assert Case.objects.count() == 1


def test_a_text_that_changed_since_it_was_shown_is_shown_again(read, accept):
    changed = ARTICLE.replace("1992", "1994")
    response = accept(read(), changed)
    assert "The text has changed since it was read." in text_of(response)
    assert "1990–1994" in text_of(response)
    assert not Case.objects.exists()
    accept(response, changed)
    assert Case.objects.get().end_year == 1994


def test_nothing_is_accepted_that_was_never_shown(desk, page):
    desk.post(page("import"), {"action": "accept", "text": ARTICLE})
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG), not an article"),
        (b"a" * 1_000_001, "larger than 1 MB"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "a damaged zip archive"),
        (b"Start Year\n1990\n", "no title"),
    ],
)
def test_a_file_that_is_no_article_is_refused_with_a_reason(read, data, said):
    response = read("", file=upload(data, "x.docx"))
    assert response.status_code == 200
    assert said in text_of(response)
    assert "<title>Error:" in text_of(response)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The text is empty"),
        (" \n ", "The text is empty"),
        ("Ending the war\n\nWords\0", "Null characters"),
        ("1 1 1 1 " * 3000, "no title"),
    ],
)
def test_a_text_that_is_no_article_is_refused_and_stays(read, text, said):
    response = read(text)
    assert response.status_code == 200
    assert said in text_of(response)
    assert text.replace("\0", "").strip()[:20] in text_of(response)
    assert not Case.objects.exists()


def test_markup_in_a_manuscript_is_never_markup(read, accept, desk, page):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = ARTICLE.replace("Talks", nasty).replace("A Made-up Community", nasty)
    response = read(text, name='"><script>alert(3)</script>')
    assert "<script>alert" not in text_of(response)
    assert "<img" not in text_of(response)
    accept(response, text)
    html = text_of(desk.get(page("cases_case_preview", Case.objects.get().pk)))
    assert "<script>alert" not in html
    assert "<img" not in html


def test_an_article_of_very_many_lines_shows_the_first_of_them(read):
    html = text_of(read(ARTICLE.replace("They ended", "Words, again.\n" * 4000 + "They ended")))
    assert html.count('id="line-') == 3000
    assert "The rest is not shown." in html
