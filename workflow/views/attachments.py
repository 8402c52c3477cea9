"""The files of a case: sent in, listed, given out through a permission check, taken away, marked with secrecy."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.posting import posted_from
from satsningar.errors import AttachmentRefused
from satsningar.models import Bilaga, Handling, Satsning
from satsningar.vocabulary import DECIDED_PARTS
from workflow.documents import add_files, is_given, is_listed, mark_secrecy, may_add, may_mark, remove_file, who_adds
from workflow.downloads import as_download
from workflow.errors import Invalid, NoMandate
from workflow.forms.documents import FilesForm, SecrecyForm
from workflow.forms.refusals import add_refusal
from workflow.meetings.masking import masked_for
from workflow.requests import person_of, viewer_of
from workflow.selectors.cases import readable_case, title_of
from workflow.selectors.documents import document_of, documents_of

PARTS = [part.value for part in DECIDED_PARTS]
NOT_GIVEN = (
    "Handlingen har en sekretessmarkering. Den lämnas här bara ut till den ansvariga gruppen, den grupp som bereder och"
    " det organ som beslutar. Begär den annars hos registratorn."
)


def _context(satsning: Satsning) -> dict[str, Any]:
    title = title_of(satsning.pk)
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
def attachments(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """List the case's documents; take the files that are posted."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    form = FilesForm(request.POST, request.FILES, parts=PARTS) if request.method == "POST" else FilesForm(parts=PARTS)
    if request.method == "POST" and form.is_valid() and _added(request, satsning, form):
        messages.success(request, "Bilagorna är tillagda.")
        return redirect("bilagor", satsning.pk)
    context = _context(satsning) | {
        "form": form,
        "may_add": may_add(who, satsning) is not None,
        "may_mark": may_mark(who, satsning) is not None,
        "who_adds": who_adds(satsning),
        "documents": masked_for(who, satsning.pk).documents(documents_of(who, satsning)),
    }
    return render(request, "satsning/bilagor.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, satsning: Satsning, form: FilesForm) -> bool:
    """Add the files; put what is refused at its field and return False."""
    chosen = form.cleaned_data
    try:
        add_files(
            satsning.pk, chosen["files"], actor=person_of(request), part=chosen["part"], secrecy=chosen["secrecy"]
        )
    except AttachmentRefused as refusal:
        form.add_error("files", str(refusal))
    except Invalid as refusal:
        add_refusal(form, refusal)
    else:
        return True
    return False


@login_required
@require_safe
def download(request: HttpRequest, satsning_id: int, bilaga_id: int) -> HttpResponseBase:
    """Give out a file, always as a download that no page can run."""
    satsning = readable_case(viewer_of(request), satsning_id)
    rows = Handling.objects.select_related("bilaga").filter(satsning=satsning.pk, bilaga__removed_at=None)
    document = rows.filter(bilaga=bilaga_id).first()
    if document is None or document.bilaga is None or not is_listed(viewer_of(request), document):
        raise Http404
    if not is_given(viewer_of(request), satsning, document):
        raise NoMandate(NOT_GIVEN)
    return as_download(request, document.bilaga)


@login_required
@posted_from("bilagor", "satsning_id")
def remove(request: HttpRequest, satsning_id: int, bilaga_id: int) -> HttpResponse:
    """Take a file out of the list."""
    try:
        remove_file(satsning_id, bilaga_id, actor=person_of(request))
    except Bilaga.DoesNotExist:
        raise Http404 from None
    except AttachmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Bilagan är borttagen ur listan.")
    return redirect("bilagor", satsning_id)


@login_required
def secrecy(request: HttpRequest, satsning_id: int, handling_id: int) -> HttpResponse:
    """Show a document's secrecy mark; set or clear it."""
    satsning = readable_case(viewer_of(request), satsning_id)
    document = document_of(viewer_of(request), satsning, handling_id)
    if document is None:
        raise Http404
    if may_mark(viewer_of(request), satsning) is None:
        raise NoMandate("Sekretessmarkering sätts av den ansvariga gruppen, eller av den grupp som bereder just nu.")
    form = SecrecyForm(request.POST or None, initial={"secrecy": document.handling.secrecy})
    if request.method == "POST":
        form = SecrecyForm(request.POST)
        if form.is_valid():
            mark_secrecy(satsning.pk, handling_id, form.cleaned_data["secrecy"], actor=person_of(request))
            messages.success(request, "Sekretessmarkeringen är sparad.")
            return redirect(reverse("satsning", args=[satsning.pk]) + "#handlingar")
    context = _context(satsning) | {"form": form, "document": document}
    return render(request, "satsning/sekretess.html", context, status=422 if form.errors else 200)
