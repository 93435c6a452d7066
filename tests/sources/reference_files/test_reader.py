"""Which format a file is in, its encoding, what is refused and on which line, and hostile files."""

import json
import time

import pytest

from sources.reference_files import NotReadable, read

RIS = "TY  - BOOK\nTI  - Müller\nER  - \n"
BIB = "@book{k,\n  title = {Müller},\n}\n"
CSL = json.dumps([{"type": "book", "title": "Müller"}], ensure_ascii=False)


@pytest.mark.parametrize("text", [RIS, BIB, CSL, CSL[1:-1]])
@pytest.mark.parametrize(
    "written",
    [
        lambda text: text,
        lambda text: text.encode(),
        lambda text: "\ufeff" + text,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: "\n\n  " + text,
    ],
)
def test_the_format_is_seen_from_the_content(text, written):
    (found,) = read(written(text), name="wrong.xml")
    assert (found.item["title"], found.item["type"], found.unread) == ("Müller", "book", [])


@pytest.mark.parametrize("text", [RIS, BIB, CSL])
def test_windows_1252_is_read_and_said(text):
    (found,) = read(text.encode("cp1252"))
    assert found.item["title"] == "Müller"
    assert found.unread == [(1, "The file is not in UTF-8; it was read as Windows-1252.")]


REFUSED = {
    "": (1, "empty"),
    " \n\n ": (1, "empty"),
    "Dear all,": (1, "“x.txt” is neither CSL-JSON nor BibTeX nor RIS"),
    b"\xff\xfea": (1, "no known encoding"),
    RIS.encode() + b"TY  - \x81": (4, "no known encoding"),
    RIS + "\0": (4, "no text"),
    "TY  - BOOK\nTI  - x\n": (1, "ER is missing"),
    "TY  - BOOK\n\nTY  - BOOK\nER  - ": (3, "begins in line 1"),
    "Dear all,\n" + RIS: (1, "“Dear all,” stands outside"),
    RIS + "AU  - x\n": (4, "stands outside"),
    "@book{a,\n title = {T}\n\n@book{b, title = {T}}": (1, "“@book{a,” has no end"),
    "@book{a, title = {T}}\n@book{b,\n title = {T": (2, "has no end"),
    '@book{a,\n title = "T}\n': (1, "has no end"),
    "@book{a,\n title = {T}},\n year = 2001\n}": (4, "closing brace too many"),
    "@book{title = {T}}": (1, "cannot be read"),
    "@book{a,\n\n title = {a} {b}}": (3, "“{b}” cannot be read"),
    "@book{a,\n journal = jnl}": (2, "“jnl” is no abbreviation"),
    "@comment{x}": (1, "No reference"),
    '[{"title": "x"},\n{"ti': (2, "breaks off"),
    '[{"title": "x"},\n': (2, "breaks off"),
    '[{"title": "x"}\n': (2, "breaks off"),
    '[{"title": "x"},\n {"title": x}]': (2, "cannot be read here"),
    '[{"title": "x"},\n {"name": "x"}]': (2, "neither type nor title"),
    "[1]": (1, "neither type nor title"),
    "[]": (1, "without a reference"),
    '{"title": "x"}\n{"title": "y"}': (2, "Something follows"),
    '[{"title": NaN}]': (1, "NaN is not JSON"),
}


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: repr(file)[:40])
def test_a_broken_file_is_refused_with_its_line_and_the_reason(file):
    line, words = REFUSED[file]
    with pytest.raises(NotReadable) as refused:
        read(file, name="“x.txt”")
    assert refused.value.line == line
    assert words in refused.value.reason
    assert str(refused.value) == f"Line {line}: {refused.value.reason}"


MANY = 10**6
LAUGHS = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 60))
HOSTILE = {  # not refused where it says nothing
    "large": ("x" * (20 * MANY + 1), "larger than 20 MB"),
    "many RIS": ("TY  - BOOK\nER  - \n" * 20_001, "20000 references"),
    "many BibTeX": ("@book{,}\n" * 20_001, "20000 references"),
    "many blocks": ("@a{\n" * 500_000, "20000 references"),
    "many CSL": ("[" + '{"title":"x"},' * 20_001, "20000 references"),
    "long line": ("TY  - BOOK\nTI  - " + "x" * MANY + "\nER  - ", "longer than"),
    "open braces": ("@book{k, title = " + "{" * 500_000, "has no end"),
    "balanced": ("@book{k, title = {" + "{" * 100_000 + "}" * 100_000 + "}}", "without end"),
    "closing": ("@book{k, title = {T}}\n" + "}" * 500_000, "closing brace too many"),
    "a million braces": ("{" * MANY, "cannot be read"),
    "laughs": (f'@string{{a0 = "ha ha ha"}}\n{LAUGHS}@book{{k, title = a59}}', "too long a text"),
    "repeated": (
        f'@string{{a = "{"ha" * 30_000}"}}\n' + "@book{, title = a # a}\n" * 15_000,
        "too long a text",
    ),
    "inherited": (
        f"@book{{p, title = {{{'x' * 500_000}}}}}\n" + "@inbook{, crossref = {p}}\n" * 15_000,
        "repeat too much",
    ),
    "circle": ("@book{a, crossref = {b}}\n@book{b, crossref = {a}}", ""),
    "fields": ("@book{k, " + "a = 1,\n" * 20_000 + "}", "10000 fields"),
    "tags": ("TY  - BOOK\n" + "AU  - a\n" * 20_000 + "ER  - ", "10000 fields"),
    "keys": ("{" + ",".join(f'"title{n}":1' for n in range(20_000)) + ',"title":1}', "10000"),
    "accents": ("@book{k, title = {" + r"\'\d" * 100_000 + "}}", ""),
    "math": ("@book{k, title = {" + "$" * 500_001 + "}}", ""),
    "names": ("@book{k, author = {" + "a and " * 100_000 + "b}}", ""),
    "people": ('[{"title":"x","author":[' + "{}," * 100_000 + "{}]}]", ""),
    "addresses": ("TY  - BOOK\nUR  - " + "; http://a.b" * 50_000 + "\nER  - ", ""),
    "dates": ("TY  - BOOK\nDA  - " + "1 " * 200_000 + "\nPY  - " + "st" * 200_000 + "\nER  - ", ""),
    "ISBN": ("TY  - BOOK\nSN  - " + "1-" * 200_000 + "\nER  - ", ""),
    "deep JSON": ("[" * 100_000, "without end"),
    "deep value": ('[{"title":"x","a":' + "[" * 100_000 + "]" * 100_000 + "}]", "without end"),
    "long number": ('[{"title":"x","volume":' + "9" * 100_000 + "}]", ""),
    "surrogates": (r'[{"title":"a\ud800b","\udfff":"\ud800"}]', ""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_file_takes_long_or_fails_without_words(case):
    text, words = HOSTILE[case]
    begun = time.process_time()
    if words:
        with pytest.raises(NotReadable, match=words):
            read(text)
    else:
        for reference in read(text):
            assert json.dumps(reference.item, ensure_ascii=False).encode()
            assert len(reference.unread) <= 201
    assert time.process_time() - begun < 10


def test_what_is_not_taken_of_one_reference_is_bounded_in_number():
    (found,) = read("@book{k,\n" + "".join(f"x{n} = 1,\n" for n in range(500)) + "}")
    assert len(found.unread) == 201
    assert found.unread[-1][1] == "and more that is not taken over"
