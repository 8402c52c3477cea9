"""Commenting, answering, writing in a thread, accepting and opening again: the only writer of comments.

What is written is never changed: a correction is written below.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from satsningar import content
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.comments.anchors import anchor_label, is_anchor, value_at
from workflow.comments.models import Kommentar, Kommentarsinlagg, Kommentarsnamn
from workflow.comments.rights import (
    Acting,
    may_accept,
    may_answer,
    may_comment,
    may_write,
    who_accepts,
    who_answers,
    who_comments,
)
from workflow.errors import Invalid, NoMandate, NotFromHere, Refusal
from workflow.machine import Arende
from workflow.notices.whom import Given
from workflow.readers import readers_of
from workflow.rights import Viewer, viewer
from workflow.vocabulary import Act, Inlaggsslag, Kommentarslage

TEXT_LIMIT = 4_000
NOT_IN_LIST = "Välj någon i listan."
"""What is said of somebody who may not be named, whoever it is: that tells nothing of people or cases."""

_ACTS = {
    Inlaggsslag.SVAR: Act.KOMMENTAR_SVAR,
    Inlaggsslag.INLAGG: Act.KOMMENTAR_INLAGG,
    Inlaggsslag.GODTAGEN: Act.KOMMENTAR_GODTAGEN,
    Inlaggsslag.OPPNAD: Act.KOMMENTAR_OPPNAD,
}


class Unread(Refusal):
    """Something has been written in the thread that the person has not seen."""

    status = 409

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Någon har skrivit i kommentaren sedan du öppnade sidan. Läs det nya först. Det du skrev finns kvar."
        )


def comment(  # noqa: PLR0913 - a comment is made of this many facts
    satsning_id: int, part: str, field: str, text: str, *, actor: Person, names: Collection[int] = ()
) -> int:
    """Comment on a part, or on a field or list of it; return the comment's id.

    Effects, in order, in one transaction: the case is locked, the right is asked, its edition goes up and the journal
    is written, the comment is written with what stands at its place, and who is named in it.

    Args:
        satsning_id: the case.
        part: the code of one of the parts of the proposal.
        field: the key of a field or list of the part; empty for the whole part.
        text: what is said.
        actor: who comments.
        names: the ids of those who are named.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not comment on the case where it stands.
        Invalid: there is no such place, no text or too much, or somebody is named who may not read the case.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            acting = may_comment(viewer(actor), arende)
            if acting is None:
                raise NoMandate(who_comments(arende))
            if not is_anchor(part, field):
                raise Invalid({"field": ["Välj vad i delen kommentaren gäller."]})
            words, named = _checked(arende, text, names, "Skriv vad du vill säga.")
        label = f"{PartCode(part).label}, {anchor_label(part, field).lower()}"
        said = {"part": part, "field": field, "names": sorted(named)}
        payload = {"kommentar": words, "kommentar_om": label, "kommenterat": said}
        act_id = _record(arende, Act.KOMMENTAR, actor, acting, payload, named=named)
        row = Kommentar.objects.create(
            satsning_id=arende.pk,
            part=part,
            field=field,
            value=value_at(field, content.read(arende.pk).part(part)),
            **_written(words, actor, acting, act_id),
        )
        _name(row, None, named)
        return row.pk


