"""The log: what becomes a line, what it says, and what it never says."""

import json

import pytest
from django.db import transaction

from corrections import services as corrections
from corrections.erasing import erase_sender
from corrections.models import Notice
from desk import services as desk
from editions.log.appending import append, head
from editions.log.statements import of_edition
from editions.log.verify import as_text, head_from, read_log
from editions.models import Edition, LogLine
from editions.removing import ask_removal
from revisions.append_only import Immutable
from tests.editions.log.test_tamperings import verify
from tests.factories import make_edition, make_user
from tests.website.public_pages import mended


def lines():
    return [json.loads(text) for text in LogLine.objects.values_list("text", flat=True)]


def test_each_act_is_a_line_that_follows_from_the_one_before(site):
    assert [line["event"] for line in lines()] == [
        *("beginning", "key", "publication", "publication", "notice", "publication", "notice"),
        *("publication", "notice", "notice", "publication", "withdrawal", "notice"),
        *("removal", "notice"),
    ]
    digests = list(LogLine.objects.values_list("digest", flat=True))
    assert [line["previous"] for line in lines()] == ["", *digests[:-1]]
    assert lines()[5]["digest"] == site.third.digest
    assert head().holds
    assert head_from(as_text(head())) == head()


def test_no_person_and_no_word_of_a_case_stands_in_it(site):
    said = " ".join(LogLine.objects.values_list("text", flat=True))
    for word in ("maud", '"ada"', "edith", "Told", "told", "winter", "court", "doubted", "Ann"):
        assert word not in said, word
    by = [line["by"] for line in lines() if "by" in line]
    assert len(set(by)) == len(by)  # nobody can tell which were done by the same person


def test_what_is_not_published_is_no_line(site, moderator):
    count = head().count
    desk_removal = ask_removal(site.third, by=make_user("ada"), ground="A.")
    corrections.send(site.third, message="Wrong.")
    with pytest.raises(Exception, match="second person"):
        desk.remove_edition(desk_removal, by=make_user("ada"))
    assert head().count == count


def test_a_line_is_in_the_transaction_of_what_it_tells(site):
    class Failed(Exception):
        pass

    count = head().count
    with pytest.raises(Failed), transaction.atomic():
        desk.express_concern(site.other.case, by=site.maud, reason="Doubted again.")
        raise Failed
    assert head().count == count


def test_it_is_only_added_to(site):
    line = LogLine.objects.get(number=3)
    for attempt in (
        line.save,
        line.delete,
        LogLine.objects.all().delete,
        lambda: LogLine.objects.update(text="Else."),
    ):
        with pytest.raises(Immutable):
            attempt()


def test_it_verifies_when_a_sender_is_erased_and_editions_are_removed(db, key):
    first = make_edition(slug="told", title="Told")
    second = mended(first)
    sent, _token = corrections.send(
        second, message="x", name="Rosa Reader", email="r@example.org", credit_wanted=True
    )
    corrections.accept(sent, by=make_user("maud"), before="a", after="b", why="")
    third = mended(second, body="New.")
    corrections.mend([sent], edition=third, by=make_user("maud"))
    erase_sender(sent, by=make_user("maud"), words=True)
    assert verify() == ""
    for edition in (first, second, third):
        removal = ask_removal(edition, by=make_user("ada"), ground="A court.")
        desk.remove_edition(removal, by=make_user("maud"))
        assert verify() == ""
    notice = Notice.objects.get(correction=sent)
    assert notice.why.startswith("What it quoted")
    assert set(LogLine.objects.get(about=sent.reference).salts[sent.reference]) == {"by"}


def test_words_in_place_of_what_was_withheld_are_a_fault(site):
    from tests.editions.log.forging import rows

    notice = Notice.objects.get(case__slug="told", mended_in__number=2)
    rows(Notice, pk=notice.pk).update(before="Forged.")
    assert "“before” was withheld, and something stands there" in verify()


def test_a_line_costs_three_queries_at_most(site, django_assert_max_num_queries):
    statement = of_edition(site.other)
    with django_assert_max_num_queries(3):
        append("publication", statement)


def test_without_a_key_it_is_chained_and_not_signed(db):
    make_edition()
    assert (head().key, head().signature, head().holds) == ("", "", False)
    assert read_log().unsigned == 2
    assert verify() == ""


@pytest.mark.parametrize("content", [None, b"", b"no key"])
def test_a_key_that_cannot_be_read_holds_no_publication_up(db, settings, tmp_path, content, caplog):
    file = tmp_path / "key.pem"
    settings.SIGNING_KEY_FILE = str(file)
    if content is not None:
        file.write_bytes(content)
    assert make_edition().is_current
    assert head().signature == ""
    assert caplog.text.count("is not signed") == 1


def test_a_new_key_is_announced_and_signs_from_then_on(site, settings, tmp_path):
    from editions.log.signing import make_key

    settings.SIGNING_KEY_FILE = str(tmp_path / "new.pem")
    new = make_key(tmp_path / "new.pem")
    make_edition()
    newest, announced = LogLine.objects.order_by("-number")[:2]
    assert (announced.event, announced.key, newest.key) == ("key", new.public, new.public)
    assert json.loads(announced.text)["public_key"] == new.public
    assert verify() == ""


def test_what_was_there_before_the_log_is_stated_as_it_was_found(site):
    """As the migration finds it: with removals, and notices of which words are withheld."""
    import importlib

    from django.apps import apps
    from django.db import connection

    from tests.editions.log.forging import rows

    rows(LogLine)._raw_delete("default")
    migration = importlib.import_module("corrections.migrations.0007_log_begins")
    migration.begin_log(apps, connection.schema_editor())
    [line] = lines()
    assert line["note"] == "Found when the log began: not witnessed before."
    assert len(line["editions"]) == Edition.objects.count()
    assert (len(line["removals"]), len(line["notices"])) == (1, Notice.objects.count())
    assert verify() == ""
    rows(Edition, pk=site.other.pk).update(published_by=make_user("mallory"))
    assert "other, edition 1: who did it is not as line 1" in verify()
