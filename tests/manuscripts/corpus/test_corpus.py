"""The corpus: what the importer makes of manuscripts of our own, half of them kept aside."""

import io
from collections import defaultdict

import pytest

from manuscripts.files import articles
from manuscripts.parse.decoding import Refused
from manuscripts.report import refusal, report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve

from .making import make_file, specifications
from .scoring import score

pytestmark = pytest.mark.django_db

WANTED = {"first": 96, "second": 96, "docx": 92, "html": 92, "wxr": 92}


def entry_of(spec, directory):
    name, data = make_file(spec)
    try:
        (article,) = articles(io.BytesIO(data), name)
        return report(resolve(article.read(), directory))
    except Refused as refused:
        return refusal(name, str(refused))


def scored(half):
    directory = Directory.load()
    return [
        (name, spec, score(spec, entry_of(spec, directory))) for name, spec in specifications(half)
    ]


def table(half, results):
    """The scores of a half by form and by field, as lines."""
    forms, fields = defaultdict(list), defaultdict(list)
    for _, spec, result in results:
        forms[spec["form"]].append(result.total)
        for name, points in result.points.items():
            fields[name] += points
    lines = [f"{half}: {len(results)} manuscripts"]
    lines += [
        f"  {form:8} {sum(t) / len(t):6.1f} of 100 ({len(t)})" for form, t in sorted(forms.items())
    ]
    lines += [
        f"    {name:16} {100 * sum(p) / len(p):6.1f} ({len(p)})" for name, p in fields.items()
    ]
    lines.append(
        f"  invented {sum(len(r.invented) for *_, r in results)}, silent {sum(len(r.silent) for *_, r in results)}"
    )
    return lines, {form: sum(t) / len(t) for form, t in forms.items()}


@pytest.mark.parametrize("half", ["tuning", "aside"])
def test_each_half_of_the_corpus_is_read(half, capsys):
    results = scored(half)
    lines, totals = table(half, results)
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    wrong = [f"{name}: {words}" for name, _, r in results for words in r.wrong]
    assert all(totals[form] >= WANTED[form] for form in totals), "\n".join(wrong)
    assert [i for *_, r in results for i in r.invented] == [], "\n".join(wrong)
    assert [i for *_, r in results for i in r.silent] == [], "\n".join(wrong)


def test_the_corpus_has_both_halves_and_all_forms():
    for half in ("tuning", "aside"):
        assert {spec["form"] for _, spec in specifications(half)} == set(WANTED)
    assert sum(len(specifications(half)) for half in ("tuning", "aside")) >= 60
