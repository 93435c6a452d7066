"""Knows the subjects that ministries and other bodies are for: trade and development."""

import re

SUBJECTS = re.compile(
    r"(?:(?:and |& )?(?:international |foreign |humanitarian |social |rural |regional "
    r"|public |religious "
    r"|veterans |women.?s |gender |economic )?(?:trade|development|cooperation|co-operation"
    r"|culture|sports?"
    r"|science|technology|education|youth|tourism|agriculture|forestry|fisheries|environment|energy"
    r"|industry|commerce|labou?r|health|justice|immigration|citizenship|affairs|communications?"
    r"|transport|planning|reintegration|demobili[sz]ation|disarmament|resettlement|arts|housing|water"
    r"|finance|reconstruction|refugees|rehabilitation|women|gender|children|family|families|defence"
    r"|defense|security|interior|mines|equality|reconciliation|peace|migration|humanitarian aid|aid"
    r"|investment|innovation|research|information|media|welfare|employment|policy|policies"
    r"|governance|elections|human rights|rights|relief|repatriation|equipment|public works|works"
    r"|lands?|livestock|environmental protection|social affairs)(?: affairs)?(?:\s+(?:and"
    r"|&)\s+)?){1,3}",
    re.I,
)


def begins_with_subject(text: str) -> bool:
    """Whether a text begins with such a subject: “Co-operation in Europe”."""
    return bool(SUBJECTS.match(text))
