"""What is checked before a move is made: the choices it offers, what goes on and to whom, and what is missing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.conditions import kronor
from governance.models import Body, Organisation
from governance.paths import MoveValue, PathVersion
from governance.permissions import Standing
from governance.vocabulary import ANSVARIG_GRUPP, MoveKind
from satsningar.content import Content
from satsningar.markdown import render
from satsningar.models import Satsning
from satsningar.requirements import Gap, part_states
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.actions import STATEMENT_CODES
from workflow.avsteg.applied import Applied, in_papers
from workflow.avsteg.rights import gates_ahead
from workflow.comments.showing import to_gather
from workflow.conditions import ADOPTING, cost_before
from workflow.decisions import open_anmalan, seats_of
from workflow.facts import Facts
from workflow.forms.moves import Choices
from workflow.forms.participants import Line
from workflow.gates import gaps_of
from workflow.kinds import statement_of
from workflow.links import part_url
from workflow.models import Anmalan, Beslutsdeltagare, Komplettering
from workflow.quorum import Seat
from workflow.rights import matches, path_of
from workflow.selectors.cases import possible_groups, possible_handlaggare
from workflow.vocabulary import Rekommendation

NEVER_PROPOSED = frozenset({MoveKind.ATERREMISS, MoveKind.BORDLAGGNING})
"""What a meeting decides without anybody having proposed it."""

Row = dict[str, Any]


def choices_of(satsning: Satsning, move: MoveValue, standing: Standing, day: date, cost: Decimal | None) -> Choices:
    """Return what may be chosen in the move's form; `cost` is what the satsning costs, in kronor, where known."""
    path = path_of(satsning)
    return Choices(
        targets=[(code, path.stations[code].name) for code in move.targets] if len(move.targets) > 1 else (),
        handlaggare=possible_handlaggare(standing.body_id) if move.kind == MoveKind.TA_UPP else (),
        proposed=proposable(path, move, satsning.station, cost) if move.kind == MoveKind.ANMAL else (),
        groups=possible_groups(satsning) if move.kind == MoveKind.BYT_ANSVARIG_GRUPP else (),
        seats=seats_with_names(standing.body_id, day) if move.in_meeting else (),
        present=present_before(standing.body_id, day) if move.in_meeting else (),
        comments=to_gather(satsning) if move.kind == MoveKind.BEGAR_KOMPLETTERING else {},
    )


def proposable(path: PathVersion, move: MoveValue, station: str, cost: Decimal | None) -> list[tuple[str, str]]:
    """Return the moves that an anmälan made from a station may propose for a satsning of this cost."""
    reached = move.target_from(station) or station
    return [
        (each.code, each.name)
        for each in path.moves_from(reached)
        if each.in_meeting and each.kind not in NEVER_PROPOSED and (each.is_open_to(cost) or each.kind in ADOPTING)
    ]


def seats_with_names(body_id: int, day: date) -> list[tuple[Seat, str]]:
    """Return everybody who sits in the body on that day, voters first, with the organisation they represent."""
    seats = list(seats_of(body_id, day).values())
    names = dict(Organisation.objects.filter(pk__in={seat.organisation_id for seat in seats}).values_list("pk", "name"))
    seats.sort(key=lambda seat: (not seat.votes, seat.name))
    return [(seat, names.get(seat.organisation_id or 0, "")) for seat in seats]


def present_before(body_id: int, day: date) -> list[Line]:
    """Return who was there when the same meeting last decided something, so that it need not be marked again."""
    rows = Beslutsdeltagare.objects.filter(beslut__body=body_id, beslut__meeting_date=day).order_by("-beslut_id")
    newest = list(rows.values_list("beslut_id", "membership_id"))
    return [Line(member, present=True, jav=False, why="") for beslut, member in newest if beslut == newest[0][0]]


def gaps_before(move: MoveValue, content: Content, facts: Facts) -> tuple[Gap, ...]:
    """Return what the move still lacks, whatever an anmälan proposes."""
    extra = STATEMENT_CODES if move.kind == MoveKind.ANMAL else ()
    return gaps_of((move.gate,), content, facts, extra)


def receivers(satsning: Satsning, path: PathVersion, codes: Iterable[str], bodies: tuple[Body, ...]) -> str:
    """Return the names of the bodies that hold the stations a move leads to."""
    names: list[str] = []
    for code in codes:
        key = path.stations[code].held_by
        names += [body.name for body in bodies if key and matches(key, body.pk, body.kind, body.code, satsning)]
    return " eller ".join(dict.fromkeys(names))


