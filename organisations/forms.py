"""The editors' form for an organisation, which looks for organisations that may be the same."""

from django.utils.translation import gettext as _

from revisions.doubles import Double, DoublesForm

from .likeness import organisations_like
from .models import Organisation
from .models.terms import names_in


class OrganisationForm(DoublesForm):
    """What editors write of an organisation."""

    told_by = frozenset({"name", "short_name", "other_names"})

    def likely_doubles(self) -> list[Double]:
        """By each of its names. One query."""
        typed = {name: self.data.get(name, "") for name in self.told_by}
        names = [typed["name"], typed["short_name"], *names_in(typed["other_names"])]
        found = organisations_like(names, Organisation.objects.kept(), but=self.instance.pk)
        return [Double(one, one.name, _also(one)) for one in found]


def _also(organisation: Organisation) -> str:
    """Its other names, in words."""
    others = ", ".join(organisation.names[1:6])
    return _("also: %s") % others if others else ""