def write(  # noqa: PLR0913 - what is written is made of this many facts
    satsning_id: int,
    comment_id: int,
    kind: str,
    text: str,
    *,
    actor: Person,
    seen: int,
    names: Collection[int] = (),
) -> Kommentarslage:
    """Write in the thread of a comment; return how it stands afterwards.

    Effects, in order, in one transaction: the case is locked, the right is asked, its edition goes up and the journal
    is written, what is said is written with how the comment stands from then on, and who is named in it.

    Args:
        satsning_id: the case.
        comment_id: the comment.
        kind: an `Inlaggsslag`: an answer, a line that changes nothing, that the answer is accepted, or opening again.
        text: what is said; may be empty where the answer is accepted.
        actor: who writes.
        seen: how many have written in the thread as the actor saw it.
        names: the ids of those who are named.

    Raises:
        Satsning.DoesNotExist: there is no such comment in a case that the actor may read.
        NoMandate: the actor may not write that there.
        NotFromHere: the comment does not stand so that this can be done.
        Unread: somebody has written since, and what is written changes how the comment stands.
        Invalid: there is no such kind, no text or too much, or somebody is named who may not read the case.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            row = Kommentar.objects.select_related("by_body").filter(satsning=arende.pk, pk=comment_id).first()
            if row is None:
                raise Satsning.DoesNotExist
            slag = _kind(kind)
            acting = _acting(arende, row, slag, viewer(actor))
            thread = list(row.inlagg.order_by("id").values_list("state", flat=True))
            before = Kommentarslage(thread[-1]) if thread else Kommentarslage.OPPEN
            after = state_after(before, slag)
            if slag is not Inlaggsslag.INLAGG and len(thread) != seen:
                raise Unread
            missing = "" if slag is Inlaggsslag.GODTAGEN else _MISSING[slag]
            words, named = _checked(arende, text, names, missing)
        payload = {
            "kommentar": words,
            "kommentar_om": f"{PartCode(row.part).label}, {anchor_label(row.part, row.field).lower()}",
            "inlagg": {"kommentar": row.pk, "state": after.value, "names": sorted(named)},
        }
        act_id = _record(arende, _ACTS[slag], actor, acting, payload, named=named)
        entry = Kommentarsinlagg.objects.create(
            kommentar=row, kind=slag.value, state=after.value, **_written(words, actor, acting, act_id)
        )
        _name(row, entry, named)
        return after


_MISSING = {
    Inlaggsslag.SVAR: "Skriv ett svar.",
    Inlaggsslag.INLAGG: "Skriv vad du vill säga.",
    Inlaggsslag.OPPNAD: "Skriv vad som fattas.",
}


def state_after(before: Kommentarslage, kind: Inlaggsslag) -> Kommentarslage:
    """Return how a comment stands after something is written in its thread.

    Raises:
        NotFromHere: it cannot be done to a comment that stands so.

    """
    match kind:
        case Inlaggsslag.INLAGG:
            return before
        case Inlaggsslag.SVAR if before is not Kommentarslage.GODTAGEN:
            return Kommentarslage.BESVARAD
        case Inlaggsslag.GODTAGEN if before is Kommentarslage.BESVARAD:
            return Kommentarslage.GODTAGEN
        case Inlaggsslag.OPPNAD if before is not Kommentarslage.OPPEN:
            return Kommentarslage.OPPEN
    raise NotFromHere(_NOT_SO[kind])


_NOT_SO = {
    Inlaggsslag.SVAR: "Kommentaren är godtagen. Skriv ett inlägg om något behöver läggas till.",
    Inlaggsslag.GODTAGEN: "Bara en kommentar som är besvarad godtas.",
    Inlaggsslag.OPPNAD: "Kommentaren är redan öppen.",
}


def _kind(kind: str) -> Inlaggsslag:
    if kind not in Inlaggsslag.values:
        raise Invalid({"kind": ["Välj vad du vill göra."]})
    return Inlaggsslag(kind)


def _acting(arende: Arende, row: Kommentar, kind: Inlaggsslag, who: Viewer) -> Acting:
    """Return by what the person writes this in the thread.

    Raises:
        NoMandate: the person may not.

    """
    if kind is Inlaggsslag.SVAR:
        acting, why = may_answer(who, arende), who_answers(arende)
    elif kind is Inlaggsslag.INLAGG:
        named = set(row.namnda.values_list("person", flat=True))
        acting, why = may_write(who, arende, named), who_comments(arende)
    else:
        acting, why = may_accept(who, arende, row), who_accepts(arende, row)
    if acting is None:
        raise NoMandate(why)
    return acting


def _checked(arende: Arende, text: str, names: Collection[int], missing: str) -> tuple[str, set[int]]:
    """Return the text as it is stored and who is named; `missing` is what is said where there must be a text."""
    errors: dict[str, list[str]] = {}
    words = ""
    try:
        words = clean_text(text, limit=TEXT_LIMIT).strip()
    except ValidationError as error:
        errors["text"] = error.messages
    if not words and missing and "text" not in errors:
        errors["text"] = [missing]
    named = set(names)
    if named and not named <= readers_of(arende).keys():
        errors["names"] = [NOT_IN_LIST]
    if errors:
        raise Invalid(errors)
    return words, named


def _record(  # noqa: PLR0913 - what the journal says of an act, and whom it tells
    arende: Arende, act: Act, actor: Person, acting: Acting, payload: dict[str, Any], *, named: Collection[int]
) -> UUID:
    given = Given(people=tuple(sorted(named)))
    return record_act(arende, act, actor=actor, standing=acting, payload=payload, given=given)


def _written(text: str, actor: Person, acting: Acting, act_id: UUID) -> dict[str, Any]:
    return {
        "text": text,
        "by": actor,
        "by_body_id": acting.body_id,
        "mandate": acting.mandate,
        "at": timezone.now(),
        "act_id": act_id,
    }


def _name(row: Kommentar, entry: Kommentarsinlagg | None, named: Collection[int]) -> None:
    Kommentarsnamn.objects.bulk_create(
        Kommentarsnamn(kommentar=row, inlagg=entry, person_id=person_id) for person_id in sorted(named)
    )
