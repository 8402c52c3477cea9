"""The tables of the acts, gathered from one module per concept."""

from workflow.avsteg.models import Avsteg, Avstegsslut, Avstegssvar
from workflow.guides.models import HiddenGuide
from workflow.models.beginnings import Forlaga, KopieradDel, Mall, Publicering
from workflow.models.decisions import Anmalan, Beslut, Beslutsdeltagare
from workflow.models.journal import ChainHead, JournalEntry, JournalPayload
from workflow.models.preparation import Andringsforslag, Komplettering, Utlatande
from workflow.models.versions import Versionsflytt, Versionsflyttrad
from workflow.registration.models import Registrering
from workflow.rounds.models import Round, RoundAnswer

__all__ = [
    "Andringsforslag",
    "Anmalan",
    "Avsteg",
    "Avstegsslut",
    "Avstegssvar",
    "Beslut",
    "Beslutsdeltagare",
    "ChainHead",
    "Forlaga",
    "HiddenGuide",
    "JournalEntry",
    "JournalPayload",
    "Komplettering",
    "KopieradDel",
    "Mall",
    "Publicering",
    "Registrering",
    "Round",
    "RoundAnswer",
    "Utlatande",
    "Versionsflytt",
    "Versionsflyttrad",
]
