"""Comments as pages read them: a case's, with their threads, and those that requests gather."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from satsningar.models import Satsning
from workflow.comments.models import Kommentar, Kommentarbegaran, Kommentarsinlagg, Kommentarsnamn
from workflow.vocabulary import Kommentarslage

_NEWEST = Kommentarsinlagg.objects.filter(kommentar=OuterRef("pk")).order_by("-id")


@dataclass
class Thread:
    """A comment with everything written below it, how it stands and who is named in it."""

    comment: Kommentar
    state: Kommentarslage
    entries: list[Kommentarsinlagg] = field(default_factory=list)
    names: dict[int | None, list[str]] = field(default_factory=dict)
    """Who is named, by the id of what they are named in; None for the comment itself."""
    named: frozenset[int] = frozenset()

    @property
    def own_names(self) -> list[str]:
        """Return who is named in the comment itself."""
        return self.names.get(None, [])


def with_state(rows: QuerySet[Kommentar]) -> QuerySet[Kommentar]:
    """Return the comments with how each stands, as `state`."""
    newest = Subquery(_NEWEST.values("state")[:1])
    return rows.annotate(state=Coalesce(newest, Value(Kommentarslage.OPPEN.value)))


def comments_of(satsning_id: int) -> QuerySet[Kommentar]:
    """Return a case's comments with how each stands, the oldest first."""
    return with_state(Kommentar.objects.filter(satsning=satsning_id)).order_by("id")


def open_comments(satsning_id: int) -> list[Kommentar]:
    """Return a case's open comments, part by part in the order they were made, with who made them; one statement."""
    rows = comments_of(satsning_id).filter(Q(state=Kommentarslage.OPPEN.value))
    return list(rows.select_related("by", "by_body"))


def threads(rows: QuerySet[Kommentar]) -> list[Thread]:
    """Return comments with their threads; three statements however many there are."""
    entries = Kommentarsinlagg.objects.select_related("by", "by_body").order_by("id")
    names = Kommentarsnamn.objects.select_related("person").order_by("person__name", "id")
    found = with_state(rows).select_related("by", "by_body")
    found = found.prefetch_related(Prefetch("inlagg", entries), Prefetch("namnda", names))
    return [_thread(row) for row in found]


def _thread(row: Any) -> Thread:
    names: dict[int | None, list[str]] = {}
    for one in row.namnda.all():
        names.setdefault(one.inlagg_id, []).append(one.person.name)
    entries = list(row.inlagg.all())
    named = frozenset(one.person_id for one in row.namnda.all())
    return Thread(row, Kommentarslage(row.state), entries, names, named)


def thread_of(satsning: Satsning, comment_id: int) -> Thread:
    """Return one comment of a case with its thread.

    Raises:
        Satsning.DoesNotExist: the case has none with that id.

    """
    found = threads(Kommentar.objects.filter(satsning=satsning.pk, pk=comment_id))
    if not found:
        raise Satsning.DoesNotExist
    return found[0]


def gathered_in(komplettering_ids: Collection[int]) -> dict[int, list[Thread]]:
    """Return the comments that requests gather, by the request; four statements at most, none without requests."""
    if not komplettering_ids:
        return {}
    rows = Kommentar.objects.filter(begaranden__komplettering__in=komplettering_ids).order_by("id").distinct()
    of: dict[int, list[int]] = {}
    pairs = Kommentarbegaran.objects.filter(komplettering__in=komplettering_ids)
    for comment_id, request_id in pairs.values_list("kommentar", "komplettering"):
        of.setdefault(comment_id, []).append(request_id)
    found: dict[int, list[Thread]] = {}
    for thread in threads(rows) if of else []:
        for request_id in of[thread.comment.pk]:
            found.setdefault(request_id, []).append(thread)
    return found
