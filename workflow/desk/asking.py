"""What the desk's statements are asked with: everything about a person that says what can wait for them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from governance.paths import PathVersion
from governance.permissions import Standing, today
from governance.vocabulary import Mandate, Role, StationKind
from satsningar.vocabulary import FINAL_STATUSES
from workflow.comments.rights import OPEN_KINDS
from workflow.desk.turns import DECIDING, turns_of
from workflow.meetings.after.rights import receiving_bodies
from workflow.meetings.reading.selectors import CONTENT
from workflow.meetings.rights import kept_bodies
from workflow.rights import Viewer
from workflow.rounds.rights import ANSWERS_FOR_BODY, ANSWERS_FOR_ORGANISATION, answering_mandates

CALLED_BEFORE = timedelta(days=14)
"""How long before its last day the calling of a meeting begins to wait for its keeper."""
_CHAIRS = (Role.ORDFORANDE, Role.VICE_ORDFORANDE)
_ASKED_ROLES = (Role.ORDFORANDE, Role.VICE_ORDFORANDE, Role.LEDAMOT)
Values = dict[str, Any]


def values_of(who: Viewer, paths: Mapping[int, PathVersion], *, most: int) -> Values:
    """Return the values of the desk's statements; no statements.

    Args:
        who: whose desk.
        paths: every version of a path in the person's counties.
        most: lines that each branch gives at most for each body.

    """
    day = today()
    organisations = sorted(who.organisations.items())
    spreading = _steps(paths, {StationKind.BREDDINFORANDE})
    commented = _steps(paths, OPEN_KINDS)
    leading = sorted(
        {(one.body_id, True) for one in who.standings if one.role in _CHAIRS}
        | {(one.body_id, False) for one in who.standings if one.mandate == Mandate.LEDA_ARENDEN}
    )
    return {
        "person": who.person_id,
        "day": day,
        "soon": day + CALLED_BEFORE,
        "midnight": timezone.make_aware(datetime.combine(day, time.min)),
        "zone": settings.TIME_ZONE,
        "most": most,
        "bodies": sorted(who.bodies),
        "counties": sorted(who.counties),
        "writing": _bodies(one for one in who.standings if one.mandate == Mandate.FORFATTA),
        "preparing": _bodies(one for one in who.standings if one.mandate == Mandate.BEREDA),
        "open_version": [version for version, _ in commented],
        "open_station": [code for _, code in commented],
        "followed": sorted(who.followed),
        "answering": _bodies(one for one in who.standings if one.mandate in answering_mandates(one.body_kind)),
        "for_organisation": [mandate.value for mandate in ANSWERS_FOR_ORGANISATION],
        "for_body": [mandate.value for mandate in ANSWERS_FOR_BODY],
        "granting": _bodies(one for one in who.standings if one.mandate == Mandate.GE_AVSTEG),
        "recording": _bodies(
            one for one in who.standings if one.mandate == Mandate.PROTOKOLLFORA and one.body_kind in DECIDING
        ),
        "tabled": _bodies(
            one
            for one in who.standings
            if one.mandate in {Mandate.BESLUTA, Mandate.PROTOKOLLFORA} and one.body_kind in DECIDING
        ),
        "leading": [body for body, _ in leading],
        "leading_chair": [chair for _, chair in leading],
        "kept": sorted(kept_bodies(who)),
        "receiving": sorted(receiving_bodies(who)),
        "deciding": sorted(one.membership_id for one in who.standings if one.mandate == Mandate.BESLUTA),
        "organisations": [id_ for id_, _ in organisations],
        "contacts": [body for _, body in organisations],
        "nowhere": [None] * len(organisations),
        "spreading_version": [version for version, _ in spreading],
        "spreading_station": [code for _, code in spreading],
        "final": sorted(one.value for one in FINAL_STATUSES),
        "with_content": sorted(one.value for one in CONTENT),
        "asked_roles": [role.value for role in _ASKED_ROLES],
        **turns_of(who.standings, paths.values()),
    }


def _steps(paths: Mapping[int, PathVersion], kinds: Collection[StationKind]) -> list[tuple[int, str]]:
    """Return version and code of every step of these kinds."""
    return [(path.id, code) for path in paths.values() for code in path.stations_of(*kinds)]


def _bodies(standings: Iterable[Standing]) -> list[int]:
    return sorted({one.body_id for one in standings})


def only_in(who: Viewer, body_id: int) -> Viewer:
    """Return the person as if one body were the only one that they sit in."""
    return replace(
        who,
        standings=tuple(one for one in who.standings if one.body_id == body_id),
        seats=frozenset(one for one in who.seats if one[0] == body_id),
    )
