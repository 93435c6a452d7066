"""Makes what corrections are called by: the public reference, and the private token."""

import hashlib
import secrets

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from .models import Correction

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read or heard as something else


def new_reference(prefix: str = "C") -> str:
    """A reference nobody can guess (22 thousand million of them) and everybody can spell, such as
    C-7KQ4-M2X; N- for a notice that no reader asked for."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"


def status_digest(token: str) -> str:
    """What is stored of the token in a private status address: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def with_token(token: str) -> QuerySet[Correction]:
    """The correction whose private status page has `token` in its address."""
    return Correction.objects.filter(status_digest=status_digest(token))


def seals(form_token: str, edition: int, words: dict[str, object]) -> tuple[str, str]:
    """What tells a double, and the token of the status page: both follow from what was sent, so
    that a double finds the page of the first, and neither can be worked out without our key."""
    seed = repr((form_token, edition, words))
    fingerprint = salted_hmac("corrections.form", seed, algorithm="sha256").hexdigest()
    return fingerprint, salted_hmac("corrections.status", seed, algorithm="sha256").hexdigest()[:40]
