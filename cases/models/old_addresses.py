"""Where a case stood before it came here: addresses on another site that are to lead to it."""

import re
import unicodedata
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import reversion
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

LONGEST = 300
NUMBERS = ("p", "page_id")  # in which WordPress gives the number of a post or page


def normalised(address: str) -> str:
    """What of an old address tells it from others: the path in small letters without its last
    slash, percent signs read, and `?p=123` where that is what it asks. “” where nothing is left.

    The host is left out: it is one that leads here, or is to; with it another name of the same
    site would need rows of its own. Of the question all else is left out, such as `utm_source`.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("", "http", "https"):
        return ""
    return of_request(unquote(parts.path), parse_qs(parts.query))


def of_request(path: str, asked: dict[str, Any]) -> str:
    """The same of a path whose percent signs were read, and what was asked, by name."""
    folded = unicodedata.normalize("NFC", path.replace("\0", "")).casefold()
    folded = re.sub(r"/index\.(?:php|html?)$", "/", re.sub(r"/{2,}", "/", f"/{folded}"))
    folded = folded.rstrip("/")
    for name in NUMBERS:
        number = str((asked.get(name) or [""])[-1])
        if number.isascii() and number.isdecimal():
            return f"{folded}/?p={int(number[:18])}"
    return folded


class OldAddressField(models.CharField):
    """An address, of which what tells it from others is kept."""

    def to_python(self, value: Any) -> Any:
        """As `normalised`."""
        value = super().to_python(value)
        return normalised(value) if isinstance(value, str) else value


def _refuse_none(address: str) -> None:
    if not address.strip("/") or address.startswith("/admin/"):
        raise ValidationError(
            _now("Give the old address of one article, such as https://example.org/2019/05/a-case/")
        )


@reversion.register()
class OldAddress(models.Model):
    """An address at which the case stood on another site. Readers who ask us for it are led to the
    case from its next edition on (`editions.models.LeadingAddress`)."""

    case = models.ForeignKey(
        "cases.Case",
        on_delete=models.CASCADE,
        related_name="old_addresses",
        verbose_name=_("case"),
    )
    address = OldAddressField(
        _("old address"),
        max_length=LONGEST,
        validators=[_refuse_none],
        help_text=_(
            "Where it stood on the old site: https://example.org/2019/05/a-case/ or /?p=123. Once "
            "published, that path leads to the case, whatever the host."
        ),
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["case", "address"]
        indexes = [models.Index(fields=["address"], name="old_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "address"],
                name="case_has_an_old_address_once",
                violation_error_message=_("This address is already listed."),
            ),
            models.CheckConstraint(
                name="old_address_is_a_path",
                condition=models.Q(address__startswith="/"),
                violation_error_message=_("An old address has a path."),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def clean(self) -> None:
        """Raises ValidationError where another case has the address: it leads to one alone."""
        others = OldAddress.objects.filter(address=self.address).exclude(case=self.case_id)
        other = others.select_related("case").only("case__title").first()
        if other is not None:
            message = _now("%(address)s is an old address of “%(title)s” already.")
            said = {"address": self.address, "title": other.case.title}
            raise ValidationError({"address": message % said})
