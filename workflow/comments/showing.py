"""Comments as pages show them: where each belongs, how it stands, what is written below it, and what differs since."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from workflow.coauthors.actions import may_invite
from workflow.comments.anchors import anchor_label, difference_since
from workflow.comments.beside import beside
from workflow.comments.reading import changed_since, mark_first
from workflow.comments.rights import may_accept, may_answer, may_comment, may_write
from workflow.comments.selectors import Thread, gathered_in, open_comments, threads
from workflow.links import part_url
from workflow.models import Kommentar, Komplettering
from workflow.rights import Viewer
from workflow.views.comparing import compare_rows
from workflow.vocabulary import Kommentarslage

COLOURS: Mapping[str, str] = {
    Kommentarslage.OPPEN: "warning",
    Kommentarslage.BESVARAD: "info",
    Kommentarslage.GODTAGEN: "success",
}
SHORT = 200
"""Characters of a comment where it stands among others to be chosen."""

Card = dict[str, Any]


def card(satsning: Satsning, thread: Thread, read: Content | None = None) -> Card:
    """Return a comment as `kommentarer/kort.html` shows it; with what differs since where the content is given."""
    comment = thread.comment
    anchor = f"#id_{comment.field}" if comment.field else ""
    since = difference_since(comment.part, comment.value, read.part(comment.part)) if read else None
    return {
        "comment": comment,
        "state": thread.state,
        "color": COLOURS[thread.state],
        "part": PartCode(comment.part).label,
        "anchor": anchor_label(comment.part, comment.field),
        "names": thread.own_names,
        "entries": [{"entry": entry, "names": thread.names.get(entry.pk, [])} for entry in thread.entries],
        "url": reverse("kommentar", args=[satsning.pk, comment.pk]),
        "part_url": part_url(satsning.pk, comment.part) + anchor,
        "knows_difference": read is not None,
        "rows": [{**row, "part": ""} for row in compare_rows(since)] if since else [],
    }


def cards(satsning: Satsning, found: Iterable[Thread], read: Content | None = None) -> list[Card]:
    """Return comments as they are shown in a list."""
    return [card(satsning, thread, read) for thread in found]


def gathered(satsning: Satsning, read: Content) -> list[Card]:
    """Return the comments that the open requests gather, with what differs since each was made; five statements."""
    rows = Komplettering.objects.filter(satsning=satsning.pk, closed_at=None).values_list("pk", flat=True)
    found = gathered_in(list(rows))
    once = {thread.comment.pk: thread for request in found.values() for thread in request}
    return cards(satsning, [once[key] for key in sorted(once)], read)


def to_gather(satsning: Satsning) -> dict[str, list[tuple[int, str]]]:
    """Return the open comments by part, each by its id with its place and its first words; one statement."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in open_comments(satsning.pk):
        words = " ".join(row.text.split())
        short = words if len(words) <= SHORT else f"{words[:SHORT].rstrip()} …"
        found.setdefault(row.part, []).append((row.pk, f"{anchor_label(row.part, row.field)}: {short}"))
    return found


def beside_part(who: Viewer, satsning: Satsning, part: str, read: Content) -> dict[str, Any]:
    """Return the comments on a part as its page shows them, by field; three statements."""
    rows = threads(Kommentar.objects.filter(satsning=satsning.pk, part=part).order_by("id"))
    by_field: dict[str, list[Card]] = {}
    for one in cards(satsning, rows, read):
        by_field.setdefault(one["comment"].field, []).append(one)
    may = may_comment(who, satsning) is not None
    return {
        "cards": by_field,
        "comment_url": reverse("ny_kommentar", args=[satsning.pk, part]) if may else "",
        "many": sum(len(found) for found in by_field.values()),
    }


def on_case(who: Viewer, satsning: Satsning, versions: Mapping[str, int]) -> dict[str, Any]:
    """Return what the page of a case shows: which parts have changed since it was read, and how many comments.

    One statement; one more the first time that the person opens the case, which is then read as it stands.
    """
    found = beside(satsning.pk, who.person_id)
    if found.seen is None:
        mark_first(satsning.pk, who.person_id, versions)
    changed = changed_since(found.seen, versions) if found.seen is not None else []
    url = reverse("kommentarer", args=[satsning.pk])
    counts = [
        {
            "label": state.label.lower() if many == 1 else _MANY[state],
            "color": COLOURS[state],
            "count": many,
            "url": f"{url}?lage={state.value}",
        }
        for state in Kommentarslage
        if (many := found.count(state))
    ]
    return {
        "changed": [{"label": one.part.label, "url": part_url(satsning.pk, one.part)} for one in changed],
        "comment_counts": counts,
        "may_comment": may_comment(who, satsning) is not None,
        "coauthors": found.coauthors,
        "may_invite": may_invite(who, satsning) is not None,
    }


_MANY = {
    Kommentarslage.OPPEN: "öppna",
    Kommentarslage.BESVARAD: "besvarade",
    Kommentarslage.GODTAGEN: "godtagna",
}
"""How comments that stand so are called when they are counted."""


def allowed(who: Viewer, satsning: Satsning, thread: Thread) -> list[tuple[str, str]]:
    """Return what the person may do in a thread as it stands, by kind, with what the button of it says."""
    found: list[tuple[str, str]] = []
    if thread.state is not Kommentarslage.GODTAGEN and may_answer(who, satsning) is not None:
        found.append(("svar", "Svara"))
    if may_accept(who, satsning, thread.comment) is not None:
        if thread.state is Kommentarslage.BESVARAD:
            found.append(("godtagen", "Godta svaret"))
        if thread.state is not Kommentarslage.OPPEN:
            found.append(("oppnad", "Öppna igen"))
    if may_write(who, satsning, thread.named) is not None:
        found.append(("inlagg", "Skriv ett inlägg"))
    return found
