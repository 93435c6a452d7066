"""The controlled vocabularies of a case's facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Term


class Aim(Term):
    """What an initiative set out to do about an armed conflict."""

    vocabulary = "aims"

    class Meta(Term.Meta):
        verbose_name = _("aim")
        verbose_name_plural = _("aims")


class Conflict(Term):
    """One armed conflict, or one that threatened, as scholars name it; the code is UCDP's number
    of the conflict, where it is certain. Readers see those that a published case is about."""

    vocabulary = "conflicts"

    other_spellings = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("What else the conflict is called, one name per line: The Troubles."),
    )
    code = models.CharField(
        _("external code"),
        max_length=40,
        blank=True,
        help_text=_("The number of the conflict in UCDP's encyclopedia. Blank: not looked up."),
    )

    class Meta(Term.Meta):
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")


class ConflictType(Term):
    """A type of armed conflict, or of the risk of one; the code is UCDP's type of conflict."""

    vocabulary = "conflict-types"

    phrase = models.CharField(
        _("within a sentence"),
        max_length=200,
        blank=True,
        help_text=_("What follows “also”: “a conflict within one state”. Blank: the label."),
    )
    is_risk = models.BooleanField(
        _("a risk"),
        default=False,
        help_text=_("Whether it is the risk of a conflict, and not one that was fought."),
    )

    class Meta(Term.Meta):
        verbose_name = _("type of conflict")
        verbose_name_plural = _("types of conflict")


class InitiativeType(Term):
    """A type of initiative for peace."""

    vocabulary = "initiative-types"

    noun = models.CharField(
        _("as a noun"),
        max_length=100,
        blank=True,
        help_text=_("What follows “a case of”: “mediation”. Blank: the label."),
    )
    done_by = models.CharField(
        _("before who did it"),
        max_length=100,
        blank=True,
        help_text=_("What stands between “also” and an organisation: “mediated by”."),
    )

    class Meta(Term.Meta):
        verbose_name = _("type of initiative")
        verbose_name_plural = _("types of initiative")


class ImpactValue(Term):
    """What a judgement of impact means. The slugs are those of `CaseContent.Impact`, and no other:
    a value is a column of the case, its definition a term."""

    vocabulary = "impacts"

    class Meta(Term.Meta):
        verbose_name = _("impact")
        verbose_name_plural = _("values of impact")


class ImpactCriterion(Term):
    """By what an impact is judged."""

    vocabulary = "impact-criteria"

    class Meta(Term.Meta):
        verbose_name = _("criterion of impact")
        verbose_name_plural = _("criteria of impact")
