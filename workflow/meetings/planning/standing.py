"""The standing template of a body's agendas: what holds where it has written none, and how an agenda begins by it."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.meeting_rules import MeetingRule, may_meet, meeting_rule
from governance.models import Body, Person
from satsningar.cleaning import clean_field
from workflow.errors import Invalid, NoMandate
from workflow.inputs import Errors
from workflow.meetings.acts import record_for_body
from workflow.meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from workflow.meetings.planning.keeper import who_plans
from workflow.meetings.rights import keeping
from workflow.meetings.vocabulary import ItemKind, ItemSort, StandingItem
from workflow.rights import viewer
from workflow.vocabulary import Act

MOST_LINES = 60
LONGEST_TIME = 600
"""Minutes of one item."""
BEGINNING, DECISIONS, INFORMATION, ENDING = "Inledning", "Beslutsärenden", "Information", "Avslutning"
"""The sections of a template that nobody has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a template. One of kind `arende` is no item: it is the place where matters to decide are put."""

    kind: ItemKind
    title: str
    standing: str = ""
    section: str = ""
    duration: int | None = None
    sort: ItemSort = ItemSort.BRA_ATT_VETA


def default_template(rule: MeetingRule) -> tuple[Line, ...]:
    """Return the template of a body that has written none and holds its meetings by this rule."""
    between = rule.per_capsulam or rule.delegation
    return (
        _standing(StandingItem.OPPNANDE, BEGINNING),
        *([_standing(StandingItem.JUSTERARE, BEGINNING)] if rule.justerare else []),
        _standing(StandingItem.DAGORDNING, BEGINNING),
        _standing(StandingItem.FOREGAENDE, BEGINNING),
        _standing(StandingItem.OPPNA_BESLUT, BEGINNING),
        *([_standing(StandingItem.MELLAN_MOTEN, BEGINNING)] if between else []),
        Line(kind=ItemKind.ARENDE, title=DECISIONS, section=DECISIONS, sort=ItemSort.ARBETA),
        Line(kind=ItemKind.INFORMATION, title=INFORMATION, section=INFORMATION),
        _standing(StandingItem.OVRIGA_FRAGOR, ENDING),
        _standing(StandingItem.AVSLUTANDE, ENDING),
    )


def _standing(item: StandingItem, section: str) -> Line:
    return Line(kind=ItemKind.STAENDE, standing=item.value, title=str(item.label), section=section)


def template_of(body: Body) -> tuple[Line, ...]:
    """Return the template by which the body's agendas begin; one statement."""
    rows = AgendaTemplateItem.objects.filter(body=body)
    return tuple(
        Line(
            kind=ItemKind(row.kind),
            title=row.title,
            standing=row.standing,
            section=row.section,
            duration=row.duration,
            sort=ItemSort(row.sort),
        )
        for row in rows
    ) or default_template(meeting_rule(body))


def digest_of(lines: Iterable[Line]) -> str:
    """Return what tells one template from another."""
    return sha256(repr([astuple(line) for line in lines]).encode()).hexdigest()


def begin_agenda(meeting: Meeting, lines: Iterable[Line], *, actor: Person) -> None:
    """Write the items by which a new meeting's agenda begins; one statement."""
    items = [line for line in lines if line.kind != ItemKind.ARENDE]
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            kind=line.kind,
            standing=line.standing,
            section=line.section,
            position=position,
            title=line.title,
            duration=line.duration,
            sort=line.sort,
            added_by=actor,
        )
        for position, line in enumerate(items, 1)
    )


@transaction.atomic
def save_template(body_id: int, lines: Sequence[Line], *, actor: Person, seen: str) -> None:
    """Write the template of a body's agendas anew; none at all brings the usual one back.

    Effects, in order: the body's row is locked, its template is replaced, the journal is written.

    Args:
        body_id: whose.
        lines: the template in its order.
        actor: who writes it.
        seen: `digest_of` the template as the actor saw it.

    Raises:
        Body.DoesNotExist: there is no such body in a county of the actor's.
        NoMandate: the actor does not plan the body's meetings.
        Invalid: the body holds no meetings, a line cannot be used, or somebody else has changed the template.

    """
    who = viewer(actor)
    body = Body.objects.select_for_update(no_key=True, of=("self",)).get(pk=body_id, county__in=who.counties)
    standing = keeping(who, body)
    if standing is None:
        raise NoMandate(who_plans(body))
    if not may_meet(body):
        raise Invalid({"lines": [f"{body.name} håller inga möten här."]})
    if seen != digest_of(template_of(body)):
        raise Invalid({"lines": ["Någon annan har ändrat mallen sedan du öppnade sidan. Spara igen om din gäller."]})
    _check(lines)
    AgendaTemplateItem.objects.filter(body=body).delete()
    AgendaTemplateItem.objects.bulk_create(
        AgendaTemplateItem(
            body=body,
            position=position,
            kind=line.kind,
            standing=line.standing,
            section=line.section,
            title=line.title,
            duration=line.duration,
            sort=line.sort,
        )
        for position, line in enumerate(lines, 1)
    )
    payload = {"what": "Skrev om dagordningens mall.", "items": [line.title for line in lines]}
    record_for_body(body, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)


def _check(lines: Sequence[Line]) -> None:
    errors = Errors()
    if len(lines) > MOST_LINES:
        errors.add("lines", f"En mall har högst {MOST_LINES} punkter.")
    places = sum(line.kind == ItemKind.ARENDE for line in lines)
    if places > 1:
        errors.add("lines", "Beslutsärenden har en plats i mallen, inte flera.")
    standing = [line.standing for line in lines if line.standing]
    if len(set(standing)) != len(standing):
        errors.add("lines", "Samma stående punkt finns två gånger.")
    for number, line in enumerate(lines, 1):
        for name in ("title", "section"):
            try:
                clean_field(AgendaTemplateItem._meta.get_field(name), getattr(line, name))  # type: ignore[arg-type]
            except ValidationError as error:
                errors.add("lines", f"Rad {number}: {error.messages[0]}")
        if line.duration is not None and not 0 <= line.duration <= LONGEST_TIME:
            errors.add("lines", f"Rad {number}: tiden är mellan 0 och {LONGEST_TIME} minuter.")
        if line.kind == ItemKind.OVRIGT or (line.kind == ItemKind.STAENDE) != bool(line.standing):
            errors.add("lines", f"Rad {number}: punkten är av ett okänt slag.")
    if errors.found:
        raise Invalid(errors.found)
