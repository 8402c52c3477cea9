"""The tables of the constitution, gathered from one module per concept."""

from governance.models.absence import Franvaro
from governance.models.bodies import Body, County, Membership, Organisation, Seat
from governance.models.entry import Invitation, PeopleImport
from governance.models.path import Arendegang, ArendegangVersion, CountyDraft, CountyLoad, Gate, Move, Station
from governance.models.people import Person
from governance.models.target import (
    Arstema,
    Fokusomrade,
    Forflyttning,
    Framgangsfaktor,
    FundingArea,
    Indikator,
    Malbild,
    Malomrade,
    Malsattning,
    Matt,
    Perspektiv,
    Vardeord,
)

__all__ = [
    "Arendegang",
    "ArendegangVersion",
    "Arstema",
    "Body",
    "County",
    "CountyDraft",
    "CountyLoad",
    "Fokusomrade",
    "Forflyttning",
    "Framgangsfaktor",
    "Franvaro",
    "FundingArea",
    "Gate",
    "Indikator",
    "Invitation",
    "Malbild",
    "Malomrade",
    "Malsattning",
    "Matt",
    "Membership",
    "Move",
    "Organisation",
    "PeopleImport",
    "Person",
    "Perspektiv",
    "Seat",
    "Station",
    "Vardeord",
]
