"""What is no mirror, or is another one, is left alone; and so is one that somebody else writes."""

import pytest

from website.mirror.ledger import Busy, opened
from website.mirror.writing import AnotherMirror, write

pytestmark = pytest.mark.django_db


def test_a_folder_of_something_else_is_refused(root, settings):
    root.mkdir()
    (root / "letter.txt").write_text("Dear Edith")
    with pytest.raises(AnotherMirror):
        write(root)
    (root / "letter.txt").unlink()
    write(root)
    with pytest.raises(AnotherMirror):
        write(root, alone=True)
    settings.SITE_URL = "http://localhost:8000"
    with pytest.raises(AnotherMirror):
        write(root)


def test_two_runs_do_not_write_one_mirror(root):
    (root / ".mirror").mkdir(parents=True)
    with opened(root / ".mirror"), pytest.raises(Busy):
        write(root)
