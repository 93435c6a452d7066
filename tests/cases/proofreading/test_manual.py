"""The table in docs/proofreading.md is the table of rules: `PROOFREADING=write` writes it."""

import os
from pathlib import Path

from cases.proofreading import RULES, Grade, in_words

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "proofreading.md"
BEGINS, ENDS = "<!-- table -->\n", "<!-- end of table -->"


def cell(words):
    return f"`{words.replace('|', '¦').replace('`', '’')}`"


def table():
    lines = ["| rule | what and why | trips it | does not |", "|---|---|---|---|"]
    for grade in Grade:
        for rule in (rule for rule in RULES.values() if rule.grade == grade):
            marks = (" ✎" if rule.mend else "") + (" †" if rule.kept else "")
            what = f"**{rule.title}** ({grade.label}){marks}. {rule.why}"
            examples = cell(in_words(rule.trips)), cell(in_words(rule.misses))
            lines.append(f"| `{rule.code}` | {what} | {examples[0]} | {examples[1]} |")
    return "\n".join(lines) + "\n"


def test_the_manual_has_every_rule_as_it_is():
    before, begins, rest = MANUAL.read_text(encoding="utf-8").partition(BEGINS)
    stated, ends, after = rest.partition(ENDS)
    if os.environ.get("PROOFREADING") == "write":
        MANUAL.write_text(before + begins + table() + ends + after, encoding="utf-8")
        stated = table()
    assert stated == table(), "Write it anew: PROOFREADING=write, as docs/changing.md says."
