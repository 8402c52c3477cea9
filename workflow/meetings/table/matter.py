"""One matter at the table as somebody sees it: its papers in short, jäv, quorum, the vote, and what was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import Http404

from governance.vocabulary import Mandate
from satsningar.present import kronor
from satsningar.vocabulary import PartCode
from workflow.meetings.models import AgendaItem, Jav, Reservation
from workflow.meetings.papers.content import Tabled
from workflow.meetings.papers.tabled import tabled_of
from workflow.meetings.table.ballots import Voted, newest_ballot
from workflow.meetings.table.counting import Count, count_votes
from workflow.meetings.table.dissent import may_reserve
from workflow.meetings.table.keeping import MATTERS
from workflow.meetings.table.leading import leads, may_do
from workflow.meetings.table.options import Option, is_refusal, options_of
from workflow.meetings.table.screen import Line, Screen
from workflow.meetings.table.suggesting import OfOrganisation, Suggestion, by_organisation, suggested_jav
from workflow.meetings.vocabulary import ItemKind, JavState
from workflow.quorum import Quorum, Seat
from workflow.vocabulary import Rekommendation


@dataclass(frozen=True, slots=True)
class Voting:
    """The newest vote on a matter: who has voted what, and who is still to vote."""

    key: int
    voted: Voted
    missing: tuple[Seat, ...]
    own: tuple[Seat, ...]
    """The person's own seats that are still to vote."""

    @property
    def count(self) -> Count:
        """Return how it stands, before the casting vote."""
        votes = {id_: value for id_, _, value, _ in self.voted.votes}
        return count_votes(votes, chair=None, has_casting_vote=False)


@dataclass(frozen=True)
class Matter:
    """An item at the table as somebody sees it."""

    screen: Screen
    line: Line
    tabled: Tabled
    jav: Sequence[Jav]
    suggestions: Sequence[Suggestion]
    voting: Voting | None
    dissents: Sequence[Reservation]

    @property
    def item(self) -> AgendaItem:
        """Return the item."""
        return self.line.row.item

    @property
    def decides(self) -> bool:
        """Tell whether the body decides in the item."""
        return self.item.kind in MATTERS

    @property
    def is_open(self) -> bool:
        """Tell whether the meeting goes on and the item has no outcome."""
        return self.screen.goes_on and self.line.is_open

    @property
    def waits(self) -> bool:
        """Tell whether the item came too late and the meeting has not taken it up."""
        return self.item.is_late and not self.item.late_accepted

    @property
    def is_settled(self) -> bool:
        """Tell whether the item has its outcome."""
        return self.line.paragraf is not None

    @property
    def is_refusal(self) -> bool:
        """Tell whether deciding as recommended is to refuse the proposal."""
        return is_refusal(self.item)

    @property
    def recommended(self) -> str:
        """Return who recommends what, in a sentence; empty where nobody does."""
        return recommended(self.tabled)

    @property
    def becomes(self) -> str:
        """Return what the decision becomes where it is decided as recommended, as the minutes will say it in short."""
        body = self.screen.meeting.body.name
        return f"{body} avslår förslaget." if self.is_refusal else f"{body} bifaller förslaget ovan."

    @property
    def proposed_otherwise(self) -> bool:
        """Tell whether the proposal read otherwise than what was decided."""
        found = self.line.paragraf
        return found is not None and bool(found.wording) and found.wording != found.decided

    @property
    def quorum(self) -> Quorum:
        """Return whether the body is quorate in the matter."""
        return self.screen.table.quorum(self.screen.meeting, self.item.pk)

    @property
    def voters(self) -> tuple[Seat, ...]:
        """Return who votes in the matter now."""
        return self.screen.table.voters(self.item.pk)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Return what may be decided otherwise than proposed."""
        return options_of(self.item) if self.decides else ()

    @property
    def chair_has_jav(self) -> bool:
        """Tell whether whoever leads the matter has jäv in it."""
        return leads(self.screen.meeting, self.item) in self.screen.table.away(self.item.pk)

    @property
    def leader(self) -> Seat | None:
        """Return who leads the matter."""
        return self.screen.table.seats.get(leads(self.screen.meeting, self.item) or 0)

    @property
    def may_lead(self) -> list[Seat]:
        """Return who may lead it instead, where who leads the meeting has jäv in it or does not lead it; one statement.

        None where the person does not keep the meeting, or there is nothing to decide any longer.
        """
        meeting, table = self.screen.meeting, self.screen.table
        if not (self.screen.keeps and self.is_open and self.decides and (self.chair_has_jav or self.item.chair_id)):
            return []
        there = may_do(meeting, Mandate.LEDA_MOTE) & table.taking_part(self.item.pk) - {leads(meeting, self.item)}
        return [seat for id_, seat in table.seats.items() if id_ in there]

    @property
    def facts(self) -> list[Mapping[str, str]]:
        """Return the matter in short, term by term, those that have an answer."""
        return facts_of(self.item, self.tabled)

    @property
    def may_declare(self) -> list[Seat]:
        """Return the seats that the person may record jäv for: any for the keeper, else the own ones."""
        if not self.is_open or not self.decides or (self.voting is not None and self.voting.voted.is_open):
            return []
        seats = list(self.screen.table.seats.values()) if self.screen.keeps else self.screen.own
        has = {one.membership_id for one in self.jav if one.state == JavState.JAV}
        return [seat for seat in seats if seat.membership_id not in has]

    @property
    def may_dissent(self) -> list[Seat]:
        """Return the seats that the person may write to the minutes for."""
        paragraf, screen = self.line.paragraf, self.screen
        if paragraf is None or not screen.goes_on:
            return []
        there = {id_ for id_, _, _, _, _, jav, _ in paragraf.participants if not jav}
        seats = screen.table.seats.values() if screen.keeps else screen.own
        return [seat for seat in seats if seat.membership_id in there]

    @cached_property
    def suggested(self) -> tuple[list[Suggestion], list[OfOrganisation]]:
        """Return who may have jäv for their own sake, and who by the organisation that would be paid."""
        return by_organisation(self.suggestions)

    @property
    def own_ids(self) -> frozenset[int]:
        """Return the memberships of the person."""
        return frozenset(seat.membership_id for seat in self.screen.own)

    @property
    def may_reserve(self) -> bool:
        """Tell whether anybody whom the person speaks for may make a reservation."""
        if self.line.paragraf is None:
            return False
        may = {id_ for id_, _ in may_reserve(self.line.paragraf, self.screen.meeting)}
        return any(seat.membership_id in may for seat in self.may_dissent)


def matter_of(screen: Screen, item_id: int, *, suggests: bool = True) -> Matter:
    """Return an item at the table as the person sees it; a fixed number of statements.

    Raises:
        Http404: the agenda has no such item that the person may read.

    """
    line = screen.line(item_id)
    if line is None or line.row.is_hidden:
        raise Http404
    item = line.row.item
    item.meeting = screen.meeting
    decides = item.kind in MATTERS
    tries = suggests and decides and screen.keeps and screen.goes_on and line.is_open
    return Matter(
        screen=screen,
        line=line,
        tabled=tabled_of([item])[item.pk],
        jav=list(Jav.objects.filter(item=item).select_related("membership__person")) if decides else [],
        suggestions=suggested_jav(item) if tries else [],
        voting=_voting(screen, item) if decides else None,
        dissents=list(Reservation.objects.filter(item=item)) if line.paragraf else [],
    )


def _voting(screen: Screen, item: AgendaItem) -> Voting | None:
    keys = [key for key, item_id, _ in screen.ballots if item_id == item.pk]
    if not keys:
        return None
    voted = newest_ballot(item.pk)
    done = {id_ for id_, *_ in voted.votes}
    missing = tuple(seat for seat in screen.table.voters(item.pk) if seat.membership_id not in done)
    own = tuple(seat for seat in missing if seat.person_id == screen.person_id)
    return Voting(keys[-1], voted, missing, own)


def facts_of(item: AgendaItem, tabled: Tabled) -> list[Mapping[str, str]]:
    """Return a matter's papers in short, term by term, those that have an answer."""
    return [{"term": term, "value": value} for term, value in _facts(item, tabled) if value]


