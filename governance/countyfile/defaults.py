"""What holds where a county file says nothing: mandates per role, and what each kind of move and step implies."""

from collections.abc import Mapping
from types import MappingProxyType

from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Mandate, MoveKind, Role, StationKind

_CHAIR = (Mandate.LEDA_MOTE, Mandate.PROTOKOLLFORA)


def _table(mandate: Mandate | None, *chair: Mandate, handlaggare: bool = False) -> Mapping[Role, tuple[Mandate, ...]]:
    """Return the usual roles of a body whose members hold `mandate`."""
    members = (mandate,) if mandate else ()
    roles = {
        Role.ORDFORANDE: (*members, *_CHAIR, *chair),
        Role.VICE_ORDFORANDE: (*members, *_CHAIR, *chair),
        Role.LEDAMOT: members,
        Role.ERSATTARE: members,
        Role.SEKRETERARE: (Mandate.PROTOKOLLFORA,),
    }
    if handlaggare:
        roles[Role.HANDLAGGARE] = members
    return MappingProxyType({**roles, Role.ADJUNGERAD: ()})


MANDATES: Mapping[BodyKind, Mapping[Role, tuple[Mandate, ...]]] = MappingProxyType(
    {
        BodyKind.ARBETSGRUPP: _table(Mandate.FORFATTA),
        BodyKind.BEREDNINGSGRUPP: _table(Mandate.BEREDA, handlaggare=True),
        BodyKind.STYRGRUPP: _table(Mandate.BESLUTA, Mandate.GE_AVSTEG),
        BodyKind.NAMND: _table(Mandate.BESLUTA, Mandate.GE_AVSTEG),
        BodyKind.REFERENSGRUPP: _table(None),
        BodyKind.REGIONALT_STOD: MappingProxyType(
            {Role.SAMORDNARE: (Mandate.FORFATTA, Mandate.FOLJA, Mandate.LEDA_ARENDEN, Mandate.ADMINISTRERA)}
        ),
        BodyKind.FOU: MappingProxyType({Role.LEDAMOT: (), Role.HANDLAGGARE: ()}),
        BodyKind.ORGANISATION: MappingProxyType({Role.KONTAKTPERSON: (Mandate.SVARA,)}),
    }
)
"""The table of roles in the domain: what each role may do in each kind of body."""

ALWAYS_IN_MEETING = frozenset(
    {
        MoveKind.BIFALL,
        MoveKind.AVSLAG,
        MoveKind.ATERREMISS,
        MoveKind.BORDLAGGNING,
        MoveKind.OVERLAMNA,
        MoveKind.BESLUT_EFTER_FORSTUDIE,
        MoveKind.ANDRINGSBESLUT,
    }
)
"""Decisions on what lies on the table: they take an anmälan, a quorum and a paragraph, in every county."""

USUALLY_IN_MEETING = frozenset({MoveKind.FORTSATT, MoveKind.BREDDINFOR, MoveKind.SLUTFOR, MoveKind.AVBRYT})
"""Decided in a meeting unless the county says otherwise."""

MAY_BE_IN_MEETING = frozenset(
    {
        MoveKind.STARTA_FORSTUDIE,
        MoveKind.STARTA,
        MoveKind.PAUSA,
        MoveKind.ATERUPPTA,
        MoveKind.PABORJA_UPPFOLJNING,
    }
)
"""Made by one person unless the county wants them decided in a meeting. All other kinds never are."""

ALWAYS_WITH_REASON = frozenset(
    {
        MoveKind.BEGAR_KOMPLETTERING,
        MoveKind.TILLBAKA,
        MoveKind.AVSLAG,
        MoveKind.ATERREMISS,
        MoveKind.PAUSA,
        MoveKind.ATERUPPTA,
        MoveKind.FORTSATT,
        MoveKind.ANDRINGSBESLUT,
        MoveKind.AVBRYT,
        MoveKind.ATERKALLA,
        MoveKind.BYT_ANSVARIG_GRUPP,
    }
)
"""Nobody makes these without saying why; a county may add others but not take these away."""

MAY_HAVE_CONDITION = frozenset(
    {
        MoveKind.LAMNA_IN,
        MoveKind.VIDARE,
        MoveKind.ANMAL,
        MoveKind.BIFALL,
        MoveKind.OVERLAMNA,
        MoveKind.STARTA_FORSTUDIE,
        MoveKind.BESLUT_EFTER_FORSTUDIE,
        MoveKind.STARTA,
        MoveKind.FORTSATT,
        MoveKind.ANDRINGSBESLUT,
        MoveKind.BREDDINFOR,
    }
)
"""What carries a case onward, or changes what was decided, may depend on its cost. The way back or out never does."""

_WITH_ITS_GROUP = frozenset(
    {
        StationKind.UTKAST,
        StationKind.KOMPLETTERING,
        StationKind.BESLUTAD,
        StationKind.FORSTUDIE,
        StationKind.GENOMFORANDE,
        StationKind.VILANDE,
        StationKind.UPPFOLJNING,
        StationKind.BREDDINFORANDE,
    }
)


def held_by(kind: StationKind) -> str:
    """Return who works at a station of this kind when the file does not say, or an empty text."""
    return ANSVARIG_GRUPP if kind in _WITH_ITS_GROUP else ""


def in_meeting(kind: MoveKind) -> bool:
    """Tell whether a move of this kind is made in a meeting when the file does not say."""
    return kind in ALWAYS_IN_MEETING or kind in USUALLY_IN_MEETING


def needs_reason(kind: MoveKind) -> bool:
    """Tell whether a move of this kind needs a reason when the file does not say."""
    return kind in ALWAYS_WITH_REASON
