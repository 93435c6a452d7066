"""Keys that are proposed for references that come in."""

import pytest

from sources.keys import proposed_key


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"id": "lynch2001"}, "lynch2001"),
        ({"id": "Taken2001", "author": [{"family": "Lynch"}]}, "lynch"),
        ({"id": "http://zotero.org/1", "author": [{"family": "van der Stoel"}]}, "vanderstoel"),
        (
            {"author": [{"family": "Ольга"}], "issued": {"date-parts": [[1999]]}},
            "olga1999",
        ),
        ({"author": [{"literal": "The United Nations and Its Works"}]}, "unitednationsits"),
        ({"title": "On the end of the war", "issued": {"date-parts": [[-44]]}}, "endwar44"),
        ({"title": "?!"}, "source"),
        ({"editor": [{"family": "Doe"}], "issued": {"date-parts": [[2001]]}}, "doe2001b"),
    ],
)
def test_a_key_is_proposed(item, key):
    assert proposed_key(item, {"taken2001", "doe2001"}) == key


def test_letters_go_on_after_z():
    taken = {"a1"} | {f"a1{chr(n)}" for n in range(ord("b"), ord("z") + 1)}
    item = {"author": [{"family": "A"}], "issued": {"date-parts": [[1]]}}
    assert proposed_key(item, taken) == "a1aa"
