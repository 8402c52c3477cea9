"""Reads over satsningar, named by what they return; who may see which rows is laid on by `workflow.rights`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, Expression, F, OuterRef, Q, QuerySet

from governance.sorting import swedish
from satsningar.models import Deltagande, KopplingRad, Registernummer, Satsning, Uppdrag
from satsningar.models.parts import SEARCHED

_WORD = re.compile(r"\w+")
MOST_WORDS = 12
"""Words of a search; what comes after them is passed over."""

ORDERS: dict[str, Expression | F] = {
    "titel": swedish("uppdrag__titel"),
    "arende": swedish("reference"),
    "steg": F("station"),
    "sedan": F("station_since"),
    "grupp": swedish("ansvarig_grupp__name"),
    "handelse": F("last_act_at"),
}
"""What a list may be sorted by, as it stands in the address; a leading `-` turns it round."""
NEWEST_FIRST = "-handelse"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of satsningar is narrowed by; an empty value narrows nothing."""

    county_id: int | None = None
    text: str = ""
    stations: Sequence[str] = ()
    body_id: int | None = None
    fokusomrade_id: int | None = None
    organisation_id: int | None = None


def search(satsningar: QuerySet[Satsning], text: str) -> QuerySet[Satsning]:
    """Return the satsningar that the words find: in the reference number, or all of them among the words of *uppdrag*.

    Swedish endings are passed over, and a word finds what begins with it.
    """
    words = _WORD.findall(text.replace("\x00", ""))[:MOST_WORDS]
    if not words:
        return satsningar.none() if text.strip() else satsningar
    begins = SearchQuery(" & ".join(f"'{word}':*" for word in words), config="swedish", search_type="raw")
    found = Uppdrag.objects.annotate(words=SEARCHED).filter(words=begins)
    return satsningar.filter(
        Q(pk__in=found.values("satsning_id")) | Q(reference__icontains=" ".join(text.replace("\x00", "").split()))
    )


def filtered(satsningar: QuerySet[Satsning], filters: Filters) -> QuerySet[Satsning]:
    """Return the satsningar that meet every filter; a body counts whether it answers, prepares or decides."""
    found = search(satsningar, filters.text) if filters.text.strip() else satsningar
    if filters.county_id is not None:
        found = found.filter(county=filters.county_id)
    if filters.stations:
        found = found.filter(station__in=filters.stations)
    if (body := filters.body_id) is not None:
        found = found.filter(Q(ansvarig_grupp=body) | Q(beredningsgrupp=body) | Q(beslutsorgan=body))
    if filters.fokusomrade_id is not None:
        links = KopplingRad.objects.filter(satsning=OuterRef("pk"))
        within = Q(fokusomrade=filters.fokusomrade_id) | Q(malsattning__fokusomrade=filters.fokusomrade_id)
        found = found.filter(Exists(links.filter(within)))
    if filters.organisation_id is not None:
        part = Deltagande.objects.filter(satsning=OuterRef("pk"), organisation=filters.organisation_id)
        found = found.filter(Exists(part))
    return found


def ordered(satsningar: QuerySet[Satsning], order: str) -> QuerySet[Satsning]:
    """Return the satsningar in an order of `ORDERS`; one that is not there gives the latest act first."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        order, name = NEWEST_FIRST, NEWEST_FIRST.removeprefix("-")
    turned = order.startswith("-")
    expression = ORDERS[name]
    if name == "titel":
        # Every satsning has a title's row; saying so lets the index on titles give the order.
        satsningar = satsningar.filter(uppdrag__isnull=False)
    return satsningar.order_by(expression.desc() if turned else expression.asc(), "-pk" if turned else "pk")


def registernummer_of(satsning_id: int) -> QuerySet[Registernummer]:
    """Return the organisations' own registry numbers for a case, in the county's order."""
    rows = Registernummer.objects.filter(satsning=satsning_id).select_related("organisation")
    return rows.order_by("organisation__position", "organisation_id")
