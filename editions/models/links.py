"""The addresses that editions in print cite, and what came of asking them."""

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.links.passages import Looked
from sources.links.verdicts import Outcome
from sources.models import LONGEST_PASSAGE

from .editions import Edition

LONGEST = 2000  # characters of an address to which another led


def digest_of(address: str) -> str:
    """What an address is found by: no index takes all of a long one."""
    return sha256(address.encode("utf-8", "replace")).hexdigest()


class WatchedAddressQuerySet(models.QuerySet["WatchedAddress"]):
    def cited(self) -> "WatchedAddressQuerySet":
        """Those that an edition in print cites."""
        listed = Edition.objects.listed().values("pk")
        rows = AddressCitation.objects.filter(address=OuterRef("pk"), edition__in=listed)
        return self.filter(Exists(rows))

    def due(self, now: datetime) -> "WatchedAddressQuerySet":
        """Those of them that are to be asked by now, the longest due first."""
        return self.cited().filter(due_at__lte=now).order_by("due_at", "pk")

    def dead(self) -> "WatchedAddressQuerySet":
        """Those that failed often enough, days apart."""
        return self.exclude(dead_since=None)


class WatchedAddress(models.Model):
    """An address, what came of asking it last, and whether it counts as dead: then readers are
    shown an archived copy beside it, if one is known."""

    digest = models.CharField(max_length=64, editable=False)
    address = models.CharField(_("address"), max_length=1000)
    host = models.CharField(_("host"), max_length=253, blank=True, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), default=0)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    title = models.CharField(_("title of the page"), max_length=300, blank=True)
    final_address = models.CharField(_("where it leads"), max_length=LONGEST, blank=True)
    moved_to = models.CharField(_("new address"), max_length=LONGEST, blank=True)
    checked_at = models.DateTimeField(_("asked last"), null=True, blank=True)
    due_at = models.DateTimeField(_("to be asked"), default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField(_("failures, days apart"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failure that counts"), null=True, blank=True)
    dead_since = models.DateTimeField(_("dead since"), null=True, blank=True)
    archived_url = models.CharField(_("archived copy"), max_length=1000, blank=True)
    archived_on = models.DateField(_("day of the copy"), null=True, blank=True)
    copy_looked_at = models.DateTimeField(_("copy looked for"), null=True, blank=True)
    copy_asked_at = models.DateTimeField(_("copy asked for"), null=True, blank=True)

    objects = WatchedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("cited address")
        verbose_name_plural = _("cited addresses")
        ordering = ["address"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                name="watched_address_once",
                violation_error_message=_("This address is watched already."),
            ),
            models.CheckConstraint(
                name="watched_address_failing_since_its_first_failure",
                condition=Q(failures=0, failing_since=None, failed_at=None)
                | Q(failures__gt=0, failing_since__isnull=False, failed_at__isnull=False),
                violation_error_message=_("An address fails since its first failure."),
            ),
            models.CheckConstraint(
                name="watched_address_dead_after_failures",
                condition=Q(dead_since=None) | Q(failures__gt=0),
                violation_error_message=_("An address is dead only after it failed."),
            ),
            models.CheckConstraint(
                name="watched_address_copy_before_its_day",
                condition=Q(archived_on=None) | ~Q(archived_url=""),
                violation_error_message=_("A day is that of an archived copy."),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def as_shown(self) -> tuple[object, ...]:
        """What readers are shown of it: when this changes, pages do."""
        if self.dead_since is None:
            return ()
        return (self.failing_since, self.archived_url, self.archived_on)


class AddressCheck(models.Model):
    """That an address was asked, and what came of it. The last few of each address are kept."""

    address = models.ForeignKey(WatchedAddress, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField(_("when"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    status = models.PositiveSmallIntegerField(_("HTTP status"), default=0)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    final_address = models.CharField(_("where it led"), max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        ordering = ["address", "-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address_id}: {self.outcome}"


class AddressCitation(models.Model):
    """That a source of an edition has an address. An index over records, made again at any time."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="addresses")
    address = models.ForeignKey(WatchedAddress, on_delete=models.CASCADE, related_name="citations")
    source_key = models.CharField(_("key of the source"), max_length=80)
    accessed = models.DateField(_("accessed"), null=True, blank=True)

    class Meta:
        verbose_name = _("citation of an address")
        verbose_name_plural = _("citations of addresses")
        ordering = ["edition", "source_key", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "address", "source_key"], name="address_cited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.source_key}: {self.address_id}"


class AddressPassage(models.Model):
    """A passage that a note quotes from a source with an address, and whether the page says it."""

    citation = models.ForeignKey(AddressCitation, on_delete=models.CASCADE, related_name="passages")
    note_number = models.PositiveIntegerField(_("note"))
    position = models.PositiveSmallIntegerField(_("place in the note"), default=0)
    passage = models.CharField(_("passage"), max_length=LONGEST_PASSAGE)
    looked = models.CharField(_("what came of it"), max_length=12, choices=Looked, blank=True)
    difference = models.CharField(_("difference"), max_length=400, blank=True)
    looked_at = models.DateTimeField(_("looked for last"), null=True, blank=True)

    class Meta:
        verbose_name = _("passage looked for")
        verbose_name_plural = _("passages looked for")
        ordering = ["citation", "note_number", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["citation", "note_number", "position"], name="address_passage_once"
            ),
            models.CheckConstraint(
                name="address_passage_looked_for_at_a_time",
                condition=Q(looked="", looked_at=None) | (~Q(looked="") & ~Q(looked_at=None)),
                violation_error_message=_("A passage was looked for at some time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citation_id}, {self.note_number}: {self.looked}"


class AskedHostQuerySet(models.QuerySet["AskedHost"]):
    def busy(self, now: datetime) -> "AskedHostQuerySet":
        """Those that somebody asks now, or that want to be left alone."""
        return self.filter(Q(free_at__gt=now) | Q(taken_until__gt=now))


class AskedHost(models.Model):
    """A host that was asked: from when it may be asked again, and who asks it now. One process
    has a host at a time, so that there is one connection to it."""

    name = models.CharField(_("host"), max_length=253)
    free_at = models.DateTimeField(_("free from"), default=timezone.now)
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)

    objects = AskedHostQuerySet.as_manager()

    class Meta:
        verbose_name = _("host that was asked")
        verbose_name_plural = _("hosts that were asked")
        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name"], name="asked_host_once")]

    def __str__(self) -> str:
        return self.name
