"""Between which kinds of step each kind of move can go; the machine's grammar, the same in every county."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS, MoveKind, StationKind

_S = StationKind
_OPEN = frozenset(StationKind) - FINAL_KINDS
_RUNNING = frozenset({_S.GENOMFORANDE, _S.UPPFOLJNING, _S.BREDDINFORANDE})


@dataclass(frozen=True, slots=True)
class MoveRule:
    """A kind's `fran`, `till`, and the kinds of step it may leave the case at when `till` is left out."""

    sources: frozenset[StationKind]
    targets: frozenset[StationKind]
    stays: frozenset[StationKind] = frozenset()

    @property
    def may_stay(self) -> bool:
        """Tell whether the move may leave the case where it is."""
        return bool(self.stays)

    def why_not(self, key: str) -> str:
        """Say why a move of this kind has no `fran` or `till`."""
        return "den är början" if key == "fran" else "ärendet stannar där det är"


def _from(*sources: StationKind) -> frozenset[StationKind]:
    return frozenset(sources)


_PREPARED = _from(_S.INLAMNAD, _S.BEREDNING)

MOVES: Mapping[MoveKind, MoveRule] = MappingProxyType(
    {
        MoveKind.SKAPA: MoveRule(frozenset(), _from(_S.UTKAST)),
        MoveKind.LAMNA_IN: MoveRule(_from(_S.UTKAST), _PREPARED),
        MoveKind.TA_UPP: MoveRule(_from(_S.INLAMNAD), _from(_S.BEREDNING)),
        MoveKind.BEGAR_KOMPLETTERING: MoveRule(_PREPARED, _from(_S.KOMPLETTERING)),
        MoveKind.LAMNA_KOMPLETTERING: MoveRule(_from(_S.KOMPLETTERING), _PREPARED),
        MoveKind.VIDARE: MoveRule(_from(_S.BEREDNING), _from(_S.BEREDNING)),
        MoveKind.TILLBAKA: MoveRule(_from(_S.BEREDNING), _from(_S.BEREDNING)),
        MoveKind.ANMAL: MoveRule(_PREPARED | DECIDED_KINDS, _from(_S.BESLUT), stays=DECIDED_KINDS),
        MoveKind.BIFALL: MoveRule(_from(_S.BESLUT), _from(_S.BESLUTAD, _S.GENOMFORANDE)),
        MoveKind.AVSLAG: MoveRule(_from(_S.BESLUT), _from(_S.AVSLAGEN)),
        MoveKind.ATERREMISS: MoveRule(_from(_S.BESLUT), _PREPARED | {_S.KOMPLETTERING}),
        MoveKind.BORDLAGGNING: MoveRule(_from(_S.BESLUT), frozenset()),
        MoveKind.OVERLAMNA: MoveRule(_from(_S.BESLUT), _from(_S.BESLUT)),
        MoveKind.STARTA_FORSTUDIE: MoveRule(_from(_S.BESLUTAD), _from(_S.FORSTUDIE)),
        MoveKind.BESLUT_EFTER_FORSTUDIE: MoveRule(_from(_S.FORSTUDIE), _from(_S.BESLUTAD, _S.AVSLAGEN)),
        MoveKind.STARTA: MoveRule(_from(_S.BESLUTAD), _from(_S.GENOMFORANDE)),
        MoveKind.PAUSA: MoveRule(_RUNNING | {_S.BESLUTAD, _S.FORSTUDIE}, _from(_S.VILANDE)),
        MoveKind.ATERUPPTA: MoveRule(_from(_S.VILANDE), _RUNNING | {_S.BESLUTAD, _S.FORSTUDIE}),
        MoveKind.PABORJA_UPPFOLJNING: MoveRule(_from(_S.GENOMFORANDE, _S.BREDDINFORANDE), _from(_S.UPPFOLJNING)),
        MoveKind.FORTSATT: MoveRule(_from(_S.UPPFOLJNING), _from(_S.GENOMFORANDE)),
        MoveKind.ANDRINGSBESLUT: MoveRule(DECIDED_KINDS, frozenset()),
        MoveKind.BREDDINFOR: MoveRule(_from(_S.GENOMFORANDE, _S.UPPFOLJNING), _from(_S.BREDDINFORANDE)),
        MoveKind.SLUTFOR: MoveRule(_RUNNING, _from(_S.SLUTFORD)),
        MoveKind.AVBRYT: MoveRule(DECIDED_KINDS, _from(_S.AVBRUTEN)),
        MoveKind.ATERKALLA: MoveRule(_OPEN - DECIDED_KINDS, _from(_S.ATERKALLAD)),
        MoveKind.BYT_ANSVARIG_GRUPP: MoveRule(_OPEN, frozenset()),
    }
)
