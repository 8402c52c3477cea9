"""What the table of who is concerned is made of: who, by which mandate, and what is expected of them."""

from dataclasses import dataclass
from datetime import date

from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Mandate
from workflow.notices.vocabulary import Slag

BEREDER, BESLUTAR, ORGANET = "@bereder", "@beslutar", "@organet"
"""The case's preparing body, its deciding body, and the body whose meeting or matter the act is about."""
HANDLAGGARE, INVITED, SKAPARE = "@handlaggare", "@medforfattare", "@skapare"
"""The case's handläggare, those from elsewhere who are invited to it, and who made it."""

WORK = f"{Mandate.SVARA},{Mandate.BEREDA},{Mandate.BESLUTA},{Mandate.FORFATTA},{Mandate.LEDA_ARENDEN}"
"""Any of the mandates by which somebody in a body that is asked something may answer."""
KEEP = f"{Mandate.PROTOKOLLFORA},{Mandate.LEDA_MOTE}"
"""Secretary and chair."""
ANYBODY = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Some of those whom an act concerns.

    `key` is a body as the moves of a path name one, or one of the constants above; `mandates`, with commas between,
    are those of which one is needed, none for everybody who sits there; `expected` is what they are to do.
    """

    key: str
    mandates: str = ANYBODY
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom an act concerns.

    `to_next` adds whoever may make the move that the case now waits for, who is expected to. `letter` is false where
    another letter tells the same. `opens` is true where the act itself gives them the right to read a draft.
    `decision` is true where letters wait to be released.
    """

    kind: Slag
    told: tuple[Told, ...] = ()
    to_next: bool = False
    letter: bool = True
    opens: bool = False
    decision: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the act itself knows of whom it concerns, beside the table.

    `bodies` are told by their mandates of work, `people` and `seats` (memberships) by name; `expected` is what these
    are to do and `due` by when. `organ` is the body that the act is about. `page` and `page_id` say where it is seen.
    """

    bodies: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    seats: tuple[int, ...] = ()
    told: tuple[Told, ...] = ()
    expected: str = ""
    due: date | None = None
    organ: int | None = None
    page: str = ""
    page_id: int | None = None
    letter: bool = True


NOTHING = Given()

ANSVARIG = Told(ANSVARIG_GRUPP, Mandate.FORFATTA.value)
BEREDANDE = Told(BEREDER, Mandate.BEREDA.value)
HANDLAGGAREN = Told(HANDLAGGARE)
MEDFORFATTARE = Told(INVITED)
STOD = Told(BodyKind.REGIONALT_STOD.value, Mandate.LEDA_ARENDEN.value)
BESLUTANDE = Told(BESLUTAR, KEEP)
MEMBERS = Told(ORGANET)
KEEPERS = Told(ORGANET, KEEP)
