"""Who sent a correction: the one row of names and addresses, which may be deleted."""

import hashlib
import secrets
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from revisions.append_only import Immutable

from .corrections import LENGTHS, Correction


def commitment(value: str, salt: str) -> str:
    """What stands for a personal value in rows that are kept for ever: SHA-256, in hexadecimal,
    over salt, line feed and value; blank for a blank value. Without the salt it tells nothing."""
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest() if value else ""


class SenderDetailsQuerySet(models.QuerySet):
    def erase(self) -> int:
        """Delete names, addresses and their salts. Only `corrections.erasing` asks for it."""
        return super().delete()[0]

    def erase_addresses(self) -> int:
        """Empty the addresses and their salts, and keep the names, which notices give. Only
        `corrections.erasing` asks for it."""
        return super().update(email="", email_salt="")

    def update(self, **values: object) -> NoReturn:
        """Always refused: who sent something never changes."""
        raise Immutable("Who sent a correction is never changed.")

    def delete(self) -> NoReturn:
        """Refused: `corrections.erasing` erases, and says so in the audit trail."""
        raise Immutable("Senders are erased by corrections.erasing.")


class SenderDetails(models.Model):
    """The name and the address of whoever sent a correction, each with the salt of the commitment
    that `Correction` keeps. Stored once, never changed; erased by `corrections.erasing` alone."""

    correction = models.OneToOneField(
        Correction,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="sender_details",
        verbose_name=_("correction"),
    )
    name = models.CharField(_("name"), max_length=LENGTHS["name"], blank=True)
    name_salt = models.CharField(max_length=64, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=LENGTHS["email"], blank=True)
    email_salt = models.CharField(max_length=64, blank=True, editable=False)

    objects = SenderDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        default_permissions = ()
        permissions = [("erase_sender", "Can erase the name and address of a sender")]
        constraints = [
            models.CheckConstraint(
                name="sender_is_not_blank",
                condition=~Q(name="", email=""),
                violation_error_message=_("A sender has a name or an address."),
            ),
            models.CheckConstraint(
                name="sender_value_and_salt_stay_and_go_together",
                condition=(Q(name="", name_salt="") | (~Q(name="") & ~Q(name_salt="")))
                & (Q(email="", email_salt="") | (~Q(email="") & ~Q(email_salt=""))),
                violation_error_message=_("A value and its salt stay and go together."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.correction_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new row; raises Immutable for one that is stored already."""
        if not self._state.adding:
            raise Immutable("Who sent a correction is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: `corrections.erasing` erases, and says so in the audit trail."""
        raise Immutable("Senders are erased by corrections.erasing.")

    @classmethod
    def salted(cls, name: str, email: str) -> "SenderDetails":
        """A sender of that name and address, each with a new salt; not saved."""
        salts = (secrets.token_hex(32) if value else "" for value in (name, email))
        name_salt, email_salt = salts
        return cls(name=name, name_salt=name_salt, email=email, email_salt=email_salt)

    @property
    def holds(self) -> bool:
        """Whether what is still there is what the correction is committed to."""
        kept = ((self.name, self.name_salt), (self.email, self.email_salt))
        said = (self.correction.name_commitment, self.correction.email_commitment)
        return all(
            not v or commitment(v, salt) == c for (v, salt), c in zip(kept, said, strict=True)
        )
