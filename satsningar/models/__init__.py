"""The tables of the matter, gathered from one module per concept."""

from satsningar.models.parts import (
    Brukarmedverkan,
    Deltagande,
    Effektmatt,
    Ekonomi,
    Inforandeplan,
    InforandeRad,
    Kopplingar,
    KopplingRad,
    Kostnad,
    OmfattningDel,
    Resurs,
    Resurser,
    Uppdrag,
    Uppfoljningsplan,
)
from satsningar.models.records import Bilaga, Handling, KeptFile, Registernummer, Revision
from satsningar.models.results import (
    Forstudierapport,
    Inarbetning,
    Lage,
    LageRad,
    Matvarde,
    Slutrapport,
    Uppfoljningsrapport,
    Varden,
)
from satsningar.models.satsning import ReferenceSeries, Satsning
from satsningar.models.versions import Delversion

__all__ = [
    "Bilaga",
    "Brukarmedverkan",
    "Deltagande",
    "Delversion",
    "Effektmatt",
    "Ekonomi",
    "Forstudierapport",
    "Handling",
    "Inarbetning",
    "InforandeRad",
    "Inforandeplan",
    "KeptFile",
    "KopplingRad",
    "Kopplingar",
    "Kostnad",
    "Lage",
    "LageRad",
    "Matvarde",
    "OmfattningDel",
    "ReferenceSeries",
    "Registernummer",
    "Resurs",
    "Resurser",
    "Revision",
    "Satsning",
    "Slutrapport",
    "Uppdrag",
    "Uppfoljningsplan",
    "Uppfoljningsrapport",
    "Varden",
]
