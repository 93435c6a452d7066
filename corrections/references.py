"""Makes what corrections are called by: the public reference, and the digest of a token."""

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read or heard as something else
PATTERN = r"^[CN]-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{3}\Z"


def new_reference(prefix: str = "C") -> str:
    """A reference nobody can guess (22 thousand million of them) and everybody can spell, such as
    C-7KQ4-M2X; N- for a notice that no reader asked for."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"


def status_digest(token: str) -> str:
    """What is stored of the token in a private status address: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
