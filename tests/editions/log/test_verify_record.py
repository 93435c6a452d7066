"""verify_record.py, as a stranger runs it: with files that they downloaded, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk import services as desk
from tests.factories import make_edition
from website.views.record import VERIFIER

LOG, HEAD = "/about/record/log.jsonl", "/about/record/head.json"


@pytest.fixture
def kept(site, taken_home):
    return taken_home(HEAD, "kept.json")


@pytest.fixture
def grown(kept):
    make_edition()


def test_a_log_that_grew_holds_against_the_head_that_was_kept(grown, kept, taken_home, run):
    code, said = run("--log", taken_home(LOG), "--head", kept, "--now", taken_home(HEAD))
    assert code == 0, said
    assert "nothing that you could" in said and "The head of now is signed" in said


def test_feeds_and_answers_repeat_the_head(site, taken_home, run):
    kept = [
        taken_home(address)
        for address in ("/cases.atom", "/corrections.atom", "/cases.json", "/cases.bib")
    ]
    make_edition()
    log = taken_home(LOG)
    for file in kept:
        code, said = run("--log", log, "--head", file)
        assert (code, "lines are those of" in said, "not signed" in said) == (0, True, False), said


def test_editions_are_known_by_the_log(site, taken_home, run):
    files = [
        taken_home(f"/cases/{case}/editions/{number}.json")
        for case, number in (("told", 2), ("told", 3), ("other", 1), ("gone", 2))
    ]
    code, said = run("--log", taken_home(LOG), *files)
    assert code == 0, said
    assert said.count("of the log.\n") == 4


def test_an_edition_that_was_changed_or_made_up_is_wrong(site, taken_home, run, tmp_path):
    file = Path(taken_home("/cases/told/editions/3.json"))
    found = json.loads(file.read_text())
    found["record"]["standfirst"] = "Forged."
    file.write_text(json.dumps(found))
    code, said = run("--log", taken_home(LOG), str(file))
    assert (code, "its digest does not fit what it says" in said) == (1, True)
    from editions.record.digest import digest

    found["digest"] = digest(found["record"], found["previous_digest"])
    file.write_text(json.dumps(found))
    code, said = run("--log", taken_home(LOG), str(file))
    assert (code, "no line of the log knows it" in said) == (1, True)


def test_a_forged_head_is_wrong(kept, taken_home, run):
    head = json.loads(Path(kept).read_text())
    Path(kept).write_text(json.dumps({**head, "at": "2020-01-01T00:00:00+00:00"}))
    code, said = run("--log", taken_home(LOG), "--head", kept)
    assert (code, "signature of the head that you kept does not fit" in said) == (1, True)
    other_key = "A" * 43 + "="
    code, said = run("--log", taken_home(LOG), "--head", taken_home(HEAD), "--key", other_key)
    assert code == 1


def test_a_line_changed_in_the_file_is_wrong(kept, taken_home, run):
    file = Path(taken_home(LOG))
    lines = file.read_text().splitlines()
    lines[4] = lines[4].replace('"edition":1', '"edition":7')
    file.write_text("\n".join(lines) + "\n")
    code, said = run("--log", str(file), "--head", kept)
    assert (code, "Line 6 does not follow" in said) == (1, True)
    file.write_text("\n".join([*lines[:3], *lines[4:]]) + "\n")
    code, said = run("--log", str(file), "--head", kept)
    assert (code, "a line is missing" in said) == (1, True)


@pytest.mark.parametrize("content", ["", "[]", "<feed/>", "{}"])
def test_what_cannot_be_read_is_said_and_is_no_fault(site, taken_home, run, tmp_path, content):
    file = tmp_path / "odd"
    file.write_text(content)
    code, said = run("--log", taken_home(LOG), "--head", str(file))
    assert (code, "could not be checked" in said) == (2, True)
    code, said = run("--log", taken_home(LOG), str(file))
    assert (code, "no edition in JSON" in said) == (2, True)
    assert run("--log", str(tmp_path / "nowhere"))[0] == 2


def test_it_stands_alone(site, kept, taken_home, tmp_path):
    """In another folder, without Django and without the site."""
    alone = tmp_path / "alone" / "verify_record.py"
    alone.parent.mkdir()
    alone.write_bytes(Path(taken_home("/about/record/verify_record.py")).read_bytes())
    assert alone.read_bytes() == VERIFIER.read_bytes()
    done = subprocess.run(
        [sys.executable, "-I", str(alone), "--log", taken_home(LOG), "--head", kept],
        **{"cwd": alone.parent, "env": {}, "capture_output": True, "text": True},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("All holds.\n")


def test_an_unsigned_head_holds_and_says_so(db, taken_home, run):
    make_edition()
    kept = taken_home(HEAD, "kept.json")
    code, said = run("--log", taken_home(LOG), "--head", kept)
    assert (code, "is not signed" in said) == (0, True)


def test_a_removed_edition_is_said_to_be(site, taken_home, run):
    file = taken_home("/cases/told/editions/3.json", "third.json")
    from editions.removing import ask_removal
    from tests.factories import make_user

    removal = ask_removal(site.third, by=make_user("ada"), ground="A court.")
    desk.remove_edition(removal, by=site.maud)
    code, said = run("--log", taken_home(LOG), file)
    assert (code, "removed since on a legal ground" in said) == (0, True)
