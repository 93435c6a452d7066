"""Signs the head of the log with a key that is kept outside the database."""

import base64
import logging
import os
import stat
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """How long the log was at a moment, and what its last line was: all before it follows. `key`
    and `signature` are blank where the site has no key."""

    count: int
    digest: str
    at: str
    key: str = ""
    signature: str = ""

    def as_dict(self) -> dict[str, int | str]:
        """As it is published."""
        return asdict(self)

    @property
    def line(self) -> str:
        """As feeds and tables repeat it: its values, parted by spaces."""
        signed = [self.key, self.signature] if self.signature else []
        return " ".join([str(self.count), self.digest, self.at, *signed])

    @property
    def message(self) -> bytes:
        """What is signed."""
        return f"peacesite log\n{self.count}\n{self.digest}\n{self.at}\n".encode()

    @property
    def holds(self) -> bool:
        """Whether the signature is one of that key."""
        try:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.key))
            public.verify(base64.b64decode(self.signature), self.message)
        except (ValueError, InvalidSignature):
            return False
        return True


class SigningKey:
    """The private key of the site."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = base64.b64encode(private.public_key().public_bytes_raw()).decode()

    def signature(self, head: Head) -> str:
        """The signature of a head, in base64."""
        return base64.b64encode(self._private.sign(head.message)).decode()


class BadKey(ValueError):
    """The file of the key cannot be read, or holds something else; the message says what."""


def signing_key() -> SigningKey | None:
    """The key of settings.SIGNING_KEY_FILE; None where there is none. One that cannot be read holds
    no publication up: the log stays unsigned, and the site's own log says why."""
    if not settings.SIGNING_KEY_FILE:
        return None
    try:
        return read_key(Path(settings.SIGNING_KEY_FILE))
    except BadKey as error:
        _log.error("The log of the record is not signed: %s", error)
        return None


def read_key(path: Path) -> SigningKey:
    """Raises BadKey."""
    try:
        return _key_of(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise BadKey(f"{path} cannot be read: {error.strerror}.") from error


@lru_cache(maxsize=4)
def _key_of(path: str, _changed: int) -> SigningKey:
    try:
        private = load_pem_private_key(Path(path).read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise BadKey(f"{path} holds no private key in PEM without a password.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BadKey(f"{path} holds a key of another kind than Ed25519.")
    return SigningKey(private)


def is_private(path: Path) -> bool:
    """Whether nobody but its owner may read the file."""
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def make_key(path: Path) -> SigningKey:
    """Write a new key with mode 600. Raises FileExistsError: a key is never written over."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    return read_key(path)
