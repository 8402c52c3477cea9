"""Which guides are somebody's and which have been put away, and what the pages of help say of the person's county."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from governance.models import ArendegangVersion, Body
from governance.paths import BESIDE, PathVersion, path_version
from governance.permissions import Standing, today
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Mandate, Role
from satsningar.help import PART_GUIDES, PART_HELP
from satsningar.vocabulary import PartCode
from workflow.guides.models import HiddenGuide
from workflow.guides.pages import DOES
from workflow.guides.texts import STEPS
from workflow.guides.vocabulary import Guide
from workflow.rights import Viewer

DECIDING = frozenset({BodyKind.STYRGRUPP, BodyKind.NAMND})
BY_MANDATE: Mapping[Mandate, Guide] = {
    Mandate.FOLJA: Guide.STOD,
    Mandate.BEREDA: Guide.BEREDNING,
    Mandate.FORFATTA: Guide.ARBETSGRUPP,
    Mandate.BESLUTA: Guide.BESLUT,
    Mandate.SVARA: Guide.KONTAKT,
}
"""The guide that a mandate comes with."""


@dataclass(frozen=True, slots=True)
class ShownGuide:
    """A guide with the addresses of its steps."""

    guide: Guide
    steps: tuple[dict[str, str], ...]
    is_hidden: bool = False


def guides_of(who: Viewer) -> tuple[Guide, ...]:
    """Return the guides for what the person does today, in the vocabulary's order; no statements.

    Somebody who sits in bodies without any mandate takes part; whoever sits in none has no guide.
    """
    found = {guide for standing in who.standings if (guide := _guide_for(standing))}
    if who.bodies and not found:
        found = {Guide.DELTAR}
    return tuple(guide for guide in Guide if guide in found)


def _guide_for(standing: Standing) -> Guide | None:
    if standing.mandate == Mandate.PROTOKOLLFORA:
        records = standing.role == Role.SEKRETERARE and standing.body_kind in DECIDING
        return Guide.SEKRETERARE if records else None
    if standing.mandate == Mandate.FORFATTA and standing.body_kind != BodyKind.ARBETSGRUPP:
        return None
    return BY_MANDATE.get(standing.mandate)


def shown_guides(who: Viewer) -> tuple[ShownGuide, ...]:
    """Return the person's guides, those put away marked; one statement, none for whoever has no guide."""
    guides = guides_of(who)
    if not guides:
        return ()
    hidden = set(HiddenGuide.objects.filter(person=who.person_id, guide__in=guides).values_list("guide", flat=True))
    return tuple(ShownGuide(guide, _steps(guide), guide.value in hidden) for guide in guides)


def _steps(guide: Guide) -> tuple[dict[str, str], ...]:
    return tuple(
        {"title": step.title, "text": step.text, "link": step.link, "url": reverse(step.page) + step.query}
        for step in STEPS[guide]
    )


def bodies_of(counties: Collection[int]) -> list[Body]:
    """Return the counties' bodies that have not ended, contacts' too, in one statement."""
    rows = Body.objects.filter(county__in=counties, ended_on=None)
    return list(rows.order_by("county__name", "position", "pk"))


def paths_in_short(who: Viewer, bodies: Collection[Body]) -> list[dict[str, Any]]:
    """Return the paths in force in the person's counties, each with its steps and who holds them; one statement."""
    rows = ArendegangVersion.objects.filter(
        arendegang__county__in=who.counties, arendegang__ended_on=None, in_force_from__lte=today()
    )
    rows = rows.order_by("arendegang__county__name", "arendegang__name", "arendegang", "-in_force_from", "-number")
    newest = rows.distinct("arendegang__county__name", "arendegang__name", "arendegang")
    return [_path(path_version(id_), bodies) for id_ in newest.values_list("pk", flat=True)]


def _path(path: PathVersion, bodies: Collection[Body]) -> dict[str, Any]:
    names = {body.code: body.name for body in bodies if body.county_id == path.county_id}
    steps = [
        {"name": station.name, "who": _holder(station.held_by, names), "beside": station.kind in BESIDE}
        for station in path.stations.values()
        if not station.is_final
    ]
    ends = [station.name for station in path.stations.values() if station.is_final]
    return {"name": path.name, "url": reverse("arendegang", args=[path.id]), "steps": steps, "ends": ends}


def _holder(key: str, names: dict[str, str]) -> str:
    if key == ANSVARIG_GRUPP:
        return "ansvarig grupp"
    if key in names:
        return names[key]
    return str(BodyKind(key).label).lower() if key in BodyKind.values else ""


def who_does_what(bodies: Collection[Body]) -> list[dict[str, Any]]:
    """Return what each kind of body that there is does, with the bodies; contacts' are not named one by one."""
    found = []
    for kind, does in DOES.items():
        own = [body for body in bodies if body.kind == kind]
        if own:
            named = () if kind == BodyKind.ORGANISATION else own
            found.append({"kind": BodyKind(kind).label, "does": does, "bodies": named})
    return found


def help_with(part: str, bodies: Collection[Body], preparing: int | None = None) -> dict[str, Any]:
    """Return what a page says of a part: what it is for, what a good one looks like, and who may help.

    Args:
        part: the part's code.
        bodies: the county's bodies.
        preparing: the case's own preparing body, if there is one: the others of the kind are left out.

    """
    guide = PART_GUIDES[part]
    helpers = []
    for kind, what in guide.helpers.items():
        own = [body for body in bodies if body.kind == kind]
        if kind == BodyKind.BEREDNINGSGRUPP and preparing is not None:
            own = [body for body in own if body.pk == preparing]
        if own:
            named = () if kind == BodyKind.ORGANISATION else own
            helpers.append({"kind": BodyKind(kind).label, "what": what, "bodies": named})
    return {
        "code": part,
        "title": PartCode(part).label,
        "lead": PART_HELP[part],
        "why": guide.why,
        "good": guide.good,
        "helpers": helpers,
    }
