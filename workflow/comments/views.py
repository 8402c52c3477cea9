"""The pages of comments: the case's, one with its thread, a new one; and what has changed since one read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from satsningar import content
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.comments.actions import Unread, comment, write
from workflow.comments.anchors import anchors_of
from workflow.comments.forms import CommentFilter, CommentForm, EntryForm, people
from workflow.comments.models import Kommentar, Kommentarsnamn
from workflow.comments.reading import changed_since, differences_since, mark_of, mark_read
from workflow.comments.rights import may_comment, who_comments
from workflow.comments.selectors import comments_of, thread_of, threads
from workflow.comments.showing import allowed, card, cards
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.forms.refusals import add_refusal
from workflow.links import part_url
from workflow.readers import readers_of
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer
from workflow.selectors.cases import readable_case, title_of
from workflow.views.comparing import compare_rows
from workflow.vocabulary import Inlaggsslag

PER_PAGE = 20
PROBLEM = 422
LARGEST_KEY = 2**63 - 1
DONE = {
    Inlaggsslag.SVAR: "Svaret är skrivet.",
    Inlaggsslag.INLAGG: "Inlägget är skrivet.",
    Inlaggsslag.GODTAGEN: "Svaret är godtaget.",
    Inlaggsslag.OPPNAD: "Kommentaren är öppen igen.",
}


def _frame(satsning: Satsning, title: str) -> dict[str, Any]:
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
@require_safe
def comments(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show a case's comments, narrowed by part, by how they stand and by who is named."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    form = CommentFilter(request.GET)
    rows = _narrowed(comments_of(satsning.pk), form.values, who)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sida"))
    read = content.read(satsning.pk)
    found = threads(Kommentar.objects.filter(pk__in=[row.pk for row in page]).order_by("id"))
    parts = [(reverse("ny_kommentar", args=[satsning.pk, part.value]), part.label) for part in DECIDED_PARTS]
    context = _frame(satsning, read.title) | {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "page": page,
        "cards": cards(satsning, found, read),
        "parts": parts if may_comment(who, satsning) is not None else [],
        "why_not": "" if may_comment(who, satsning) else who_comments(satsning),
    }
    return render(request, "kommentarer/lista.html", context)


def _narrowed(rows: QuerySet[Kommentar], values: dict[str, Any], who: Viewer) -> QuerySet[Kommentar]:
    if values.get("lage"):
        rows = rows.filter(Q(state=values["lage"]))
    if values.get("del"):
        rows = rows.filter(part=values["del"])
    if values.get("namnd"):
        rows = rows.filter(Exists(Kommentarsnamn.objects.filter(kommentar=OuterRef("pk"), person=who.person_id)))
    return rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, satsning_id: int, part: str) -> HttpResponse:
    """Comment on a part, or on a field or list of it."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    if part not in DECIDED_PARTS:
        raise Http404
    if may_comment(who, satsning) is None:
        raise NoMandate(who_comments(satsning))
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        anchors=anchors_of(part),
        groups=people(readers_of(satsning), who.person_id),
        initial={"field": request.GET.get("falt", "")},
    )
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            said = form.cleaned_data
            try:
                comment(satsning.pk, part, said["field"], said["text"], actor=person_of(request), names=said["names"])
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "Kommentaren är skriven.")
                anchor = f"#id_{said['field']}" if said["field"] else "#kommentarer"
                return redirect(part_url(satsning.pk, part) + anchor)
    context = _frame(satsning, title_of(satsning.pk)) | {"form": form, "part": PartCode(part)}
    context["part_url"] = part_url(satsning.pk, part)
    return render(request, "kommentarer/ny.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, satsning_id: int, kommentar_id: int) -> HttpResponse:
    """Show a comment with its thread and what differs since it was made; write in the thread."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    found = thread_of(satsning, min(kommentar_id, LARGEST_KEY))
    kinds = allowed(who, satsning, found)
    posted = request.method == "POST"
    form = EntryForm(
        request.POST if posted else None,
        kinds=kinds,
        groups=people(readers_of(satsning), who.person_id) if kinds else [],
        initial={"seen": len(found.entries), "kind": kinds[0][0] if kinds else ""},
    )
    status = 200
    if posted:
        if not kinds:
            raise NoMandate(who_comments(satsning))
        status = PROBLEM
        if form.is_valid():
            try:
                _write(request, satsning, found.comment, form)
            except Invalid as refusal:
                add_refusal(form, refusal)
            except (Unread, NotFromHere) as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                found = thread_of(satsning, found.comment.pk)
            else:
                return redirect("kommentar", satsning.pk, found.comment.pk)
    read = content.read(satsning.pk)
    context = _frame(satsning, read.title) | {
        "card": card(satsning, found, read),
        "form": form if kinds else None,
        "seen": len(found.entries),
        "why_not": "" if kinds else who_comments(satsning),
    }
    context["crumbs"].append((reverse("kommentarer", args=[satsning.pk]), "Kommentarer"))
    return render(request, "kommentarer/kommentar.html", context, status=status)


def _write(request: HttpRequest, satsning: Satsning, row: Kommentar, form: EntryForm) -> None:
    said = form.cleaned_data
    kind = Inlaggsslag(said["kind"])
    write(
        satsning.pk,
        row.pk,
        kind,
        said["text"],
        actor=person_of(request),
        seen=said["seen"],
        names=said["names"],
    )
    messages.success(request, DONE[kind])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show what has changed in each part since the person read the case; mark it as read."""
    person = person_of(request)
    satsning = readable_case(viewer_of(request), satsning_id)
    read = content.read(satsning.pk)
    if request.method == "POST":
        mark_read(satsning.pk, _posted_versions(request), actor=person)
        messages.success(request, "Ändringarna är markerade som lästa.")
        return redirect("satsning", satsning.pk)
    mark = mark_of(satsning.pk, person.pk)
    found = differences_since(read, changed_since(mark.versions, read.versions)) if mark else []
    context = _frame(satsning, read.title) | {
        "mark": mark,
        "parts": [_changed_part(satsning, read, one) for one in found],
    }
    return render(request, "kommentarer/andrat.html", context)


def _changed_part(satsning: Satsning, read: Content, one: Any) -> dict[str, Any]:
    part = one.changed.part
    return {
        "part": part,
        "url": part_url(satsning.pk, part),
        "version": read.versions[part],
        "savers": one.savers,
        "is_known": one.is_known,
        "rows": [{**row, "part": ""} for row in compare_rows(one.difference)] if one.difference else [],
    }


def _posted_versions(request: HttpRequest) -> dict[str, int]:
    """Return the versions that the page showed, by part; what is no number is passed over."""
    found = {}
    for part in PartCode:
        raw = request.POST.get(f"version-{part.value}", "")
        if raw.isascii() and raw.isdecimal() and len(raw) <= len(str(2**31)):
            found[part.value] = int(raw)
    return found
