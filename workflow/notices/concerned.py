"""The one place that says, for each act, whom it concerns and what is expected of them.

An act that concerns nobody says so: a test holds that every act stands here. What an act knows beside the table, such
as whom a remiss was sent to, it gives when it is recorded, or it stands in its payload (`workflow.notices.details`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from governance.vocabulary import BodyKind, Mandate
from workflow.notices.vocabulary import Slag
from workflow.notices.whom import (
    ANSVARIG,
    BEREDANDE,
    BESLUTANDE,
    BESLUTAR,
    HANDLAGGARE,
    HANDLAGGAREN,
    KEEP,
    KEEPERS,
    MEDFORFATTARE,
    MEMBERS,
    STOD,
    Telling,
    Told,
)
from workflow.vocabulary import Act

NOBODY: Final = None

_ON_THE_WAY = Telling(Slag.ARENDE, (ANSVARIG, MEDFORFATTARE, HANDLAGGAREN))
_TO_NEXT = replace(_ON_THE_WAY, to_next=True)
_RUNNING = Telling(Slag.ARENDE, (ANSVARIG, HANDLAGGAREN, STOD))
_DECISION = Telling(Slag.BESLUT, (ANSVARIG, BEREDANDE, HANDLAGGAREN, STOD), to_next=True, decision=True)
_STANDS = replace(_DECISION, to_next=False)
_HANDED_OVER = replace(_STANDS, told=(*_STANDS.told, Told(BodyKind.NAMND.value, KEEP, "Ta upp ärendet i ert organ")))
_WAIVER = Telling(Slag.AVSTEG, (ANSVARIG, BEREDANDE, HANDLAGGAREN))
_MAY_WAIVE = Told(BESLUTAR, Mandate.GE_AVSTEG.value)
_MINUTES = Telling(Slag.MOTE, (MEMBERS,), page="protokoll")
_OF_ADJUSTERS = Telling(Slag.MOTE, page="protokoll")
_COMMENTED = Telling(Slag.ARENDE, (ANSVARIG, MEDFORFATTARE, HANDLAGGAREN), page="kommentarer")

TOLD: Mapping[Act, Telling | None] = {
    Act.SKAPA: NOBODY,
    Act.LAMNA_IN: _TO_NEXT,
    Act.TA_UPP: Telling(Slag.ARENDE, (ANSVARIG, Told(HANDLAGGARE, expected="Bered ärendet"))),
    Act.BEGAR_KOMPLETTERING: Telling(
        Slag.ARENDE, (replace(ANSVARIG, expected="Komplettera satsningen"), MEDFORFATTARE, HANDLAGGAREN)
    ),
    Act.LAMNA_KOMPLETTERING: Telling(
        Slag.ARENDE, (ANSVARIG, replace(BEREDANDE, expected="Gå igenom kompletteringen"), HANDLAGGAREN)
    ),
    Act.VIDARE: _TO_NEXT,
    Act.TILLBAKA: _TO_NEXT,
    Act.ANMAL: _TO_NEXT,
    Act.BIFALL: _DECISION,
    Act.AVSLAG: _STANDS,
    Act.ATERREMISS: _DECISION,
    Act.BORDLAGGNING: _STANDS,
    Act.OVERLAMNA: _HANDED_OVER,
    Act.STARTA_FORSTUDIE: _RUNNING,
    Act.BESLUT_EFTER_FORSTUDIE: _DECISION,
    Act.STARTA: _RUNNING,
    Act.PAUSA: _RUNNING,
    Act.ATERUPPTA: _RUNNING,
    Act.PABORJA_UPPFOLJNING: _RUNNING,
    Act.FORTSATT: _STANDS,
    Act.ANDRINGSBESLUT: _STANDS,
    Act.BREDDINFOR: _STANDS,
    Act.SLUTFOR: _STANDS,
    Act.AVBRYT: _STANDS,
    Act.ATERKALLA: replace(_ON_THE_WAY, told=(*_ON_THE_WAY.told, BEREDANDE, BESLUTANDE)),
    Act.BYT_ANSVARIG_GRUPP: _ON_THE_WAY,
    Act.FLYTTA_VERSION: _ON_THE_WAY,
    Act.BYT_HANDLAGGARE: Telling(Slag.ARENDE, (ANSVARIG, Told(HANDLAGGARE, expected="Ta över ärendet"))),
    Act.ANMALAN_ATERTAGEN: Telling(Slag.ARENDE, (ANSVARIG, HANDLAGGAREN, BESLUTANDE)),
    Act.FORSLAG_AVSLAGET: _STANDS,
    Act.FORSLAG_BORDLAGT: _STANDS,
    Act.RUNDA_OPPNAD: Telling(Slag.RUNDA, (ANSVARIG, HANDLAGGAREN), page="runda"),
    Act.RUNDA_UTOKAD: Telling(Slag.RUNDA, page="runda"),
    Act.RUNDA_BESVARAD: Telling(Slag.RUNDA, (HANDLAGGAREN,), page="runda"),
    Act.RUNDA_OVERLAMNAD: Telling(Slag.RUNDA, page="runda"),
    Act.RUNDA_FORLANGD: Telling(Slag.RUNDA, page="runda"),
    Act.RUNDA_PAMIND: Telling(Slag.RUNDA, page="runda"),
    Act.RUNDA_SVAR_KOMPLETTERAT: Telling(Slag.RUNDA, (HANDLAGGAREN,), page="runda"),
    Act.RUNDA_DRAGEN: Telling(Slag.RUNDA, (ANSVARIG,), page="runda"),
    Act.RUNDA_STANGD: Telling(Slag.RUNDA, (ANSVARIG, BEREDANDE), page="runda"),
    Act.BILAGA_TILLAGD: NOBODY,
    Act.BILAGA_BORTTAGEN: NOBODY,
    Act.SEKRETESS: _ON_THE_WAY,
    Act.AVSTEG_BEGART: Telling(Slag.AVSTEG, (replace(_MAY_WAIVE, expected="Svara på begäran om avsteg"),), opens=True),
    Act.AVSTEG_MEDGIVET: _WAIVER,
    Act.AVSTEG_AVSLAGET: _WAIVER,
    Act.AVSTEG_ATERTAGET: Telling(Slag.AVSTEG, (_MAY_WAIVE,)),
    Act.REGISTRERA_I_EFTERHAND: Telling(Slag.ARENDE, (ANSVARIG,)),
    Act.INSKRIVNING_KLAR: NOBODY,
    Act.PUBLICERA: Telling(Slag.ARENDE, (ANSVARIG,)),
    Act.AVPUBLICERA: Telling(Slag.ARENDE, (ANSVARIG,)),
    Act.MOTE_PLANERAT: NOBODY,
    Act.MOTE_ANDRAT: Telling(Slag.MOTE, letter=False),
    Act.MOTE_INSTALLT: Telling(Slag.MOTE, (MEMBERS,), letter=False),
    Act.MOTE_KALLAT: Telling(Slag.MOTE, (replace(MEMBERS, expected="Läs handlingarna före mötet"),), letter=False),
    Act.MOTE_TILLAGG: Telling(Slag.MOTE, (MEMBERS,)),
    Act.MOTE_OPPNAT: NOBODY,
    Act.MOTE_BESLUT: Telling(Slag.BESLUT, decision=True),
    Act.MOTE_AVSLUTAT: NOBODY,
    Act.OVRIGT_ARENDE: Telling(Slag.MOTE, (KEEPERS,)),
    Act.OVRIGT_ARENDE_ANDRAT: NOBODY,
    Act.OVRIGT_ARENDE_ATERTAGET: Telling(Slag.MOTE, (KEEPERS,)),
    Act.JAV_PROVAT: NOBODY,
    Act.RESERVATION: Telling(Slag.MOTE, (KEEPERS,), page="protokoll"),
    Act.PROTOKOLL: NOBODY,
    Act.JUSTERING_BEGARD: _OF_ADJUSTERS,
    Act.JUSTERARE_UTSEDD: _OF_ADJUSTERS,
    Act.JUSTERING_PAMIND: _OF_ADJUSTERS,
    Act.JUSTERING: Telling(Slag.MOTE, (KEEPERS,), page="protokoll"),
    Act.PROTOKOLL_JUSTERAT: _MINUTES,
    Act.PROTOKOLL_RATTAT: _MINUTES,
    Act.UTDRAG_EXPEDIERAT: Telling(Slag.EFTER, page="utdrag_lista"),
    Act.UTDRAG_PAMINT: Telling(Slag.EFTER, page="utdrag_lista"),
    Act.UTDRAG_MOTTAGET: NOBODY,
    Act.ATERFORT: NOBODY,
    Act.UPPDRAG_INFORT: Telling(Slag.EFTER, page="oppna_beslut"),
    Act.UPPDRAG_UTFORT: Telling(Slag.EFTER, (KEEPERS,), page="oppna_beslut"),
    Act.STOPP: replace(_ON_THE_WAY, told=(ANSVARIG, BEREDANDE, HANDLAGGAREN, STOD)),
    Act.STOPP_SLUT: replace(_ON_THE_WAY, told=(ANSVARIG, BEREDANDE, HANDLAGGAREN, STOD)),
    Act.PAMINNELSE: Telling(Slag.ARENDE),
    Act.FRANVARO: Telling(Slag.EFTER),
    Act.FRANVARO_SLUT: Telling(Slag.EFTER),
    Act.UTSKICK_ANDRAT: NOBODY,
    Act.BREV_SLAPPTA: NOBODY,
    Act.NARVARO: NOBODY,
    Act.OMROSTNING: NOBODY,
    Act.MEDFORFATTARE_INBJUDEN: NOBODY,
    Act.MEDFORFATTARE_MED: Telling(Slag.ARENDE, (ANSVARIG,)),
    Act.MEDFORFATTARE_AVSLUTAD: Telling(Slag.ARENDE, (ANSVARIG,)),
    Act.KOMMENTAR: _COMMENTED,
    Act.KOMMENTAR_SVAR: _COMMENTED,
    Act.KOMMENTAR_INLAGG: _COMMENTED,
    Act.KOMMENTAR_GODTAGEN: _COMMENTED,
    Act.KOMMENTAR_OPPNAD: _COMMENTED,
}

DECISIONS = frozenset(act for act, telling in TOLD.items() if telling and telling.decision)
"""The acts about which letters wait until they are released, where the county has not said otherwise."""
