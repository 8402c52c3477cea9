"""A case written out: as a page to print, as PDF and as DOCX, for whoever reads the case."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from satsningar.models import Satsning
from satsningar.revisions import RevisionDamaged
from workflow.papers.case import case_paper
from workflow.papers.docx import DOCX, as_docx
from workflow.papers.html import as_html
from workflow.papers.matter import Scope, Source
from workflow.papers.naming import file_name, sent
from workflow.papers.pdf import as_pdf
from workflow.papers.reading import matter_of, source_of
from workflow.papers.value import Paper
from workflow.requests import viewer_of
from workflow.selectors.cases import readable_case
from workflow.selectors.revisions import NOW, names_of_acts, revisions_of

PDF = "application/pdf"
LONGEST_NUMBER = 9
"""Digits of a revision's number."""


class Choice(forms.Form):
    """What is written out: which state of the content, and how much beside it."""

    revision = forms.ChoiceField(label="Innehåll")
    omfang = forms.ChoiceField(label="Omfång", choices=[(scope.value, scope.label) for scope in Scope])


@login_required
@require_safe
def page(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the case as it is printed, with the choices above it."""
    satsning = readable_case(viewer_of(request), satsning_id)
    scope, number = _scope(request), request.GET.get("revision", NOW)
    acts = names_of_acts(satsning, revisions_of(satsning.pk))
    frozen = {str(revision): f"Revision {revision}, {act.lower()}" for revision, act in acts.items()}
    names = {NOW: "Som det är nu", **frozen}
    form = Choice({"revision": number, "omfang": scope.value})
    field = form.fields["revision"]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(names.items())
    if not form.is_valid():
        raise Http404
    try:
        paper = case_paper(matter_of(satsning, scope, _source(request, satsning)), scope)
    except RevisionDamaged as damage:
        return _damaged(request, satsning, damage)
    asked = urlencode({"revision": number, "omfang": scope.value})
    context = {
        "satsning": satsning,
        "paper": paper,
        "facts": as_html((paper.facts,)),
        "body": as_html(paper.blocks),
        "form": form,
        "pdf_url": f"{reverse('utskrift_pdf', args=[satsning.pk])}?{asked}",
        "docx_url": f"{reverse('utskrift_docx', args=[satsning.pk])}?{asked}",
        "crumbs": [(reverse("satsning", args=[satsning.pk]), paper.title)],
    }
    return render(request, "papers/case.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Give the case as PDF."""
    found = _paper(request, satsning_id)
    if isinstance(found, HttpResponse):
        return found
    return sent(as_pdf(found), PDF, file_name(found, "pdf", more=_more(request)))


@login_required
@require_safe
def docx(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Give the case as DOCX."""
    found = _paper(request, satsning_id)
    if isinstance(found, HttpResponse):
        return found
    return sent(as_docx(found), DOCX, file_name(found, "docx", more=_more(request)))


def _paper(request: HttpRequest, satsning_id: int) -> Paper | HttpResponse:
    """Return the document that is asked for, or the page that says why there is none."""
    satsning = readable_case(viewer_of(request), satsning_id)
    scope = _scope(request)
    try:
        return case_paper(matter_of(satsning, scope, _source(request, satsning)), scope)
    except RevisionDamaged as damage:
        return _damaged(request, satsning, damage)


def _scope(request: HttpRequest) -> Scope:
    try:
        return Scope(request.GET.get("omfang", Scope.WHOLE.value))
    except ValueError:
        raise Http404 from None


def _source(request: HttpRequest, satsning: Satsning) -> Source | None:
    """Return the revision that is asked for, None for the case as it is now."""
    asked = request.GET.get("revision", NOW)
    if asked == NOW:
        return None
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER
    source = source_of(satsning, int(asked)) if is_number else None
    if source is None:
        raise Http404
    return source


def _more(request: HttpRequest) -> str:
    asked = request.GET.get("revision", NOW)
    return "" if asked == NOW else f", revision {int(asked)}"


def _damaged(request: HttpRequest, satsning: Satsning, damage: RevisionDamaged) -> HttpResponse:
    context: dict[str, Any] = {
        "title": "Revisionen kan inte skrivas ut",
        "reason": f"{damage} Kontakta regionalt stöd.",
        "back_url": reverse("satsning", args=[satsning.pk]),
        "back_link": "Tillbaka till satsningen",
    }
    return render(request, "errors/refused.html", context, status=409)
