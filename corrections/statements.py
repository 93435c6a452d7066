"""What the log says of a notice, and the chain of the events of a correction."""

from typing import Any

from django.utils.translation import gettext as _

from editions.log.statements import Salts, Statement, commitment, digest_of, new_salts

QUOTES = ("before", "after", "why")


def withheld(number: int) -> str:
    """What a notice says that said nothing but what was removed with that edition."""
    return _("What it quoted was removed with edition %d.") % number


def of_notice(
    notice: Any, salts: Salts | None = None, kept: dict[str, str] | None = None
) -> Statement:
    """That a notice was published: its facts, and its words as digests, each with a salt of its
    own, since the law may demand that they go. With the `salts` of then it comes out as it was said
    then; `kept` are digests of words that were withheld since."""
    about = notice.reference
    parts = dict(new_salts("by", *QUOTES) if salts is None else salts)
    quotes = {
        name: commitment(parts.get(name, ""), about, name, getattr(notice, name)) for name in QUOTES
    } | (kept or {})
    facts = {
        "mended_in": notice.mended_in.number if notice.mended_in else None,
        "lifts": notice.lifts.reference if notice.lifts else None,
        "published_at": notice.published_at.isoformat(),
        "credit": notice.credit_commitment,
    }
    said = {
        "reference": about,
        "kind": str(notice.kind),
        "case": notice.case_id,
        "edition": notice.found_in.number,
        "quotes": quotes,
        "digest": digest_of({**facts, **quotes}),
        "by": commitment(parts.get("by", ""), about, str(notice.published_by_id)),
    }
    return Statement(about, said, parts)


def digest_of_event(event: Any, previous: str) -> str:
    """SHA-256 over what a step of a correction says and the digest of the step before."""
    return digest_of(
        {
            "correction": event.correction.reference,
            "at": event.at.isoformat(),
            "by": event.by_id,
            "action": str(event.action),
            "note": event.note,
            "previous": previous,
        }
    )
