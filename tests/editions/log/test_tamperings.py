"""Somebody who reaches the database changes what was published: verification finds each.

| tampering | found by |
|---|---|
| T1-T4 words put into the stored parts of pages | rendering again |
| T5 the same, with the digest of the parts worked out anew | rendering again |
| T6 pages of another edition stored for it | rendering again |
| T7 the record of the last edition forged, its digest worked out | the log |
| T8 the record of an earlier edition forged, and the chain after it | the log |
| T9 the newest edition deleted, the one before put in print | the log |
| T10 a case deleted with all its editions | the log |
| T11 who published | the log |
| T12 an edition that nobody published | the log |
| T13 a withdrawal undone, its notice deleted | the log |
| T14-T16 a notice changed, deleted, made up | the log |
| T17 the lifting of a concern deleted | the log |
| T18 the ground of a removal | the log |
| T19-T21 an event of a correction changed, deleted, the last deleted | the chain of events |
| T22-T23 a line of the log changed, deleted | the chain of lines |
| T24 an edition forged and the log worked out anew, without the key | the signature |
| T25-T27 the same with the key; the tail dropped; all begun anew | an older head (below) |

`editions.record.verify.faults` is what verification was before: it saw none of T1 to T27.
"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case
from corrections.models import Correction, CorrectionEvent, Notice
from editions.log.verify import as_text
from editions.models import Edition, LogLine, Removal, Rendering
from editions.record.verify import faults as faults_before
from tests.editions.log.forging import chain_anew, erase, forge_edition, forge_record, rows
from tests.factories import make_user
from website.pages import fragments


def put_words(part):
    def tamper(site):
        rendering = rows(Rendering, pk=site.third.pk)
        rendering.update(**{part: getattr(rendering.get(), part).replace("winter", "never") + "!"})

    return tamper


def put_words_and_digest(site):
    rendering = Rendering.objects.get(pk=site.third.pk)
    rendering.text += "<p>Forged.</p>"
    digest = fragments.digest_of(rendering, site.third)
    rows(Rendering, pk=rendering.pk).update(text=rendering.text, digest=digest)


def pages_of_another(site):
    other = (
        rows(Rendering, pk=site.other.pk).values("row", "opening", "text", "head", "links").get()
    )
    rows(Rendering, pk=site.third.pk).update(**other)


def newest_deleted(site):
    erase(Edition, pk=site.third.pk)
    rows(Correction, pk=site.sent.pk).update(mended_in=site.second, status="mended")
    rows(Edition, pk=site.second.pk).update(is_current=True)


def withdrawal_undone(site):
    erase(Edition, pk=site.withdrawal.pk)
    rows(Edition, pk=site.gone.pk).update(is_current=True)


def notice_made_up(site):
    made = Notice.objects.get(pk=site.notice.pk)
    made.pk, made.reference, made.correction, made._state.adding = None, "N-AAAA-AAA", None, True
    made.save()


def middle_event_deleted(site):
    rows(CorrectionEvent, correction=site.sent, action="taken")._raw_delete("default")


def last_event_deleted(site):
    rows(CorrectionEvent, correction=site.sent, action="mended")._raw_delete("default")


def rechained_without_the_key(site):
    was = site.other.digest
    forge_record(site.other, standfirst="Forged.")
    is_now = Edition.objects.get(pk=site.other.pk).digest
    rows(Rendering, pk=site.other.pk)._raw_delete("default")
    chain_anew(lambda said: {**said, "digest": is_now} if said["digest"] == was else said)


TAMPERINGS = {
    "T1 text": (put_words("text"), "(text) do not say what the record says"),
    "T2 opening": (put_words("opening"), "(opening) do not say what the record says"),
    "T3 row of lists": (put_words("row"), "(row) do not say what the record says"),
    "T4 head of page": (put_words("head"), "(head) do not say what the record says"),
    "T5 digest too": (put_words_and_digest, "(text) are not what rendering gives now"),
    "T6 pages of another": (pages_of_another, "do not say what the record says"),
    "T7 last record": (
        lambda site: forge_record(site.third, standfirst="Forged."),
        "told, edition 3: its digest is not as line 6",
    ),
    "T8 earlier record": (
        lambda site: forge_record(site.second, standfirst="Forged."),
        "told, edition 2: its digest is not as line 4",
    ),
    "T9 newest deleted": (
        newest_deleted,
        "edition 3: it stands in line 6 of the log, and it is gone",
    ),
    "T10 case deleted": (
        lambda site: erase(Case, slug="other"),
        "edition 1: it stands in line 8 of the log, and it is gone",
    ),
    "T11 published_by": (
        lambda site: rows(Edition, pk=site.other.pk).update(published_by=make_user("mallory")),
        "other, edition 1: who did it is not as line 8",
    ),
    "T12 made up": (
        lambda site: forge_edition(site.other),
        "other, edition 2: no line of the log tells of its publication",
    ),
    "T13 withdrawal undone": (withdrawal_undone, "edition 2: it stands in line 12"),
    "T14 notice changed": (
        lambda site: rows(Notice, pk=site.notice.pk).update(after="summer"),
        "what it quotes is not as line 7",
    ),
    "T15 notice deleted": (
        lambda site: erase(Notice, pk=site.notice.pk),
        "it stands in line 7 of the log, and it is gone",
    ),
    "T16 notice made up": (notice_made_up, "Notice N-AAAA-AAA: no line of the log"),
    "T17 lifting deleted": (
        lambda site: erase(Notice, pk=site.lifting.pk),
        "it stands in line 10 of the log, and it is gone",
    ),
    "T18 ground": (
        lambda site: rows(Removal, pk=site.removal.pk).update(confirmed_by=make_user("mallory")),
        "told, edition 1, removal: who did it is not as line 14",
    ),
    "T19 event changed": (
        lambda site: rows(CorrectionEvent, action="accepted").update(note="Forged."),
        "its event “accepted” was changed",
    ),
    "T20 event deleted": (middle_event_deleted, "or one before it is gone"),
    "T21 last event deleted": (last_event_deleted, "its last event is gone"),
    "T22 line changed": (
        lambda site: rows(LogLine, number=3).update(text=LogLine.objects.get(number=4).text),
        "Line 3 of the log: the digest does not fit",
    ),
    "T23 line deleted": (
        lambda site: rows(LogLine, number=3)._raw_delete("default"),
        "Line 4 of the log: line 3 is missing before it",
    ),
    "T24 rechained": (rechained_without_the_key, "is not signed with the key of this site"),
}


def verify(**options):
    errors, out = StringIO(), StringIO()
    try:
        call_command("verify_editions", stderr=errors, stdout=out, **options)
    except CommandError:
        return errors.getvalue()
    return ""


def test_nothing_is_found_where_nothing_was_done(site):
    assert verify() == ""


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_found_that_was_not_seen_before(name, site):
    tamper, said = TAMPERINGS[name]
    tamper(site)
    assert list(faults_before()) == []
    assert said in verify()


def with_the_key(site):
    was = site.other.digest
    forge_record(site.other, standfirst="Forged.")
    is_now = Edition.objects.get(pk=site.other.pk).digest
    rows(Rendering, pk=site.other.pk)._raw_delete("default")
    forged = lambda said: {**said, "digest": is_now} if said["digest"] == was else said  # noqa: E731
    chain_anew(forged, key=site.key)


def tail_dropped(site):
    erase(Edition, pk=site.withdrawal.pk)
    rows(Edition, pk=site.gone.pk).update(is_current=True)
    last = LogLine.objects.filter(event="withdrawal").get().number - 1
    erase(Removal, pk=site.removal.pk)
    chain_anew(only=last, key=site.key)


def begun_anew(site):
    chain_anew(lambda said: {**said, "at": said["at"]} | {"salt": "x"}, key=site.key)


AGAINST_AN_OLDER_HEAD = {
    "T25 rechained with the key": (with_the_key, "it was rewritten", "was written anew"),
    "T26 tail dropped": (tail_dropped, "some were dropped", "lines were dropped"),
    "T27 begun anew": (begun_anew, "it was rewritten", "was written anew"),
}


@pytest.mark.parametrize("name", AGAINST_AN_OLDER_HEAD)
def test_what_the_key_can_hide_is_found_against_an_older_head(
    name, site, tmp_path, taken_home, run
):
    tamper, said, said_to_operators = AGAINST_AN_OLDER_HEAD[name]
    kept = tmp_path / "kept.json"
    kept.write_text(as_text(site.head))
    tamper(site)
    code, out = run("--log", taken_home("/about/record/log.jsonl"), "--head", str(kept))
    assert (code, said in out) == (1, True), out
    assert said_to_operators in verify(head=kept)
