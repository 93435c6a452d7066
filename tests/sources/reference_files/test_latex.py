"""LaTeX as bibliographies have it, read as text; and text as LaTeX."""

import pytest
from hypothesis import given

from sources.reference_files import read
from sources.reference_files.latex import decoded, escaped

from .items import texts


@given(texts())
def test_any_text_is_read_back(text):
    latex = escaped(text)
    assert decoded(latex) == (text, [])
    assert latex.count("{") == latex.count("}")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o} \'{e} \v{c} \ss\ \o{} \L\'od\'z \c c \^{\i} \H{o}", "ö é č ß ø Łódź ç î ő"),
        (r"Schr{\"{o}}dinger {\AE}sop \aa rhus \~nu \'{\"u}", "Schrödinger Æsop århus ñu ǘ"),
        (r"A~B -- C --- D \& 5\% \$ \_ \# \{x\}", "A B – C — D & 5% $ _ # {x}"),
        (r"``Quoted'' and \enquote{this}, \textit{so} {\it too}", "“Quoted” and “this”, so too"),
        (r"$x^{2}$ and \alpha", r"$x^{2}$ and α"),
        (r"100% sure, Smith & Sons", "100% sure, Smith & Sons"),
        (r"\textbackslash{} \~{} \^{} \textendash{} \ldots", r"\ ~ ^ – …"),
        (r"\href{https://x.y}{Words} \url{https://x.y/a_b}", "Words https://x.y/a_b"),
        ("two\n   lines", "two lines"),
        (r"War \&amp; peace", "War & peace"),
    ],
)
def test_latex_is_read_as_text(latex, text):
    (found,) = read(f"@book{{k, title = {{{latex}}}}}")
    assert found.item["title"] == text


def test_a_command_that_is_not_understood_is_said():
    (found,) = read("@book{k,\n title = {A \\foo{b} c}}")
    assert found.item["title"] == "A b c"
    assert found.unread == [(2, "title \\foo (LaTeX not understood)")]
