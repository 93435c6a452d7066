"""Makes the public reference of a correction, and the private token of its status page."""

import hashlib
import secrets
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from .models import Correction, StatusKey

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no character that looks or sounds like another


def new_reference(prefix: str = "C") -> str:
    """A random reference (of 22 thousand million) that is easy to spell, such as C-7KQ4-M2X; N- is
    for a notice without a correction."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def status_digest(token: str) -> str:
    """The SHA-256 of the token of a status page, in hexadecimal: which is stored instead of it."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def with_token(token: str) -> QuerySet[Correction]:
    """The correction whose status page has `token` in its address, or none."""
    digest = status_digest(token)
    mailed = StatusKey.objects.filter(digest=digest).values("correction")
    return Correction.objects.filter(Q(status_digest=digest) | Q(pk__in=mailed))


def new_token(correction: Correction) -> str:
    """A further token of its status page, for a mail; only the digest is stored."""
    token = secrets.token_hex(20)
    StatusKey(correction=correction, digest=status_digest(token)).save()
    return token


def has_mailed_token(correction: Correction, token: str) -> bool:
    """Whether the token went out by mail to the sender, and nowhere else."""
    return correction.status_keys.filter(digest=status_digest(token)).exists()


def fingerprint_and_token(form_token: str, edition: int, words: dict[str, Any]) -> tuple[str, str]:
    """The fingerprint that identifies a duplicate, and the token of the status page. Both are HMACs
    of what was sent: a duplicate leads to the page of the first, nobody can compute either."""
    seed = repr((form_token, edition, words))
    fingerprint = salted_hmac("corrections.form", seed, algorithm="sha256").hexdigest()
    return fingerprint, salted_hmac("corrections.status", seed, algorithm="sha256").hexdigest()[:40]
