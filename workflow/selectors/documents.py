"""The documents of a case as a person sees them listed; who is given what is `workflow.documents`'s."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from satsningar.models import Handling, Satsning
from satsningar.vocabulary import Handlingsslag
from workflow.documents import is_given
from workflow.rights import Viewer

KILO, MEGA = 1024, 1024 * 1024
HIDDEN_TITLE = "Handling med sekretessmarkering"


@dataclass(frozen=True, slots=True)
class Document:
    """A line in the list of documents, as a person may see it."""

    handling: Handling
    title: str
    url: str
    size: str
    is_open: bool
    """Whether title and file are given to the person."""


def documents_of(who: Viewer, satsning: Satsning) -> list[Document]:
    """Return the case's documents that the person may see listed, newest first, in one statement."""
    rows = Handling.objects.filter(satsning=satsning.pk).filter(Q(only_body=None) | Q(only_body__in=who.bodies))
    rows = rows.exclude(bilaga__removed_at__isnull=False).select_related("revision", "bilaga", "owner")
    return [_document(who, satsning, row) for row in rows.defer("revision__content").order_by("-date", "-id")]


def document_of(who: Viewer, satsning: Satsning, handling_id: int) -> Document | None:
    """Return one document of the case that the person may see listed; None otherwise."""
    return next((one for one in documents_of(who, satsning) if one.handling.pk == handling_id), None)


def _document(who: Viewer, satsning: Satsning, row: Handling) -> Document:
    is_open = is_given(who, satsning, row)
    return Document(
        handling=row,
        title=row.title if is_open else HIDDEN_TITLE,
        url=_url(satsning, row) if is_open else "",
        size=size_in_words(row.bilaga.size) if row.bilaga and is_open else "",
        is_open=is_open,
    )


def _url(satsning: Satsning, row: Handling) -> str:
    if row.bilaga_id is not None:
        return reverse("bilaga", args=[satsning.pk, row.bilaga_id])
    if row.kind == Handlingsslag.BESLUT:
        return reverse("satsning", args=[satsning.pk]) + "#beslut"
    if row.kind == Handlingsslag.UTDRAG:
        return reverse("satsning", args=[satsning.pk]) + "#utdrag"
    if row.revision is not None and row.kind == Handlingsslag.REVISION:
        return reverse("revision", args=[satsning.pk, row.revision.number])
    if row.kind == Handlingsslag.UTLATANDE and row.revision_id is not None:
        return f"{reverse('satsning', args=[satsning.pk])}#utlatande-{row.revision_id}"
    return ""


def closed_statements(documents: Iterable[Document]) -> set[int | None]:
    """Return the revisions whose utlåtande is marked and not given to the person."""
    return {
        one.handling.revision_id
        for one in documents
        if one.handling.kind == Handlingsslag.UTLATANDE and not one.is_open
    }


def size_in_words(size: int) -> str:
    """Return the size of a file as `1,2 MB`."""
    if size < MEGA:
        return f"{max(1, round(size / KILO))} kB"
    return f"{size / MEGA:.1f} MB".replace(".", ",")
