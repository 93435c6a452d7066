"""The log: a line for every publication, withdrawal, removal and notice, each chained to the one
before."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from revisions.append_only import AppendOnly, AppendOnlyQuerySet


class LogLineQuerySet(AppendOnlyQuerySet):
    def forget(self, about: Iterable[str], part: str) -> None:
        """Drop the salts of one part of what is said about these, so that its digest tells nothing
        any more; the text of the line stays. Only a lawful removal asks for it."""
        keys = set(about)
        said: Any = self.filter(models.Q(about__in=keys) | models.Q(number=1)).defer("text")
        for line in said:
            kept = {
                key: {p: s for p, s in salts.items() if key not in keys or p != part}
                for key, salts in line.salts.items()
            }
            if kept != line.salts:
                models.QuerySet(LogLine).filter(pk=line.pk).update(salts=kept)


class LogLine(AppendOnly):
    """Line `number` of the log. `text` is what is published, JSON in one line without a break;
    `digest` is the SHA-256 over it, which the next line repeats. `editions.log` writes it.

    `salts` stand behind the digests of what may have to be erased, and of who did it: they are not
    public. `key` and `signature` (Ed25519, base64) sign number, digest and moment; blank where the
    site had no key."""

    class Event(models.TextChoices):
        BEGINNING = "beginning", _("The log begins")
        PUBLICATION = "publication", _("Publication")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        REMOVAL = "removal", _("Removal")
        NOTICE = "notice", _("Notice")
        KEY = "key", _("A signing key is announced")

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    event = models.CharField(_("event"), max_length=20, choices=Event)
    about = models.CharField(_("about"), max_length=60, blank=True, db_index=True)
    text = models.TextField(_("text"))
    digest = models.CharField(_("digest"), max_length=64)
    key = models.CharField(_("public key"), max_length=44, blank=True)
    signature = models.CharField(_("signature"), max_length=88, blank=True)
    salts = models.JSONField(default=dict, blank=True, editable=False)

    objects = LogLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("log")
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