def _facts(item: AgendaItem, tabled: Tabled) -> Iterable[tuple[str, str]]:
    yield "Ärendenummer", tabled.reference
    yield "Anmält av", tabled.made_by
    yield "Föreslaget", tabled.move_name + (f", till {tabled.target}" if tabled.target else "")
    if tabled.rekommendation:
        yield "Rekommendation", str(Rekommendation(tabled.rekommendation).label)
    yield "Kostnad", cost_of(tabled)
    if tabled.avsteg:
        yield "Avsteg", "Från kravet " + ", ".join(dict.fromkeys(f"”{one['label']}”" for one in tabled.avsteg))
    if item.kind == ItemKind.ARENDE and not tabled.damaged:
        yield "Sedan sist", _since(tabled)
    yield "Föredragande", item.presenter
    yield "Sekretessmarkering", tabled.sekretess


def recommended(tabled: Tabled) -> str:
    """Return who recommends what of a matter, in a sentence; empty where nobody does."""
    if not tabled.made_by:
        return ""
    if not tabled.rekommendation:
        return f"Föreslaget av {tabled.made_by}."
    says = "tillstyrker" if tabled.rekommendation == Rekommendation.TILLSTYRKAN else "avstyrker"
    return f"{tabled.made_by} {says} förslaget."


def cost_of(tabled: Tabled) -> str:
    """Return what a satsning costs in all by its papers; its rough cost where no more is said."""
    parts: Mapping[str, Any] = tabled.parts.get(PartCode.EKONOMI, {})
    rows = parts.get("kostnader", ())
    if rows:
        return str(kronor(sum((Decimal(str(row.get("belopp") or 0)) for row in rows), Decimal(0))))
    rough = parts.get("grov_kostnad")
    return f"{kronor(rough)} (grovt)" if rough not in {None, ""} else ""


def _since(tabled: Tabled) -> str:
    if tabled.last_revision is None:
        return "Organet har inte haft ärendet tidigare."
    changed = ", ".join(str(PartCode(code).label) for code in tabled.changed)
    return f"Ändrat: {changed}" if changed else "Inget är ändrat."