def summary_of(  # noqa: PLR0913 - what a move is checked against
    satsning: Satsning, move: MoveValue, standing: Standing, *, read: Content, known: Facts, bodies: tuple[Body, ...]
) -> list[Row]:
    """Return the lines of "check your answers", as `components/summary_list.html` shows them."""
    path = path_of(satsning)
    here = path.stations[satsning.station].name
    there = " eller ".join(path.stations[code].name for code in move.targets)
    name = f"{read.title} ({satsning.reference})" if satsning.reference else read.title
    rows: list[Row] = [
        {"term": "Satsning", "value": name},
        {"term": "Steg", "value": f"{here} → {there}" if there else f"{here}, satsningen stannar där"},
    ]
    received = receivers(satsning, path, move.targets, bodies)
    if received:
        rows.append({"term": "Går till", "value": received})
    rows.append({"term": "Du gör det för", "value": standing.body_name})
    if move.condition:
        cost = cost_before(satsning.pk, move, read.parts, known)
        rows.append({"term": "Kostnad", "value": kronor(cost) if cost is not None else "Inte angiven"})
    if move.made_by.get(ANSVARIG_GRUPP) and move.gate:
        rows.append({"term": "Delar", "value": _parts(satsning, read)})
    if move.kind == MoveKind.LAMNA_KOMPLETTERING:
        rows += _answers(satsning)
    if move.kind == MoveKind.ANMAL:
        rows += _statement(satsning, standing)
    if move.in_meeting and (anmalan := open_anmalan(satsning)):
        rows += _proposal(satsning, path, anmalan)
    if known.proposed_parts and (move.kind == MoveKind.ANMAL or move.kind in ADOPTING):
        rows.append({"term": "Föreslagna ändringar", "value": _changes(satsning, known)})
    return rows


def papers_of(satsning: Satsning, move: MoveValue, read: Content, known: Facts) -> list[Applied]:
    """Return the avsteg in the papers that a move is made on: in a meeting, those frozen with the anmälan too.

    Before an anmälan, those of every gate that may be proposed.
    """
    anmalan = open_anmalan(satsning) if move.in_meeting else None
    gates = gates_ahead(satsning).values() if move.kind == MoveKind.ANMAL else (move.gate,)
    return in_papers(anmalan.avsteg if anmalan else [], gates, read, known)


def _parts(satsning: Satsning, read: Content) -> SafeString:
    states = part_states(read)
    items = ((part_url(satsning.pk, part), part.label, str(states[part])) for part in DECIDED_PARTS)
    listed = format_html_join("", '<li><a href="{}">{}</a> <span class="s-subtle">{}</span></li>', items)
    return format_html('<ul class="s-plain">{}</ul>', listed)


def _answers(satsning: Satsning) -> list[Row]:
    rows = Komplettering.objects.filter(satsning=satsning.pk, closed_at=None).exclude(gathers_only=True, svar="")
    url = reverse("komplettering", args=[satsning.pk])
    return [
        {
            "term": f"Svar om {PartCode(row.part).label.lower()}",
            "value": render(row.svar) if row.svar else "",
            "empty": "Inte besvarad",
            "url": f"{url}#id_svar-{row.pk}",
        }
        for row in rows
    ]


def _statement(satsning: Satsning, standing: Standing) -> list[Row]:
    statement = statement_of(satsning.pk, standing.body_id)
    url = reverse("utlatande", args=[satsning.pk])
    advice = Rekommendation(statement.rekommendation).label if statement and statement.rekommendation else ""
    return [
        {"term": "Utlåtande", "value": render(statement.text) if statement else "", "url": f"{url}#id_text"},
        {"term": "Rekommendation", "value": advice, "url": f"{url}#id_rekommendation"},
        {
            "term": "Förslag till beslut",
            "value": render(statement.forslag) if statement else "",
            "url": f"{url}#id_forslag",
        },
    ]


def _proposal(satsning: Satsning, path: PathVersion, anmalan: Anmalan) -> list[Row]:
    proposed = path.move_from(satsning.station, anmalan.move)
    revision = reverse("revision", args=[satsning.pk, anmalan.revision.number])
    return [
        {"term": "Föreslaget", "value": proposed.name if proposed else anmalan.move},
        {"term": "Rekommendation", "value": Rekommendation(anmalan.rekommendation).label},
        {"term": "Förslag till beslut", "value": render(anmalan.forslag)},
        {
            "term": "På bordet",
            "value": format_html('<a href="{}">Revision {}</a>', revision, anmalan.revision.number),
        },
    ]


def _changes(satsning: Satsning, known: Facts) -> SafeString:
    url = reverse("jamfor", args=[satsning.pk]) + "?fran=nu&till=forslag"
    names = ", ".join(PartCode(part).label for part in known.proposed_parts)
    return format_html('{} (<a href="{}">jämför med det som gäller</a>)', names, url)
