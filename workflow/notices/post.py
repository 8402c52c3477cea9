"""What regionalt stöd and secretaries see of a county's letters: by state, one in full, and what waits for release."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from governance.models import County
from governance.vocabulary import Mandate
from workflow.models.journal import JournalEntry
from workflow.notices.models import Delivery, Notice
from workflow.notices.selectors import described
from workflow.notices.vocabulary import Brevlage, Postlage
from workflow.notices.wording import say
from workflow.rights import Viewer

PAGE = 50
_RELEASING = frozenset({Mandate.PROTOKOLLFORA, Mandate.LEDA_MOTE})


def kept_counties(who: Viewer) -> frozenset[int]:
    """Return the ids of the counties whose letters the person keeps."""
    return frozenset(one.county_id for one in who.standings if one.mandate == Mandate.LEDA_ARENDEN)


def county_kept(who: Viewer, county_id: int | None) -> County | None:
    """Return a county whose letters the person keeps: the one asked for, or the first."""
    rows = County.objects.filter(pk__in=kept_counties(who)).order_by("name")
    return rows.filter(pk=county_id).first() if county_id is not None else rows.first()


def counts_of(county_id: int) -> dict[Brevlage, int]:
    """Return how many letters there are in each state."""
    rows = Delivery.objects.filter(county=county_id).order_by().values_list("state").annotate(Count("pk"))
    found = dict(rows)
    return {state: found.get(state.value, 0) for state in Brevlage}


@dataclass(frozen=True, slots=True)
class Letters:
    """Some letters, newest first, and the key before which the next page begins; none when there is no next."""

    rows: Sequence[Delivery]
    following: int | None


def letters_of(county_id: int, state: Brevlage, *, before: int | None = None) -> Letters:
    """Return a page of a county's letters in a state; one statement."""
    rows = Delivery.objects.filter(county=county_id, state=state).select_related("person")
    about = Notice.objects.filter(delivery=OuterRef("pk")).order_by().values("delivery").annotate(number=Count("pk"))
    rows = rows.annotate(number=Subquery(about.values("number"))).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return Letters(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def letter_kept(who: Viewer, delivery_id: int) -> Delivery | None:
    """Return a letter of a county whose letters the person keeps."""
    rows = Delivery.objects.select_related("person", "county")
    return rows.filter(pk=delivery_id, county__in=kept_counties(who)).first()


@dataclass(frozen=True, slots=True)
class Held:
    """A decision whose letters wait to be released: what, when, and who is told."""

    entry_id: int
    what: str
    about: str
    at: Any
    names: Sequence[str]


def held_for(who: Viewer) -> list[Held]:
    """Return the decisions whose letters the person may release, the oldest first; at most six statements."""
    entries = list(_held_entries(who).order_by("at", "pk")[:PAGE])
    rows = Notice.objects.filter(entry__in=entries, mail__in=(Postlage.BESLUT, Postlage.NY))
    by_entry: dict[int, list[Any]] = {}
    for row in described(rows).select_related("person").order_by("person__name"):
        by_entry.setdefault(row.entry_id, []).append(row)
    shown = [entry for entry in entries if entry.pk in by_entry]
    said = say([by_entry[entry.pk][0] for entry in shown], who)
    return [
        Held(entry.pk, one.what, one.about, entry.at, [row.person.name for row in by_entry[entry.pk]])
        for entry, one in zip(shown, said, strict=True)
    ]


def held_count(who: Viewer) -> int:
    """Return how many decisions' letters the person may release; a statement for those alone who may release any."""
    if not any(one.mandate in _RELEASING or one.mandate == Mandate.LEDA_ARENDEN for one in who.standings):
        return 0
    return _held_entries(who).count()


def _held_entries(who: Viewer) -> QuerySet[JournalEntry]:
    waiting = Notice.objects.filter(mail=Postlage.BESLUT).values("entry")
    rows = JournalEntry.objects.filter(pk__in=waiting, slappt=None, county__in=who.counties)
    bodies = {one.body_id for one in who.standings if one.mandate in _RELEASING}
    return rows.filter(body__in=bodies) | rows.filter(county__in=kept_counties(who))
