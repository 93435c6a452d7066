"""The worker keeps the mirror, has it pushed, and an operator hears of what goes wrong."""

import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from desk.jobs import ROUNDS
from serving.site_version import bump, version
from website import mirror_stamp
from website.mirror import keeping, pushing
from website.mirror.pushing import Pusher
from website.mirror.writing import Run
from website.mirror_stamp import Stamp
from website.readiness import checks

pytestmark = pytest.mark.django_db
STAMP = Stamp("http://s", "S", "v", "", "", "", "", {}, 3, False, False)


def stamped(root, **over):
    now = timezone.now().isoformat()
    said = {"site_version": version().pages, "exports_version": version().pages}
    moments = dict.fromkeys(("as_of", "checked_at", "exports_as_of"), now)
    mirror_stamp.write(root, replace(STAMP, **(said | moments | over)))


@pytest.fixture
def root(tmp_path, settings, monkeypatch):
    bump()
    (tmp_path / ".mirror").mkdir()
    settings.MIRROR_DIR = str(tmp_path)
    settings.MIRROR_COMMAND = []
    keeping._pusher.cache_clear()
    return tmp_path


@pytest.fixture
def written(root, monkeypatch):
    """How the mirror was written, each time."""
    calls = []

    def write(root, **asked):
        calls.append(asked)
        stamped(root)
        return Run(written=2, finished=True)

    monkeypatch.setattr(keeping, "write", write)
    return calls


def said_by(name):
    return next(check for check in checks() if check.name == name)


def test_the_worker_does_it_in_each_round():
    assert keeping.keep in ROUNDS


def test_without_a_folder_nothing_is_done(written, settings, django_assert_num_queries):
    settings.MIRROR_DIR = ""
    with django_assert_num_queries(0):
        assert keeping.keep() == 0
    assert written == []


def test_where_nothing_changed_one_query_finds_so(root, written, django_assert_num_queries):
    stamped(root)
    with django_assert_num_queries(1):
        assert keeping.keep() == 0
    assert written == []


def test_after_a_change_it_is_written_for_a_turn_of_twenty_seconds(root, written):
    stamped(root)
    bump()
    assert keeping.keep() == 2
    assert written == [{"seconds": 20.0, "exports_after": timedelta(minutes=60)}]
    assert keeping.keep() == 0


def test_exports_that_are_due_are_made(root, written):
    an_hour_ago = (timezone.now() - timedelta(minutes=61)).isoformat()
    stamped(root, exports_version="older", exports_as_of=an_hour_ago)
    assert keeping.keep() == 2
    stamped(root, exports_version="older")
    assert keeping.keep() == 0


def test_once_a_minute_it_says_that_nothing_has_changed(root, written):
    before = (timezone.now() - timedelta(minutes=2)).isoformat()
    stamped(root, checked_at=before)
    keeping.keep()
    assert mirror_stamp.read(root).seconds < 60
    assert written == []


def test_readyz_says_how_old_it_is(root, client, settings):
    stamped(root)
    assert "mirror: ok; found to be as the site 0 s ago" in client.get("/readyz").content.decode()
    stamped(root, checked_at=(timezone.now() - timedelta(minutes=11)).isoformat())
    assert "It is old" in said_by("mirror").fault and not said_by("mirror").stops
    (root / "mirror.json").unlink()
    assert "not been written" in said_by("mirror").fault
    settings.MIRROR_DIR = ""
    assert "mirror" not in [check.name for check in checks()]


def python(settings, code):
    settings.MIRROR_COMMAND = [sys.executable, "-c", code, "a; touch b && c"]


def push_until_over(root):
    keeping.keep()
    pusher = keeping._pusher(root)
    while not pusher.is_over():
        pass


def test_the_command_is_run_once_after_a_writing_without_a_shell(root, settings):
    stamped(root)
    python(settings, "import sys; open('said','a').write(sys.argv[1] + '|')")
    push_until_over(root)
    keeping.keep()
    assert (root / "said").read_text() == "a; touch b && c|"
    stamped(root)
    push_until_over(root)
    assert (root / "said").read_text().count("|") == 2


def test_a_command_that_fails_is_told_and_tried_again_after_a_minute(root, settings, monkeypatch):
    stamped(root)
    python(settings, "import sys; open('said','a').write('|'); sys.exit('No such host')")
    push_until_over(root)
    assert said_by("mirror").fault == "It was not pushed: Exit code 1. No such host"
    keeping.keep()
    assert (root / "said").read_text() == "|"
    monkeypatch.setattr(pushing, "AGAIN_AFTER", -1)
    push_until_over(root)
    assert (root / "said").read_text() == "||"


def test_a_command_that_hangs_is_ended(root, settings):
    stamped(root)
    settings.MIRROR_COMMAND_SECONDS = 0
    python(settings, "import time; time.sleep(600)")
    push_until_over(root)
    assert "more than 0 seconds" in said_by("mirror").fault


def test_a_command_that_is_not_there_is_told(root, settings):
    stamped(root)
    settings.MIRROR_COMMAND = ["/nowhere/rsync"]
    push_until_over(root)
    assert "/nowhere/rsync" in said_by("mirror").fault


def test_one_push_at_a_time(root, settings):
    python(settings, "import time; time.sleep(600)")
    stamp = replace(STAMP, as_of="now")
    first, second = Pusher(root), Pusher(root)
    assert first.begin(stamp) and not first.is_over()
    assert not second.begin(stamp)
    first._ends = 0
    assert first.is_over()
    settings.MIRROR_COMMAND = [sys.executable, "-c", ""]
    assert second.begin(stamp)
    second.wait()


def test_push_mirror_pushes_now_and_says_why_not(root, settings, capsys):
    with pytest.raises(CommandError, match="Set MIRROR_DIR"):
        call_command("push_mirror")
    python(settings, "open('said','w')")
    with pytest.raises(CommandError, match="no mirror yet"):
        call_command("push_mirror")
    stamped(root)
    call_command("push_mirror")
    assert capsys.readouterr().out == "Pushed.\n"
    python(settings, "raise SystemExit('No route')")
    with pytest.raises(CommandError, match="No route"):
        call_command("push_mirror")
