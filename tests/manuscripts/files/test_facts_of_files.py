"""Facts as pages, posts and Word files print them: in lists, tables and columns, with bold labels."""

import io

import pytest

from manuscripts.files import articles

from .making import make_docx, make_wxr

FACTS = {
    "Start Year": "1990",
    "End Year": "1997",
    "Location": "Northern Mali",
    "Type of Conflict": "Interstate conflict",
    "Main Implementing Organisation(s)": "The UN",
    "Impact": "Limited",
}
BODY = "<p>It began.<sup>1</sup> It was over.<sup>2</sup></p>"
NOTES = (
    "<p><sup>1</sup> Ann Smith. A long war. (London: Concord, 2000) p.4</p>"
    "<p><sup>2</sup> Smith. A long war. p.5</p>"
)
FIRST = f"<h1>Ending the war</h1><p>How it ended.</p>{BODY}{NOTES}{{}}"
SECOND = (
    "<h1>Ending the war</h1>{}<p><strong>Summary:</strong> How it ended.</p>"
    f"<h2>Description of Case</h2>{BODY}{NOTES}"
)
FORMS = {  # what is around the facts, and a fact
    "items": ("<ul>{}</ul>", "<li>{}: {}</li>"),
    "numbered items": ("<ol>{}</ol>", "<li>{}: {}</li>"),
    "items with a bold label": ("<ul>{}</ul>", "<li><strong>{}</strong> {}</li>"),
    "items with bold italics": ("<ul>{}</ul>", "<li><em><strong>{}</strong></em>: {}</li>"),
    "items with a dash": ("<ul>{}</ul>", "<li>{} – {}</li>"),
    "items with nothing between": ("<ul>{}</ul>", "<li><span>{}</span> <span>{}</span></li>"),
    "items with a line break": ("<ul>{}</ul>", "<li><b>{}</b><br>{}</li>"),
    "a label and a value in an item each": ("<ul>{}</ul>", "<li>{}</li><li>{}</li>"),
    "lists in a list": ("<ul>{}</ul>", "<li>{}<ul><li>{}</li></ul></li>"),
    "a list of terms": ("<dl>{}</dl>", "<dt>{}</dt><dd><p>{}</p></dd>"),
    "paragraphs with a bold label": ("{}", "<p><strong>{}</strong> {}</p>"),
    "paragraphs with a dash": ("{}", "<p><b>{}</b> – {}</p>"),
    "paragraphs with nothing between": ("{}", "<p><span>{}</span> <span>{}</span></p>"),
    "lines of one paragraph": ("<p>{}</p>", "<b>{}</b> {}<br>"),
    "fields": ("{}", "<div><div>{}:&nbsp;</div><div><div>{}</div></div></div>"),
    "a table": ("<table>{}</table>", "<tr><th>{}</th><td>{}</td></tr>"),
    "a table with two facts a row": ("<table><tr>{}</tr></table>", "<td>{}</td><td>{}</td>"),
    "a list of terms with a heading": (
        "<h2>Case details</h2><dl>{}</dl>",
        "<dt>{}</dt><dd>{}</dd>",
    ),
    "a list with a heading": ("<h3>Key facts</h3><ul>{}</ul>", "<li>{}: {}</li>"),
}


def read(data):
    [article] = [found.read() for found in articles(io.BytesIO(data), "a")]
    return article


def facts_of(article):
    return [" ".join(line.text for line in lines) for lines in article.facts.values()]


@pytest.mark.parametrize("template", [FIRST, SECOND])
@pytest.mark.parametrize("form", FORMS)
def test_facts_are_found_however_a_page_prints_them(form, template):
    around, fact = FORMS[form]
    printed = around.format("".join(fact.format(*pair) for pair in FACTS.items()))
    article = read(template.format(printed).encode())
    assert facts_of(article) == list(FACTS.values())
    assert article.standfirst == "How it ended."
    assert article.paragraphs == 1
    assert article.cautions == []


def test_the_columns_of_a_table_are_facts_under_their_labels():
    rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in (FACTS, FACTS.values())]
    table = f"<table><tr>{rows[0]}</tr><tr>{rows[1]}</tr></table>"
    assert facts_of(read(FIRST.format(table).encode())) == list(FACTS.values())


def test_facts_in_a_list_block_of_a_post_are_found():
    items = "".join(
        f"<!-- wp:list-item --><li>{a}: {b}</li><!-- /wp:list-item -->" for a, b in FACTS.items()
    )
    content = f"<p>How it ended.</p>{BODY}{NOTES}<!-- wp:list --><ul>{items}</ul><!-- /wp:list -->"
    article = read(make_wxr({"title": "Ending the war", "content": content}))
    assert facts_of(article) == list(FACTS.values())


@pytest.mark.parametrize("line", ["- {}: {}", "- **{}** {}", "**{}** {}", "{} – {}", "| {} | {} |"])
def test_facts_of_a_word_file_are_found_in_lists_and_tables(line):
    facts = "\n".join(line.format(*pair) for pair in FACTS.items())
    text = f"# Ending the war\nHow it ended.\nIt began.[^1] It was over.\n{facts}\n[^1]: Ann Ek. *Mud*. (Oslo: Fjell, 2000) p.4"
    assert facts_of(read(make_docx(text))) == list(FACTS.values())


@pytest.mark.parametrize(
    "items",
    [
        ["Mediators: they have to be trusted.", "Impact: nobody measures it."],  # none sure
        ["Type of conflict: it matters.", "Geography matters, too.", "So does time."],  # one alone
    ],
)
def test_a_list_of_the_text_that_has_labels_like_facts_stays_in_the_text(items):
    listed = "".join(f"<li>{item}</li>" for item in items)
    body = BODY.replace("<p>", f"<p>It began.</p><ul>{listed}</ul><p>", 1)
    article = read(FIRST.replace(BODY, body).format("<h4>Start Year</h4><p>1990</p>").encode())
    assert list(article.facts) == ["start_year"]
    assert [len(b.items) for b in article.blocks if b.kind == "list"] == [len(items)]


def test_what_a_page_says_at_its_foot_is_no_value():
    body = (
        "<h1>Ending the war</h1><p>How it ended.</p><p>It began.</p><h4>Start Year</h4><p>1989</p>"
        "<h4>Impact</h4><p>Limited</p><div>The Library, all rights reserved</div><p>About us</p>"
    )
    article = read(body.encode())
    assert [line.text for line in article.facts["impact"]] == ["Limited"]
    assert [line.text for line in article.left_over] == [
        "The Library, all rights reserved",
        "About us",
    ]
