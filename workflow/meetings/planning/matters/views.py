"""The pages of matters that are no satsning: listed, brought, read, changed, withdrawn, and put on an agenda."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import Body
from governance.posting import posted_from
from satsningar.errors import AttachmentRefused, Conflict
from workflow.downloads import as_download
from workflow.errors import Invalid, NoMandate, Refusal
from workflow.forms.refusals import add_refusal
from workflow.meetings.models import OvrigBilaga, OvrigtArende
from workflow.meetings.planning.matters.actions import (
    create_matter,
    open_item_of,
    put_on_agenda,
    save_matter,
    why_frozen,
    withdraw,
)
from workflow.meetings.planning.matters.files import add_files, remove_file
from workflow.meetings.planning.matters.forms import (
    AgendaForm,
    MatterFilesForm,
    MatterFilter,
    MatterForm,
    WithdrawForm,
)
from workflow.meetings.planning.matters.rights import (
    open_bodies,
    standing_to_bring,
    standing_to_edit,
    who_brings,
    who_edits,
)
from workflow.meetings.planning.matters.selectors import (
    MatterState,
    at,
    bodies_with_matters,
    files_of,
    meetings_to_choose,
    paragraphs_of,
    readable_matter,
    state_of,
    with_state,
)
from workflow.meetings.planning.matters.words import words_of
from workflow.meetings.planning.views.agenda import say_put
from workflow.meetings.rights import keeping, readable_matters
from workflow.requests import person_of, viewer_of
from workflow.selectors.documents import size_in_words
from workflow.views.conflicts import expected_version, takes_theirs

PER_PAGE = 50
PROBLEM = 422
CRUMB = "Övriga ärenden"


def _crumbs(matter: OvrigtArende | None = None) -> list[tuple[str, str]]:
    found = [(reverse("ovriga_arenden"), CRUMB)]
    return [*found, (reverse("ovrigt_arende", args=[matter.pk]), matter.title)] if matter else found


@login_required
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """List the matters that the person may read, the newest first."""
    who = viewer_of(request)
    form = MatterFilter(request.GET, bodies=bodies_with_matters(who))
    rows = with_state(readable_matters(who).filter(_narrowed(form))).order_by("-created_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "page": page,
        "rows": [{"matter": matter, "state": state_of(matter)} for matter in page],
        "may_bring": bool(open_bodies(who)),
    }
    return render(request, "moten/planning/matters/lista.html", context)


def _narrowed(form: MatterFilter) -> Q:
    values = form.values
    asked = Q(body=values["organ"]) if values.get("organ") else Q()
    return asked & at(MatterState(values["lage"])) if values.get("lage") else asked


@login_required
@require_safe
def choose_body(request: HttpRequest) -> HttpResponse:
    """Ask before which body a new matter is brought; with one there is nothing to ask."""
    bodies = open_bodies(viewer_of(request))
    if not bodies:
        raise NoMandate(
            "Ärenden anmäls av den som för organets protokoll eller leder dess möten, av grupper som bereder åt det och"
            " av regionalt stöd."
        )
    if len(bodies) == 1:
        return redirect("ovrigt_arende_skriv", bodies[0].pk)
    return render(request, "moten/planning/matters/valj_organ.html", {"bodies": bodies, "crumbs": _crumbs()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_matter(request: HttpRequest, body_id: int) -> HttpResponse:
    """Bring a new matter before a body."""
    who = viewer_of(request)
    body = Body.objects.select_related("county").filter(pk=body_id, county__in=who.counties).first()
    if body is None:
        raise Http404
    if standing_to_bring(who, body) is None:
        raise NoMandate(who_brings(body))
    form = MatterForm(request.POST if request.method == "POST" else None, body=body)
    if request.method == "POST" and form.is_valid():
        try:
            matter_id = create_matter(body.pk, form.words, actor=person_of(request))
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Ärendet är anmält till {body.name}. Här kan du lägga till filer.")
            return redirect("ovrigt_arende", matter_id)
    context = {"form": form, "body": body, "crumbs": _crumbs()}
    return render(request, "moten/planning/matters/skriv.html", context, status=PROBLEM if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Change what a matter says; of two who do, the second sees both texts."""
    matter = readable_matter(viewer_of(request), matter_id)
    if takes_theirs(request):
        return redirect("ovrigt_arende_andra", matter.pk)
    if standing_to_edit(viewer_of(request), matter) is None:
        raise NoMandate(who_edits(matter))
    form = MatterForm(
        request.POST if request.method == "POST" else None, body=matter.body, initial=words_of(matter).columns
    )
    status, conflict = 200, None
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                save_matter(matter.pk, form.words, actor=person_of(request), expected_edition=expected_version(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            except Conflict as found:
                status, conflict = 409, _conflict(form, found)
            else:
                messages.success(request, "Ärendet är sparat.")
                return redirect("ovrigt_arende", matter.pk)
    context = {
        "form": form,
        "body": matter.body,
        "matter": matter,
        "version": request.POST.get("version", matter.edition),
        "conflict": conflict,
        "crumbs": _crumbs(matter),
    }
    return render(request, "moten/planning/matters/skriv.html", context, status=status)


def _conflict(form: MatterForm, found: Conflict) -> dict[str, Any]:
    mine: Mapping[str, Any] = form.words.columns
    rows = [
        {
            "label": str(field.label),
            "mine": form.shown(name, mine[name]),
            "theirs": form.shown(name, found.current[name]),
        }
        for name, field in form.fields.items()
        if mine[name] != found.current[name]
    ]
    return {"rows": rows, "version": found.version}


@login_required
@require_safe
def matter_page(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Show a matter, what has become of it and what the person may do."""
    return _page(request, readable_matter(viewer_of(request), matter_id))


def _page(request: HttpRequest, matter: OvrigtArende, status: int = 200, **posted: Any) -> HttpResponse:
    """Return the page of a matter, with a form that was posted on it where there is one."""
    who, state = viewer_of(request), state_of(matter)
    frozen = why_frozen(open_item_of(matter.pk)) if state is MatterState.PA_DAGORDNING else None
    may_edit = standing_to_edit(who, matter) is not None
    waits = state is MatterState.VANTAR
    meetings = meetings_to_choose(matter.body_id) if waits and keeping(who, matter.body) else None
    context = {
        "matter": matter,
        "state": state,
        "files": [{"row": row, "size": size_in_words(row.size)} for row in files_of(matter)],
        "paragraphs": paragraphs_of(matter),
        "frozen": frozen,
        "may_edit": may_edit and frozen is None,
        "who_edits": who_edits(matter) if matter.closed_at is None and not may_edit else "",
        "files_form": MatterFilesForm() if may_edit and frozen is None else None,
        "withdraw_form": WithdrawForm() if may_edit and waits else None,
        "agenda_form": AgendaForm(meetings=meetings) if meetings else None,
        "keeps_without_meeting": meetings == [],
        "crumbs": _crumbs(),
    }
    return render(request, "moten/planning/matters/arende.html", context | posted, status=status)


@login_required
@posted_from("ovrigt_arende", "matter_id")
def withdraw_matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Withdraw a matter."""
    matter = readable_matter(viewer_of(request), matter_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, matter, PROBLEM, withdraw_form=form, form=form)
    withdraw(matter.pk, reason=form.cleaned_data["reason"], actor=person_of(request))
    messages.success(request, "Ärendet är återtaget.")
    return redirect("ovrigt_arende", matter.pk)


@login_required
@posted_from("ovrigt_arende", "matter_id")
def to_agenda(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Put a matter on the agenda of a meeting."""
    matter = readable_matter(viewer_of(request), matter_id)
    form = AgendaForm(request.POST, meetings=meetings_to_choose(matter.body_id))
    if form.is_valid():
        try:
            item = put_on_agenda(matter.pk, form.cleaned_data["meeting"], actor=person_of(request))
        except NoMandate:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            say_put(request, item.title, late=item.is_late)
            return redirect("dagordning", item.meeting_id)
    return _page(request, matter, PROBLEM, agenda_form=form, form=form)


@login_required
@posted_from("ovrigt_arende", "matter_id")
def matter_files(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Take the files that are posted."""
    matter = readable_matter(viewer_of(request), matter_id)
    form = MatterFilesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_files(matter.pk, form.cleaned_data["files"], actor=person_of(request))
        except AttachmentRefused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, "Filerna är tillagda.")
            return redirect("ovrigt_arende", matter.pk)
    return _page(request, matter, PROBLEM, files_form=form, form=form)


@login_required
@require_safe
def matter_file(request: HttpRequest, matter_id: int, matter_file_id: int) -> HttpResponseBase:
    """Give out a file of a matter."""
    matter = readable_matter(viewer_of(request), matter_id)
    row = OvrigBilaga.objects.filter(matter=matter, pk=matter_file_id, removed_at=None).first()
    if row is None:
        raise Http404
    return as_download(request, row)


@login_required
@posted_from("ovrigt_arende", "matter_id")
def remove_matter_file(request: HttpRequest, matter_id: int, matter_file_id: int) -> HttpResponse:
    """Take a file out of a matter's list."""
    matter = readable_matter(viewer_of(request), matter_id)
    try:
        remove_file(matter.pk, matter_file_id, actor=person_of(request))
    except OvrigBilaga.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Filen är borttagen ur listan.")
    return redirect("ovrigt_arende", matter.pk)
