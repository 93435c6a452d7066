"""What whoever runs the site says of itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteText(models.Model):
    """A text that only whoever runs the site can write; blank, the page says “not stated”."""

    class Name(models.TextChoices):
        PEOPLE = "people", _("Who writes and reviews")
        FUNDING = "funding", _("Funding")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy")

    name = models.CharField(_("about"), max_length=20, choices=Name, unique=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("Markdown; readers see it on the page on method.")
    )

    class Meta:
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.get_name_display()
