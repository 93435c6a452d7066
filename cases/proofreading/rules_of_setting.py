"""The rules that stop publication, which nobody can turn off or dismiss."""

from django.utils.translation import gettext_lazy as _

from .finding import Grade, Rule
from .setting import long_locators, long_passages, missing, problem

_PROBLEMS = (  # code, title, why, what trips it, what does not
    ("unknown-key", _("A key that no source has"), _("The note would cite nothing."),
     {"body": "They met.[@nobody1999, p. 3]"}, {"body": "They met.[@author, p. 3]"}),
    ("broken-citation", _("A citation that cannot be read"), _("Readers would see @ and the key."),
     {"body": "They met (@author, p. 3)."}, {"body": "They met.[see @author, p. 3]"}),
    ("fact-citation", _("What stands beside a fact is no citation"),
     _("The fact would rest on nothing."),
     {"impact_citation": "Author, p. 3"}, {"impact_citation": "[@author, p. 3]"}),
    ("broken-footnote", _("A footnote that cannot be read"),
     _("Its words would be lost, or printed in the text."),
     {"body": "They met.[^my note]\n\n[^my note]: In spring."},
     {"body": "They met.[^note]\n\n[^note]: In spring."}),
    ("undefined-footnote", _("A footnote that is not written"), _("Its marker leads nowhere."),
     {"body": "They met.[^1]"}, {"body": "They met.[^1]\n\n[^1]: In spring."}),
    ("unused-footnote", _("A footnote that no text uses"), _("Its words would be lost."),
     {"body": "They met.\n\n[^1]: In spring."}, {"body": "They met.[^1]\n\n[^1]: In spring."}),
    ("duplicate-footnote", _("A footnote that is written twice"), _("One of the two is lost."),
     {"body": "They met.[^1]\n\n[^1]: In spring.\n\n[^1]: In May."},
     {"body": "They met.[^1][^2]\n\n[^1]: In spring.\n\n[^2]: In May."}),
    ("empty-footnote", _("A footnote without words"), _("Its marker leads to nothing."),
     {"body": "They met.^[ ]"}, {"body": "They met.^[In spring.]"}),
    ("nested-footnote", _("A footnote within a footnote"), _("Notes have no notes."),
     {"body": "They met.[^1]\n\n[^1]: In spring.[^2]\n\n[^2]: In May."},
     {"body": "They met.[^1]\n\n[^1]: In spring.[@author]"}),
    ("broken-link", _("A link that cannot be read"), _("Readers would see its brackets."),
     {"body": "See [the page](https://example.org/a b)."},
     {"body": "See [the page](https://example.org/a)."}),
    ("image", _("An image"), _("Articles have none."),
     {"body": "![A map](https://example.org/map.png)"},
     {"body": "[A map](https://example.org/map.png)"}),
    ("too-long", _("A text that is too long"), _("Nothing of it is set."),
     {"body": "word " * 20_001}, {"body": "word " * 400}),
    ("too-many-marks", _("A text with too many brackets and the like"),
     _("Nothing of it is set."), {"body": "[" * 10_001}, {"body": "[a] " * 40}),
    ("too-many-notes", _("A text with too many notes"), _("Nothing of it is set."),
     {"body": "x^[y]" * 1_001}, {"body": "x^[y] " * 10}),
)  # fmt: skip

SETTING = (
    *(
        Rule(code, Grade.ERROR, title, why, problem(code), trips, misses)
        for code, title, why, trips, misses in _PROBLEMS
    ),
    *(
        Rule(f"missing-{field}", Grade.ERROR, title, why, missing(field), {field: ""}, {field: "A"})
        for field, title, why in (
            ("title", _("No title"), _("A page without a title cannot be found or cited.")),
            ("standfirst", _("No standfirst"), _("It stands in lists, searches and feeds.")),
            ("body", _("No text"), _("There is nothing to publish.")),
            ("authors", _("Nobody is credited"), _("An edition is cited by its authors.")),
        )
    ),
    Rule(
        "long-locator",
        Grade.ERROR,
        _("A place in a source that is too long"),
        _("The record has room for 200 characters."),
        long_locators,
        {"body": f"They met.[@author, ch. {'x' * 200}]"},
        {"body": f"They met.[@author, ch. {'x' * 100}]"},
    ),
    Rule(
        "long-passage",
        Grade.ERROR,
        _("A passage that is too long"),
        _("The law lets one quote what is short; the record has room for 1,000 characters."),
        long_passages,
        {"body": f"They met.[@author: “{'word ' * 201}”]"},
        {"body": f"They met.[@author: “{'word ' * 20}”]"},
    ),
)
