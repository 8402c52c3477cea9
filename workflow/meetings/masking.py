"""What of a case's meetings is not shown on the case itself: the only place that says it.

Everybody in the county reads a submitted case. Where an item about it carries a secrecy mark, what was said and decided
there is shown to who sits in the body, and to who sits in a body that was sent the extract after the mark was set; what
lies on the table also to the body that brought it, for those are its own words. On paper it is shown to nobody: a paper
is handed on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from satsningar.models import Handling, Satsning
from satsningar.vocabulary import Handlingsslag
from workflow.meetings.models import AgendaItem, Utdrag
from workflow.meetings.rights import mark_of, read_by_receiver
from workflow.models import Anmalan, Beslut, Komplettering
from workflow.rights import Viewer
from workflow.selectors.decisions import Decided
from workflow.selectors.documents import HIDDEN_TITLE, Document
from workflow.selectors.timeline import Entry

HIDDEN = "Beslut med sekretessmarkering"
_KEPT = ("actor", "body", "move", "from", "to")
"""What an entry says that the case's station shows as well."""


@dataclass(frozen=True, slots=True)
class Masked:
    """What is hidden of a case for somebody: the marks by item, with the paragraphs and decisions of those items.

    `labels` are the marks by paragraph as documents name it, with its year; `settled` when the decisions were recorded.
    """

    items: Mapping[int, str] = field(default_factory=dict)
    paragrafer: Mapping[int, str] = field(default_factory=dict)
    decisions: Mapping[int, str] = field(default_factory=dict)
    brought: Mapping[int, str] = field(default_factory=dict)
    """The marks of what lies on a table, by the anmälan."""
    labels: Mapping[tuple[str, int], str] = field(default_factory=dict)
    settled: frozenset[datetime] = frozenset()

    def decided(self, rows: Iterable[Decided]) -> list[Decided]:
        """Return decisions as they are shown; a hidden one has its body, its day and its mark alone."""
        return [_without_words(one, self.decisions[one.beslut.pk]) if self.hides(one.beslut) else one for one in rows]

    def hides(self, beslut: Beslut) -> bool:
        """Tell whether a decision is hidden."""
        return beslut.pk in self.decisions

    def on_table(self, anmalan: Anmalan | None) -> str:
        """Return the mark of what lies on a table, empty where it is shown."""
        return self.brought.get(anmalan.pk, "") if anmalan else ""

    def entries(self, rows: Iterable[Entry]) -> list[Entry]:
        """Return the journal as it is shown; of what is hidden there stands who did it, and where it led."""
        return [self._entry(one) for one in rows]

    def _entry(self, entry: Entry) -> Entry:
        said = entry.said
        item = said.get("item") or _of_decision(said).get("item")
        mark = self.items.get(item or 0) or self.paragrafer.get(said.get("paragraf") or 0)
        if not mark:
            return entry
        kept = {key: said[key] for key in _KEPT if key in said}
        return replace(entry, said=kept | {"dolt": mark})

    def documents(self, rows: Iterable[Document]) -> list[Document]:
        """Return the list of documents as it is shown."""
        return [
            replace(one, title=HIDDEN_TITLE, url="", is_open=False) if self.names(one.handling) else one for one in rows
        ]

    def names(self, handling: Handling) -> str:
        """Return the mark of the hidden item whose decision a document's title says; empty where it says none.

        A document knows its paragraph by its title alone; an extract has the day it was sent, so its year is not asked.
        """
        for (label, year), mark in self.labels.items():
            of_decision = handling.kind == Handlingsslag.BESLUT and handling.title.startswith(f"{label} ")
            of_extract = handling.kind == Handlingsslag.UTDRAG and handling.title.startswith(
                f"Protokollsutdrag {label},"
            )
            if of_extract or (of_decision and handling.date.year == year):
                return mark
        return ""

    def printed(self, rows: Iterable[Handling]) -> list[Handling]:
        """Return documents as a paper lists them: what a mark hides is named by the mark."""
        found = list(rows)
        for one in found:
            one.secrecy = one.secrecy or self.names(one)
        return found


def _of_decision(said: Mapping[str, object]) -> Mapping[str, int]:
    beslut = said.get("beslut")
    mote = beslut.get("mote") if isinstance(beslut, Mapping) else None
    return mote if isinstance(mote, Mapping) else {}


def _without_words(decided: Decided, mark: str) -> Decided:
    """Return a decision without anything that was said in it, so that no page can show it by mistake."""
    beslut, anmalan = decided.beslut, decided.beslut.anmalan
    beslut.outcome, beslut.paragraph = HIDDEN, ""
    beslut.wording = beslut.amended_wording = beslut.condition = beslut.reason = beslut.quorum = ""
    beslut.avsteg, beslut.to_meeting = [], None
    anmalan.utlatande = anmalan.forslag = anmalan.rekommendation = ""
    return replace(decided, present=(), away=(), mark=mark)


def masked_for(who: Viewer | None, satsning_id: int) -> Masked:
    """Return what of a case is hidden for somebody; one statement, two where something carries a mark.

    Args:
        who: the reader; None for a paper, which is for everybody.
        satsning_id: the case.

    """
    rows = AgendaItem.objects.filter(anmalan__satsning=satsning_id)
    rows = rows.select_related("matter", "meeting", "anmalan", "paragraf__beslut")
    marked = [item for item in rows if mark_of(item)]
    bodies = who.bodies if who else frozenset()
    unread = [item for item in marked if item.meeting.body_id not in bodies]
    received = _received(unread, bodies) if unread and bodies else frozenset()
    hidden = [item for item in unread if item.pk not in received]
    settled = [item for item in hidden if item.settled_at is not None]
    decided = [item.paragraf for item in settled]
    return Masked(
        items={item.pk: mark_of(item) for item in hidden},
        paragrafer={item.paragraf.pk: mark_of(item) for item in settled},
        decisions={item.paragraf.beslut_id: mark_of(item) for item in settled if item.paragraf.beslut_id},
        brought={
            item.anmalan_id: mark_of(item)
            for item in hidden
            if item.anmalan_id and item.anmalan and item.withdrawn_at is None and item.anmalan.made_by_id not in bodies
        },
        labels={(item.paragraf.label, item.paragraf.year): mark_of(item) for item in settled},
        settled=frozenset(one.beslut.recorded_at for one in decided if one.beslut),
    )


def _received(items: Iterable[AgendaItem], bodies: frozenset[int]) -> frozenset[int]:
    """Return which of the items the bodies have been sent an extract of since it was marked."""
    rows = Utdrag.objects.filter(read_by_receiver(), paragraf__item__in=items, receiver__in=bodies)
    return frozenset(rows.values_list("paragraf__item", flat=True))


def requests_shown(who: Viewer, satsning: Satsning, rows: Iterable[Komplettering]) -> list[Komplettering]:
    """Return what a case is to be completed with, as a person sees it; two statements more where there is any.

    What a hidden decision asks for is shown to the bodies that write and prepare the case, for they complete it.
    """
    found = list(rows)
    if not found or {satsning.ansvarig_grupp_id, satsning.beredningsgrupp_id} & who.bodies:
        return found
    settled = masked_for(who, satsning.pk).settled
    return [one for one in found if one.begard_at not in settled]


def marked_decisions(satsning_id: int) -> frozenset[int]:
    """Return the case's decisions that carry a mark; nothing of them is shared outside the county."""
    return frozenset(masked_for(None, satsning_id).decisions)
