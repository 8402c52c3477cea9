"""Moving many cases to another version: what was asked is kept, and each is moved by an act of its own.

Every case has its own transaction, so that the whole can stop anywhere and go on.
"""

import time
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from governance.models import Body, Person
from governance.paths import MOVE_VERSION, PathVersion, path_version
from governance.permissions import Standing, standings
from governance.vocabulary import BodyKind, Mandate
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow.actions import perform
from workflow.errors import Invalid, NoMandate, Refusal
from workflow.inputs import Inputs
from workflow.models import Versionsflytt, Versionsflyttrad
from workflow.rights import readable, viewer
from workflow.versions.entering import version_entered
from workflow.versions.origins import origins_of
from workflow.versions.trying import lost
from workflow.vocabulary import Flyttlage

AT_MOST, SECONDS = 250, 5.0
"""How many cases, and for how long, one request moves: well within what a server waits for."""


def moving_standing(held: tuple[Standing, ...], county_id: int) -> Standing | None:
    """Return the standing by which somebody moves cases of the county between versions, or None."""
    return next(
        (
            standing
            for standing in held
            if standing.county_id == county_id
            and standing.body_kind == BodyKind.REGIONALT_STOD
            and standing.mandate == Mandate.LEDA_ARENDEN
        ),
        None,
    )


def who_moves(county_id: int) -> str:
    """Return the sentence of who moves cases of the county between versions."""
    bodies = Body.objects.filter(county=county_id, kind=BodyKind.REGIONALT_STOD, ended_on=None).order_by("position")
    names = " eller ".join(body.name for body in bodies) or "länets regionala stöd"
    return f"Satsningar flyttas mellan versioner av {names}, av den som håller ihop uppföljningen."


def ask_for_move(  # noqa: PLR0913 - a move of many is made of this many facts
    old: PathVersion,
    new: PathVersion,
    mapping: Mapping[str, str],
    editions: Mapping[int, int],
    *,
    reason: str,
    actor: Person,
) -> Versionsflytt:
    """Keep what is to be moved, and return it; no case is moved yet.

    Args:
        old: the version the cases follow.
        new: the version they are moved to.
        mapping: where they will stand, by where they stand.
        editions: the cases, each with the edition that was shown when it was tried out.
        reason: why; kept in the journal with every case.
        actor: who asks.

    Raises:
        NoMandate: the actor does not move cases of the county.
        Invalid: the versions are not of one path, a case is none of the old version's, the mapping loses a case, or
            there is no reason.

    """
    if moving_standing(standings(actor.pk), old.county_id) is None:
        raise NoMandate(who_moves(old.county_id))
    errors: dict[str, list[str]] = {}
    try:
        version_entered(old, new.id)
    except Invalid as refusal:
        errors |= refusal.errors
    cases = list(readable(viewer(actor)).filter(pk__in=editions, version__arendegang=old.arendegang_id).order_by("pk"))
    if not cases or len(cases) != len(editions):
        errors["satsningar"] = ["Välj satsningar som följer ärendegången."]
    here = {case.station for case in cases if case.version_id == old.id and not old.stations[case.station].is_final}
    origins = origins_of([case.pk for case in cases]).values()
    if "version" not in errors and (sentences := lost(old, new, mapping, sorted(here), origins)):
        errors["mapping"] = list(sentences.values())
    text = _clean_reason(reason, errors)
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        flytt = Versionsflytt.objects.create(
            before_id=old.id, after_id=new.id, mapping=dict(mapping), reason=text, made_by=actor
        )
        Versionsflyttrad.objects.bulk_create(
            Versionsflyttrad(flytt=flytt, satsning_id=case.pk, edition=editions[case.pk]) for case in cases
        )
    return flytt


def _clean_reason(reason: str, errors: dict[str, list[str]]) -> str:
    try:
        text = clean_text(reason).strip()
    except ValidationError as error:
        errors["reason"] = list(error.messages)
        return ""
    if not text:
        errors["reason"] = ["Skriv varför."]
    return text


def move_some(flytt: Versionsflytt, *, actor: Person, at_most: int = AT_MOST, seconds: float = SECONDS) -> int:
    """Move the next of the cases that wait, and return how many were dealt with; none when nothing waits.

    Each is one `perform` in a transaction of its own, together with the line that says how it went. A case that
    somebody else is moving at the same moment is passed by.

    Args:
        flytt: what was asked for.
        actor: who moves them; asked anew for each case.
        at_most: how many.
        seconds: for how long.

    Raises:
        NoMandate: the actor does not move cases of the county.

    """
    if moving_standing(standings(actor.pk), path_version(flytt.before_id).county_id) is None:
        raise NoMandate(who_moves(path_version(flytt.before_id).county_id))
    ends, done = time.monotonic() + seconds, 0
    while done < at_most and time.monotonic() < ends and _move_next(flytt, actor):
        done += 1
    return done


def _move_next(flytt: Versionsflytt, actor: Person) -> bool:
    """Move the first case that waits and that nobody else holds; tell whether there was one."""
    with transaction.atomic():
        waiting = flytt.rader.filter(state=Flyttlage.VANTAR).order_by("pk")
        row = waiting.select_related("satsning").select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return False
        row.state, row.message = _moved(flytt, row, actor)
        row.save(update_fields=["state", "message"])
    return True


def _moved(flytt: Versionsflytt, row: Versionsflyttrad, actor: Person) -> tuple[Flyttlage, str]:
    """Move the case; return how it went, and why not where it did not."""
    case = row.satsning
    if case.version_id == flytt.after_id:
        return Flyttlage.REDAN, ""
    try:
        perform(
            case.pk,
            MOVE_VERSION.code,
            actor=actor,
            expected_edition=row.edition,
            reason=flytt.reason,
            target=flytt.mapping.get(case.station, ""),
            inputs=Inputs(version_id=flytt.after_id),
        )
    except Satsning.DoesNotExist:
        return Flyttlage.NEKAD, "Du kan inte läsa satsningen längre."
    except Refusal as refusal:
        return Flyttlage.NEKAD, str(refusal)
    return Flyttlage.FLYTTAD, ""
