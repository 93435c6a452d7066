"""The abstract base of the entries of controlled vocabularies."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def names_in(lines: str) -> list[str]:
    """The names in a text that has one per line."""
    return [name for line in lines.splitlines() if (name := line.strip())]


class Term(models.Model):
    """An entry of a controlled vocabulary, with a definition and its variants."""

    vocabulary = ""  # the list's name in addresses: /vocabulary/<vocabulary>/<slug>/

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("The term's name in addresses. It is cited: do not change it."),
    )
    label = models.CharField(
        _("label"), max_length=200, unique=True, help_text=_("As readers see it.")
    )
    definition = models.TextField(
        _("definition"),
        help_text=_("What the term covers and what it does not, in one to three sentences."),
    )
    other_spellings = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("Forms met in manuscripts, one per line. The importer recognises them."),
    )
    code = models.CharField(
        _("external code"),
        max_length=40,
        blank=True,
        help_text=_("The code of the same idea elsewhere, such as UCDP's type of conflict."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Lists show the terms in this order.")
    )

    class Meta:
        abstract = True
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("term", args=[self.vocabulary, self.slug])

    @property
    def spellings(self) -> list[str]:
        """Every form the term is known by, its label first."""
        return [self.label, *names_in(self.other_spellings)]
