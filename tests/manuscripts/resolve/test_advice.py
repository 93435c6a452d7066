"""Every warning says what the editor can do."""

import re
from pathlib import Path

from manuscripts.resolve.advice import ADVICE

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"\"([a-z]+(?:-[a-z]+)+)(?:\"|: )")


def test_every_code_of_a_warning_has_its_advice_and_stands_in_the_manual():
    source = "\n".join(
        path.read_text("utf-8")
        for path in (ROOT / "manuscripts").rglob("*.py")
        if path.name != "advice.py"
    )
    manual = (ROOT / "docs" / "importing.md").read_text("utf-8")
    unused = [code for code in ADVICE if code not in CODE.findall(source)]
    missing = [code for code in ADVICE if f"`{code}`" not in manual]
    assert (unused, missing) == ([], [])


def test_every_advice_is_a_sentence():
    assert all(words.endswith(".") and words[0].isupper() for words in ADVICE.values())
