"""The table of rules: each with its grade, what it says of itself, and an example of both kinds."""

from .finding import Rule
from .rules_of_facts import FACTS
from .rules_of_notes import NOTES
from .rules_of_setting import SETTING
from .rules_of_words import WORDS

RULES: dict[str, Rule] = {rule.code: rule for rule in (*SETTING, *WORDS, *NOTES, *FACTS)}
"""By their codes, errors first."""
